import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CoursesModule } from '../courses/index.js';
import { StudyModule } from '../study/index.js';
import { AllowancesController } from './allowances.controller.js';
import { AllowancesRepository } from './allowances.repository.js';
import { AttemptHeads } from './attempt-heads.js';
import { CloseExpiredAttempts } from './close-expired-attempts.js';
import { CloseQuizAttempt } from './close-quiz-attempt.js';
import { GrantQuizAttempt } from './grant-quiz-attempt.js';
import { QuizAllowanceEntity } from './quiz-allowance.entity.js';
import { QuizAnswerEntity } from './quiz-answer.entity.js';
import { QuizAttemptEntity } from './quiz-attempt.entity.js';
import { QuizAttemptsRepository } from './quiz-attempts.repository.js';
import { QuizzesApiController } from './quizzes.api.controller.js';
import { QuizzesController } from './quizzes.controller.js';
import { ReadQuiz } from './read-quiz.js';
import { ReadQuizAttempt } from './read-quiz-attempt.js';
import { SaveQuizAnswer } from './save-quiz-answer.js';
import { StartQuizAttempt } from './start-quiz-attempt.js';
import { SubmitQuizAttempt } from './submit-quiz-attempt.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([QuizAttemptEntity, QuizAnswerEntity, QuizAllowanceEntity]),
    CoursesModule,
    StudyModule,
  ],
  controllers: [QuizzesController, QuizzesApiController, AllowancesController],
  providers: [
    QuizAttemptsRepository,
    AllowancesRepository,
    AttemptHeads,
    ReadQuiz,
    ReadQuizAttempt,
    StartQuizAttempt,
    SaveQuizAnswer,
    SubmitQuizAttempt,
    CloseQuizAttempt,
    CloseExpiredAttempts,
    GrantQuizAttempt,
  ],
  exports: [StartQuizAttempt, SaveQuizAnswer, SubmitQuizAttempt, CloseExpiredAttempts, ReadQuizAttempt],
})
export class QuizzesModule {}

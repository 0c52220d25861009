export { CloseExpiredAttempts } from './close-expired-attempts.js';
export { ReadQuizAttempt, type AttemptInFull } from './read-quiz-attempt.js';
export { SaveQuizAnswer } from './save-quiz-answer.js';
export { StartQuizAttempt } from './start-quiz-attempt.js';
export { SubmitQuizAttempt } from './submit-quiz-attempt.js';
export { SAVE_ANSWER } from './quiz-attempts.repository.js';
export { QuizzesModule } from './quizzes.module.js';
export type { QuizAttemptGraded } from './quizzes.facts.js';

import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { CreateAccounts } from '../access/index.js';
import { HandInAssignment, MarkAssignment } from '../assignments/index.js';
import { CreateCohort, type MemberRule } from '../cohorts/index.js';
import { Courses, type CourseVersion } from '../courses/index.js';
import { Database } from '../platform/database/database.js';
import { one, rows } from '../platform/database/sql.js';
import { MEGABYTE, type Upload } from '../platform/http/uploads.js';
import { Programmes } from '../programmes/index.js';
import { SaveQuizAnswer, StartQuizAttempt, SubmitQuizAttempt } from '../quizzes/index.js';
import { addDays, startOfDay, type CivilDate } from '../rules/civil-date.js';
import { randomFrom, seedOf } from '../rules/random.js';
import { shownOrder } from '../rules/questions.js';
import { ROLES, scopeRoots, type Grant, type Role } from '../rules/scope.js';
import { RecordLessonVisit } from '../study/index.js';
import { rightAnswer } from './right-answer.js';
import { TRIAL_MINISTRY, TRIAL_PROVINCE } from './trial-accounts.js';
import { workFile } from './work-files.js';

interface Account { accountId: number; personId: number; username: string; grants: Grant[] }

type Assessor = Parameters<MarkAssignment['run']>[0];

/** How far an invented learner gets in the course that is being studied. */
type Depth = 'nothing' | 'some-lessons' | 'all-lessons' | 'failed-quiz' | 'waiting' | 'complete';

/** From the first lesson to the marked task, at the pace of `study`. */
const DAYS_OF_A_COURSE = 4;

interface TrialClass {
  key: string;
  programme: string;
  title: string;
  agency: string;
  coordinator: string;
  rule: MemberRule;
  /** Days from today. */
  opens: number;
  due: number;
  /** How many of the required courses the quickest have reached by today; without it, all. */
  most?: number;
  /** In the first course, for accounts of the first look; everyone else gets theirs by chance. */
  depths: Record<string, Depth>;
}

const CLASSES: readonly TrialClass[] = [
  {
    key: 'trial-d', programme: 'D', title: 'Nội dung khoa học và công nghệ, đợt 1', agency: TRIAL_PROVINCE,
    coordinator: 'dieuphoi.tinh', rule: { group: 'communication', agency: `${TRIAL_PROVINCE}-VHTTDL`, notYetTrained: false },
    opens: -75, due: -12, depths: {},
  },
  {
    key: 'trial-b', programme: 'B', title: 'Thông tin cơ sở, đợt 2', agency: TRIAL_PROVINCE,
    coordinator: 'dieuphoi.tinh', rule: { group: 'grassroots-information', notYetTrained: false }, opens: -40, due: 28, most: 2,
    depths: { hocvien: 'some-lessons' },
  },
  {
    key: 'trial-a', programme: 'A', title: 'Truyền thông số, khóa 1', agency: TRIAL_MINISTRY,
    coordinator: 'dieuphoi.bo', rule: { group: 'communication', agency: `${TRIAL_MINISTRY}-TT`, notYetTrained: false }, opens: -30, due: 35,
    depths: { 'hocvien.moi': 'nothing' },
  },
];

/**
 * What the invented learners of three classes did, each step through the use case that a page would call, at a time in
 * the past. Every step finds what it did before, so an interrupted first start simply goes on.
 */
@Injectable()
export class TrialLearners {
  constructor(
    private readonly database: Database,
    private readonly courses: Courses,
    private readonly programmes: Programmes,
    private readonly createCohort: CreateCohort,
    private readonly createAccounts: CreateAccounts,
    private readonly visit: RecordLessonVisit,
    private readonly start: StartQuizAttempt,
    private readonly answer: SaveQuizAnswer,
    private readonly submit: SubmitQuizAttempt,
    private readonly handIn: HandInAssignment,
    private readonly mark: MarkAssignment,
  ) {}

  async run(today: CivilDate): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'lan-toa-trial-'));
    try {
      for (const given of CLASSES) await this.holdClass(given, today, folder);
      await this.ownStudy('hocvien', 'D1', addDays(today, -62), today, folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  private async holdClass(given: TrialClass, today: CivilDate, folder: string): Promise<void> {
    const opens = addDays(today, given.opens);
    const openedAt = new Date(startOfDay(opens).getTime() + 9 * 3_600_000);
    const coordinator = await this.account(given.coordinator);
    const { id } = await this.database.inTransaction((tx) => this.createCohort.run(tx, coordinator, {
      programme: given.programme, agency: given.agency, title: given.title, opens, due: addDays(today, given.due),
      members: { rule: given.rule }, requestKey: given.key,
    }, openedAt));
    const members = await this.membersOf(id, coordinator.accountId, openedAt);
    const versions = (await this.requiredCourses(given.programme)).slice(0, given.most);
    const assessor = await this.assessor(today);
    const days = Math.min(-1, given.due) - given.opens;
    for (const member of members) {
      const luck = randomFrom(seedOf(`${given.key} ${member.personId}`));
      const fixed = given.depths[member.username];
      const depth = fixed ?? depthFor(luck());
      // The quickest have completed all there is so far; the others stand in one course, with those before it done.
      const reached = fixed ? 0 : depth === 'complete' ? versions.length - 1 : Math.floor(luck() * versions.length);
      const starts = luck() * days * 0.3;
      const pace = (days - starts - DAYS_OF_A_COURSE) / versions.length;
      for (const [index, version] of versions.slice(0, reached + 1).entries()) {
        const begins = new Date(openedAt.getTime() + (starts + index * pace) * 86_400_000);
        await this.study(member, version, index < reached ? 'complete' : depth, begins, assessor, folder);
      }
    }
  }

  private async requiredCourses(code: string): Promise<CourseVersion[]> {
    const tx = this.database.reader;
    const programme = await this.programmes.byCode(tx, code);
    const ids = programme?.courses.flatMap((part) => (part.requirement === 'required' ? part.courseId ?? [] : [])) ?? [];
    const latest = await this.courses.latestOf(tx, ids);
    const versions = ids.flatMap((id) => latest.get(id) ?? []);
    if (versions.length === 0) throw new Error(`Programme ${code} has no course to study.`);
    return versions;
  }

  /** A course of one's own choice, outside any class: it earns the course's certificate. */
  private async ownStudy(username: string, code: string, on: CivilDate, today: CivilDate, folder: string): Promise<void> {
    const version = await this.courses.byCode(this.database.reader, code);
    if (!version) throw new Error(`Course ${code} is not published.`);
    const begins = new Date(startOfDay(on).getTime() + 9 * 3_600_000);
    await this.study(await this.account(username), version, 'complete', begins, await this.assessor(today), folder);
  }

  private async assessor(today: CivilDate): Promise<Assessor> {
    const account = await this.account('giangvien');
    return { ...account, roots: scopeRoots(account.grants, 'assignments.mark'), today };
  }

  /** Accounts wait for their activation code, so that a coordinator finds some to hand out. */
  private async membersOf(cohortId: number, by: number, now: Date): Promise<Account[]> {
    return this.database.inTransaction(async (tx) => {
      const people = await rows<{ personId: number; fullName: string }>(tx,
        `SELECT person.id AS "personId", person.full_name AS "fullName" FROM enrolment JOIN person ON person.id = enrolment.person_id
          WHERE enrolment.cohort_id = $1 AND NOT EXISTS (SELECT 1 FROM account WHERE person_id = person.id) ORDER BY person.id`, [cohortId]);
      await this.createAccounts.run(tx, people, { by, now });
      return rows<Account>(tx,
        `SELECT account.id AS "accountId", account.person_id AS "personId", account.username, '[]'::json AS grants
           FROM enrolment JOIN account ON account.person_id = enrolment.person_id WHERE enrolment.cohort_id = $1 ORDER BY account.person_id`,
        [cohortId]);
    });
  }

  private async study(
    member: Account, version: CourseVersion, depth: Depth, begins: Date, assessor: Assessor, folder: string,
  ): Promise<void> {
    if (depth === 'nothing') return;
    const at = (hours: number) => new Date(begins.getTime() + hours * 3_600_000);
    const lessons = depth === 'some-lessons' ? version.lessons.slice(0, 3) : version.lessons;
    for (const [index, lesson] of lessons.entries()) {
      await this.database.inTransaction((tx) => this.visit.byId(tx, member.personId, lesson.id, 'finished', at(index * 2)));
    }
    if (depth === 'some-lessons' || depth === 'all-lessons') return;
    if (!(await this.quizDone(member, version))) await this.takeQuiz(member, version, depth !== 'failed-quiz', at(26));
    if (depth === 'failed-quiz' || !version.assignment) return;
    const { types, required } = version.assignment.file;
    const file = required ? await fileToHandIn(folder, types) : null;
    const { submission } = await this.handIn.run(member, version.slug, { text: handedInText(version), number: 1 }, file, at(50));
    if (depth === 'waiting' || submission.marking) return;
    const levels = Object.fromEntries(version.assignment.criteria.map((criterion, index) => [criterion.id, index % 2 === 0 ? 3 : 4]));
    await this.mark.run(assessor, submission.id, {
      levels, remark: 'Bài làm rõ, đúng nguồn, hợp người nghe. Cần nêu thêm cách đo kết quả (nhận xét của dữ liệu dùng thử).',
    }, at(74));
  }

  private async takeQuiz(member: Account, version: CourseVersion, well: boolean, now: Date): Promise<void> {
    const { attemptId } = await this.start.run(member.personId, version.slug, now);
    const { keys, seed } = await one<{ keys: string[]; seed: number }>(this.database.reader,
      'SELECT question_keys AS keys, seed FROM quiz_attempt WHERE id = $1', [attemptId]);
    const bank = await this.courses.questions(this.database.reader, version.id);
    const answered = keys.slice(0, well ? Math.ceil(keys.length * 0.9) : Math.floor(keys.length * 0.4));
    const later = new Date(now.getTime() + 15 * 60_000);
    for (const key of answered) {
      const question = bank.find((candidate) => candidate.key === key);
      if (question) await this.answer.run(member.personId, attemptId, key, rightAnswer(question, shownOrder(question, seed)), later);
    }
    await this.submit.run(member.personId, attemptId, later);
  }

  private async quizDone(member: Account, version: CourseVersion): Promise<boolean> {
    const found = await rows(this.database.reader,
      `SELECT 1 FROM quiz_attempt attempt JOIN course_run run ON run.id = attempt.course_run_id
        WHERE run.person_id = $1 AND run.course_id = $2 AND attempt.closed_at IS NOT NULL LIMIT 1`, [member.personId, version.courseId]);
    return found.length > 0;
  }

  private async account(username: string): Promise<Account> {
    const found = await one<{ accountId: number; personId: number; username: string; grants: { role: string; agencyId: number }[] }>(
      this.database.reader,
      `SELECT account.id AS "accountId", account.person_id AS "personId", account.username,
         coalesce((SELECT json_agg(json_build_object('role', role, 'agencyId', agency_id)) FROM role_grant
           WHERE account_id = account.id AND revoked_at IS NULL), '[]') AS grants
       FROM account WHERE username = $1`, [username]);
    return { ...found, grants: found.grants.filter((grant): grant is Grant => ROLES.includes(grant.role as Role)) };
  }
}

function depthFor(chance: number): Depth {
  if (chance < 0.2) return 'nothing';
  if (chance < 0.42) return 'some-lessons';
  if (chance < 0.5) return 'all-lessons';
  if (chance < 0.56) return 'failed-quiz';
  if (chance < 0.66) return 'waiting';
  return 'complete';
}

/** A text of the length the task asks for, saying what it is. */
function handedInText(version: CourseVersion): string {
  const { min } = version.assignment?.words ?? { min: 50 };
  const sentence = `Bài thực hành dùng thử của khóa ${version.code}, do hệ thống tự tạo để minh họa; không phải bài của người thật.`;
  return Array.from({ length: Math.ceil((min + 20) / sentence.split(' ').length) }, () => sentence).join('\n');
}

async function fileToHandIn(folder: string, kinds: readonly string[]): Promise<Upload> {
  const { ending, mediaType, body } = await workFile(kinds);
  if (body.length > MEGABYTE) throw new Error('The trial file is too large.');
  const path = join(folder, `bai-lam.${ending}`);
  await writeFile(path, body);
  return {
    field: 'file', name: `bai-lam-dung-thu.${ending}`, claimedType: mediaType, path, size: body.length,
    sha256: createHash('sha256').update(body).digest('hex'),
  };
}

import type { Allowed } from '../../src/platform/access/allow.js';
import type { Permission } from '../../src/rules/scope.js';
import { PASSWORD } from '../support/world.js';
import type { Call } from './access-call.js';
import type { Belongings, Caller, Ground, Place } from './access-ground.js';
import { done, hides, notFound, refuses, shows, status, to, type Judge } from './access-judges.js';

type Made<T> = T | Promise<T>;
type Judged = Judge | ((there: Belongings) => Judge);

/** A route without scope: whoever may use it at all is answered alike. */
export interface OpenTry {
  kind: 'open';
  /** To whom, so that a route opened wider by mistake is noticed. */
  to: Allowed;
  call(ground: Ground, caller: Caller): Made<Call>;
  answered: Judge;
  /** The call ends the session it is made with: it is made with another one. */
  endsSession?: boolean;
}

/** A route with scope: what belongs to an agency inside the caller's part of the tree, and what does not. */
export interface ScopedTry {
  kind: 'scoped';
  /** What the call names, for the report, where a route is tried in several ways. */
  about: string;
  /** The permission that reaches it, where it is not the one that opens the route. */
  by?: Permission;
  call(ground: Ground, place: Place, caller: Caller): Made<Call>;
  inside: Judged;
  outside: Judged;
}

/** What belongs to one person only: nobody else reaches it, whatever their role and wherever they stand. */
export interface PrivateTry {
  kind: 'private';
  about: string;
  call(ground: Ground, place: Place, caller: Caller): Made<Call>;
}

export type Try = OpenTry | ScopedTry | PrivateTry;

const open = (call: OpenTry['call'] = () => ({}), answered: Judge = done): OpenTry =>
  ({ kind: 'open', to: 'signed-in', call, answered });

const only = (permission: Permission, attempt: OpenTry = open()): OpenTry => ({ ...attempt, to: permission });

const anyone = (attempt: OpenTry = open()): OpenTry => ({ ...attempt, to: 'anyone' });

const scoped = (about: string, call: ScopedTry['call'], inside: Judged = done, outside: Judged = notFound): ScopedTry =>
  ({ kind: 'scoped', about, call, inside, outside });

const others = (about: string, call: PrivateTry['call']): PrivateTry => ({ kind: 'private', about, call });

/** A list is narrowed, not refused: it shows what belongs to an agency of one's part of the tree, and nothing else. */
const listed = (about: string, mark: (there: Belongings) => string | RegExp): ScopedTry =>
  scoped(about, () => ({}), (there) => shows(mark(there)), (there) => hides(mark(there)));

const code = (ground: Ground, place: Place): string => ground.at[place].agency.code;

/** Stops at a field that is missing: who may use the route has been asked by then, and nothing is used up. */
const stopsAt = (field: string, call?: OpenTry['call']): OpenTry => open(call, refuses(field));

// ---------------------------------------------------------------------------------------------- ways of naming a thing
const personOf = scoped('a person', (ground, place) => ({ params: { id: ground.at[place].personId } }));
const theClass = (body?: Call['body'], query?: Call['query']) =>
  scoped('a class', (ground, place) => ({ params: { id: ground.at[place].cohortId }, body, query }));
/** A filter of who may be assigned to a class of the commune. */
const candidatesOf = (query: Call['query'] = {}) => scoped('candidates of an agency, for a class there', (ground, place) => ({
  params: { id: ground.at.commune.cohortId }, query: { ...query, agency: code(ground, place) },
}), status(200, 422), status(422));
const newClass = (body: (ground: Ground, place: Place, made: { id: number; at: number }) => Call['body'], at = false) =>
  scoped('a class', async (ground, place) => {
    const made = await ground.cohort(place);
    return { params: { id: made.id, ...(at ? { at: made.at } : {}) }, body: body(ground, place, made) };
  });
const extension = newClass((ground, place) => ({
  people: [ground.at[place].personId], due: '2027-01-31', reason: 'Bão.',
}));
const freshPost = (body: Call['body']) =>
  scoped('a post', async (ground, place) => ({ params: { id: await ground.post(place) }, body }));
const freshAccount = (body?: Call['body']) =>
  scoped('an account', async (ground, place) => ({ params: { id: (await ground.account(place)).id }, body }));
const withinAgency = scoped('within an agency', (ground, place) => ({ query: { within: code(ground, place) } }));
const ofAgency = scoped('of an agency', (ground, place) => ({ query: { agency: code(ground, place) } }));
const certificate = (): Try => ({
  ...scoped('a certificate', (ground, place) => ({ params: { number: ground.at[place].certificate } })), by: 'certificates.read',
});
const submission = scoped('a submission', (ground, place) => ({ params: { id: ground.at[place].submissionId } }));
/** An upload of one's own for the agency: a grant may have ended since. And an upload of somebody else. */
const rosterImport = (body?: Call['body'], inside: Judge = done): Try[] => [
  scoped('an import of one’s own', async (ground, place, caller) => ({
    params: { id: await ground.rosterImport(caller.accountId, place) }, body,
  }), inside),
  others('an import of somebody else', async (ground, place) => ({
    params: { id: await ground.rosterImport(ground.strangerId, place) }, body,
  })),
];
const agencyImport: Try[] = [
  only('agencies.import', open(async (ground, caller) => ({ params: { id: await ground.agencyImport(caller.accountId) } }))),
  others('an import of somebody else', async (ground) => ({ params: { id: await ground.agencyImport(ground.strangerId) } })),
];
const attempt = (more: Omit<Call, 'params'> = {}, key?: string): Try[] => {
  const params = (id: number) => ({ id, ...(key ? { key, questionId: key } : {}) });
  return [
    open(async (ground, caller) => ({ params: params(await ground.ownAttempt(caller)), ...more })),
    others('an attempt of somebody else', (ground, place) => ({ params: params(ground.at[place].attemptId), ...more })),
  ];
};
const grantOf: Try[] = [
  scoped('a role of an account', async (ground, place) => {
    const { id, grantId } = await ground.account(place);
    return { params: { id, grant: grantId } };
  }),
  others('a role of another account', async (ground, place) => ({
    params: { id: (await ground.account('commune')).id, grant: ground.at[place].grantId },
  })),
];
const grants: Try[] = [
  freshAccount({ role: 'leader', agency: 'X11-TT' }),
  scoped('a role over an agency', async (ground, place) => ({
    params: { id: (await ground.account('commune')).id }, body: { role: 'leader', agency: code(ground, place) },
  }), done, refuses('agency')),
];
const people = (field: 'people' | 'person') =>
  scoped('people', async (ground, place) => ({ body: { [field]: [await ground.person(place)] } }));
const members = (body: (person: number) => Call['body']): Try[] => [
  newClass((ground, place) => body(ground.at[place].personId)),
  scoped('people for a class of the commune', async (ground, place) => ({
    params: { id: (await ground.cohort('commune')).id }, body: body(ground.at[place].personId),
  }), status(200, 303, 422), refuses('people')),
];
const allowance = (body?: Call['body']) =>
  scoped('a learner', (ground, place) => ({ params: { personId: ground.at[place].personId, slug: ground.studied.slug }, body }));

// ------------------------------------------------------------------------------------------------------- values sent
const CLASS = { title: 'Lớp thử', opens: '2026-11-20', due: '2026-12-20' };
const POST = { positionTitle: 'Công chức', group: 'communication', from: '2026-11-20' };
const PERSON = { full_name: 'Lò Văn Thử', position_title: 'Công chức', group: 'communication', from: '01/07/2025' };
const MARKS = { accuracy: 3, audience: 3, clarity: 3, legality: 3, measurement: 3 };
const MARKS_OF_FORM = Object.fromEntries(Object.entries(MARKS).map(([criterion, level]) => [`levels.${criterion}`, level]));
const REMARK = 'Bản tin rõ, nên nêu thêm nguồn của con số thứ hai.';
const WORK = 'Bản tin ưu tiên cho bà con xã Mẫu Một tuần này.';
const ROSTER = 'Họ và tên,Chức danh,Nhóm\nLò Thị Thử,Công chức,thông tin cơ sở\n';
const learning = (more: Omit<Call, 'params'> = {}) => open(({ fresh }) => ({
  params: { slug: fresh.slug, lessonSlug: fresh.lessons[0]?.slug ?? '', code: fresh.lessons[0]?.code ?? '' }, ...more,
}));
const lesson = (more: Omit<Call, 'params'> = {}) =>
  open((ground) => ({ params: { id: ground.fresh.lessons[0]?.id ?? 0 }, ...more }));
const handedInFile = open((ground) => ({ params: { slug: ground.studied.slug, number: 1 } }));
const rosterFile = scoped('a file for an agency', (ground, place) => ({
  file: ROSTER, body: { agency: code(ground, place) },
}), done, refuses('agency'));
const newAgencies = (ground: Ground, place: Place) =>
  `code,name_vi,type,parent,from\nM-${place},Đơn vị Mẫu,unit,${code(ground, place)},01/07/2025\n`;

/**
 * How every route is called. One entry a route, by its method and path; a route may be tried in several ways, by each
 * thing that its request names.
 */
export const CASES: Record<string, Try | Try[]> = {
  // The machine, and what anyone may read.
  'GET /': anyone(),
  'GET /healthz': anyone(),
  'GET /readyz': anyone(open(undefined, status(200, 503))),
  'GET /metrics': anyone(),
  'GET /help': anyone(),
  'GET /accessibility': anyone(),
  'GET /privacy': anyone(),
  'GET /language/:lang': anyone(open(() => ({ params: { lang: 'vi' } }))),
  'GET /api/openapi.json': anyone(),
  'GET /api/docs': anyone(),
  'GET /verify': anyone(),
  'GET /verify/:code': anyone(open(() => ({ params: { code: '0000-0000-0000' } }), notFound)),

  // Signing in and one's own sign-in.
  'GET /sign-in': anyone(),
  'POST /sign-in': anyone(stopsAt('username')),
  'POST /sign-out': { ...open(undefined, to('/sign-in')), endsSession: true },
  'POST /sign-out-everywhere': { ...open(undefined, to('/sign-in')), endsSession: true },
  'GET /activate': anyone(),
  'POST /activate': anyone(stopsAt('username')),
  'GET /reset-password': anyone(),
  'POST /reset-password': anyone(stopsAt('username')),
  'GET /forgotten-password': anyone(),
  'POST /forgotten-password': anyone(stopsAt('username')),
  'GET /notice': open(),
  'POST /notice': open(),
  'GET /second-factor': open(),
  'POST /second-factor': stopsAt('code'),
  'GET /security': open(),
  'POST /security/password': stopsAt('current'),
  'POST /security/language': open(() => ({ body: { language: 'vi' } })),
  'POST /security/sessions/:id/end': [
    open(async (ground, caller) => ({ params: { id: await ground.sessionOf(caller.accountId) } })),
    others('a session of somebody else', async (ground, place) => ({
      params: { id: await ground.sessionOf(ground.at[place].accountId) },
    })),
  ],
  'GET /security/second-factor': open(),
  'POST /security/second-factor/begin': open(),
  'POST /security/second-factor': stopsAt('code'),
  'POST /security/second-factor/remove': stopsAt('remove'),
  'POST /api/v1/auth/login': anyone(open((_ground, { username }) => ({
    body: { username: username || 'nguoi-la', password: PASSWORD },
  }))),
  'POST /api/v1/auth/refresh': anyone(stopsAt('refreshToken')),
  // A token that is none ends nothing, and is answered like one that does.
  'POST /api/v1/auth/logout': anyone(open(() => ({ body: { refreshToken: 'none' } }))),
  'GET /api/v1/me': open(),

  // Accounts of others.
  'GET /accounts': listed('the list', (there) => there.personName),
  'POST /accounts': people('person'),
  'GET /accounts/:id': scoped('an account', (ground, place) => ({ params: { id: ground.at[place].accountId } })),
  'POST /accounts/:id/code': freshAccount(),
  'POST /accounts/:id/disable': freshAccount(),
  'POST /accounts/:id/enable': freshAccount(),
  'POST /accounts/:id/sign-out': freshAccount(),
  'POST /accounts/:id/second-factor/reset': freshAccount(),
  'POST /accounts/:id/grants': grants,
  'POST /accounts/:id/grants/:grant/revoke': grantOf,
  'GET /api/v1/accounts': listed('the list', (there) => there.personName),
  'POST /api/v1/accounts': people('people'),
  'POST /api/v1/accounts/:id/code': freshAccount(),
  'POST /api/v1/accounts/:id/disable': freshAccount(),
  'POST /api/v1/accounts/:id/enable': freshAccount(),
  'POST /api/v1/accounts/:id/grants': grants,
  'DELETE /api/v1/accounts/:id/grants/:grant': grantOf,

  // The tree is known to all who are signed in; changing it is not. Rows about a part that is not theirs are errors.
  'GET /agencies': open(),
  'GET /api/v1/agencies': open(),
  'GET /api/v1/agencies/:code': open(() => ({ params: { code: 'X21' } })),
  'GET /agencies/imports': only('agencies.import'),
  'POST /agencies/imports': only('agencies.import', open((ground) => ({ file: newAgencies(ground, 'commune') }))),
  'GET /agencies/imports/:id': agencyImport,
  'POST /agencies/imports/:id/confirm': agencyImport,
  'POST /api/v1/agencies/imports': scoped('an agency under', (ground, place) => ({ file: newAgencies(ground, place) }),
    { says: '201, one row new', holds: (answer) => answer.status === 201 && answer.json<Preview>().counts.new === 1 },
    { says: '201, one row in error', holds: (answer) => answer.status === 201 && answer.json<Preview>().counts.error === 1 }),
  'GET /api/v1/agencies/imports/:id': agencyImport,
  'POST /api/v1/agencies/imports/:id/confirm': agencyImport,

  // Who did what to whom.
  'GET /audit': only('audit.read'),
  'GET /audit.csv': only('audit.read'),
  'GET /api/v1/audit': only('audit.read'),

  // The roster.
  'GET /roster': [listed('the list', (there) => there.personName), ofAgency],
  'GET /roster.csv': [listed('the list', (there) => there.personName), ofAgency],
  'GET /roster.xlsx': ofAgency,
  'GET /api/v1/roster': [listed('the list', (there) => there.personName), ofAgency],
  'GET /api/v1/roster.csv': [listed('the list', (there) => there.personName), ofAgency],
  'GET /api/v1/roster.xlsx': ofAgency,
  'GET /roster/people/new': only('roster.import'),
  'POST /roster/people': scoped('a person for an agency', (ground, place, caller) => ({
    body: { ...PERSON, full_name: `Lò Thử ${place} ${caller.name}`, agency_code: code(ground, place) },
  }), done, refuses('agency_code')),
  'GET /roster/people/:id': personOf,
  'POST /roster/people/:id': scoped('a person', (ground, place) => ({
    params: { id: ground.at[place].personId }, body: { full_name: ground.at[place].personName },
  })),
  'GET /roster/posts/:id': scoped('a post', (ground, place) => ({ params: { id: ground.at[place].postId } })),
  'POST /roster/posts/:id/change': freshPost(POST),
  'POST /roster/posts/:id/leave': freshPost({ from: '2026-11-20' }),
  'POST /roster/posts/:id/transfer': [
    freshPost({ ...POST, agency: 'X11-TT' }),
    scoped('a move to an agency', async (ground, place) => ({
      // From the lowest agency where it goes to the commune itself, else from the commune.
      params: { id: place === 'commune' ? await ground.lowestPost() : await ground.post('commune') },
      body: { ...POST, agency: code(ground, place) },
    }), done, refuses('transfer-agency')),
  ],
  'POST /roster/posts/:id/end': freshPost({ lastDay: '2026-11-30' }),
  'GET /roster/headcounts': ofAgency,
  'POST /roster/headcounts': scoped('a number of an agency', (ground, place) => ({
    body: { agency: code(ground, place), measure: 'officials', headcount: '12', from: '2026-11-20' },
  }), done, refuses('agency')),
  'GET /profile': open(),
  'POST /profile/reports': open(() => ({ body: { message: 'Sai số điện thoại.' } })),
  'GET /roster/reports': listed('the list', (there) => there.reportMessage),
  'POST /roster/reports/:id': scoped('a report', async (ground, place) => ({
    params: { id: await ground.report(place) }, body: { answer: 'Đã sửa.' },
  })),
  'GET /roster/imports/new': only('roster.import'),
  'GET /roster/imports/template.xlsx': only('roster.import'),
  'POST /roster/imports': rosterFile,
  'GET /roster/imports/:id': rosterImport(),
  // There is no such row: refused by the row, after the import was found.
  'POST /roster/imports/:id/decisions': rosterImport({ 'decision-2': 'new' }, refuses('decision-2')),
  'POST /roster/imports/:id/confirm': rosterImport(),
  'POST /api/v1/roster/imports': rosterFile,
  'GET /api/v1/roster/imports/:id': rosterImport(),
  'POST /api/v1/roster/imports/:id/decisions':
    rosterImport({ decisions: [{ line: 2, person: 'new' }] }, refuses('decision-2')),
  'POST /api/v1/roster/imports/:id/confirm': rosterImport(),

  // Programmes and courses are the same for the whole country.
  'GET /programmes': open(),
  'GET /programmes/:slug': open((ground) => ({ params: { slug: ground.programme.slug } })),
  'GET /api/v1/programmes': open(),
  'GET /api/v1/programmes/:slug': open((ground) => ({ params: { slug: ground.programme.slug } })),
  'GET /api/v1/courses': open(),
  'GET /api/v1/courses/:slug': learning(),
  'GET /courses/:slug': learning(),
  'GET /courses/:slug/preview': only('courses.preview', learning()),
  'GET /courses/:slug/preview/lessons/:code': only('courses.preview', learning()),
  'GET /courses/media/:versionId/:name': open((ground) => ({
    params: { versionId: ground.studied.versionId, name: 'hinh.svg' },
  })),

  // Studying: always one's own.
  'GET /learning': open(),
  'GET /api/v1/me/learning': open(),
  'POST /messages/put-aside': open(() => ({ body: { upTo: 1 } })),
  'POST /courses/:slug/open': learning(),
  'GET /courses/:slug/study': learning(),
  'GET /courses/:slug/lessons/:lessonSlug': learning(),
  'POST /courses/:slug/lessons/:lessonSlug/finish': learning(),
  'GET /api/v1/lessons/:id': lesson(),
  'POST /api/v1/lessons/:id/visits': lesson({ body: { kind: 'finished' } }),
  'GET /courses/:slug/quiz': learning(),
  'POST /courses/:slug/quiz/attempts': learning(),
  'GET /attempts/:id': attempt(),
  'GET /attempts/:id/review': attempt(),
  'POST /attempts/:id/answers/:key': attempt({ body: { answer: 'a' } }, 't1-001'),
  'POST /attempts/:id/submit': attempt(),
  'POST /api/v1/quizzes/:id/attempts': open((ground) => ({ params: { id: ground.fresh.slug } })),
  'GET /api/v1/attempts/:id': attempt(),
  'PUT /api/v1/attempts/:id/answers/:questionId': attempt({ body: { option: 'a' } }, 't1-001'),
  'POST /api/v1/attempts/:id/submit': attempt(),
  'GET /courses/:slug/assignment': learning(),
  // Written before anything is handed in: while work waits to be marked, no other is written.
  'POST /courses/:slug/assignment/draft': learning({ body: { text: 'Bản nháp.' } }),
  'PUT /api/v1/courses/:slug/assignment/draft': learning({ body: { text: 'Bản nháp.' } }),
  'POST /courses/:slug/assignment/submissions': learning({ body: { text: WORK } }),
  'GET /courses/:slug/assignment/submissions/:number/file': handedInFile,
  'GET /api/v1/courses/:slug/assignment': learning(),
  'POST /api/v1/courses/:slug/assignment/submissions': learning({ body: { text: WORK } }),
  'GET /api/v1/courses/:slug/assignment/submissions/:number/file': handedInFile,

  // More attempts, and marking, for learners of one's part of the tree.
  'GET /people/:personId/courses/:slug/allowance': allowance(),
  'POST /people/:personId/courses/:slug/allowance': allowance({ reason: 'Mất điện khi làm bài.' }),
  'POST /api/v1/course-runs/:id/allowances': scoped('a learner', (ground, place) => ({
    params: { id: ground.at[place].runId }, body: { reason: 'Mất điện khi làm bài.' },
  })),
  'GET /marking': listed('the queue', (there) => new RegExp(`"/marking/${there.submissionId}"`)),
  'GET /marking/:id': submission,
  'POST /marking/:id': scoped('a submission', async (ground, place) => ({
    params: { id: await ground.handedIn(place) },
    body: { ...MARKS_OF_FORM, remark: REMARK },
  })),
  'GET /marking/:id/file': submission,
  'GET /api/v1/marking': listed('the queue', (there) => new RegExp(`"id":${there.submissionId},`)),
  'GET /api/v1/marking/:id': submission,
  'POST /api/v1/marking/:id': scoped('a submission', async (ground, place) => ({
    params: { id: await ground.handedIn(place) }, body: { levels: MARKS, remark: REMARK },
  })),
  'GET /api/v1/marking/:id/file': submission,

  // Classes.
  'GET /cohorts': listed('the list', (there) => there.cohortTitle),
  'GET /cohorts/new': only('cohorts.manage'),
  'POST /cohorts': scoped('a class for an agency', (ground, place) => ({
    body: { ...CLASS, programme: ground.programme.slug, agency: code(ground, place) },
  }), done, refuses('agency')),
  'GET /cohorts/:id': theClass(),
  'GET /cohorts/:id/edit': theClass(),
  'POST /cohorts/:id/edit': newClass(() => CLASS),
  'GET /cohorts/:id/assign': [theClass(), candidatesOf()],
  'POST /cohorts/:id/assign': members((person) => ({ people: [person] })),
  'GET /cohorts/:id/assign/rule': [theClass(undefined, { preview: 'yes' }), candidatesOf({ preview: 'yes' })],
  'POST /cohorts/:id/assign/rule': [
    newClass(() => ({ group: 'communication' })),
    scoped('everybody of an agency, for a class of the commune', async (ground, place) => ({
      params: { id: (await ground.cohort('commune')).id }, body: { agency: code(ground, place) },
    }), status(303, 422), refuses('agency')),
  ],
  'GET /cohorts/:id/extend': theClass(),
  'POST /cohorts/:id/extend': extension,
  'GET /cohorts/:id/withdraw': theClass(),
  'POST /cohorts/:id/withdraw': newClass((ground, place) => ({ people: [ground.at[place].personId] })),
  'GET /cohorts/:id/assignments/:at/undo': newClass(() => undefined, true),
  'POST /cohorts/:id/assignments/:at/undo': newClass(() => undefined, true),
  'GET /api/v1/cohorts': listed('the list', (there) => there.cohortTitle),
  'POST /api/v1/cohorts': [
    scoped('a class for an agency', (ground, place) => ({
      body: { ...CLASS, programme: ground.programme.slug, agency: code(ground, place) },
    }), done, refuses('agency')),
    scoped('a class of the commune for a person', (ground, place) => ({
      body: { ...CLASS, programme: ground.programme.slug, agency: 'X11', members: { people: [ground.at[place].personId] } },
    }), status(201, 422), refuses('people')),
  ],
  'GET /api/v1/cohorts/:id': theClass(),
  'PATCH /api/v1/cohorts/:id': newClass(() => ({ title: 'Lớp đổi tên' })),
  'POST /api/v1/cohorts/:id/members': members((person) => ({ people: [person] })),
  'POST /api/v1/cohorts/:id/withdrawals': newClass((ground, place) => ({ people: [ground.at[place].personId] })),
  'POST /api/v1/cohorts/:id/extensions': extension,
  'GET /api/v1/cohorts/:id/progress': theClass(),
  'GET /api/v1/cohorts/:id/progress.csv': theClass(),
  'GET /api/v1/cohorts/:id/progress.xlsx': theClass(),

  // Certificates: one's own; those of people one answers for; anybody's by its code, which is above.
  'GET /certificates': open(),
  'GET /certificates/:number.pdf': certificate(),
  'GET /api/v1/me/certificates': open(),
  'GET /api/v1/certificates/:number': certificate(),
  'GET /api/v1/certificates/:number.pdf': certificate(),

  // Figures, and who stands behind them.
  'GET /coverage': withinAgency,
  'GET /coverage/people': [withinAgency, listed('the list', (there) => there.personName)],
  'GET /api/v1/coverage': withinAgency,
  'GET /api/v1/coverage.csv': withinAgency,
  'GET /api/v1/coverage.xlsx': withinAgency,
  'GET /api/v1/coverage/people': [withinAgency, listed('the list', (there) => there.personName)],
  'GET /api/v1/coverage/people.csv': [withinAgency, listed('the list', (there) => there.personName)],
  'GET /api/v1/coverage/people.xlsx': withinAgency,
};

interface Preview { counts: { new: number; error: number } }

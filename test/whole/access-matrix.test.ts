import { listRoutes, type Route } from '../../src/platform/access/routes.js';
import { PERMISSIONS, type Permission } from '../../src/rules/scope.js';
import { isApi, send, type Answer, type Call } from './access-call.js';
import { CASES, type ScopedTry, type Try } from './access-cases.js';
import { CALLERS, Ground, holdsPermission, PLACES, reaches, relation, type Caller, type Place } from './access-ground.js';
import { notFound, status, to, type Judge } from './access-judges.js';

/** For those who have signed in and have something to do first: just that, and the way out. */
const BEFORE_READY = new Set([
  'GET /api/v1/me', 'GET /notice', 'POST /notice', 'GET /second-factor', 'POST /second-factor', 'GET /security/second-factor',
  'POST /security/second-factor/begin', 'POST /security/second-factor', 'POST /sign-out', 'POST /sign-out-everywhere',
]);

const keyOf = (route: Pick<Route, 'method' | 'path'>) => `${route.method} ${route.path}`;
const isPermission = (allowed: string | undefined): allowed is Permission =>
  (PERMISSIONS as readonly string[]).includes(allowed ?? '');

/**
 * Closed unless opened: every route, as everybody, on what belongs to their own agency, one below, a neighbour and the
 * parent. The routes are asked of the application itself, so a new one fails here until it has a case.
 */
describe('Who may do what, and where', () => {
  let ground: Ground;
  let callers: Caller[];
  let routes: Map<string, Route>;

  beforeAll(async () => {
    ground = await Ground.make();
    callers = [];
    for (const who of CALLERS) callers.push(await ground.caller(who));
    routes = new Map(listRoutes(ground.test.app).map((route) => [keyOf(route), route]));
  });
  afterAll(() => ground.test.close());

  const routeOf = (key: string): Route => {
    const route = routes.get(key);
    if (!route) throw new Error(`There is no route ${key}.`);
    return route;
  };
  /** The answer of the guards, whatever is asked for; null where the handler decides. */
  function atTheDoor(route: Route, caller: Caller): Judge | null {
    if (route.allowed === 'anyone') return null;
    if (caller.name === 'nobody') return isApi(route.path) ? status(401) : to('/sign-in');
    return isPermission(route.allowed) && !holdsPermission(caller, route.allowed) ? status(403) : null;
  }
  function expected(route: Route, attempt: Try, caller: Caller, place: Place): Judge {
    const refused = atTheDoor(route, caller);
    if (refused) return refused;
    if (attempt.kind === 'open') return attempt.answered;
    if (attempt.kind === 'private') return notFound;
    const judged = isInside(route, attempt, caller, place) ? attempt.inside : attempt.outside;
    return typeof judged === 'function' ? judged(ground.at[place]) : judged;
  }
  function isInside(route: Route, attempt: ScopedTry, caller: Caller, place: Place): boolean {
    const permission = attempt.by ?? route.allowed;
    if (!isPermission(permission)) throw new Error(`${keyOf(route)} has a scope and no permission that reaches it.`);
    return reaches(caller, permission, place);
  }
  const callOf = async (attempt: Try, caller: Caller, place: Place): Promise<Call> =>
    (attempt.kind === 'open' ? attempt.call(ground, caller) : attempt.call(ground, place, caller));
  /** Somebody else with the same roles, where the call ends the session that it is made with. */
  const standIn = async (attempt: Try, caller: Caller) =>
    (attempt.kind === 'open' && attempt.endsSession && caller.name !== 'nobody' ? ground.caller(caller) : caller);

  test('every route has a case, and every case a route', () => {
    expect({
      withoutCase: [...routes.keys()].filter((key) => !CASES[key]).sort(),
      withoutRoute: Object.keys(CASES).filter((key) => !routes.has(key)),
    }).toEqual({ withoutCase: [], withoutRoute: [] });
  });

  test('every route is open to those whom its case says, and to nobody more', () => {
    const wrong = [...routes].flatMap(([key, route]) => [CASES[key] ?? []].flat().flatMap((attempt) => {
      if (attempt.kind === 'private') return [];
      // What belongs to an agency is reached by the permission that opens the route, or by one that the case names.
      const right = attempt.kind === 'open' ? route.allowed === attempt.to
        : attempt.by ? route.allowed === 'signed-in' : isPermission(route.allowed);
      return right ? [] : [`${key} is open to ${route.allowed}`];
    }));
    expect(wrong).toEqual([]);
  });

  test('the server has no route beside them but the files of the pages', () => {
    const server = ground.test.app.getHttpAdapter().getInstance();
    const beside = servedBy(server.printRoutes({ commonPrefix: false })).filter((key) => !routes.has(key));
    // The drawing shows the wildcard of /assets/:version/* without what stands before it.
    expect(beside.sort()).toEqual(['GET /*', 'GET /favicon.ico']);
    expect(['/*', '/assets/:version/*'].map((url) => server.hasRoute({ method: 'GET', url }))).toEqual([false, true]);
  });

  test.each(Object.keys(CASES))('%s', async (key) => {
    const route = routeOf(key);
    const wrong: string[] = [];
    for (const attempt of [CASES[key] ?? []].flat()) {
      await Promise.all(callers.map(async (caller) => {
        for (const place of attempt.kind === 'open' ? (['province'] as const) : PLACES) {
          const judge = expected(route, attempt, caller, place);
          const answer = await send(ground, route, await standIn(attempt, caller), await callOf(attempt, caller, place));
          const hole = holeIn(answer, 'vi');
          const fault = judge.holds(answer)
            ? hole && `the page has a hole: ${hole}` : `expected ${judge.says}, got ${got(answer)}`;
          if (fault) wrong.push(`${key} as ${caller.name}${where(attempt, caller, place)}: ${fault}`);
        }
      }));
    }
    expect(wrong).toEqual([]);
  });

  test('nothing is changed by cookies alone: every write without the form’s token is refused', async () => {
    const caller = callers.find(({ name }) => name === 'national') as Caller;
    const wrong: string[] = [];
    for (const [key, route] of routes) {
      if (route.method === 'GET') continue;
      const answer = await send(ground, route, caller, { params: { id: 1 } }, { withoutFormToken: true });
      const refused = answer.status === 403 && answer.json<{ code: string }>().code === 'page-expired';
      if (!refused) wrong.push(`${key}: ${got(answer)}`);
    }
    expect(wrong).toEqual([]);
  });

  test.each([
    { what: 'the notice is accepted', signIn: { noticeAccepted: false }, code: 'notice-needed', page: '/notice' },
    { what: 'the second factor is shown', signIn: { secondFactor: false }, code: 'second-factor-needed', page: '/second-factor' },
  ])('before $what, nothing is open but that and leaving', async ({ signIn, code, page }) => {
    const who = { name: 'national', role: 'national', root: 'nation' } as const;
    const caller = await ground.caller(who, signIn);
    const held = (route: Route, answer: Answer) =>
      (isApi(route.path) ? answer.status === 403 && answer.json<{ code: string }>().code === code : to(page).holds(answer));
    const wrong: string[] = [];
    for (const [key, route] of routes) {
      if (route.allowed === 'anyone') continue;
      const open = BEFORE_READY.has(key);
      const answer = await send(ground, route, open ? await ground.caller(who, signIn) : caller, {});
      const right = open ? answer.status !== 403 && !held(route, answer) : held(route, answer);
      if (!right) wrong.push(`${key}: ${got(answer)}`);
    }
    expect(wrong).toEqual([]);
  });

  test('every page is whole in English too, as everybody', async () => {
    const wrong: string[] = [];
    for (const [key, route] of routes) {
      if (route.method !== 'GET' || isApi(route.path)) continue;
      const attempt = [CASES[key] ?? []].flat()[0];
      if (!attempt) continue;
      await Promise.all(callers.map(async (caller) => {
        const call = await callOf(attempt, caller, caller.root ?? 'province');
        const answer = await send(ground, route, caller, call, { lang: 'en' });
        const hole = holeIn(answer, 'en');
        if (hole) wrong.push(`${key} as ${caller.name}: ${hole}`);
      }));
    }
    expect(wrong).toEqual([]);
  });
});

const where = (attempt: Try, caller: Caller, place: Place): string =>
  (attempt.kind === 'open' ? '' : ` on ${relation(caller, place)} (${attempt.about}, ${place})`);

const got = ({ status: code, location, type, text }: Answer): string =>
  `${code}${location && ` to ${location}`}${type.includes('problem') ? ` ${text.slice(0, 200)}` : ''}`;

/** What is wrong with a page: a fault, another language, words that should have been filled in. */
function holeIn({ status: code, type, text }: Answer, lang: 'vi' | 'en'): string | null {
  if (code >= 500 && code !== 503) return String(code);
  if (!type.startsWith('text/html')) return null;
  if (!text.includes(`<html lang="${lang}"`)) return 'in another language';
  return /\{\{|\[object Object\]|>undefined<|>NaN</.exec(text)?.[0] ?? null;
}

/** Methods and paths in Fastify's own drawing of its tree of routes. */
function servedBy(drawing: string): string[] {
  const path: string[] = [];
  return drawing.split('\n').flatMap((line) => {
    const read = /^([│\s]*)[├└]── (\S+)(?: \((.+)\))?$/.exec(line);
    if (!read) return [];
    const depth = (read[1] ?? '').length / 4;
    path.splice(depth, path.length, read[2] ?? '');
    const full = path.join('').replace(/(.)\/$/, '$1');
    const methods = (read[3] ?? '').split(', ').filter((name) => name && !['HEAD', 'OPTIONS'].includes(name));
    return methods.map((method) => `${method} ${full}`);
  });
}

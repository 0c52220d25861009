import { listRoutes, type Route } from '../../src/platform/access/routes.js';
import { PERMISSIONS, type Permission } from '../../src/rules/scope.js';
import { isApi, send, type Answer, type Call } from './access-call.js';
import { CASES, type ScopedTry, type Try } from './access-cases.js';
import { CALLERS, Ground, holdsPermission, PLACES, reaches, relation, type Caller, type Place } from './access-ground.js';
import { notFound, status, to, type Judge } from './access-judges.js';

const keyOf = (route: Pick<Route, 'method' | 'path'>) => `${route.method} ${route.path}`;
const isPermission = (allowed: string | undefined): allowed is Permission => (PERMISSIONS as readonly string[]).includes(allowed ?? '');

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
      withoutCase: [...routes.keys()].filter((key) => !CASES[key]).sort(), withoutRoute: Object.keys(CASES).filter((key) => !routes.has(key)),
    }).toEqual({ withoutCase: [], withoutRoute: [] });
  });

  test('the application serves no route that the list does not have', () => {
    const server = ground.test.app.getHttpAdapter().getInstance();
    const listed = new Set([...routes.values()].map((route) => keyOf(route)));
    expect(unlisted(server.printRoutes({ commonPrefix: false }), listed)).toEqual([]);
  });

  test.each(Object.keys(CASES))('%s', async (key) => {
    const route = routeOf(key);
    const wrong: string[] = [];
    for (const attempt of [CASES[key] ?? []].flat()) {
      for (const caller of callers) {
        for (const place of attempt.kind === 'open' ? (['province'] as const) : PLACES) {
          const judge = expected(route, attempt, caller, place);
          const answer = await send(ground, route, await standIn(attempt, caller), await callOf(attempt, caller, place));
          if (!judge.holds(answer)) wrong.push(`${key} as ${caller.name}${where(attempt, caller, place)}: expected ${judge.says}, got ${got(answer)}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  test('nothing is changed by cookies alone: every write without the form’s token is refused', async () => {
    const caller = callers.find(({ name }) => name === 'national') as Caller;
    const wrong: string[] = [];
    for (const [key, route] of routes) {
      if (route.method === 'GET') continue;
      const answer = await send(ground, route, caller, { params: { id: 1 } }, { withoutFormToken: true });
      if (answer.status !== 403 || answer.json<{ code: string }>().code !== 'page-expired') wrong.push(`${key}: ${got(answer)}`);
    }
    expect(wrong).toEqual([]);
  });

  test.each(['vi', 'en'] as const)('every page is whole in %s, as everybody', async (lang) => {
    const wrong: string[] = [];
    for (const [key, route] of routes) {
      if (route.method !== 'GET' || isApi(route.path)) continue;
      const attempt = [CASES[key] ?? []].flat()[0];
      if (!attempt || attempt.kind === 'private') continue;
      for (const caller of callers) {
        const answer = await send(ground, route, caller, await callOf(attempt, caller, caller.root ?? 'province'), { lang });
        const hole = holeIn(answer, lang);
        if (hole) wrong.push(`${key} as ${caller.name}: ${hole}`);
      }
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

/** Methods and paths in the drawing of Fastify's tree of routes that are not in the list. Pictures and scripts aside. */
function unlisted(drawing: string, listed: ReadonlySet<string>): string[] {
  const path: string[] = [];
  const found: string[] = [];
  for (const line of drawing.split('\n')) {
    const read = /^([│\s]*)[├└]── (\S+?)(?: \((.+)\))?$/.exec(line);
    if (!read) continue;
    const depth = (read[1] ?? '').length / 4;
    path.splice(depth, path.length, read[2] ?? '');
    const full = path.slice(0, depth + 1).join('');
    for (const method of (read[3] ?? '').split(', ').filter((name) => name && !['HEAD', 'OPTIONS'].includes(name))) {
      if (!full.startsWith('/assets/') && !listed.has(`${method} ${full.replace(/(.)\/$/, '$1')}`)) found.push(`${method} ${full}`);
    }
  }
  return found;
}

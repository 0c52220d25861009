import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/**
 * Who may import whom: one ladder, from the top down. Every feature may also use web, platform and rules. A folder that
 * is not named here fails the test: a new room has a place on the ladder before it has a door.
 */
const LADDER: Record<string, readonly string[]> = {
  'my-learning': ['coverage', 'certificates', 'progress', 'cohorts', 'programmes', 'courses', 'study', 'notifications', 'roster',
    'agencies'],
  reports: ['coverage', 'roster', 'agencies'],
  coverage: ['certificates', 'programmes', 'cohorts', 'roster', 'agencies'],
  certificates: ['progress', 'programmes', 'courses', 'roster', 'agencies'],
  progress: ['quizzes', 'assignments', 'study', 'cohorts', 'programmes', 'courses', 'roster', 'agencies', 'notifications'],
  quizzes: ['study', 'cohorts', 'courses', 'roster'],
  assignments: ['study', 'cohorts', 'courses', 'roster'],
  study: ['cohorts', 'programmes', 'courses'],
  cohorts: ['programmes', 'courses', 'roster', 'agencies'],
  programmes: ['courses', 'roster'],
  notifications: ['roster'],
  courses: [],
  access: ['roster', 'agencies'],
  roster: ['agencies'],
  agencies: [],
  audit: ['agencies'],
};
const GROUND = ['web', 'platform', 'rules'];
/** On top of everything: may import any feature, through its front door. */
const TOP = ['operator', 'trial'];
const TOP_FILES = ['main.ts', 'app.module.ts', 'app.setup.ts', 'reactions.ts'];
const PLAIN_FOLDERS = ['texts'];

const SRC = join(import.meta.dirname, '..', '..', 'src');

function filesUnder(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return filesUnder(path);
    return name.endsWith('.ts') ? [path] : [];
  });
}

function importsOf(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  return [...source.matchAll(/(?:from|import|declare module)\s*\(?\s*'(\.[^']+)'/g)].map((match) => match[1] as string)
    .map((path) => relative(SRC, resolve(dirname(file), path)));
}

const featureOf = (path: string) => (path.includes('/') ? (path.split('/')[0] as string) : path);

describe('the import ladder', () => {
  test('names every folder of src', () => {
    const folders = readdirSync(SRC).filter((name) => statSync(join(SRC, name)).isDirectory());
    const known = [...Object.keys(LADDER), ...GROUND, ...TOP, ...PLAIN_FOLDERS];
    expect(folders.filter((name) => !known.includes(name))).toEqual([]);
  });

  test('is climbed downwards only, through front doors', () => {
    const wrong: string[] = [];
    for (const file of filesUnder(SRC)) {
      const from = relative(SRC, file);
      const feature = featureOf(from);
      if (TOP_FILES.includes(from)) continue;
      for (const target of importsOf(file)) {
        const to = featureOf(target);
        if (to === feature || target.startsWith('../migrations')) continue;
        const allowed = TOP.includes(feature)
          ? [...Object.keys(LADDER), ...GROUND, ...TOP]
          : GROUND.includes(feature) ? GROUND.slice(GROUND.indexOf(feature) + 1) : [...(LADDER[feature] ?? []), ...GROUND];
        const top = TOP.includes(feature) && TOP_FILES.includes(target.replace(/\.js$/, '.ts'));
        if (!allowed.includes(to) && !top) wrong.push(`${from} imports ${target}: ${feature} may not use ${to}`);
        else if (to in LADDER && target !== `${to}/index.js`) wrong.push(`${from} imports ${target}: only ${to}/index.ts is open`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('keeps the rules pure: no Nest, no TypeORM, no files, no clock', () => {
    const impure = filesUnder(join(SRC, 'rules')).filter((file) => {
      const source = readFileSync(file, 'utf8');
      return /from '(?!\.)/.test(source) || /new Date\(\)|Date\.now\(|Math\.random\(|process\./.test(source);
    });
    expect(impure.map((file) => relative(SRC, file))).toEqual([]);
  });

  test('lets only top-level files stand beside the features', () => {
    const loose = readdirSync(SRC).filter((name) => name.endsWith('.ts') && !TOP_FILES.includes(name));
    expect(loose).toEqual([]);
  });

  test('gives each folder a README of 10 to 30 lines', () => {
    // The pieces that pages are built of are listed one by one in web.
    const folders = readdirSync(SRC).filter((name) => statSync(join(SRC, name)).isDirectory() && name !== 'web');
    const wrong = folders.filter((name) => {
      const lines = readFileSync(join(SRC, name, 'README.md'), 'utf8').trimEnd().split('\n').length;
      return lines < 10 || lines > 30;
    });
    expect(wrong).toEqual([]);
  });
});

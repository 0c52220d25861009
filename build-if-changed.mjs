// Builds what `npm start` runs, unless dist/ is newer than everything it is made from: a second start takes seconds.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MADE_FROM = ['src', 'migrations', 'test/bench', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'nest-cli.json'];
const MARK = join('dist', '.built');

function newest(path) {
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  // A file that was removed changes the time of its folder.
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

if (!existsSync(MARK) || MADE_FROM.some((path) => newest(path) > statSync(MARK).mtimeMs)) {
  process.stderr.write('Building…\n');
  execFileSync(process.execPath, [join('node_modules', '@nestjs', 'cli', 'bin', 'nest.js'), 'build'], { stdio: ['ignore', 2, 2] });
  writeFileSync(MARK, '');
}

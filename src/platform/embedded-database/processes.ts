import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

export interface RunningProcess {
  /** Changes when the same number is given to another process; empty where the system does not tell. */
  started: string;
  /** Ended, but its parent has not collected it yet: it answers to signals and does nothing. */
  zombie: boolean;
  /** The program and its arguments, one space between them; empty where the system does not tell. */
  command: string;
}

/** What the system tells about a process number; undefined when there is no such process. */
export function lookUpProcess(pid: number): RunningProcess | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (errorCode(error) !== 'EPERM') return undefined;
  }
  try {
    return existsSync('/proc/self/stat') ? fromProc(pid) : fromPs(pid);
  } catch {
    return { started: '', zombie: false, command: '' };
  }
}

/** A process named so that a later process of the same number is not taken for it. */
export interface ProcessMark {
  pid: number;
  started: string;
}

export function ownMark(): ProcessMark {
  return { pid: process.pid, started: lookUpProcess(process.pid)?.started ?? '' };
}

export function isAlive(mark: ProcessMark): boolean {
  const found = lookUpProcess(mark.pid);
  if (!found || found.zombie) return false;
  return found.started === '' || found.started === mark.started;
}

/** The code of a system error (ENOENT, EACCES). */
export function errorCode(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}

function fromProc(pid: number): RunningProcess {
  // The name, in parentheses, may hold anything; after it come the state (field 3) and, as field 22, the start.
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8);
  return {
    started: `${boot}-${fields[19]}`,
    zombie: fields[0] === 'Z' || fields[0] === 'X',
    command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '),
  };
}

function fromPs(pid: number): RunningProcess {
  const ask = (column: string): string =>
    execFileSync('ps', ['-ww', '-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8', env: { LC_ALL: 'C' } });
  return {
    started: ask('lstart').trim().replaceAll(/\s+/g, '-'),
    zombie: ask('stat').trim().startsWith('Z'),
    command: ask('command').trim(),
  };
}

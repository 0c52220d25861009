import { realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The account that the server runs under; undefined means the account of this process. */
export interface Account {
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root. 65534 is "nobody": it needs no entry in the list of users. */
export const UNPRIVILEGED: Account = { uid: 65534, gid: 65534 };

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Whether the account may enter every folder on the way to `path` and read what stands there. */
export function canReach(path: string, account: Account | undefined): boolean {
  if (!account) return true;
  const target = realpathSync(path);
  const isFolder = statSync(target).isDirectory();
  if (!mayUse(target, account, isFolder ? 0o1 : 0o4)) return false;
  for (let folder = dirname(target); ; folder = dirname(folder)) {
    if (!mayUse(folder, account, 0o1)) return false;
    if (folder === dirname(folder)) return true;
  }
}

function mayUse(path: string, account: Account, permission: number): boolean {
  const { mode, uid, gid } = statSync(path);
  const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
  return ((mode >> shift) & permission) === permission;
}

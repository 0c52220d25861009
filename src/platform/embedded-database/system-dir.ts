import { chmod, mkdir } from 'node:fs/promises';

/** Where root keeps what the server, running as nobody, could not reach in the folder it was given. */
export const SYSTEM_DIR = '/var/lib/lan-toa';

/** Others may pass through it whatever the umask says; what stands in it is closed on its own. */
export async function makeSystemDir(): Promise<void> {
  await mkdir(SYSTEM_DIR, { recursive: true });
  await chmod(SYSTEM_DIR, 0o711);
}

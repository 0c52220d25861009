import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { one, rows, type Tx } from '../database/sql.js';

export interface StoredFile {
  id: number;
  name: string;
  mediaType: string;
  /** In bytes. */
  size: number;
  sha256: string;
}

const PART = 1024 * 1024;

/** Files that people hand in, in parts of one megabyte, so that neither side ever holds a whole video in memory. */
@Injectable()
export class Files {
  constructor(private readonly clock: Clock) {}

  /** Stores a file that was received to a path. Its type has been inspected by the caller. */
  async store(tx: Tx, path: string, name: string, mediaType: string, accountId: number | null): Promise<StoredFile> {
    const { id } = await one<{ id: number }>(tx,
      `INSERT INTO stored_file (name, media_type, size, sha256, stored_by, stored_at)
       VALUES ($1, $2, 0, '', $3, $4) RETURNING id`, [name, mediaType, accountId, this.clock.now()]);
    const hash = createHash('sha256');
    let size = 0;
    let position = 0;
    for await (const chunk of createReadStream(path, { highWaterMark: PART })) {
      const body = chunk as Buffer;
      hash.update(body);
      size += body.length;
      await tx.query('INSERT INTO stored_file_part (file_id, position, body) VALUES ($1, $2, $3)', [id, position, body]);
      position += 1;
    }
    const sha256 = hash.digest('hex');
    await tx.query('UPDATE stored_file SET size = $2, sha256 = $3 WHERE id = $1', [id, size, sha256]);
    return { id, name, mediaType, size, sha256 };
  }

  /** The parts of a file, one at a time. */
  async *read(tx: Tx, id: number): AsyncGenerator<Buffer> {
    for (let position = 0; ; position += 1) {
      const [part] = await rows<{ body: Buffer }>(tx,
        'SELECT body FROM stored_file_part WHERE file_id = $1 AND position = $2', [id, position]);
      if (!part) return;
      yield part.body;
    }
  }
}

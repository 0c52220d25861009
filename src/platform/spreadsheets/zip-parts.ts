import type { Readable } from 'node:stream';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { refused, Refusal } from '../errors.js';

const MEGABYTE = 1024 * 1024;

/** A workbook of 100,000 people unpacks to about 80 MB, at most thirty times its packed size. */
export const UNPACKED_LIMITS = { entries: 2_000, bytes: 300 * MEGABYTE, ratio: 150, smallEnough: 16 * MEGABYTE };

/**
 * The parts of a zip file by name. What the directory promises is checked before anything is unpacked, and again while
 * unpacking, because a directory can lie.
 * @throws Refusal `file-unpacks-too-large` or `file-damaged`
 */
export class ZipParts {
  private unpacked = 0;

  private constructor(private readonly zip: ZipFile, private readonly entries: Map<string, Entry>) {}

  static async open(path: string, size: number): Promise<ZipParts> {
    const zip = await yauzl.openPromise(path, { autoClose: false, validateEntrySizes: true, strictFileNames: false })
      .catch(() => { throw refused('file-damaged'); });
    try {
      if (zip.entryCount > UNPACKED_LIMITS.entries) throw refused('file-unpacks-too-large');
      const entries = new Map<string, Entry>();
      let promised = 0;
      for await (const entry of zip.eachEntry()) {
        promised += entry.uncompressedSize;
        if (promised > UNPACKED_LIMITS.bytes) throw refused('file-unpacks-too-large');
        const name = entry.fileName.replace(/^\//, '').toLowerCase();
        if (!entries.has(name)) entries.set(name, entry);
      }
      if (promised > UNPACKED_LIMITS.smallEnough && promised > size * UNPACKED_LIMITS.ratio) {
        throw refused('file-unpacks-too-large');
      }
      return new ZipParts(zip, entries);
    } catch (error) {
      zip.close();
      throw asDamaged(error);
    }
  }

  has(name: string): boolean {
    return this.entries.has(name.toLowerCase());
  }

  /** The text of a part (UTF-8), piece by piece. A part that is not there is empty. */
  async *text(name: string): AsyncGenerator<string> {
    const entry = this.entries.get(name.toLowerCase());
    if (!entry) return;
    if (!entry.canDecodeFileData()) throw refused('file-damaged');
    const decoder = new TextDecoder('utf-8', { fatal: true });
    let stream: Readable | undefined;
    try {
      stream = await this.zip.openReadStreamPromise(entry);
      for await (const chunk of stream) {
        this.unpacked += (chunk as Buffer).length;
        if (this.unpacked > UNPACKED_LIMITS.bytes) throw refused('file-unpacks-too-large');
        yield decoder.decode(chunk as Buffer, { stream: true });
      }
      yield decoder.decode();
    } catch (error) {
      throw asDamaged(error);
    } finally {
      stream?.destroy();
    }
  }

  close(): void {
    this.zip.close();
  }
}

function asDamaged(error: unknown): Refusal {
  return error instanceof Refusal ? error : refused('file-damaged');
}

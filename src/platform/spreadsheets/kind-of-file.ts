import { open } from 'node:fs/promises';
import { refused } from '../errors.js';

const SAMPLE = 4096;

/**
 * What a file is by its bytes; its name and what the sender claims are not asked.
 * @throws Refusal `file-not-a-table`, `file-old-excel` or `file-empty`
 */
export async function kindOfFile(path: string): Promise<'csv' | 'xlsx'> {
  const sample = await beginningOf(path);
  if (sample.length === 0) throw refused('file-empty');
  const starts = (...bytes: number[]) => bytes.every((byte, index) => sample[index] === byte);
  if (starts(0x50, 0x4b, 0x03, 0x04)) return 'xlsx';
  // Compound files: Excel 97-2003, and every newer workbook that is locked with a password.
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) throw refused('file-old-excel');
  if (starts(0xff, 0xfe) || starts(0xfe, 0xff)) return 'csv';
  const text = sample.toString('latin1');
  if (/^(?:%PDF|\{\\rtf|\s*<(?:!doctype|html|table|\?xml))/i.test(text.replace(/^\u00ef\u00bb\u00bf/, ''))) {
    throw refused('file-not-a-table');
  }
  if (sample.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d)) {
    throw refused(sample.includes(0) && looksLikeUtf16(sample) ? 'file-encoding' : 'file-not-a-table');
  }
  return 'csv';
}

/** UTF-16 without its mark: nearly every second byte is 0, on one side. */
function looksLikeUtf16(sample: Buffer): boolean {
  const zeros = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  return Math.max(...zeros) > sample.length / 6 && Math.min(...zeros) < sample.length / 50;
}

async function beginningOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SAMPLE), 0, SAMPLE, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

import PDFDocument from 'pdfkit';
import { buffer } from 'node:stream/consumers';

/** Files to hand in where a practical task asks for one: true files of their kind, with nothing in them to mistake for work. */

/** MPEG-1 layer III, 128 kbit/s, 44.1 kHz, stereo: the head of a frame without padding. */
const HEAD = Buffer.from([0xff, 0xfb, 0x90, 0x00]);
const FRAME_BYTES = 417;
const FRAMES_PER_SECOND = 44_100 / 1152;

/** Some seconds of silence as an MP3 file: a true recording of nothing, to hand in where a task asks for sound. */
export function silentMp3(seconds: number): Buffer {
  const frame = Buffer.concat([HEAD, Buffer.alloc(FRAME_BYTES - HEAD.length)]);
  return Buffer.concat(Array.from({ length: Math.ceil(seconds * FRAMES_PER_SECOND) }, () => frame));
}

/**
 * Three seconds of one colour, upright as a phone films (H.264 in an MP4 container), made with
 * `ffmpeg -f lavfi -i color=c=0x1d4f7c:s=180x320:r=5:d=3 -c:v libx264 -profile:v baseline -crf 40 -pix_fmt yuv420p`.
 */
const FILM = [
  'AAAAIGZ0eXBpc29tAAACAGlzb21pc28yYXZjMW1wNDEAAAM/bW9vdgAAAGxtdmhkAAAAAAAAAAAAAAAAAAAD6AAAC7gAAQAAAQAAAAAAAAAAAAAA',
  'AAEAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAgAAAo50cmFrAAAAXHRraGQAAAAD',
  'AAAAAAAAAAAAAAABAAAAAAAAC7gAAAAAAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAABAAAAAALQAAAFAAAAAAAAk',
  'ZWR0cwAAABxlbHN0AAAAAAAAAAEAAAu4AAAAAAABAAAAAAIGbWRpYQAAACBtZGhkAAAAAAAAAAAAAAAAAAAoAAAAeABVxAAAAAAALWhkbHIAAAAA',
  'AAAAAHZpZGUAAAAAAAAAAAAAAABWaWRlb0hhbmRsZXIAAAABsW1pbmYAAAAUdm1oZAAAAAEAAAAAAAAAAAAAACRkaW5mAAAAHGRyZWYAAAAAAAAA',
  'AQAAAAx1cmwgAAAAAQAAAXFzdGJsAAAAvXN0c2QAAAAAAAAAAQAAAK1hdmMxAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAAALQBQABIAAAASAAAAAAA',
  'AAABDExhdmMgbGlieDI2NAAAAAAAAAAAAAAAAAAAAAAAAAAAGP//AAAAM2F2Y0MBQsAV/+EAGmdCwBWmEQwKefwEQAAAAwBAAAADAoPFi4RgAQAG',
  'aMhCA5LIAAAAEHBhc3AAAAABAAAAAQAAABRidHJ0AAAAAAAAA9UAAAPVAAAAGHN0dHMAAAAAAAAAAQAAAA8AAAgAAAAAFHN0c3MAAAAAAAAAAQAA',
  'AAEAAAAcc3RzYwAAAAAAAAABAAAAAQAAAA8AAAABAAAAUHN0c3oAAAAAAAAAAAAAAA8AAADLAAAACwAAAAsAAAALAAAADAAAAAwAAAAMAAAADAAA',
  'AAwAAAAMAAAADAAAAAwAAAAMAAAADAAAAAwAAAAUc3RjbwAAAAAAAAABAAADbwAAAD11ZHRhAAAANW1ldGEAAAAAAAAAIWhkbHIAAAAAAAAAAG1k',
  'aXJhcHBsAAAAAAAAAAAAAAAACGlsc3QAAAAIZnJlZQAAAXhtZGF0AAAAx2WIggI+IxQABCbjgACA5HAAEBm+++++++++++uuuuuuuuuuuuuuuuuu',
  'uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu',
  'uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuvAAAAAHQZocBHwH',
  'jAAAAAdBmioBHwHjAAAAB0GaOwEfAeMAAAAIQZpJAEfAeMAAAAAIQZpZQEfAeMAAAAAIQZppgEfAeMAAAAAIQZp5wEfAeMAAAAAIQZqIgBHwHjAA',
  'AAAIQZqYkBHwHjAAAAAIQZqooBHwHjAAAAAIQZq4sBHwHjAAAAAIQZrIwBHwHjAAAAAIQZrY0BDwHjAAAAAIQZro4D/AeMA=',
].join('');

export const plainMp4 = (): Buffer => Buffer.from(FILM, 'base64');

/** A page that says what it is. */
export async function plainPdf(words: string): Promise<Buffer> {
  const document = new PDFDocument({ size: 'A4', info: { Title: words, CreationDate: new Date(0) } });
  document.fontSize(14).text(words);
  document.end();
  return buffer(document);
}

/** A file of one of the kinds that a task takes, named by its ending. @throws Error where the task takes none of ours */
export async function workFile(kinds: readonly string[]): Promise<{ ending: string; mediaType: string; body: Buffer }> {
  if (kinds.includes('mp3')) return { ending: 'mp3', mediaType: 'audio/mpeg', body: silentMp3(3) };
  if (kinds.includes('mp4')) return { ending: 'mp4', mediaType: 'video/mp4', body: plainMp4() };
  if (kinds.includes('pdf')) return { ending: 'pdf', mediaType: 'application/pdf', body: await plainPdf('Trial data: no real work.') };
  throw new Error(`There is no trial file of the kinds ${kinds.join(', ')}.`);
}

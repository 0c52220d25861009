import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FILE_KINDS, nameWithEnding } from '../../src/assignments/file-kinds.js';
import { inspectFile } from '../../src/assignments/inspect-file.js';
import { Refusal } from '../../src/platform/errors.js';
import * as make from './files.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lan-toa-inspect-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const ALL = Object.keys(FILE_KINDS);

async function inspect(name: string, body: Buffer, allowed = ALL): Promise<string> {
  const path = join(folder, 'upload');
  await writeFile(path, body);
  try {
    return await inspectFile({ field: 'file', name, claimedType: 'application/pdf', path, size: body.length, sha256: '' }, allowed);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    expect(error.problems[0]?.field).toBe('file');
    return error.problems[0]?.code ?? error.code;
  }
}

describe('the kind of a file is what its bytes say', () => {
  test.each([
    ['bai.pdf', make.pdf(), 'pdf'],
    ['bai.docx', make.docx(), 'docx'],
    ['bai.xlsx', make.xlsx(), 'xlsx'],
    ['bai.odt', make.odt(), 'odt'],
    ['anh.jpeg', make.jpg(), 'jpg'],
    ['anh.png', make.png(), 'png'],
    ['anh.jpg', make.png(), 'png'],
    ['tin.mp3', make.mp3(), 'mp3'],
    ['tin.m4a', make.container('M4A '), 'm4a'],
    ['ghi-am.m4a', make.container('isom'), 'm4a'],
    ['phim.mp4', make.container('isom'), 'mp4'],
    ['phim.mp4', make.container('mp42'), 'mp4'],
    ['ghi-chu.txt', Buffer.from('Bản tin: đúng, rõ, có nguồn.\nDòng hai.'), 'txt'],
  ])('%s is taken as it is', async (name, body, kind) => {
    expect(await inspect(name, body)).toBe(kind);
  });

  test.each([
    ['a program called .pdf', 'bai.pdf', make.exe()],
    ['a drawing with a script', 'bai.svg', make.svg()],
    ['a drawing called .png', 'anh.png', make.svg()],
    ['a page called .pdf', 'bai.pdf', make.html()],
    ['an archive', 'bai.zip', make.otherZip()],
    ['an archive called .docx', 'bai.docx', make.otherZip()],
    ['a picture kind that was not asked for', 'anh.jpg', make.container('heic')],
    ['a text with control characters', 'ghi-chu.txt', Buffer.from('abc\u0000def')],
    ['a text that is not UTF-8', 'ghi-chu.txt', Buffer.from('B\u1ea3n tin', 'latin1')],
    ['a text without the ending of a text', 'ghi-chu.pdf', Buffer.from('chỉ là chữ')],
    ['nothing that is known', 'bai.docx', Buffer.from([1, 2, 3, 4, 5])],
    // The detector stumbles over it.
    ['a broken film header', 'phim.mp4', Buffer.concat([Buffer.from('3026b2758e66cf11a6d9', 'hex'), Buffer.alloc(4096)])],
  ])('%s is refused', async (_what, name, body) => {
    expect(await inspect(name, body)).toBe('file-kind-refused');
  });

  test.each([
    ['Word with macros', 'bai.docm', make.docm()],
    ['Word with macros, renamed', 'bai.docx', make.docm()],
    ['macros brought along', 'bai.docx', make.docxWithMacros()],
    ['OpenDocument with macros', 'bai.odt', make.odt('<manifest:file-entry manifest:full-path="Basic/Standard/Module1.xml"/>')],
    ['OpenDocument with scripts', 'bai.odt', make.odt('<manifest:file-entry manifest:full-path="Scripts/python/a.py"/>')],
  ])('%s is refused because of its macros', async (_what, name, body) => {
    expect(await inspect(name, body)).toBe('file-with-macros');
  });

  test('what unpacks to far too much is refused, whatever it claims', async () => {
    expect(await inspect('bai.docx', make.bomb())).toBe('file-unpacks-too-large');
    expect(await inspect('bai.docx', make.lyingZip())).toBe('file-unpacks-too-large');
  });

  test('a broken archive is refused as damaged', async () => {
    const whole = make.docx('dài '.repeat(500));
    expect(await inspect('bai.docx', whole.subarray(0, whole.length - 40))).toBe('file-damaged');
  });

  test('a kind that the task does not ask for is refused', async () => {
    expect(await inspect('bai.pdf', make.pdf(), ['mp3', 'm4a'])).toBe('file-kind-refused');
    expect(await inspect('phim.mp4', make.container('isom'), ['mp3', 'm4a'])).toBe('file-kind-refused');
  });
});

test('a name gets the ending of its content', () => {
  expect(nameWithEnding('anh.jpg', 'png')).toBe('anh.png');
  expect(nameWithEnding('Ảnh chợ.JPEG', 'jpg')).toBe('Ảnh chợ.JPEG');
  expect(nameWithEnding('ban.tin.v2', 'pdf')).toBe('ban.tin.v2.pdf');
  expect(nameWithEnding('khong-duoi', 'mp3')).toBe('khong-duoi.mp3');
});

import { zip, type ZipEntry } from '../platform/spreadsheets/zip.js';

/** Small files of every kind, made by hand: the beginning that tells what they are, and enough behind it. */
const padded = (beginning: Buffer | string) => Buffer.concat([Buffer.from(beginning), Buffer.alloc(200, 0x20)]);

export const pdf = (words = 'trang một') => padded(`%PDF-1.7\n% ${words}\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n%%EOF\n`);
export const png = () => padded(Buffer.from(
  '89504e470d0a1a0a' + '0000000d' + '49484452' + '0000000100000001' + '0806000000' + '1f15c489' + '0000000a' + '49444154', 'hex'));
export const jpg = () => padded(Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'));
export const mp3 = () => Buffer.concat(Array.from({ length: 20 }, () =>
  Buffer.concat([Buffer.from('fffb9064', 'hex'), Buffer.alloc(413)])));
/** An MPEG-4 container of a brand: `M4A `, `isom`, `heic`. */
export const container = (brand: string) => Buffer.concat([
  Buffer.from([0, 0, 0, 0x18]), Buffer.from(`ftyp${brand}`), Buffer.alloc(4), Buffer.from('isommp42'), Buffer.alloc(200),
]);
export const exe = () => padded(Buffer.from('4d5a90000300000004000000ffff0000b800000000000000', 'hex'));
export const svg = () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
export const html = () => Buffer.from('<!doctype html><html><body><script>alert(1)</script></body></html>');

const types = (main: string, more = '') => `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`
  + `<Default Extension="xml" ContentType="application/xml"/>${more}<Override PartName="/main.xml" ContentType="${main}"/></Types>`;
const word = (kind: string) => `application/vnd.openxmlformats-officedocument.wordprocessingml.${kind}`;

export const docx = (words = 'Bản tin', more: ZipEntry[] = []) => zip([
  { name: '[Content_Types].xml', body: types(word('document.main+xml')) },
  { name: 'word/document.xml', body: `<w:document><w:t>${words}</w:t></w:document>` }, ...more,
]);
/** Word's own kind for macros, and a document that says it is none but brings them along. */
export const docm = () => zip([
  { name: '[Content_Types].xml', body: types('application/vnd.ms-word.document.macroEnabled.main+xml') },
  { name: 'word/vbaProject.bin', body: 'macro' },
]);
export const docxWithMacros = () => zip([
  { name: '[Content_Types].xml', body: types(word('document.main+xml'), '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>') },
  { name: 'word/vbaProject.bin', body: 'macro' },
]);
export const xlsx = () => zip([
  { name: '[Content_Types].xml', body: types('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml') },
]);
export const odt = (manifest = '') => zip([
  { name: 'mimetype', body: 'application/vnd.oasis.opendocument.text' },
  { name: 'META-INF/manifest.xml', body: `<manifest:manifest>${manifest}</manifest:manifest>` },
]);
export const otherZip = () => zip([{ name: 'bai-lam.txt', body: 'chữ' }]);
/** Unpacks to far more than it weighs. */
export const bomb = () => docx('x', [{ name: 'word/media/big.bin', body: Buffer.alloc(40 * 1024 * 1024) }]);
export const lyingZip = () => docx('x', [{ name: 'word/media/big.bin', body: 'small', claimedSize: 0x7fffffff }]);

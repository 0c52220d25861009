import { Refusal, refused } from '../platform/errors.js';
import { ZipParts } from '../platform/spreadsheets/zip-parts.js';
import type { FileKind } from './file-kinds.js';

/** Lists of parts are a few kilobytes; a longer one is no honest document. */
const LONGEST_LIST = 1024 * 1024;
const MACROS = /macroEnabled|vbaProject|macrosheet|activeX/i;

/**
 * What a zip file is by what is inside: a Word text, a workbook or an OpenDocument text without macros; null for any
 * other zip. Nothing is unpacked but the list of parts, within the limits of ZipParts.
 * @throws Refusal `file-with-macros`, `file-unpacks-too-large` or `file-damaged`
 */
export async function inspectOfficeFile(path: string, size: number): Promise<FileKind | null> {
  const parts = await ZipParts.open(path, size);
  try {
    const types = await listOf(parts, '[Content_Types].xml');
    if (types) return openXmlKind(types);
    const kind = (await listOf(parts, 'mimetype')).trim();
    if (kind !== 'application/vnd.oasis.opendocument.text') return null;
    const manifest = await listOf(parts, 'META-INF/manifest.xml');
    if (/full-path="\/?(?:Basic|Scripts)\//i.test(manifest) || parts.has('Basic/script-lc.xml')) {
      throw refused('file-with-macros');
    }
    return 'odt';
  } finally {
    parts.close();
  }
}

/** Office loads only what the list of types names, so the list says whether there are macros. */
function openXmlKind(types: string): FileKind | null {
  if (MACROS.test(types)) throw refused('file-with-macros');
  if (types.includes('wordprocessingml.document.main+xml')) return 'docx';
  return types.includes('spreadsheetml.sheet.main+xml') ? 'xlsx' : null;
}

async function listOf(parts: ZipParts, name: string): Promise<string> {
  let list = '';
  for await (const piece of parts.text(name)) {
    list += piece;
    if (list.length > LONGEST_LIST) throw new Refusal(422, 'file-unpacks-too-large');
  }
  return list;
}

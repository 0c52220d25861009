import { fileTypeFromBuffer } from 'file-type';
import type { MediaFile } from './course-files.js';
import { error, type Finding } from './finding.js';
import { inspectSvg } from './svg.js';

const TYPES: Record<string, string> = { svg: 'image/svg+xml', png: 'image/png', jpg: 'image/jpeg', webp: 'image/webp' };
/** In bytes. A lesson with its pictures should reach a weak line within 300 KB. */
const LARGEST = 200 * 1024;

/** Pictures of a course. What is not what its name says, too large, or not safe to show, is told and left out. */
export async function readMedia(
  files: readonly { name: string; body: Buffer }[], unread: Finding[],
): Promise<MediaFile[]> {
  const media: MediaFile[] = [];
  for (const { name: file, body } of files) {
    const name = file.split('/').slice(2).join('/');
    const start = { file, line: 1 };
    const mediaType = TYPES[name.split('.').pop() ?? ''];
    if (!mediaType || !/^[a-z0-9][a-z0-9-]*\.[a-z]+$/.test(name)) {
      unread.push(error(start, 'media-name-wrong', { types: Object.keys(TYPES).join(', ') }));
      continue;
    }
    if (body.length > LARGEST) {
      const kilobytes = Math.ceil(body.length / 1024);
      unread.push(error(start, 'media-too-large', { kilobytes, most: LARGEST / 1024 }));
    }
    if (mediaType === 'image/svg+xml') {
      const { problems, size } = inspectSvg(body.toString('utf8'));
      unread.push(...problems.map(({ line, code, what }) => error({ file, line }, code, { what })));
      if (problems.length === 0) media.push({ name, file, mediaType, body, size });
      continue;
    }
    const found = await fileTypeFromBuffer(body);
    if (found?.mime !== mediaType) unread.push(error(start, 'media-type-wrong', { mediaType }));
    else media.push({ name, file, mediaType, body, size: null });
  }
  return media;
}

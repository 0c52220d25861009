/** The kinds of files that a practical task may ask for: the endings of assignment.yaml, and plain text. */
export const FILE_KINDS = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  odt: 'application/vnd.oasis.opendocument.text',
  jpg: 'image/jpeg',
  png: 'image/png',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  mp4: 'video/mp4',
  txt: 'text/plain',
} as const;
export type FileKind = keyof typeof FILE_KINDS;

export const isFileKind = (ending: string): ending is FileKind => Object.hasOwn(FILE_KINDS, ending);

/** The ending of a name, in small letters; empty where there is none. */
export function endingOf(name: string): string {
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return ending === 'jpeg' ? 'jpg' : ending;
}

/** The name with the ending that its content has: a PNG that a phone called .jpg is handed on as .png. */
export function nameWithEnding(name: string, kind: FileKind): string {
  if (endingOf(name) === kind) return name;
  const stem = isFileKind(endingOf(name)) ? name.replace(/\.[^.]+$/, '') : name;
  return `${stem}.${kind}`;
}

/** As people name them: PDF, DOCX. */
export const showKinds = (kinds: readonly string[]) => kinds.map((kind) => kind.toUpperCase()).join(', ');

/** What a file field offers to choose from. */
export const acceptOf = (kinds: readonly string[]) => kinds
  .flatMap((kind) => [
    `.${kind}`, ...(kind === 'jpg' ? ['.jpeg'] : []), ...(isFileKind(kind) ? [FILE_KINDS[kind]] : []),
  ]).join(',');

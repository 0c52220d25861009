import { SaxesParser } from 'saxes';
import { refused, Refusal } from '../errors.js';

export interface XmlHandlers {
  /** Names come without their prefix: some programs write `x:row`. */
  open?(name: string, attributes: Record<string, string>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/**
 * Reads XML while it arrives; after each piece the caller may take what has been gathered.
 * @throws Refusal `file-damaged` where it is not well-formed or brings a document type of its own (entity tricks)
 */
export async function* readXml(pieces: AsyncIterable<string>, handlers: XmlHandlers): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on('error', () => { throw refused('file-damaged'); });
  parser.on('doctype', () => { throw refused('file-damaged'); });
  parser.on('opentag', (tag) => handlers.open?.(local(tag.name), tag.attributes));
  parser.on('text', (text) => handlers.text?.(text));
  parser.on('cdata', (text) => handlers.text?.(text));
  parser.on('closetag', (tag) => handlers.close?.(local(tag.name)));
  let begun = false;
  try {
    for await (const piece of pieces) {
      begun ||= piece !== '';
      parser.write(piece);
      yield;
    }
    // A part that is not there (a workbook may lack styles, or texts) has nothing to be closed.
    if (begun) parser.close();
    yield;
  } catch (error) {
    throw error instanceof Refusal ? error : refused('file-damaged');
  }
}

/** Reads the whole of a small part. */
export async function readWholeXml(pieces: AsyncIterable<string>, handlers: XmlHandlers): Promise<void> {
  const reading = readXml(pieces, handlers);
  while (!(await reading.next()).done) { /* the handlers gather */ }
}

/** An attribute by its local name, whatever prefix the program chose (`r:id`, `rel:id`). */
export function attribute(attributes: Record<string, string>, name: string): string | undefined {
  const key = Object.keys(attributes).find((candidate) => local(candidate) === name);
  return key === undefined ? undefined : attributes[key];
}

const local = (name: string) => name.slice(name.indexOf(':') + 1);

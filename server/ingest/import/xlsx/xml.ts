/** XML read as it comes: elements by their local names, nothing held but what the caller keeps. */
import sax from 'sax';

/** Not well-formed, or with a document type, which no spreadsheet has and bombs are made of. */
export class DamagedXml extends Error {}

export interface XmlHandlers {
  /** Attributes by their names as written, prefixes included. */
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  /** Of one element it may come in pieces. */
  text?(text: string): void;
  close?(name: string): void;
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Yields once for each piece of the stream that was read, so that the caller passes on what it has found.
 * @throws DamagedXml
 */
export async function* followXml(stream: AsyncIterable<Buffer>, on: XmlHandlers): AsyncGenerator<number> {
  const parser = sax.parser(true, { position: false });
  parser.onopentag = ({ name, attributes }) => on.open?.(local(name), attributes as Record<string, string>);
  parser.ontext = (text) => on.text?.(text);
  parser.oncdata = (text) => on.text?.(text);
  parser.onclosetag = (name) => on.close?.(local(name));
  parser.ondoctype = () => {
    throw new DamagedXml('a document type');
  };
  parser.onerror = (error) => {
    throw new DamagedXml(error.message);
  };
  let decoder: TextDecoder | undefined;
  for await (const chunk of stream) {
    decoder ??= new TextDecoder(findEncoding(chunk));
    parser.write(decoder.decode(chunk, { stream: true }));
    yield chunk.length;
  }
  parser.write(decoder?.decode() ?? '').close();
  yield 0;
}

/** As a whole. @throws DamagedXml */
export async function readXml(stream: AsyncIterable<Buffer>, on: XmlHandlers): Promise<void> {
  for await (const _ of followXml(stream, on));
}

/** UTF-8, or UTF-16 by the mark that it must begin with. */
function findEncoding([first, second]: Buffer): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

/** An attribute whatever its prefix. */
export function attributeOf(attributes: Readonly<Record<string, string>>, name: string): string | undefined {
  if (Object.hasOwn(attributes, name)) return attributes[name];
  return Object.entries(attributes).find(([key]) => key.endsWith(`:${name}`))?.[1];
}

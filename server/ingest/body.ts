/** Reads the raw bytes of a request as the events that they claim to be, slice by slice, or says why they are none. */

/** Bounds of a body; a test sets its own. */
export interface BodyLimits {
  /** Most events of one batch; 10,000 where absent. */
  readonly maxEvents?: number;
}

export type BodyProblem = 'not-utf-8' | 'not-json' | 'not-an-event' | 'empty' | 'too-many';

export interface BodyFault {
  readonly ok: false;
  readonly status: 400 | 413;
  readonly error: BodyProblem;
  readonly message: string;
}

/** Some events of the body, in order: each is judged by itself later, whatever it is. */
export interface BodySlice {
  readonly ok: true;
  readonly events: readonly unknown[];
}

/** In the place of an event that is too large or nests too deeply to be parsed at all. */
export class UnreadEvent {
  constructor(readonly reason: 'size' | 'depth') {}
}

export const MAX_EVENTS = 10_000;
/** The largest event, in bytes as it is sent: what is kept of it is far less, the rest a vendor may have put beside. */
export const MAX_EVENT_BYTES = 1024 * 1024;
/** Most keys and elements of an event as it is sent. */
export const MAX_EVENT_PARTS = 5_000;
/** An event nests six levels in its data: what is far deeper is no event. */
export const MAX_EVENT_DEPTH = 64;

/** A slice ends where it has so many events or bytes: about what the loop can do between two looks at its other work. */
const SLICE_EVENTS = 100;
const SLICE_BYTES = 64 * 1024;

/** Broken UTF-8 is refused instead of mended in silence. The mark that Windows writes first is passed over by hand. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const [QUOTE, BACKSLASH, COMMA, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = Buffer.from('"\\,[]{}');

/**
 * One JSON object, or an array of 1 to `maxEvents` of anything. Nothing is parsed before its size, its depth and the
 * number of its parts are known, since what the parser makes of some bodies is a hundred times as large. After a fault
 * nothing follows; the slices before it must not be used.
 */
export function* readBody(bytes: Uint8Array, limits: BodyLimits = {}): Generator<BodySlice | BodyFault> {
  const start = skipBlanks(bytes, BYTE_ORDER_MARK.every((byte, i) => bytes[i] === byte) ? BYTE_ORDER_MARK.length : 0);
  if (bytes[start] === OPEN_LIST) yield* readBatch(bytes, start + 1, limits.maxEvents ?? MAX_EVENTS);
  else if (bytes[start] === OPEN_OBJECT) yield readSingle(bytes, start);
  else yield readNoEvent(bytes.subarray(start));
}

function readSingle(bytes: Uint8Array, start: number): BodySlice | BodyFault {
  const element = measureElement(bytes, start);
  if (skipBlanks(bytes, element.end) < bytes.length) return notJson();
  const reason = whyUnread(element, start);
  return reason === undefined ? parse(bytes.subarray(start, element.end), 1) : unread(reason);
}

function* readBatch(bytes: Uint8Array, start: number, maxEvents: number): Generator<BodySlice | BodyFault> {
  let from = start;
  let waiting = 0;
  for (let at = start, count = 1, isLast = false; !isLast; count++) {
    if (count > maxEvents) return yield fail(413, 'too-many', `A batch holds at most ${maxEvents} events.`);
    const element = measureElement(bytes, at);
    const { end } = element;
    isLast = bytes[end] === CLOSE_LIST;
    if (isLast ? skipBlanks(bytes, end + 1) < bytes.length : bytes[end] !== COMMA) return yield notJson();
    if (isLast && count === 1 && skipBlanks(bytes, at) === end)
      return yield fail(400, 'empty', 'The array holds no event.');

    const reason = whyUnread(element, at);
    if (reason === undefined) waiting++;
    const isFull = waiting === SLICE_EVENTS || end - from >= SLICE_BYTES;
    if (waiting > 0 && (isFull || isLast || reason !== undefined)) {
      const slice = parse(bytes.subarray(from, reason === undefined ? end : at - 1), waiting);
      yield slice;
      if (!slice.ok) return;
      waiting = 0;
    }
    if (reason !== undefined) yield unread(reason);
    at = end + 1;
    if (waiting === 0) from = at;
  }
}

interface Element {
  /** The comma or bracket behind it, or the end of the bytes. */
  readonly end: number;
  readonly depth: number;
  /** Commas and opening brackets: no fewer than its keys and elements. */
  readonly parts: number;
}

/** One walk over the bytes of an element, valid JSON or not: whether it is valid is the parser's to say. */
function measureElement(bytes: Uint8Array, start: number): Element {
  let level = 0;
  let depth = 0;
  let parts = 0;
  let i = start;
  for (; i < bytes.length; i++) {
    switch (bytes[i]) {
      case QUOTE:
        for (i++; i < bytes.length && bytes[i] !== QUOTE; i++) if (bytes[i] === BACKSLASH) i++;
        break;
      case OPEN_LIST:
      case OPEN_OBJECT:
        if (++level > depth) depth = level;
        parts++;
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        if (--level < 0) return { end: i, depth, parts };
        break;
      case COMMA:
        if (level === 0) return { end: i, depth, parts };
        parts++;
        break;
      default:
    }
  }
  return { end: Math.min(i, bytes.length), depth, parts };
}

function whyUnread({ end, depth, parts }: Element, start: number): UnreadEvent['reason'] | undefined {
  if (depth > MAX_EVENT_DEPTH) return 'depth';
  return parts > MAX_EVENT_PARTS || end - start > MAX_EVENT_BYTES ? 'size' : undefined;
}

function unread(reason: UnreadEvent['reason']): BodySlice {
  return { ok: true, events: [new UnreadEvent(reason)] };
}

/** @param count how many elements the bytes hold: two commas with nothing between them are none */
function parse(bytes: Uint8Array, count: number): BodySlice | BodyFault {
  const text = decode(bytes);
  if (text === undefined) return notUtf8();
  const events = parseJson(`[${text}]`) as readonly unknown[] | undefined;
  return events?.length === count ? { ok: true, events } : notJson();
}

/** What begins neither an object nor an array is at best a number, a text or a word. */
function readNoEvent(bytes: Uint8Array): BodyFault {
  const text = decode(bytes);
  if (text === undefined) return notUtf8();
  if (parseJson(text) === undefined) return notJson();
  return fail(400, 'not-an-event', 'The body is neither an event nor an array of events.');
}

/** The parser's own message quotes the body, which may hold what must not be repeated. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

function skipBlanks(bytes: Uint8Array, from: number): number {
  let i = from;
  while (bytes[i] === 0x20 || bytes[i] === 0x0a || bytes[i] === 0x0d || bytes[i] === 0x09) i++;
  return i;
}

function notJson(): BodyFault {
  return fail(400, 'not-json', 'The body is not valid JSON.');
}

function notUtf8(): BodyFault {
  return fail(400, 'not-utf-8', 'The body is not valid UTF-8.');
}

function fail(status: 400 | 413, error: BodyProblem, message: string): BodyFault {
  return { ok: false, status, error, message };
}

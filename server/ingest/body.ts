/** Turns the raw bytes of a request into the list of events that they claim to be, or says why not. */

export interface BodyLimits {
  /** Most events of one batch; 10,000 where absent. */
  readonly maxEvents?: number;
  /** Most bytes; unlimited where absent, because the HTTP layer stops reading earlier. */
  readonly maxBytes?: number;
}

export type BodyProblem = 'not-utf-8' | 'not-json' | 'not-an-event' | 'empty' | 'too-large' | 'too-many' | 'too-deep';

export type DecodedBody =
  | { readonly ok: true; readonly events: readonly unknown[]; readonly single: boolean }
  | { readonly ok: false; readonly status: 400 | 413; readonly error: BodyProblem; readonly message: string };

export const MAX_EVENTS = 10_000;

/** Broken UTF-8 is refused instead of mended in silence; a leading byte order mark, which Windows writes, is dropped. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/** An event may nest six levels in its data, within its own object and the batch: what is far deeper is no event. */
const MAX_DEPTH = 64;
/** Commas of a whole body: what 10,000 events may hold, each of the 200 keys and elements that one may have. */
const MAX_PARTS = 2_100_000;

/**
 * One JSON object, or an array of 1 to `maxEvents` of anything: each element is judged by itself later. Depth and parts
 * are counted before anything is parsed, since what the parser makes of some bodies is a hundred times as large.
 */
export function decodeBody(bytes: Uint8Array, limits: BodyLimits = {}): DecodedBody {
  const { maxEvents = MAX_EVENTS, maxBytes = Infinity } = limits;
  if (bytes.length > maxBytes) return fail(413, 'too-large', `The body is larger than ${maxBytes} bytes.`);

  const shape = measureShape(bytes);
  if (shape.depth > MAX_DEPTH) return fail(400, 'too-deep', `The body nests more than ${MAX_DEPTH} levels.`);
  if (shape.elements > maxEvents) return fail(413, 'too-many', `A batch holds at most ${maxEvents} events.`);
  if (shape.parts > MAX_PARTS)
    return fail(413, 'too-large', `The body holds more than ${MAX_PARTS} keys and elements.`);

  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    return fail(400, 'not-utf-8', 'The body is not valid UTF-8.');
  }

  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own message quotes the body, which may hold what must not be repeated.
    return fail(400, 'not-json', 'The body is not valid JSON.');
  }

  if (!Array.isArray(value)) {
    if (typeof value === 'object' && value !== null) return { ok: true, events: [value], single: true };
    return fail(400, 'not-an-event', 'The body is neither an event nor an array of events.');
  }
  if (value.length === 0) return fail(400, 'empty', 'The array holds no event.');
  if (value.length > maxEvents) return fail(413, 'too-many', `A batch holds at most ${maxEvents} events.`);
  return { ok: true, events: value, single: false };
}

interface Shape {
  readonly depth: number;
  /** Commas at any depth. */
  readonly parts: number;
  /** Elements of the outermost array, were the body one. */
  readonly elements: number;
}

const [QUOTE, BACKSLASH, COMMA, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = Buffer.from('"\\,[]{}');

/** One walk over the bytes, valid JSON or not; it stops where the depth says enough. */
function measureShape(bytes: Uint8Array): Shape {
  let level = 0;
  let depth = 0;
  let parts = 0;
  let elements = 1;
  for (let i = 0; i < bytes.length && depth <= MAX_DEPTH; i++) {
    switch (bytes[i]) {
      case QUOTE:
        for (i++; i < bytes.length && bytes[i] !== QUOTE; i++) if (bytes[i] === BACKSLASH) i++;
        break;
      case OPEN_LIST:
      case OPEN_OBJECT:
        if (++level > depth) depth = level;
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        level--;
        break;
      case COMMA:
        parts++;
        if (level === 1) elements++;
        break;
      default:
    }
  }
  // A single event has its attributes where a batch has its events.
  const isBatch = bytes.find((byte) => byte === OPEN_LIST || byte === OPEN_OBJECT) === OPEN_LIST;
  return { depth, parts, elements: isBatch ? elements : 1 };
}

function fail(status: 400 | 413, error: BodyProblem, message: string): DecodedBody {
  return { ok: false, status, error, message };
}

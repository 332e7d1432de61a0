/** Turns the raw bytes of a request into the list of events that they claim to be, or says why not. */

export interface BodyLimits {
  /** Most events of one batch; 10,000 where absent. */
  readonly maxEvents?: number;
  /** Most bytes; unlimited where absent, because the HTTP layer stops reading earlier. */
  readonly maxBytes?: number;
}

export type BodyProblem = 'not-utf-8' | 'not-json' | 'not-an-event' | 'empty' | 'too-large' | 'too-many';

export type DecodedBody =
  | { readonly ok: true; readonly events: readonly unknown[]; readonly single: boolean }
  | { readonly ok: false; readonly status: 400 | 413; readonly error: BodyProblem; readonly message: string };

export const MAX_EVENTS = 10_000;

/** Broken UTF-8 is refused instead of mended in silence; a leading byte order mark, which Windows writes, is dropped. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/**
 * One JSON object, or an array of 1 to `maxEvents` of anything: each element is judged by itself later.
 * Nesting needs no guard here: V8 parses JSON without recursion, and `parseEvent` stops at its own depth.
 */
export function decodeBody(bytes: Uint8Array, limits: BodyLimits = {}): DecodedBody {
  const { maxEvents = MAX_EVENTS, maxBytes = Infinity } = limits;
  if (bytes.length > maxBytes) return fail(413, 'too-large', `The body is larger than ${maxBytes} bytes.`);

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

function fail(status: 400 | 413, error: BodyProblem, message: string): DecodedBody {
  return { ok: false, status, error, message };
}

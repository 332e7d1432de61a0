/** How entries go to the server: which of them together, and what its answer means for each. */
import type { Entry, EntryOutcome } from '../../domain/desk/entry.ts';
import { ask } from '../live/ask.ts';
import type { Refusal } from './store.ts';

export const MOST_ENTRIES = 50;
/** Below what the server takes in one body, 256 KB. */
const MOST_BYTES = 200_000;

export type SendAnswer =
  | {
      readonly type: 'judged';
      /** In the ledger. */
      readonly taken: readonly string[];
      readonly refused: readonly Refusal[];
      /** Not of whoever is signed in: to wait for their author. */
      readonly foreign: readonly string[];
    }
  /** Nobody is signed in, or must give their password anew. */
  | { readonly type: 'signed-out' }
  /** What was sent together cannot be read so. `isOurs`: the hall's own server says it, no machine between. */
  | { readonly type: 'unreadable'; readonly isOurs: boolean }
  | { readonly type: 'failed'; readonly waitMs: number };

const encoder = new TextEncoder();

/** The first entries of a list that go in one body: at least one, in their order. */
export function takeBatch(entries: readonly Entry[], most = MOST_ENTRIES): Entry[] {
  let bytes = 0;
  const end = entries.findIndex((entry, i) => {
    bytes += encoder.encode(JSON.stringify(entry)).length + 1;
    return i > 0 && (i >= most || bytes > MOST_BYTES);
  });
  return entries.slice(0, end < 0 ? entries.length : end);
}

/** Longer than anybody means a page to wait. */
const MOST_WAIT_MS = 600_000;

export async function sendEntries(entries: readonly Entry[], timeoutMs?: number): Promise<SendAnswer> {
  const reply = await ask('POST /api/desk/entries', { body: { entries }, timeoutMs });
  if (reply.type === 'answered') return readOutcomes(entries, reply.value);
  if (reply.type === 'unreachable') return { type: 'failed', waitMs: 0 };
  const { status, error, waitS = 0 } = reply;
  if (status === 401 || (status === 403 && error === 'confirm')) return { type: 'signed-out' };
  if (status === 400 || status === 413) return { type: 'unreadable', isOurs: error !== undefined };
  return { type: 'failed', waitMs: Math.min(waitS * 1000, MOST_WAIT_MS) };
}

/** Only what is said of an entry by its id counts: an entry of which nothing is said waits on. */
function readOutcomes(entries: readonly Entry[], body: unknown): SendAnswer {
  const outcomes = (body as { outcomes?: unknown } | null)?.outcomes;
  if (!Array.isArray(outcomes)) return { type: 'failed', waitMs: 0 };
  const sent = new Set(entries.map(({ id }) => id));
  const known = (outcomes as unknown[]).filter(isOutcome).filter(({ id }) => sent.has(id));
  if (known.length === 0) return { type: 'failed', waitMs: 0 };
  const taken = known.filter(({ ok }) => ok).map(({ id }) => id);
  const others = known.filter((outcome) => !outcome.ok);
  return {
    type: 'judged',
    taken,
    refused: others
      .filter(({ reason }) => reason !== 'author')
      .map(({ id, reason, field }) => ({ id, reason, ...(field === undefined ? {} : { field }) })),
    foreign: others.filter(({ reason }) => reason === 'author').map(({ id }) => id),
  };
}

function isOutcome(value: unknown): value is EntryOutcome {
  const { id, ok, reason, field } = (value ?? {}) as { id?: unknown; ok?: unknown; reason?: unknown; field?: unknown };
  if (typeof id !== 'string') return false;
  return ok === true || (ok === false && typeof reason === 'string' && ['string', 'undefined'].includes(typeof field));
}

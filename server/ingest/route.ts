/** `POST /api/events`: from a body of CloudEvents to events on disk, with an answer for each. */
import { setImmediate } from 'node:timers/promises';
import { raw, Router, type Request, type Response } from 'express';
import * as v from 'valibot';
import { AND_MORE } from '../../domain/events/declared.ts';
import type { Zone } from '../../domain/calendar/zone.ts';
import { findDifferences } from '../../domain/events/difference.ts';
import type { HallEvent } from '../../domain/events/event.ts';
import { parseEvent, type ParseContext } from '../../domain/events/parse.ts';
import { sentSchema } from '../../domain/events/sent.ts';
import type { Feeds } from '../../domain/profile/feed-of.ts';
import type { IngestAnswer, RejectedEvent } from '../../domain/wire/events.ts';
import { maySpeakFor, readBearer, type IngestKey } from '../access/access.ts';
import type { Guesses } from '../access/guesses.ts';
import { describe } from '../asked.ts';
import type { AppendOutcome, Ledger, PendingEvent } from '../ledger/port.ts';
import { answerLedgerTrouble } from '../ledger/trouble.ts';
import type { RecordEvents } from '../record.ts';
import { readBody, UnreadEvent, type BodyFault } from './body.ts';
import { findUnfed, UNFED } from './fed.ts';

/** The largest body, in bytes: 10,000 events of more than a kilobyte each. */
export const BODY_LIMIT = 16 * 1024 * 1024;

const MEDIA_TYPES = ['application/cloudevents+json', 'application/cloudevents-batch+json', 'application/json'];

const flag = v.optional(v.picklist(['true', 'false', '1', '0']));
/** What `authorize` reads. */
const querySchema = v.object({ hall: v.optional(v.string()), check: flag, known: flag });

const IGNORED_LIMIT = 50;

export interface IngestOptions {
  readonly hall: string;
  /** The hall's. */
  readonly zone: Zone;
  readonly ledger: Ledger;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
  readonly findKey: (token: string) => IngestKey | undefined;
  readonly guesses: Guesses;
  /** Names of the hall's own staff at this moment. */
  readonly roster: () => ReadonlySet<string>;
  readonly record: RecordEvents;
  /** Which system sends which facts, at this moment. */
  readonly feeds: () => Feeds;
}

export function createIngestRouter(options: IngestOptions): Router {
  const router = Router();
  const asked = { body: sentSchema, query: querySchema };
  router.post(
    '/api/events',
    authorize(options),
    raw({ type: () => true, limit: BODY_LIMIT }),
    describe((request, response) => receive(request, response, options), asked),
  );
  return router;
}

function authorize({ findKey, hall, guesses }: IngestOptions) {
  return (request: Request, response: Response, next: () => void): void => {
    const token = readBearer(request.headers.authorization);
    const key = token === undefined ? undefined : findKey(token);
    if (!key) {
      response.set('WWW-Authenticate', 'Bearer realm="hallpulse"');
      guesses.refuse(request, response, token === undefined ? [] : [token]);
      return;
    }
    const wanted = request.query['hall'] ?? key.hall;
    if (wanted !== hall || key.hall !== hall) {
      response.status(404).json({ error: 'unknown-hall' });
      return;
    }
    if (!MEDIA_TYPES.some((type) => request.is(type))) {
      response.status(415).json({ error: 'unsupported-media-type', supported: MEDIA_TYPES });
      return;
    }
    for (const field of ['check', 'known']) {
      const flag = readFlag(request.query[field]);
      if (flag === undefined) {
        response.status(400).json({ error: 'bad-query', field, expected: 'true or false' });
        return;
      }
      response.locals[field] = flag;
    }
    response.locals['key'] = key;
    next();
  };
}

/** A flag of a query; `undefined` for what is neither: a check that was misspelt must not write. */
function readFlag(value: unknown): boolean | undefined {
  if (value === 'true' || value === '1') return true;
  return value === undefined || value === 'false' || value === '0' ? false : undefined;
}

async function receive(request: Request, response: Response, options: IngestOptions): Promise<void> {
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const key = response.locals['key'] as IngestKey;
  const read = await sortEvents(bytes, key, options);
  if (!read.ok) {
    response.status(read.status).json({ error: read.error, message: read.message });
    return;
  }
  await answerLedgerTrouble(response, async () => {
    const sorted = await refuseUnfed(read, options);
    const outcomes =
      response.locals['check'] === true ? await check(sorted, options) : await append(sorted, key, options);
    const asksForKnown = response.locals['known'] === true;
    const differs = asksForKnown ? await findDiffering(sorted, outcomes, options.ledger) : NO_FIELDS;
    const answer = toAnswer(sorted, outcomes, options.ledger.head(), asksForKnown, differs);
    // Written by hand: `json` would hash each answer for an ETag that no sender asks for.
    response.status(statusOf(answer, sorted.count)).setHeader('Content-Type', 'application/json; charset=utf-8');
    response.end(JSON.stringify(answer));
  });
}

interface SortedEvents {
  readonly ok: true;
  /** Events of the body, whatever became of them. */
  readonly count: number;
  readonly pending: readonly PendingEvent[];
  /** For each pending event its place in the body. */
  readonly places: readonly number[];
  readonly rejected: readonly RejectedEvent[];
  readonly ignored: readonly string[];
}

/** The loop gives way after each slice: a batch is no reason for a wall to wait. */
async function sortEvents(
  bytes: Uint8Array,
  key: IngestKey,
  { now, zone, roster }: IngestOptions,
): Promise<SortedEvents | BodyFault> {
  const { ticketsRestartFrom: restartFrom } = key;
  const tickets = restartFrom === undefined ? undefined : { restartFrom, zone };
  const context = { now: now(), tickets, roster: roster() };
  const pending: PendingEvent[] = [];
  const places: number[] = [];
  const rejected: RejectedEvent[] = [];
  const ignored = new Set<string>();
  let count = 0;
  for (const slice of readBody(bytes)) {
    if (!slice.ok) return slice;
    for (const input of slice.events) {
      const index = count++;
      const sorted = sortEvent(input, key, context);
      if ('reason' in sorted) {
        rejected.push({ index, ...sorted });
        continue;
      }
      for (const name of sorted.dropped ?? []) if (ignored.size < IGNORED_LIMIT && name !== AND_MORE) ignored.add(name);
      pending.push(sorted);
      places.push(index);
    }
    await setImmediate();
  }
  return { ok: true, count, pending, places, rejected, ignored: [...ignored] };
}

function sortEvent(input: unknown, key: IngestKey, context: ParseContext): PendingEvent | Omit<RejectedEvent, 'index'> {
  if (input instanceof UnreadEvent) return { field: '', reason: input.reason };
  const parsed = parseEvent(input, context);
  if (!parsed.ok) {
    const { id, field, reason } = parsed;
    return { ...(id === undefined ? {} : { id }), field, reason };
  }
  const { event, timeGiven, dropped } = parsed;
  const foreign = foreignField(event, key);
  if (foreign !== undefined) return { id: event.id, field: foreign, reason: 'source' };
  return { event, timeGiven, ...(dropped.length > 0 ? { dropped } : {}) };
}

/** The field that names a source for which the key may not speak. Voiding is speaking for the source of what is voided. */
function foreignField(event: HallEvent, key: IngestKey): string | undefined {
  if (!maySpeakFor(key, event.source)) return 'source';
  if (event.type === 'hall.event.voided' && !maySpeakFor(key, event.data.source)) return 'data.source';
  return undefined;
}

async function refuseUnfed(sorted: SortedEvents, { feeds, ledger }: IngestOptions): Promise<SortedEvents> {
  const unfed = await findUnfed(sorted.pending, feeds(), ledger);
  if (unfed.size === 0) return sorted;
  const isKept = (_: unknown, i: number): boolean => !unfed.has(sorted.pending[i]!);
  const refused = sorted.pending.flatMap((one, i) =>
    unfed.has(one) ? [{ index: sorted.places[i]!, id: one.event.id, ...UNFED }] : [],
  );
  return {
    ...sorted,
    pending: sorted.pending.filter(isKept),
    places: sorted.places.filter(isKept),
    rejected: [...sorted.rejected, ...refused],
  };
}

async function append(
  { pending }: SortedEvents,
  { id }: IngestKey,
  { record }: IngestOptions,
): Promise<readonly AppendOutcome[]> {
  if (pending.length === 0) return [];
  const outcomes = await record(pending, { kind: 'key', id });
  // The walls first: on a quiet hall the board folds and publishes in this very turn, and the answer follows in the next.
  await setImmediate();
  return outcomes;
}

async function check({ pending }: SortedEvents, { ledger }: IngestOptions): Promise<readonly AppendOutcome[]> {
  const found = await ledger.compare(pending);
  return found.map((outcome) => (outcome === 'new' ? { seq: 0 } : outcome));
}

const NO_FIELDS: ReadonlyMap<number, readonly string[]> = new Map();
/** Conflicts of one answer whose fields are named: whoever has more has another mapping, not more news. */
const NAMED_LIMIT = 100;

/** For conflicts of a batch, by their places among the pending, the fields that differ; never what stands in them. */
async function findDiffering(
  { pending }: SortedEvents,
  outcomes: readonly AppendOutcome[],
  ledger: Ledger,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const clashing = pending.flatMap(({ event }, i) => (outcomes[i] === 'conflict' ? [{ event, i }] : []));
  const found = new Map<number, readonly string[]>();
  for (const { event, i } of clashing.slice(0, NAMED_LIMIT)) {
    const known = await ledger.find(event.source, event.id, ledger.head());
    if (known)
      found.set(
        i,
        findDifferences(known, event).map(({ field }) => field),
      );
  }
  return found;
}

function toAnswer(
  sorted: SortedEvents,
  outcomes: readonly AppendOutcome[],
  seq: number,
  asksForKnown: boolean,
  differs: ReadonlyMap<number, readonly string[]>,
): IngestAnswer {
  const rejected = [...sorted.rejected];
  const known: number[] = [];
  let accepted = 0;
  outcomes.forEach((outcome, i) => {
    if (outcome === 'duplicate') known.push(sorted.places[i]!);
    else if (outcome === 'conflict') {
      const [index, fields] = [sorted.places[i]!, differs.get(i)];
      const { id } = sorted.pending[i]!.event;
      rejected.push({ index, id, field: 'id', reason: 'conflict', ...(fields && { differs: fields }) });
    } else accepted++;
  });
  rejected.sort((a, b) => a.index - b.index);
  const { ignored } = sorted;
  return {
    accepted,
    duplicates: known.length,
    rejected,
    ...(ignored.length > 0 ? { ignored } : {}),
    ...(asksForKnown ? { known } : {}),
    seq,
  };
}

function statusOf({ accepted, duplicates, rejected }: IngestAnswer, total: number): number {
  if (accepted > 0 || duplicates > 0) return 200;
  return rejected.length === total && rejected.every((entry) => entry.reason === 'source') ? 403 : 422;
}

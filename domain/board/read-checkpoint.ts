/** Reads the board's state from a checkpoint that may be damaged: all of it has the shape that the fold expects, or none is taken. */
import * as v from 'valibot';
import { FEED_FACTS } from '../profile/feeds.ts';
import { FOLLOWUP_ABOUT, STAR_KINDS, TERMINAL_STATUSES, WINDOW_STATUSES } from '../events/schema.ts';
import type { Entries, EntryKind } from './entries.ts';
import { parseState, type BoardState } from './state.ts';

type Always<T> = T extends readonly (infer Part)[]
  ? readonly Always<Part>[]
  : { [K in keyof T as undefined extends T[K] ? never : K]: T[K] };

const position = v.pipe(v.number(), v.integer(), v.minValue(0));
const moment = v.pipe(v.number(), v.finite());
const day = v.pipe(v.string(), v.minLength(1));

/** What an entry of each kind always has. */
const entrySchemas = {
  case: v.object({ day, at: moment, station: v.string(), item: v.string(), channel: v.string(), open: v.boolean() }),
  ticket: v.object({
    day,
    station: v.string(),
    since: moment,
    stage: v.picklist(['waiting', 'serving', 'passed']),
    takenAt: moment,
  }),
  appointment: v.object({ day, station: v.string() }),
  window: v.object({ station: v.string(), status: v.picklist(WINDOW_STATUSES), since: moment }),
  queue: v.object({ day, station: v.string() }),
  terminal: v.object({ station: v.string(), status: v.picklist(TERMINAL_STATUSES), since: moment }),
  request: v.object({ day, at: moment, station: v.string() }),
  complaint: v.object({ day, at: moment, station: v.string() }),
  followup: v.object({ about: v.picklist(FOLLOWUP_ABOUT), station: v.string(), openedAt: moment }),
  alarm: v.object({ day, kind: v.string(), station: v.string(), raisedAt: moment }),
  suggestion: v.object({ receivedAt: moment }),
  star: v.object({
    month: v.string(),
    kind: v.picklist(STAR_KINDS),
    reasons: v.array(v.string()),
  }),
  plan: v.object({ month: v.string(), kind: v.picklist(STAR_KINDS), at: moment }),
  feed: v.array(v.object({ fact: v.picklist(FEED_FACTS), from: moment, until: v.optional(moment) })),
} satisfies { [K in EntryKind]: v.GenericSchema<Always<Entries[K]>> };

const pairs = <T extends v.GenericSchema>(value: T) => v.array(v.tuple([v.string(), value]));
const listSchemas = Object.fromEntries(
  Object.entries(entrySchemas).map(([kind, schema]) => [kind, pairs(schema as v.GenericSchema)]),
);

const checkpointSchema = v.object({
  seq: position,
  day: v.optional(day),
  days: v.array(
    v.tuple([
      day,
      v.object({
        openings: position,
        closings: position,
        closedAt: v.optional(position),
        hours: v.array(v.tuple([v.string(), v.string()])),
        corrected: v.optional(pairs(v.number())),
      }),
    ]),
  ),
  since: v.optional(day),
  ranges: v.array(
    v.object({
      spec: v.object({
        id: v.string(),
        from: v.optional(day),
        to: v.optional(day),
        heads: v.array(v.string()),
        reduce: v.optional(v.object({ key: v.string() })),
      }),
      table: pairs(pairs(v.number())),
    }),
  ),
  entries: v.object(listSchemas),
  orphanVoids: v.array(v.string()),
  uncounted: v.array(v.string()),
  heardAt: pairs(moment),
});

/**
 * @param text what `serializeState` gave, as it came back from the disk
 * @returns undefined where it is no JSON or not a board's state: it is derived, so the board is folded anew
 */
export function readCheckpoint(text: string): BoardState | undefined {
  try {
    return v.is(checkpointSchema, JSON.parse(text)) ? parseState(text) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether an entry may be recorded as it is: by whom, when, where, about what, and without any citizen's identity. */
import { may, type Assignment } from '../access/roles.ts';
import { dayOf, DAY_MS, type Zone } from '../calendar/zone.ts';
import { inspectEvent } from '../events/inspect.ts';
import { parseMoment } from '../events/moment.ts';
import { FUTURE_LIMIT_MS } from '../events/parse.ts';
import { isInForce, type HallConfig } from '../profile/profile.ts';
import { nameEntry, type Act, type Entry, type EntryReason } from './entry.ts';

/** So late an entry may come. */
const LATE_MS = 31 * DAY_MS;
const letters = /^[a-z]{16,40}$/;

/** What is for leads and managers alone. */
const REVIEWS: ReadonlySet<Act['type']> = new Set(['complaint-answered', 'rating-again']);

export interface EntryFault {
  readonly reason: EntryReason;
  /** A path in the entry, such as `act.topic`. */
  readonly field?: string;
}

export interface EntryContext {
  readonly config: HallConfig;
  readonly zone: Zone;
  /** The hall's clock, epoch ms. */
  readonly now: number;
  /** Whoever is signed in. */
  readonly person: { readonly staff: string; readonly assignments: readonly Assignment[] };
}

/** What is asked of an entry whether or not it has been recorded already: that it is its author's own, and of this hall. */
export function checkAuthor(entry: Entry, { config, zone, person }: EntryContext): EntryFault | undefined {
  if (entry.author !== person.staff) return { reason: 'author', field: 'author' };
  if (entry.hall !== config.profile.hall) return { reason: 'unknown', field: 'hall' };
  const prefix = nameEntry(dayOf(zone, parseMoment(entry.at)!), entry.author, '');
  const isNamed = entry.id.startsWith(prefix) && letters.test(entry.id.slice(prefix.length));
  return isNamed ? undefined : { reason: 'form', field: 'id' };
}

/** What is asked of one that is new: its time, its author's right, what it names, and that it names nobody. */
export function checkEntry(entry: Entry, context: EntryContext): EntryFault | undefined {
  const at = parseMoment(entry.at)!;
  if (at > context.now + FUTURE_LIMIT_MS || at < context.now - LATE_MS) return { reason: 'time', field: 'at' };
  const day = dayOf(context.zone, at);
  const action = REVIEWS.has(entry.act.type) ? 'review' : 'record';
  if (!may(context.person.assignments, action, day, entry.station)) return { reason: 'not-allowed' };
  return findUnknown(entry, day, context.config) ?? findIdentity(entry, context.config);
}

/**
 * The first field that refers to what the hall does not have on `day`. Such fields are searched for no names, since
 * they hold only what the configuration has: so everything in them must be there.
 */
function findUnknown(entry: Entry, day: string, { profile, catalogue }: HallConfig): EntryFault | undefined {
  const { station, window, act } = entry;
  const isThere = (list: readonly Place[] | undefined, id: string, isHere: (one: Place) => boolean): boolean =>
    list?.some((one) => one.id === id && isHere(one) && isInForce(one, day)) === true;
  const ofStation = (one: Place): boolean => one.station === station;
  const anywhere = (): boolean => true;
  const known: [field: string, id: string | undefined, isKnown: (id: string) => boolean][] = [
    ['station', station, (id) => isThere(profile.stations, id, anywhere)],
    ['window', window, (id) => isThere(profile.windows, id, ofStation)],
    ['act.item', read(act, 'item'), (id) => catalogue.items.some((one) => one.code === id && isInForce(one, day))],
    ['act.line', read(act, 'line'), (id) => catalogue.lines.some((one) => one.id === id)],
    ['act.terminal', read(act, 'terminal'), (id) => isThere(profile.terminals, id, ofStation)],
    // Of a complaint: whom it is about, who may have left since.
    ['act.staff', read(act, 'staff'), (id) => profile.staff.some((one) => one.id === id)],
  ];
  const stray = known.find(([, id, isKnown]) => id !== undefined && !isKnown(id));
  return stray && { reason: 'unknown', field: stray[0] };
}

interface Place {
  readonly id: string;
  readonly station?: string;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

function read(act: Entry['act'], field: string): string | undefined {
  const value: unknown = Object.hasOwn(act, field) ? act[field as keyof Entry['act']] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/**
 * The first field that looks like a citizen's identity, or holds what cannot be kept. The entry's own id is left out,
 * being made of a day, an author and letters, and so are other entries' ids, which lead to nothing where they are none.
 */
function findIdentity({ id, station, window, ticket, act }: Entry, { roster }: HallConfig): EntryFault | undefined {
  const words: Record<string, unknown> = { ...act };
  delete words['entry'];
  for (const [field, value] of Object.entries(words)) if (value === id) delete words[field];
  const flaw = inspectEvent({ station, window, ticket, act: words }, roster);
  return flaw && { reason: flaw.reason === 'identity' ? 'identity' : 'text', field: flaw.field };
}

/** Whose entry an id names; `undefined` where it is no id of an entry. */
export function authorOf(entryId: string): string | undefined {
  const [, day, author, rest] = /^(\d{4}-\d\d-\d\d)\/([^/]+)\/(.*)$/.exec(entryId) ?? [];
  if (day === undefined || !letters.test(rest!)) return undefined;
  try {
    return decodeURIComponent(author!);
  } catch {
    return undefined;
  }
}

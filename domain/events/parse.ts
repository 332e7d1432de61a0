/** The one gate for events: what comes from outside becomes a HallEvent here, or a reason why not. */
import * as v from 'valibot';
import { keepDeclared, listUndeclared } from './declared.ts';
import type { HallEvent } from './event.ts';
import { identityInText } from './identity.ts';
import { FORBIDDEN_NAMES, inspectEvent, isBroken, isPlainObject } from './inspect.ts';
import { reservedField } from './own.ts';
import { parseMoment } from './moment.ts';
import { dataSchemas, ID_LIMIT, isEventType } from './schema.ts';
import { dateTicket, nameTicket, type TicketRule } from './tickets.ts';

/** Why an event was refused, as one sentence for the sender. The codes are part of the HTTP contract. */
export const REASONS = {
  envelope: 'The envelope is not CloudEvents 1.0 JSON, or one of its attributes is missing or malformed.',
  type: 'The type of event is not one that the hall knows.',
  data: 'A field of data is missing, has the wrong form, or lies outside its list or range.',
  text: 'A string holds a NUL character or half of a surrogate pair.',
  identity: "The field looks like a citizen's name, identity number or telephone; events carry none of these.",
  future: 'The time lies more than five minutes ahead of the hall’s clock.',
  source: 'The key may not speak for this source.',
  reserved:
    'Only the hall itself opens, closes and reconciles its days, ends its queues, tells of its documents, accounts and feeds, and speaks or takes back as itself.',
  feed: 'Another system sends this kind of fact for the station; see the hall’s profile.',
  conflict: 'An event with the same source and id is already there, with other content.',
  size: 'A string, or the event as a whole, is larger than allowed.',
  depth: 'The data is nested more deeply than allowed.',
  key: 'A field is called, or holds, __proto__, constructor or prototype.',
} as const satisfies Record<string, string>;

export type Reason = keyof typeof REASONS;

export interface Refusal {
  readonly ok: false;
  /** The event's id, where it may be repeated. */
  readonly id?: string;
  /** A path such as `data.note`; never holds anything of the value. */
  readonly field: string;
  readonly reason: Reason;
}

export interface Acceptance {
  readonly ok: true;
  readonly event: HallEvent;
  /** Whether the sender named a time. */
  readonly timeGiven: boolean;
  /**
   * The paths of fields that were left out: those that the type does not know, as `listUndeclared` has them, but none
   * that could be a person's name; and the ticket of a rating that nobody can tell from a stranger's.
   */
  readonly dropped: readonly string[];
}

export interface ParseContext {
  /** The hall's clock, epoch milliseconds; an event without a time happened now. */
  readonly now: number;
  /** How far ahead of `now` a time may lie; five minutes where absent. */
  readonly futureLimitMs?: number;
  /** Of a sender whose ticket numbers begin again each morning. */
  readonly tickets?: TicketRule | undefined;
  /** Names of the hall's own staff, which an event may hold; none where absent. */
  readonly roster?: ReadonlySet<string>;
}

export const FUTURE_LIMIT_MS = 300_000;
/** Nothing that a hall reports happened before 1990; a time that says so is a clock that was never set. */
const EARLIEST = Date.UTC(1990, 0, 1);

const jsonType = /^[\w.!#$&^+-]+\/(?:[\w.!#$&^-]+\+)*json\s*(?:;.*)?$/i;
const attributeName = /^[a-z0-9]+$/;
/** What CloudEvents names itself, checked one by one; everything else is an extension. */
const attributes = new Set(['specversion', 'type', 'source', 'id', 'subject', 'time', 'datacontenttype', 'data']);
const config = { abortEarly: true, abortPipeEarly: true } as const;

/**
 * Reads one CloudEvent. Extension attributes are tolerated and not kept; of `data` what the type declares is kept as it
 * was sent, nulls included, and everything else is left out before anybody looks at it. Only a ticket that is told with
 * its day is kept under another id. A `null` attribute is an absent
 * one, as the CloudEvents JSON format says. Never throws, whatever `input` is.
 */
export function parseEvent(given: unknown, context: ParseContext): Acceptance | Refusal {
  if (!isPlainObject(given)) return { ok: false, field: '', reason: 'envelope' };
  const { input, undeclared } = takeDeclared(given);
  const flaw = inspectEvent(input, context.roster);
  if (flaw !== undefined) return refuse(input, flaw.field, flaw.reason);

  const { specversion, type, source, id, subject, time, data } = input;
  if (specversion !== '1.0') return refuse(input, 'specversion', 'envelope');
  if (!isFilled(id)) return refuse(input, 'id', 'envelope');
  if (id.length > ID_LIMIT) return refuse(input, 'id', 'size');
  if (!isFilled(source)) return refuse(input, 'source', 'envelope');
  if (source.length > ID_LIMIT) return refuse(input, 'source', 'size');
  if (!isFilled(type)) return refuse(input, 'type', 'envelope');
  if (subject != null) {
    if (!isFilled(subject)) return refuse(input, 'subject', 'envelope');
    if (subject.length > ID_LIMIT) return refuse(input, 'subject', 'size');
  }
  const badAttribute = findBadAttribute(input);
  if (badAttribute !== undefined) return refuse(input, badAttribute, 'envelope');

  let at = context.now;
  if (time != null) {
    const moment = typeof time === 'string' ? parseMoment(time) : undefined;
    if (moment === undefined || moment < EARLIEST) return refuse(input, 'time', 'envelope');
    if (moment > context.now + (context.futureLimitMs ?? FUTURE_LIMIT_MS)) return refuse(input, 'time', 'future');
    at = moment;
  }

  if (!isEventType(type)) return refuse(input, 'type', 'type');
  if (!isPlainObject(data)) return refuse(input, 'data', 'data');
  const checked = v.safeParse(dataSchemas[type] as v.GenericSchema, data, config);
  if (!checked.success) return refuse(input, pathOf(checked.issues[0]), 'data');

  const dated = context.tickets ? dateTicket(type, data, at, time != null, context.tickets) : { data, dropped: [] };
  if (dated === 'time-needed') return refuse(input, 'time', 'data');
  const kept = nameTicket(type, dated.data);
  if (kept === undefined) return refuse(input, 'data.ticket', 'size');

  const event = (
    subject == null ? { source, id, type, at, data: kept } : { source, id, type, at, subject, data: kept }
  ) as HallEvent;
  const reserved = reservedField(event);
  if (reserved !== undefined) return refuse(input, reserved, 'reserved');
  return { ok: true, event, timeGiven: time != null, dropped: [...undeclared.filter(isTellable), ...dated.dropped] };
}

/** The event with what its type declares of its data; a name that reaches a prototype stays, for the inspection to find. */
function takeDeclared(given: Readonly<Record<string, unknown>>): {
  readonly input: Readonly<Record<string, unknown>>;
  readonly undeclared: readonly string[];
} {
  const { type, data } = given;
  if (!isEventType(type) || !isPlainObject(data)) return { input: given, undeclared: [] };
  const kept = keepDeclared(type, data);
  if (kept === data || FORBIDDEN_NAMES.some((name) => Object.hasOwn(data, name)))
    return { input: given, undeclared: [] };
  return { input: { ...given, data: kept }, undeclared: listUndeclared(type, data) };
}

/** A name can be told unless it is itself somebody's. */
function isTellable(path: string): boolean {
  return identityInText(path, 'full') === undefined;
}

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function findBadAttribute(input: Readonly<Record<string, unknown>>): string | undefined {
  for (const key of Object.keys(input)) {
    const value = input[key];
    if (key === 'datacontenttype') {
      if (value != null && !(typeof value === 'string' && jsonType.test(value))) return key;
    } else if (!attributes.has(key) && (!attributeName.test(key) || (typeof value === 'object' && value !== null))) {
      return key;
    }
  }
  return undefined;
}

function pathOf(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  return path === null ? 'data' : `data.${path}`;
}

/** The id is repeated only when nothing is wrong with it, since what is refused must not come back by another way. */
function refuse(input: Readonly<Record<string, unknown>>, field: string, reason: Reason): Refusal {
  const id = Object.hasOwn(input, 'id') ? input['id'] : undefined;
  const isClean =
    field !== 'id' &&
    isFilled(id) &&
    id.length <= ID_LIMIT &&
    !isBroken(id) &&
    identityInText(id, 'full') === undefined;
  return isClean ? { ok: false, id, field, reason } : { ok: false, field, reason };
}

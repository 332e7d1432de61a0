/** What a follow-up contributes, and how it stands: owner, deadline, submission, extension, lamps, reminders (spec C13, U1 to U4). */
import { dayOf, type Zone } from '../../calendar/zone.ts';
import type { LedgerEvent } from '../../events/event.ts';
import { parseMoment } from '../../events/moment.ts';
import { isOwnSource } from '../../events/own.ts';
import type { EventData, FollowupResult } from '../../events/schema.ts';
import { cellName, type Cell } from '../cells.ts';
import type { FollowupEntry, LitLamp } from '../entries.ts';
import { NOTHING, type Contribution } from '../contribution.ts';
import { answerCells } from './answer.ts';

/** A follow-up as its events tell it, open or closed. */
export interface FollowupFacts extends FollowupEntry {
  readonly openedNote?: string;
  /** Everybody who ever was to do it. */
  readonly owners: readonly string[];
  readonly closed?: { readonly at: number; readonly result: FollowupResult };
}

type Opened = EventData['hall.followup.opened'];
type Changing = { -readonly [K in keyof FollowupEntry]: FollowupEntry[K] };

/**
 * @param events the follow-up's live events, in the order of C1
 * @returns undefined where it was never opened (C4)
 */
export function readFollowup(events: readonly LedgerEvent[]): FollowupFacts | undefined {
  const opened = events.find((event) => event.type === 'hall.followup.opened');
  if (opened?.type !== 'hall.followup.opened') return undefined;
  const owners = new Set<string>();
  const found = begin(opened.data, opened.at);
  for (const event of events) follow(found, event, owners);
  const closed = events.findLast((event) => event.type === 'hall.followup.closed');
  return {
    ...found,
    ...(opened.data.note ? { openedNote: opened.data.note } : {}),
    owners: [...owners],
    ...(closed?.type === 'hall.followup.closed' ? { closed: { at: closed.at, result: closed.data.result } } : {}),
  };
}

export function contributeFollowup(id: string, events: readonly LedgerEvent[], zone: Zone): Contribution {
  const facts = readFollowup(events);
  if (!facts) return NOTHING;
  const { openedNote: _note, owners: _owners, closed, ...value } = facts;
  const { station, about } = facts;
  const opened = { at: facts.openedAt };
  const day = dayOf(zone, opened.at);
  const cells: Cell[] = [{ day, station, name: cellName('followup', 'opened', about), n: 1 }];
  const firstAnswer = events.find((event) => isAnswer(event) && event.at >= opened.at);
  cells.push(...answerCells('followup-first', opened, firstAnswer, { station, zone }));
  if (!closed) return { cells, entry: { kind: 'followup', id, value } };
  cells.push(...answerCells('followup-closed', opened, closed, { station, zone }));
  const closedDay = dayOf(zone, closed.at);
  cells.push({ day: closedDay, station, name: cellName('followup', 'closed', about), n: 1 });
  cells.push({ day, station, name: cellName('resolved', about, closed.result, closedDay), n: 1 });
  return { cells };
}

/** Whoever has it to deal with has said something of it: what is written, that it is done, or that it is over. */
function isAnswer({ type }: LedgerEvent): boolean {
  return type === 'hall.followup.noted' || type === 'hall.followup.submitted' || type === 'hall.followup.closed';
}

function begin(data: Opened, openedAt: number): Changing {
  const { about, station, case: of, area, rating, staff } = data;
  return {
    about,
    station,
    openedAt,
    ...(of ? { case: of } : {}),
    ...(area ? { area } : {}),
    ...(rating ? { rating } : {}),
    ...(staff ? { staff } : {}),
    ...readInstruction(data),
  };
}

function readInstruction({ about, note, matter, of }: Opened): Pick<FollowupEntry, 'instruction'> {
  if (about !== 'instruction' || !note || !matter) return {};
  return { instruction: { note, matter, ...(of ? { of } : {}) } };
}

function follow(found: Changing, { type, at, data, source }: LedgerEvent, owners: Set<string>): void {
  switch (type) {
    case 'hall.followup.opened':
    case 'hall.followup.assigned':
      if (take(found, data.owner, owners))
        found.news = { at, what: type === 'hall.followup.opened' ? 'opened' : 'assigned' };
      if (data.dueBy) found.dueBy = parseMoment(data.dueBy)!;
      return;
    case 'hall.followup.noted':
      if (take(found, data.owner, owners)) found.news = { at, what: 'assigned' };
      if (data.score) found.again = data.score;
      return;
    case 'hall.followup.submitted':
      found.submitted = { at, result: data.result };
      return;
    case 'hall.followup.returned':
      delete found.submitted;
      found.news = { at, what: 'returned' };
      return;
    case 'hall.followup.reminded': {
      found.news = { at, what: 'reminded' };
      found.reminded = { times: (found.reminded?.times ?? 0) + 1, at };
      const { term, step } = data;
      // Of what others call steps there is no end.
      if (term && step && isOwnSource(source))
        found.steps = [...(found.steps ?? []), { term: parseMoment(term)!, step }];
      return;
    }
    case 'hall.followup.extension-asked':
      found.asked = { at, until: parseMoment(data.until)! };
      return;
    case 'hall.followup.extension-decided': {
      const until = data.until ? parseMoment(data.until) : found.asked?.until;
      if (data.granted && until !== undefined) found.dueBy = until;
      delete found.asked;
      found.news = { at, what: 'extension-decided' };
      return;
    }
    case 'hall.followup.lit':
      light(found, { lamp: data.lamp, at, term: parseMoment(data.term)! });
      found.news = { at, what: 'lit' };
      return;
    case 'hall.followup.cause-given':
      change(found, data.lamp, { cause: data.cause, causeAt: at });
      return;
    case 'hall.followup.cause-decided':
      change(found, data.lamp, { counts: data.counts });
      return;
    case 'hall.followup.reviewed':
      found.misrated = data.misrated;
      return;
    default:
      return;
  }
}

/**
 * Another owner begins anew: what the one before has submitted or asked for was theirs.
 * @returns whether it is another
 */
function take(found: Changing, owner: string | null | undefined, owners: Set<string>): boolean {
  if (!owner || owner === found.owner) return false;
  delete found.submitted;
  delete found.asked;
  found.owner = owner;
  owners.add(owner);
  return true;
}

/** Of one deadline each lamp is lit once. */
function light(found: Changing, lit: LitLamp): void {
  const lamps = found.lamps ?? [];
  if (lamps.some(({ lamp, term }) => lamp === lit.lamp && term === lit.term)) return;
  found.lamps = [...lamps, { ...lit, ...(found.owner === undefined ? {} : { owner: found.owner }) }];
}

/** A cause is of the latest lamp of its colour. */
function change(found: Changing, lamp: LitLamp['lamp'], what: Partial<LitLamp>): void {
  const at = found.lamps?.findLastIndex((one) => one.lamp === lamp) ?? -1;
  if (at >= 0) found.lamps = found.lamps!.map((one, i) => (i === at ? { ...one, ...what } : one));
}

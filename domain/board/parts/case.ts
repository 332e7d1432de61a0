/** What one case contributes (spec C4 to C8, C10, C11, M7). */
import { toPauses, stretchPromise, type Pause } from '../../calendar/promise.ts';
import { dayOf, isBeyondDays, minuteOf, type Zone } from '../../calendar/zone.ts';
import { isOfType, type LedgerEvent, type LedgerEventOf } from '../../events/event.ts';
import { parseMoment } from '../../events/moment.ts';
import { FUTURE_LIMIT_MS } from '../../events/parse.ts';
import { cellName, type Cell } from '../cells.ts';
import { NOTHING, type Contribution } from '../contribution.ts';

type Accepted = LedgerEventOf<'hall.case.accepted'>;
type Finished = LedgerEventOf<'hall.case.finished'>;
type Rating = LedgerEventOf<'hall.rating.given'>;

const OVERDUE = cellName('overdue');

/** The acceptance that stands for the case: the earliest. */
export function winningAcceptance(events: readonly LedgerEvent[]): Accepted | undefined {
  return events.find((event): event is Accepted => event.type === 'hall.case.accepted');
}

/**
 * @param events the case's own live events, in the order of C1
 * @param ticketEvents those filed under the winning acceptance's ticket, in the order of C1
 */
export function contributeCase(
  caseId: string,
  events: readonly LedgerEvent[],
  ticketEvents: readonly LedgerEvent[],
  zone: Zone,
): Contribution {
  const accepted = winningAcceptance(events);
  if (!accepted) return NOTHING;
  const finished = events.findLast((event): event is Finished => event.type === 'hall.case.finished');
  const { station, channel, item } = accepted.data;
  const line = accepted.data.line ?? '';
  const acceptedDay = dayOf(zone, accepted.at);
  const cells: Cell[] = [];
  const count = (day: string, name: string, n = 1) => cells.push({ day, station, name, n });

  count(acceptedDay, cellName('accepted', channel, item, line));
  count(acceptedDay, cellName('minute', minuteOf(zone, accepted.at), channel, item, line));
  const flags = flagsOf(accepted);
  for (const flag of flags) count(acceptedDay, cellName('flag', flag, item));
  const window = channel === 'window' ? (accepted.data.window ?? '') : '';
  count(acceptedDay, cellName('handled', accepted.data.handling ?? '', item, window));
  if (flags.includes('deferred')) cells.push(...supplyOf(accepted, events, zone));

  const pauses = toPauses(events);
  const promise = accepted.data.promisedBy ? parseMoment(accepted.data.promisedBy) : undefined;
  const dueAt = promise === undefined ? undefined : stretchPromise(promise, pauses);
  const finishedDay = finished ? dayOf(zone, finished.at) : undefined;

  if (dueAt !== undefined && !isBeyondDays(zone, dueAt)) {
    const dueDay = dayOf(zone, dueAt);
    const overdueDay = dueDay > acceptedDay ? dueDay : acceptedDay;
    if (finishedDay === undefined || finishedDay > overdueDay) {
      count(overdueDay, OVERDUE);
      if (finishedDay !== undefined) count(finishedDay, OVERDUE, -1);
      // A finish may be ahead of the clock (L3), so that the promise on the day before it has not lapsed yet.
      if (!finished || finished.at - dueAt <= FUTURE_LIMIT_MS) {
        count(overdueDay, cellName('due', dueAt));
        if (finishedDay !== undefined) count(finishedDay, cellName('due', dueAt), -1);
      }
    }
  }

  count(acceptedDay, cellName('open', item, line));
  if (finished && finishedDay !== undefined) {
    const { outcome } = finished.data;
    count(finishedDay, cellName('finished', outcome, item, line));
    count(finishedDay > acceptedDay ? finishedDay : acceptedDay, cellName('open', item, line), -1);
    count(acceptedDay, cellName('completed', finishedDay));
    const onTime = dueAt === undefined ? (finished.data.onTime ?? undefined) : finished.at <= dueAt;
    if (onTime !== undefined) count(finishedDay, cellName('promised', onTime ? 'kept' : 'late'));
    if (finished.at >= accepted.at)
      count(
        finishedDay,
        cellName('turnaround', accepted.at, finished.at, writePauses(pauses, finished.at), item, line),
      );
    const ratings = [...events, ...ticketEvents].filter((event): event is Rating =>
      isOfType(event, 'hall.rating.given'),
    );
    const rated = earliestDay(ratings, zone);
    if (rated !== undefined) count(finishedDay, cellName('rated', 'any', rated));
    const activelyRated = earliestDay(
      ratings.filter((rating) => !rating.data.byDefault),
      zone,
    );
    if (activelyRated !== undefined) count(finishedDay, cellName('rated', 'active', activelyRated));
    const upload = outcome === 'approved' && events.find((event) => event.type === 'hall.licence.uploaded');
    if (upload) count(finishedDay, cellName('licensed', item, dayOf(zone, upload.at)));
  }

  return {
    cells,
    entry: {
      kind: 'case',
      id: caseId,
      value: {
        day: acceptedDay,
        at: accepted.at,
        station,
        item,
        ...(accepted.data.line ? { line: accepted.data.line } : {}),
        channel,
        ...(accepted.data.window ? { window: accepted.data.window } : {}),
        ...(accepted.data.ticket ? { ticket: accepted.data.ticket } : {}),
        open: !finished,
        ...(!finished && pauses.at(-1)?.[1] === Infinity ? { paused: true } : {}),
        ...(dueAt === undefined || dueAt === Infinity ? {} : { dueAt }),
      },
    },
  };
}

/** Spec M18, on the day on which the missing papers are due, or on that of an acceptance behind it. */
function supplyOf({ at, data }: Accepted, events: readonly LedgerEvent[], zone: Zone): Cell[] {
  const dueAt = data.supplyBy ? parseMoment(data.supplyBy) : undefined;
  if (dueAt === undefined || isBeyondDays(zone, dueAt)) return [];
  const supplied = events.find((event) => event.type === 'hall.case.supplemented');
  const state = supplied === undefined ? 'open' : supplied.at <= dueAt ? 'inTime' : 'late';
  const day = dayOf(zone, Math.max(dueAt, at));
  return [{ day, station: data.station, name: cellName('supply', state, dueAt), n: 1 }];
}

function flagsOf({ data }: Accepted): string[] {
  const flags: string[] = [];
  const papers = data.deferredDocuments;
  if (papers === true || (papers && papers.length > 0)) flags.push('deferred');
  if (data.instantApproval) flags.push('instant');
  if (data.green) flags.push('green');
  if (data.appointment) flags.push('appointment');
  if (data.applicant === 'legal-person') flags.push('legal-person');
  return flags;
}

function earliestDay(events: readonly LedgerEvent[], zone: Zone): string | undefined {
  if (events.length === 0) return undefined;
  return dayOf(zone, Math.min(...events.map((event) => event.at)));
}

/** Those that begin before the finish, `from:until` each, as `turnaroundMs` reads them. */
function writePauses(pauses: readonly Pause[], finishedAt: number): string {
  return pauses
    .filter(([start]) => start < finishedAt)
    .map(([start, end]) => `${start}:${Math.min(end, finishedAt)}`)
    .join(' ');
}

/** What one case contributes (spec C4 to C8, C10, C11, M7). */
import { toPauses, stretchPromise } from '../../calendar/promise.ts';
import { workingMs } from '../../calendar/workdays.ts';
import { dayOf, MINUTE_MS, minuteOf, type Zone } from '../../calendar/zone.ts';
import { isOfType, type LedgerEvent, type LedgerEventOf } from '../../events/event.ts';
import { parseMoment } from '../../events/moment.ts';
import { cellName, type Cell } from '../cells.ts';
import { NOTHING, type Contribution } from '../contribution.ts';

type Accepted = LedgerEventOf<'hall.case.accepted'>;
type Finished = LedgerEventOf<'hall.case.finished'>;
type Rating = LedgerEventOf<'hall.rating.given'>;

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
  const count = (day: string, name: string) => cells.push({ day, station, name, n: 1 });

  count(acceptedDay, cellName('accepted', channel, item, line));
  count(acceptedDay, cellName('minute', minuteOf(zone, accepted.at), channel, item, line));
  for (const flag of flagsOf(accepted)) count(acceptedDay, cellName('flag', flag, item));

  const pauses = toPauses(events);
  const promise = accepted.data.promisedBy ? parseMoment(accepted.data.promisedBy) : undefined;
  const dueAt = promise === undefined ? undefined : stretchPromise(promise, pauses);
  const finishedDay = finished ? dayOf(zone, finished.at) : undefined;

  if (dueAt !== undefined && dueAt !== Infinity) {
    const dueDay = dayOf(zone, dueAt);
    const overdueDay = dueDay > acceptedDay ? dueDay : acceptedDay;
    if (finishedDay === undefined || finishedDay > overdueDay) {
      count(overdueDay, 'overdue/from');
      if (finishedDay !== undefined) count(finishedDay, 'overdue/until');
    }
  }

  if (finished && finishedDay !== undefined) {
    const { outcome } = finished.data;
    count(finishedDay, cellName('finished', outcome, item, line));
    count(finishedDay > acceptedDay ? finishedDay : acceptedDay, cellName('left', item, line));
    count(acceptedDay, cellName('completed', finishedDay));
    const onTime = dueAt === undefined ? (finished.data.onTime ?? undefined) : finished.at <= dueAt;
    if (onTime !== undefined) count(finishedDay, onTime ? 'promised/kept' : 'promised/late');
    const turnaround = turnaroundMs(accepted.at, finished.at, pauses, zone);
    if (turnaround !== null) {
      count(finishedDay, cellName('turnaround', turnaround, item, line));
      count(finishedDay, cellName('pace', toPaceMinutes(turnaround), item, line));
    }
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
        open: !finished,
        ...(dueAt === undefined || dueAt === Infinity ? {} : { dueAt }),
      },
    },
  };
}

/**
 * Milliseconds → minutes, to two significant digits: 2,873 min is 2,900. Some 90 values a decade are then all there can
 * be, so months of them fit in memory. Rounding keeps their order: a percentile by nearest rank over these is the
 * percentile over the raw values, rounded.
 */
export function toPaceMinutes(ms: number): number {
  const minutes = Math.round(ms / MINUTE_MS);
  const unit = 10 ** Math.max(0, String(minutes).length - 2);
  return Math.round(minutes / unit) * unit;
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

function turnaroundMs(
  from: number,
  to: number,
  pauses: readonly (readonly [number, number])[],
  zone: Zone,
): number | null {
  if (to < from) return null;
  let total = workingMs(zone, from, to);
  for (const [start, end] of pauses) {
    const paused = workingMs(zone, Math.max(start, from), Math.min(end, to));
    if (total === null || paused === null) return null;
    total -= paused;
  }
  return total;
}

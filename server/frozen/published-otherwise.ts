/** Whether what was published of a span was counted by other rules than now. */
import { HALL_DAY_SOURCE } from '../../domain/calendar/hall-day.ts';
import { frozenId, isSameRules, presentRules } from '../../domain/frozen/chain.ts';
import type { Ledger } from '../ledger/port.ts';
import { isEntry } from './entries.ts';

/** Ids that are read at a time. Of days before the chain began these are openings and closings alone, which weigh little. */
const PAGE = 300;

type Source = Pick<Ledger, 'readOf'>;

/** The first published day of the span, where its rules were others: rules only go forward, so no later one need be read. */
export async function readPublishedOtherwise(ledger: Source, from: string, to: string): Promise<string | undefined> {
  const day = await findFirst(ledger, from, to);
  if (day === undefined) return undefined;
  const id = frozenId(day, 0);
  // One that was opened again was frozen again.
  const entries = (await ledger.readOf(HALL_DAY_SOURCE, id, `${id}~`, PAGE)).map(({ event }) => event).filter(isEntry);
  const last = entries.reduce((newest, entry) => (entry.seq > newest.seq ? entry : newest));
  return last.type !== 'hall.day.frozen' || isSameRules(last.data.rules, presentRules()) ? undefined : day;
}

async function findFirst(ledger: Source, from: string, to: string): Promise<string | undefined> {
  for (let begin = `day:${from}:`; ;) {
    const page = await ledger.readOf(HALL_DAY_SOURCE, begin, `day:${to}:~`, PAGE);
    for (const { event } of page) if (isEntry(event) && event.type === 'hall.day.frozen') return event.data.day;
    if (page.length < PAGE) return undefined;
    // Behind the last id, and before any that goes on where it ends.
    begin = `${page.at(-1)!.event.id}!`;
  }
}

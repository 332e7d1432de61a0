/** The hall's own words in a report (工作动态): events of the ledger, with who wrote them; the last one of a report holds. */
import { randomUUID } from 'node:crypto';
import type { HallEvent } from '../../domain/events/event.ts';
import { inspectEvent } from '../../domain/events/inspect.ts';
import { isOwnSource } from '../../domain/events/own.ts';
import type { Roster } from '../../domain/events/names.ts';
import type { Written } from '../../domain/report/input.ts';
import type { Ledger } from '../ledger/port.ts';
import { withTime, type RecordEvents } from '../record.ts';
import type { AskedReport } from './read-report.ts';

const SOURCE = 'urn:hallpulse:reports';

/** Of which report: its kind, days and station. */
export type WordsPlace = Pick<AskedReport, 'kind' | 'span' | 'station'>;

export interface ReportWordsOptions {
  readonly ledger: Ledger;
  readonly record: RecordEvents;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
  readonly roster: () => Roster;
  readonly nameOf: (staff: string) => string;
}

export interface ReportWords {
  read(place: WordsPlace): Promise<readonly Written[]>;
  /** An empty text takes back. `identity`, `text`: what the words may not hold. */
  write(place: WordsPlace, text: string, by: string): Promise<'written' | 'identity' | 'text'>;
}

export function createReportWords({ ledger, record, now, roster, nameOf }: ReportWordsOptions): ReportWords {
  return {
    async read(place) {
      const key = `report:${nameReport(place)}`;
      const found = (await ledger.historyOf([key], await ledger.readHead())).get(key) ?? [];
      const [last] = found
        .filter(({ type, source }) => type === 'hall.report.worded' && isOwnSource(source))
        .sort((a, b) => b.seq - a.seq);
      if (last?.type !== 'hall.report.worded' || last.data.text === '') return [];
      const { text, by } = last.data;
      return [{ text, by: by ? nameOf(by) : '', at: last.at }];
    },
    async write(place, text, by) {
      const report = nameReport(place);
      const event: HallEvent = {
        source: SOURCE,
        id: randomUUID(),
        type: 'hall.report.worded',
        at: now(),
        subject: report,
        data: { report, text, by },
      };
      const flaw = inspectEvent({ ...event, at: undefined }, roster());
      if (flaw) return flaw.reason === 'identity' ? 'identity' : 'text';
      await record(withTime([event]), { kind: 'staff', id: by });
      return 'written';
    },
  };
}

function nameReport({ kind, span, station }: WordsPlace): string {
  return [kind, span.from, span.to, ...(station === undefined ? [] : [station])].join(':');
}

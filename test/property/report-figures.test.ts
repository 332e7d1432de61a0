/** On random ledgers every number in every table of a report is what the oracle counts, before it is drawn and in the workbook. */
import fc from 'fast-check';
import readExcelFile from 'read-excel-file/node';
import { expect, test } from 'vitest';
import { HALL_DAY_SOURCE } from '../../domain/calendar/hall-day.ts';
import { dayOf } from '../../domain/calendar/zone.ts';
import { periodOf } from '../../domain/brief/periods.ts';
import type { HallEvent } from '../../domain/events/event.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import { REPORT_KINDS, SECTION_IDS, type ReportKind } from '../../domain/report/kinds.ts';
import { createReadReport, type AskedReport } from '../../server/reports/read-report.ts';
import { writeXlsx } from '../../server/reports/xlsx.ts';
import { expectReport } from './expect-report.ts';
import { feedPlan, foldFully } from './legs.ts';
import { numbersOfReport } from './report-numbers.ts';
import { worldOf, type World } from './worlds.ts';
import { zoneOf } from './zones.ts';

/** More of them in a campaign; a failure prints the seed with which it can be run again. */
const RUNS = Number(process.env['HALLPULSE_PROPERTY_RUNS'] ?? 60);
/** Workbooks are slow to make: of one world in so many the first report is read back. */
const WORKBOOK_EVERY = 8;

test(
  'every figure of every kind of report is the oracle’s, and so is its workbook’s',
  async () => {
    const isReadBack = fc.nat({ max: WORKBOOK_EVERY - 1 }).map((n) => n === 0);
    const kinds = fc.array(fc.constantFrom(...REPORT_KINDS), { minLength: 4, maxLength: 4 });
    // Rankings, and changes in percent, are of more than a few.
    const copies = fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.constant(12) });
    await fc.assert(
      fc.asyncProperty(
        worldOf({ ids: 24 }),
        feedPlan,
        kinds,
        copies,
        isReadBack,
        async (played, feed, asked, times, readBack) => {
          const world = repeat(played, times);
          const config = withAllSections(world.config);
          const whole = { ...world, config };
          const reports = await foldFully(whole, feed, async (board) => {
            const read = createReadReport({
              ...{ board, config: () => config, zone: zoneOf(world.zone), demo: false, now: () => world.now },
              // Published days, reconciliation and the hall's words have proofs of their own.
              readFrozen: () => Promise.resolve({ days: [] } as never),
              publishedOtherwise: () => Promise.resolve(undefined),
              readCorrections: () => Promise.resolve({ months: [], total: [], days: 0, otherwise: 0 }),
              sayReconciled: () => Promise.resolve(undefined),
              readWords: () => Promise.resolve([]),
            });
            const since = board.state.since;
            const found = [];
            for (const question of questionsOf(world, asked)) found.push({ since, report: await read(question) });
            return found;
          });
          for (const { report, since } of reports) expectReport(whole, report, since);
          if (readBack) {
            const { report } = reports[0]!;
            const sheets = await readExcelFile(await writeXlsx(report));
            const read = sheets.slice(0, -1).map(({ data }) => data.flat().filter((cell) => typeof cell === 'number'));
            expect(read).toEqual(numbersOfReport(report));
          }
        },
      ),
      { numRuns: RUNS },
    );
  },
  60_000 + RUNS * 5_000,
);

function withAllSections(config: HallConfig): HallConfig {
  const reports = Object.fromEntries(REPORT_KINDS.map((kind) => [kind, [...SECTION_IDS]]));
  return { ...config, profile: { ...config.profile, reports } };
}

/** What names an entity, or an event that is voided. */
const NAMES = ['case', 'ticket', 'appointment', 'followup', 'request', 'suggestion', 'id'];

/** The same world with everything in it happening so many times over, each time to others. */
function repeat(world: World, times: number): World {
  const arrivals = world.arrivals.flatMap((event): HallEvent[] => {
    if (event.source === HALL_DAY_SOURCE) return [event];
    return Array.from({ length: times }, (_, copy) => {
      const suffix = copy === 0 ? '' : `~${copy}`;
      const data = Object.entries(event.data).map(([key, value]) =>
        NAMES.includes(key) && typeof value === 'string' ? [key, value + suffix] : [key, value],
      );
      return { ...event, id: event.id + suffix, data: Object.fromEntries(data) } as HallEvent;
    });
  });
  return { ...world, arrivals };
}

/** Of the hall or of a station that it knows: whole periods, a period's part, and any days. */
function questionsOf({ questions, config, now, zone }: World, kinds: readonly ReportKind[]): AskedReport[] {
  return questions.map(({ from, to, station }, i) => {
    const kind = kinds[i]!;
    const day = i % 2 === 0 ? from : dayOf(zoneOf(zone), now);
    const isKnown = station !== undefined && config.stations.has(station);
    return {
      kind,
      span: kind === 'span' ? { from, to } : periodOf(kind, day),
      station: isKnown ? station : undefined,
      language: 'zh',
    };
  });
}

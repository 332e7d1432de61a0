/** Stars of the demo, chosen as a manager chooses: by the hall's own score of the month, with what it was made of. */
import { hasLeft } from '../../domain/board/topics/stars.ts';
import { rowOfEntity, rowOfSingle, type DatedRow } from '../../domain/board/entity-row.ts';
import { contributeEntity } from '../../domain/board/contribute.ts';
import { contributeSingle } from '../../domain/board/parts/single.ts';
import { lastDayOf, momentOf } from '../../domain/calendar/zone.ts';
import { compareEvents, type HallEvent, type LedgerEvent } from '../../domain/events/event.ts';
import { filingOf } from '../../domain/events/filing.ts';
import { STAR_KINDS, type StarKind } from '../../domain/events/schema.ts';
import type { Walk } from '../../domain/rows/narrow.ts';
import { toBasis } from '../../domain/stars/publish.ts';
import { starRules } from '../../domain/stars/rules.ts';
import { rankCandidates, type Candidate } from '../../domain/stars/score.ts';
import { tallyStars } from '../../domain/stars/tally.ts';
import { demoEvent } from './demo-event.ts';
import type { DemoHall } from './demo-hall.ts';

/** No month, with the working days until its stars are chosen, begins longer ago than this. */
export const MONTH_DAYS = 45;

interface Citation {
  readonly citation: string;
  readonly citationEn: string;
}
const CITATIONS: Readonly<Record<StarKind, readonly Citation[]>> = {
  pacesetter: [
    { citation: '各条线都能上手，忙时主动补位', citationEn: 'At home in every line, and steps in when it is busy' },
    {
      citation: '主动延伸服务，帮助老年人完成多项申报',
      citationEn: 'Has helped many older people through applications',
    },
    { citation: '材料一次讲清，少让群众跑一趟', citationEn: 'Explains every paper at once: no second visit' },
  ],
  expert: [
    { citation: '本条线政策吃得透，一次性讲清材料', citationEn: 'Knows the rules by heart, explains papers at once' },
    { citation: '疑难件处理规范，带教新同事', citationEn: 'Handles hard cases by the book, trains newcomers' },
    { citation: '同事遇到拿不准的，都来问一声', citationEn: 'The one whom colleagues ask when they are unsure' },
  ],
  window: [
    { citation: '高峰时段不空岗', citationEn: 'Never unstaffed at busy hours' },
    { citation: '叫号不断，解答不急', citationEn: 'Calls without a pause, answers without haste' },
    { citation: '窗口整洁，资料随手可取', citationEn: 'A tidy window, with every leaflet at hand' },
  ],
};
/** Two months of three go to whoever sits at a window, so that a newcomer sees what a manager has to say then. */
const AT_A_WINDOW = '窗';
const OVERRULE = '第一名在网办受理岗，本月评窗口一线人员';

/** What the score of a month is read from. */
export function tellsOfStars({ type }: HallEvent): boolean {
  return /^hall\.(case|rating|consultation|complaint)\./.test(type);
}

/** Whether stars of the month before are chosen on this day: its third working day. */
export function monthToChoose({ work, params }: DemoHall, day: string): string | undefined {
  const first = `${day.slice(0, 7)}-01`;
  const isThird = work.shift(day, -3) < first && work.shift(day, -2) >= first;
  const month = work.shift(day, -3).slice(0, 7);
  return isThird && month >= params.span.from.slice(0, 7) ? month : undefined;
}

/** @param known everything that tells of stars and was born in the month or in the longest life before it, in any order */
export function writeStars(hall: DemoHall, day: string, month: string, known: readonly HallEvent[]): HallEvent[] {
  const { config, work } = hall;
  const random = hall.random('stars', month);
  const at = work.at(day, work.closesMinute - 90);
  const past = known.filter((event) => event.at < at).map((event): LedgerEvent => ({ ...event, seq: 0 }));
  const rows = listRows(past, momentOf(work.zone, `${month}-01`), hall);
  const span = { from: `${month}-01`, to: lastDayOf(month), now: at };
  const walk: Walk = ({ kinds, from, to }) =>
    rows.filter((row) => kinds.includes(row.kind) && row.day <= to && row.lastDay >= from);
  const tallies = tallyStars(walk, span, config, work.zone);
  const rules = starRules(config.profile.stars);
  return STAR_KINDS.flatMap((kind, i) => {
    const named = kind === 'window' ? config.profile.windows : config.profile.staff;
    const here = new Set(named.filter((one) => !hasLeft(one, day)).map(({ id }) => id));
    const candidates = rankCandidates(kind, tallies, rules[kind], (id) => (here.has(id) ? 'here' : 'left'));
    const ranked = candidates.filter(({ rank }) => rank !== undefined);
    const isForAll = kind === 'window' || Number(month.slice(5)) % 3 === (kind === 'pacesetter' ? 1 : 2);
    const chosen = ranked.find(({ id }) => isForAll || roleOf(hall, id).includes(AT_A_WINDOW));
    if (!chosen) return [];
    return demoEvent('hall.star.published', `star/${month}/${kind}`, at + i * 120_000, `${month}/${kind}`, {
      ...{ month, kind },
      ...(kind === 'window' ? { window: chosen.id } : { staff: chosen.id }),
      ...random.pick(CITATIONS[kind]),
      reasons: toReasons(chosen),
      ...(chosen.rank === 1 ? {} : { overrule: OVERRULE }),
      basis: toBasis(chosen, ranked.length, rules[kind], undefined),
    });
  });
}

function roleOf({ config }: DemoHall, staff: string): string {
  return config.profile.staff.find(({ id }) => id === staff)?.role ?? '';
}

function listRows(events: readonly LedgerEvent[], from: number, { work: { zone } }: DemoHall): DatedRow[] {
  const entities = new Map<string, LedgerEvent[]>();
  const rows: DatedRow[] = [];
  for (const event of events) {
    const { entity } = filingOf(event, zone);
    if (entity !== null) {
      const own = entities.get(entity);
      if (own) own.push(event);
      else entities.set(entity, [event]);
    }
    if (event.at < from) continue;
    const single = rowOfSingle(event, contributeSingle(event, zone));
    if (single) rows.push(single);
  }
  for (const [key, own] of entities) {
    // What ended before the month is in none of its figures.
    if (own.some(isEnd) && own.every(({ at }) => at < from)) continue;
    own.sort(compareEvents);
    const histories = { get: () => own, ticketEventsOf: () => [] };
    const row = rowOfEntity(key, own, contributeEntity(key, histories, zone), zone);
    if (row) rows.push(row);
  }
  return rows;
}

const isEnd = ({ type }: HallEvent): boolean => type === 'hall.case.finished' || type === 'hall.complaint.answered';

/** In figures, as the page proposes them. */
function toReasons({ parts, cases }: Candidate): string[] {
  const of = (name: (typeof parts)[number]['part']) => parts.find(({ part }) => part === name);
  const [volume, satisfaction, onTime] = [of('volume'), of('satisfaction'), of('onTime')];
  return [
    `办结 ${cases} 件${volume ? `，按难度折合 ${Math.round(volume.n * 10) / 10} 件` : ''}`,
    ...(satisfaction ? [`主动评价 ${satisfaction.of} 次，满意 ${satisfaction.n} 次`] : []),
    ...(onTime && onTime.of > 0 ? [`承诺件 ${onTime.of} 件，按时办结 ${onTime.n} 件`] : []),
  ];
}

/** What is out of order in a station's daily checks, and what of today's is still to be done. */
import type { CommunitiesData, StationRow } from '../../../domain/board/topics/data-communities.ts';
import { formatCount } from '../../../domain/measures/numbers.ts';
import { own } from '../../../domain/wire/own.ts';
import { measureText } from '../../ui/measure.ts';
import type { Words } from '../../words/wall.ts';
import type { Moment } from '../moment.ts';
import { nameArea, nameAreaShort, nameDay, readMarks, type Mark } from './checks.ts';

/** Not done and the day is over, or done and something was found. */
export type Fault = Extract<Mark, 'missing' | 'issue'>;

/** Checks of one day that came to the same: one area's, or every area's at once. */
export interface Exception {
  key: string;
  fault: Fault;
  text: string;
  /** How many checks it stands for. */
  checks: number;
}

export interface ChecksView {
  /** 今日 2/3 while today's are not all done. */
  due?: string;
  /** The one word where nothing is due and nothing is wrong. */
  calm?: string;
  /** The newest first. */
  exceptions: Exception[];
}

const FAULTS: readonly Fault[] = ['missing', 'issue'];

export function describeChecks(data: CommunitiesData, station: StationRow, moment: Moment, words: Words): ChecksView {
  const { communities } = words;
  const areas = [...new Set(data.areas)].map((area) => ({ area, marks: readMarks(data, station, area, moment) }));
  const exceptions = data.checkDays
    .map((day, index) => ({ day, marks: areas.map(({ area, marks }) => ({ area, mark: marks[index] })) }))
    .reverse()
    .flatMap(({ day, marks }) =>
      FAULTS.map((fault) => {
        return { day, fault, found: marks.filter(({ mark }) => mark === fault).map(({ area }) => area) };
      }),
    )
    .flatMap(({ day, fault, found }): Exception[] => {
      const write = (name: string) => communities.exception[fault](name, nameDay(day, data, moment, words));
      if (found.length > 1 && found.length === areas.length)
        return [{ key: `${day} ${fault}`, fault, text: write(communities.everyCheck), checks: found.length }];
      return found.map((area) => {
        return { key: `${day} ${fault} ${area}`, fault, text: write(nameArea(area, data, words)), checks: 1 };
      });
    });
  const last = areas.map(({ marks }) => marks.at(-1));
  const left = last.filter((mark) => mark === 'pending').length;
  if (left > 0) {
    const done = last.filter((mark) => mark !== undefined && mark !== 'none').length - left;
    return { due: communities.checked(formatCount(done), formatCount(done + left)), exceptions };
  }
  const owes = areas.some(({ marks }) => marks.some((mark) => mark !== 'none'));
  return owes && exceptions.length === 0 ? { calm: communities.checksCalm, exceptions } : { exceptions };
}

export interface Fitting {
  shown: readonly Exception[];
  /** What is said of all others in one: 另有3项, or what they come to where not even one has room. */
  rest: readonly { fault?: Fault; text: string }[];
}

/** The mark before an exception and the space behind it, in half characters of its size. */
const MARK = 2.4;
const GAP = 1.6;
/** What a font may be wider than it was taken for. */
const SLACK = 0.3;

/**
 * As many exceptions as have room, and the rest in a word.
 * @param room in half characters of their size
 */
export function fitExceptions(exceptions: readonly Exception[], room: number, words: Words): Fitting {
  const { communities } = words;
  let most = 0;
  let taken = -GAP;
  let left = countChecks(exceptions);
  for (const [index, { text, checks }] of exceptions.entries()) {
    taken += GAP + MARK + measureText(text) + SLACK;
    if (taken > room) break;
    left -= checks;
    const others = left === 0 ? 0 : GAP + measureText(communities.more(formatCount(left))) + SLACK;
    if (taken + others <= room) most = index + 1;
  }
  const shown = exceptions.slice(0, most);
  const others = exceptions.slice(most);
  if (others.length === 0) return { shown, rest: [] };
  if (shown.length > 0) return { shown, rest: [{ text: communities.more(formatCount(countChecks(others))) }] };
  const sums = FAULTS.map((fault) => ({ fault, n: countChecks(others.filter((one) => one.fault === fault)) })).filter(
    ({ n }) => n > 0,
  );
  const rest = sums.map(({ fault, n }) => ({ fault, text: communities.faults[fault](formatCount(n)) }));
  const width = rest.reduce((sum, { text }) => sum + MARK + measureText(text) + SLACK + GAP, -GAP);
  // The marks alone tell them apart, as in the rows beside.
  return { shown, rest: width <= room ? rest : sums.map(({ fault, n }) => ({ fault, text: formatCount(n) })) };
}

function countChecks(exceptions: readonly Exception[]): number {
  return exceptions.reduce((sum, { checks }) => sum + checks, 0);
}

/** Today's checks of all stations by area; nothing where none is owed. */
export function sumToday(
  data: CommunitiesData,
  stations: readonly StationRow[],
  words: Words,
): { area: string; text: string }[] {
  if (data.checkDays.at(-1) !== data.day.day) return [];
  const due = stations.map((station) => own(station.checks, data.day.day)).filter((results) => results !== undefined);
  return [...new Set(data.areas)].map((area) => {
    const done = due.filter((results) => own(results, area) !== undefined).length;
    return { area, text: `${nameAreaShort(area, data, words)} ${formatCount(done)}/${formatCount(due.length)}` };
  });
}

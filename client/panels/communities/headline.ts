/** The one sentence over the stations: what is wrong, the worst first. */
import { isHeard } from '../../../domain/board/now.ts';
import type { CommunitiesData, StationRow } from '../../../domain/board/topics/data-communities.ts';
import { MINUTE_MS } from '../../../domain/calendar/zone.ts';
import { formatCount } from '../../../domain/measures/numbers.ts';
import { plain, strong, type Part } from '../../ui/line.ts';
import type { Words } from '../../words/wall.ts';
import { isListening, isOver, type Moment } from '../moment.ts';
import { judgedDay, readMarks, type Mark } from './checks.ts';
import { nameOf, readOverdue } from './rows.ts';
import { own } from '../../../domain/wire/own.ts';

/** More than this is a list, which the rows are already. */
const MOST = 2;

type Station = readonly [id: string, row: StationRow];

export function buildHeadline(data: CommunitiesData, moment: Moment, words: Words): Part[] {
  const stations: Station[] = data.order.map((id) => [id, own(data.stations, id)!]);
  const troubles = [
    describeOverdue(stations, moment, words),
    describeWaits(stations, data, moment, words),
    describeSilence(stations, data, moment, words),
    describePoor(stations, words),
    describeChecks(stations, data, moment, words, 'missing'),
    describeChecks(stations, data, moment, words, 'issue'),
  ].filter((part) => part !== undefined);
  if (troubles.length === 0) {
    const { headline } = words.communities;
    if (moment.phase === 'off') return [plain(headline.off)];
    return [plain(Object.keys(data.proof.heardAt).length > 0 ? headline.calm : words.empty.hint)];
  }
  return troubles.slice(0, MOST).flatMap((part, index) => (index > 0 ? [plain(' · '), part] : [part]));
}

function describeOverdue(stations: readonly Station[], moment: Moment, words: Words): Part | undefined {
  const { headline } = words.communities;
  const late = stations.filter(([, row]) => readOverdue(row, moment) > 0);
  const [first] = late;
  if (!first) return undefined;
  const n = formatCount(late.reduce((sum, [, row]) => sum + readOverdue(row, moment), 0));
  const text = late.length === 1 ? headline.overdueAt(nameOf(first[1], words), n) : headline.overdue(late.length, n);
  return strong(text, 'trouble');
}

function describeWaits(
  stations: readonly Station[],
  { thresholds }: CommunitiesData,
  moment: Moment,
  words: Words,
): Part | undefined {
  if (isOver(moment)) return undefined;
  const waits = stations
    .map(([, row]) => ({ row, minutes: Math.floor((moment.now - (row.waitingSince ?? moment.now)) / MINUTE_MS) }))
    .filter(({ minutes }) => minutes > thresholds.waitMinutes);
  const [first] = waits;
  if (!first) return undefined;
  const { headline } = words.communities;
  const text =
    waits.length === 1 ? headline.waitingAt(nameOf(first.row, words), first.minutes) : headline.waiting(waits.length);
  return strong(text, 'trouble');
}

function describeSilence(
  stations: readonly Station[],
  data: CommunitiesData,
  moment: Moment,
  words: Words,
): Part | undefined {
  if (!isListening(data, moment)) return undefined;
  const { headline } = words.communities;
  const { heardAt } = data.proof;
  const silent = stations.filter(
    ([id, row]) => !row.unknown && !isHeard(own(heardAt, id), data.thresholds.unheardMinutes, moment.now),
  );
  const [first] = silent;
  if (!first) return undefined;
  if (silent.length > 1) return strong(headline.silent(silent.length), 'warning');
  const name = nameOf(first[1], words);
  const at = own(heardAt, first[0]);
  return strong(
    at === undefined ? headline.neverAt(name) : headline.silentAt(name, Math.floor((moment.now - at) / MINUTE_MS)),
    'warning',
  );
}

function describePoor(stations: readonly Station[], words: Words): Part | undefined {
  const { headline } = words.communities;
  const poor = stations.filter(([, row]) => row.ratings.poor > 0);
  const [first] = poor;
  if (!first) return undefined;
  const n = formatCount(poor.reduce((sum, [, row]) => sum + row.ratings.poor, 0));
  return strong(
    poor.length === 1 ? headline.poorAt(nameOf(first[1], words), n) : headline.poor(poor.length, n),
    'trouble',
  );
}

function describeChecks(
  stations: readonly Station[],
  data: CommunitiesData,
  moment: Moment,
  words: Words,
  wanted: Mark,
): Part | undefined {
  const { headline, today } = words.communities;
  const day = judgedDay(data, moment);
  if (day === undefined) return undefined;
  const index = data.checkDays.indexOf(day);
  const found = stations.filter(([, row]) =>
    data.areas.some((area) => readMarks(data, row, area, moment)[index] === wanted),
  );
  const [first] = found;
  if (!first) return undefined;
  const when = day === data.day.day && moment.phase !== 'past' ? today : words.date(day, data.day.day);
  const write = wanted === 'missing' ? headline.missing : headline.issue;
  const writeAt = wanted === 'missing' ? headline.missingAt : headline.issueAt;
  return strong(
    found.length === 1 ? writeAt(when, nameOf(first[1], words)) : write(when, found.length),
    wanted === 'missing' ? 'trouble' : 'warning',
  );
}

/** The header: whose picture this is, that it lives, and what day and hour it is in the hall. */
import { countHeard } from '../../domain/board/now.ts';
import type { SceneHead } from '../../domain/board/topics/data.ts';
import { dayOf, MINUTE_MS } from '../../domain/calendar/zone.ts';
import type { Link } from '../live/live-board.svelte.ts';
import { formatClock } from '../../domain/calendar/written.ts';
import { plain, strong, type Part } from '../ui/line.ts';
import type { Words } from '../words/wall.ts';
import { isListening, weekdayName, writeClock, type Moment } from './moment.ts';

/** `band` takes the whole header when what is shown must not be taken for now. */
export type Band = { tone: 'stopped' | 'other-day'; title: string; note: string };

export interface HeaderView {
  name: string;
  chips: { text: string; tone: 'demo' | 'corrected' | 'phase' }[];
  proof: Part[];
  /** Green while pushed, amber while asked for. */
  pulse: 'live' | 'polling' | 'none';
  /** What is said beside an amber one. */
  way?: string;
  date: string;
  clock: string;
  band?: Band;
}

/** `now` is the hall's clock; it goes on where `moment` has stopped with the data. */
export function buildHeader(data: SceneHead, moment: Moment, now: number, link: Link, words: Words): HeaderView {
  const today = dayOf(moment.zone, now);
  const { corrected } = data.proof;
  const chips: HeaderView['chips'] = [];
  const way = findWay(link, words);
  if (data.hall.demo) chips.push({ text: words.demo, tone: 'demo' });
  // A band says more than a chip could.
  const band = buildBand(data, moment, now, link, words);
  if (!band && words.phase[moment.phase]) chips.push({ text: words.phase[moment.phase], tone: 'phase' });
  if (corrected > 0) chips.push({ text: words.header.corrected(corrected), tone: 'corrected' });
  return {
    name: words.pick(data.hall.name, data.hall.nameEn),
    chips,
    proof: describeProof(data, moment, way, words),
    pulse: link.state === 'live' ? 'live' : way === undefined ? 'none' : 'polling',
    ...(way === undefined ? {} : { way }),
    date: words.dateWithWeekday(words.date(today), weekdayName(today, words)),
    clock: formatClock(moment.zone, now),
    ...(band && { band }),
  };
}

/** Every letter of what is said from the first moment without a server to the next day of it. */
export function writeOutage({ header, panel, when, date, weekday }: Words): string {
  const days = [1, 2, 3, 4, 5, 6, 7].map((one) => weekday(one)).join('');
  const [day, clock] = [date('2000-12-31'), '00:00'];
  return [
    header.stoppedAt(when.onDay(day, days, clock)),
    ...[header.reconnecting, header.recounting, header.polling, header.checking, header.otherDayWhy],
    ...[0, 65].map((minutes) => header.outageFor(minutes)),
    header.otherDay(day, days),
    panel.stoppedAt(clock),
  ].join('');
}

function findWay({ state }: Link, { header }: Words): string | undefined {
  return state === 'polling' || state === 'checking' ? header[state] : undefined;
}

function describeProof(data: SceneHead, moment: Moment, way: string | undefined, words: Words): Part[] {
  const { header } = words;
  const { lastCaseAt } = data.proof;
  const lastCase: Part[] =
    lastCaseAt !== undefined
      ? [plain(`${header.lastCase} `), strong(formatClock(moment.zone, lastCaseAt))]
      : [plain(header.noCase)];
  const parts = [...lastCase, plain(describeStations(data, moment, words))];
  return way === undefined ? parts : [...parts, plain(' · '), strong(way, 'warning')];
}

/** Nothing while stations have no cause to report: at night all of them are silent. */
function describeStations(data: SceneHead, moment: Moment, words: Words): string {
  if (!isListening(data, moment)) return '';
  const { heard, total } = countHeard(data.proof, data.thresholds.unheardMinutes, moment.now);
  return ` · ${words.header.stations(heard, total, data.thresholds.unheardMinutes)}`;
}

function buildBand(data: SceneHead, moment: Moment, now: number, link: Link, words: Words): Band | undefined {
  const { header } = words;
  if (link.state === 'stale') {
    const minutes = Math.floor((now - link.since) / MINUTE_MS);
    const title = header.stoppedAt(writeClock(link.since, { zone: moment.zone, now }, words));
    const length = header.outageFor(minutes);
    const notes = {
      lost: `${header.reconnecting} · ${length}`,
      recounting: `${header.recounting} · ${length}`,
      // What is to be done matters more than for how long it was not.
      unbuilt: header.unbuilt,
      foreign: header.foreign,
    };
    return { tone: 'stopped', title, note: notes[link.why] };
  }
  if (moment.phase !== 'past') return undefined;
  const { day } = data.day;
  const title = header.otherDay(words.date(day, dayOf(moment.zone, now)), weekdayName(day, words));
  return { tone: 'other-day', title, note: header.otherDayWhy };
}

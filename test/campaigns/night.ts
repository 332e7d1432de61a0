// What a wall shows while nobody is there: the evening, midnight, the early morning, and days that are no usual ones.
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { createZone, dayOf, minuteOf } from '../../domain/calendar/zone.ts';
import { openBrowser, openWall } from '../e2e/browser.ts';
import { startTimedHall } from './timed-hall.ts';

export interface NightOptions {
  readonly folder: string;
  /** Hall seconds per real second. */
  readonly speed: number;
  /** How long the night of Monday is watched: minutes past Monday's midnight. */
  readonly untilMinute: number;
  /** With the demo's year behind each day: what a hall has that has been open for a while. */
  readonly filled?: boolean;
}

/** What stood on the wall, and the hall's own day and minute when it was read. */
export interface Picture {
  readonly day: string;
  readonly minute: number;
  /** The date in the header, and its chips. */
  readonly date: string;
  readonly chips: readonly string[];
  /** The band across the header. */
  readonly band: string;
  /** The large figures, and those of the line below them, each with its name. */
  readonly heroes: readonly string[];
  readonly counts: readonly string[];
  readonly windowCases: string;
  readonly note: string;
  /** Above the windows: what was just done, or the alarm that stands in its place. */
  readonly bar: string;
  readonly trend: string;
}

export interface Watch {
  readonly name: string;
  readonly kind: 'night' | 'off' | 'working';
  readonly pictures: readonly Picture[];
}

const zone = createZone('Asia/Shanghai');

interface Plan {
  readonly name: string;
  readonly kind: Watch['kind'];
  readonly day: string;
  readonly from: number;
}

const DAYS: readonly Plan[] = [
  { name: 'Saturday 2019-11-30', kind: 'off', day: '2019-11-30', from: 570 },
  { name: 'working Sunday 2019-09-29', kind: 'working', day: '2019-09-29', from: 600 },
  { name: 'public holiday 2019-10-01', kind: 'off', day: '2019-10-01', from: 570 },
];
/** Where the demo's year ends; a hall that is filled with it must go on from there, or a morning is missing. */
const FILLED_UNTIL = 630;
const NIGHT: Plan = { name: 'Monday 2019-11-25 and the night after it', kind: 'night', day: '2019-11-25', from: 870 };
/** A day that is watched by itself: from the first picture on. */
const WATCHED_MINUTES = 90;

/** The night, and beside it the single days one after another. */
export async function runNightCampaign(options: NightOptions): Promise<Watch[]> {
  const browser = await openBrowser();
  try {
    const single = async (): Promise<Watch[]> => {
      const watches: Watch[] = [];
      for (const plan of DAYS) watches.push(await watchHall(browser, plan, options));
      return watches;
    };
    const [night, days] = await Promise.all([watchHall(browser, NIGHT, options), single()]);
    return [night, ...days];
  } finally {
    await browser.close();
  }
}

async function watchHall(browser: Browser, plan: Plan, options: NightOptions): Promise<Watch> {
  const { folder, speed, untilMinute, filled = false } = options;
  const { name, kind, day } = plan;
  const from = filled && kind === 'night' ? FILLED_UNTIL : plan.from;
  // One pace for all hours: a wall that has learned it need not learn another.
  const pace = { busy: speed, quiet: speed };
  const hall = await startTimedHall({ folder: join(folder, day), day, minute: from, pace, filled });
  try {
    const page = await openWall(browser, `${hall.url}/?scene=overview`);
    const pictures: Picture[] = [];
    for (let end = kind === 'night' ? untilMinute : undefined; ; await wait(100)) {
      const now = await hall.now();
      const picture = { day: dayOf(zone, now), minute: minuteOf(zone, now), ...(await readPicture(page)) };
      pictures.push(picture);
      const passed = picture.minute + (picture.day > day ? 1440 : 0);
      end ??= passed + WATCHED_MINUTES;
      if (passed >= end) return { name, kind, pictures };
    }
  } finally {
    await hall.stop();
  }
}

/** What no picture may show. */
export function findNightFaults({ name, kind, pictures }: Watch): string[] {
  const faults: string[] = [];
  const say = (picture: Picture, what: string) => void faults.push(`${name}: ${what}: ${writePicture(picture)}`);
  if (kind === 'off')
    for (const picture of pictures)
      if (picture.band === '' && !picture.chips.includes('今日休息')) say(picture, 'a day off is not called one');
      else if (/比.*[多少]\d/.test(picture.note)) say(picture, 'a day off is compared with a working day');
  if (kind === 'working') {
    const last = pictures.at(-1)!;
    if (pictures.some(({ chips }) => chips.includes('今日休息')))
      say(last, 'a swapped working day is called a day off');
    if (Number(last.windowCases) === 0) say(last, 'nothing happens on a working day');
  }
  if (kind !== 'night') return faults;
  const [monday] = pictures;
  const evening = pictures.filter(({ day }) => day === monday!.day);
  if (monday!.day !== NIGHT.day || evening.at(-1) === undefined)
    return [...faults, `${name}: the night was over before it was seen`];
  const close = Number(evening.at(-1)!.windowCases);
  if (close === 0) say(evening.at(-1)!, 'nothing happened on the day');
  // The wall learns a fast clock within its first heartbeats; the last minutes are its jitter at that pace.
  const closing = evening.filter(({ minute }) => minute > 1_110 && minute < 1_425);
  for (const picture of closing)
    if (!picture.chips.some((chip) => ['已下班', '今日已结'].includes(chip))) say(picture, 'an evening without a word');
  for (const picture of pictures.filter(({ date }) => date !== monday!.date))
    if (picture.band === '' && Number(picture.windowCases) >= close) say(picture, 'yesterday is shown as today');
  for (const picture of pictures.filter(({ chips }) => chips.includes('尚未开门')))
    if (picture.date === monday!.date) say(picture, "a new day under yesterday's date");
  const morning = pictures.filter(({ day, minute }) => day > monday!.day && minute > 20 && minute < 530);
  for (const picture of morning) {
    if (picture.band !== '') say(picture, 'no new day in the morning');
    else if (!picture.chips.includes('尚未开门')) say(picture, 'a morning without a word');
    if (!/\d\d:\d\d 开门/.test(picture.bar)) say(picture, "today's opening is not said");
  }
  return faults;
}

export function writePicture(picture: Picture): string {
  const { day, minute, date, chips, band, heroes, counts, note, bar, trend } = picture;
  const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  return `${day} ${clock} | ${[date, ...chips].join(' ')} | ${band || 'no band'} | ${heroes.join(' ')} (${note}) | ${counts.join(' ')} | ${bar} | ${trend}`;
}

function readPicture(page: Page): Promise<Omit<Picture, 'day' | 'minute'>> {
  return page.evaluate(() => {
    const read = (selector: string) =>
      document.querySelector<HTMLElement>(selector)?.innerText.replaceAll('\n', ' ') ?? '';
    return {
      date: read('header .date'),
      chips: [...document.querySelectorAll<HTMLElement>('header .chip')].map((chip) => chip.innerText),
      band: read('header .band'),
      heroes: [...document.querySelectorAll<HTMLElement>('.overview .hero')].map(
        (one) =>
          `${one.getAttribute('aria-label')} ${one.querySelector<HTMLElement>('p.figure')?.innerText.replaceAll('\n', '') ?? ''}`,
      ),
      counts: [...document.querySelectorAll<HTMLElement>('.overview .strip > div')].map((one) =>
        one.innerText.replaceAll('\n', ' '),
      ),
      windowCases: read('section.window .figure .figure'),
      note: read('section.window .note'),
      bar: read('.windows .bar, .windows .alarm, .overview .empty'),
      trend: read('.overview .trend header, .overview .trend .note'),
    };
  });
}

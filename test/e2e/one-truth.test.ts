// The same word is the same number on every face: random halls with every channel, queues in several places, defaults and what comes late, read off the scenes, the public screen and the brief as they stand.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SCENES, type Scene } from '../../domain/board/topics/data.ts';
import { formatShare } from '../../domain/measures/numbers.ts';
import { KEY, openStaffedHall } from '../server/staffed-hall.ts';
import { addUp } from './add-up.ts';
import { openBrowser } from './browser.ts';
import { findRoot } from './product.ts';
import { openAs, openAt } from './staff-pages.ts';

/** A Tuesday. */
const DAY = '2019-11-26';
const NOW = Date.parse(`${DAY}T10:42:00+08:00`);
const at = (minute: number, day = DAY): string =>
  `${day}T${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00+08:00`;

interface Told {
  readonly type: string;
  readonly time: string;
  readonly data: object;
}

const station = fc.constantFrom('hall', 'hall', 'meifeng', 'longwei', 'nowhere');
const minute = fc.integer({ min: 540, max: 640 });
const aCase = fc.record({
  station,
  minute,
  channel: fc.constantFrom('window', 'window', 'home-visit', 'online', 'self-service', 'phone', 'post'),
  item: fc.constantFrom('mi-02', 'la-01', 'never-heard-of'),
  /** Accepted on the day before, and heard of today. */
  isLate: fc.boolean(),
  promised: fc.option(fc.constantFrom('2019-11-25T18:00:00+08:00', at(620), '2019-12-05T18:00:00+08:00')),
  outcome: fc.option(fc.constantFrom('approved', 'refused', 'withdrawn')),
});
const aTicket = fc.record({
  station,
  minute,
  waits: fc.integer({ min: 0, max: 40 }),
  end: fc.constantFrom('waits', 'called', 'served'),
});
/** At stations that are known: with one more, their list would turn its pages, and show its sum beside a part of it. */
const ratedAt = fc.constantFrom('hall', 'hall', 'meifeng', 'longwei');
const aRating = fc.record({ station: ratedAt, minute, score: fc.integer({ min: 1, max: 5 }), isDefault: fc.boolean() });
const aHall = fc.record({
  cases: fc.array(aCase, { minLength: 5, maxLength: 40 }),
  tickets: fc.array(aTicket, { maxLength: 25 }),
  ratings: fc.array(aRating, { maxLength: 25 }),
});
type Hall = typeof aHall extends fc.Arbitrary<infer T> ? T : never;

function tellHall({ cases, tickets, ratings }: Hall): Told[] {
  return [
    ...cases.flatMap(({ station, minute, channel, item, isLate, promised, outcome }, i): Told[] => {
      const day = isLate ? '2019-11-25' : DAY;
      const id = { case: `c${i}` };
      const accepted = { ...id, station, channel, item, ...(promised === null ? {} : { promisedBy: promised }) };
      return [
        { type: 'hall.case.accepted', time: at(minute, day), data: accepted },
        ...(outcome === null ? [] : [{ type: 'hall.case.finished', time: at(641), data: { ...id, outcome } }]),
      ];
    }),
    ...tickets.flatMap(({ station, minute, waits, end }, i): Told[] => {
      const ticket = { ticket: `t${i}`, station };
      const window = { ...ticket, window: 'w01' };
      const told = [{ type: 'hall.ticket.taken', time: at(minute - 40), data: ticket }];
      if (end === 'waits') return told;
      told.push({ type: 'hall.ticket.called', time: at(minute - 40 + waits), data: window });
      if (end === 'served') told.push({ type: 'hall.ticket.served', time: at(641), data: window });
      return told;
    }),
    ...ratings.map(({ station, minute, score, isDefault }) => ({
      type: 'hall.rating.given',
      time: at(minute),
      data: { station, score: isDefault ? 5 : score, medium: isDefault ? 'default' : 'pad' },
    })),
  ];
}

/** A word that stands on a face beside its number, and where. */
interface Said {
  readonly word: string;
  readonly number: string;
  readonly face: string;
}

/** Where words stand beside their numbers: as many numbers as words. */
const PLACES: Readonly<Record<Scene | 'public' | 'brief', readonly (readonly [words: string, numbers: string])[]>> = {
  overview: [
    ['.heroes h2', '.heroes .figure > .figure'],
    ['dl.strip dt', 'dl.strip dd > :first-child'],
    ['.stations .strip dt', '.stations .strip dd'],
  ],
  communities: [['.head .load, .head .finished', '.total .load .value, .total .finished .value']],
  medical: [
    ['.pilot .label', '.pilot .figure > .figure'],
    ['.sums dt', '.sums dd'],
    ['.panel:has(> .body > .today) h2', '.today > .figure > .figure'],
  ],
  ratings: [
    ['.distribution h3', 'section:has(> h3) > :nth-child(2)'],
    ['ol .label', 'ol .value'],
  ],
  stars: [],
  public: [['section:has(> .now) > h2', '.now > p']],
  brief: [['tbody th', 'tbody td.now']],
};

async function read(page: Page, face: keyof typeof PLACES, language: Language): Promise<Said[]> {
  const found: Said[] = [];
  for (const [words, numbers] of PLACES[face]) {
    const texts = (selector: string) =>
      page.locator(selector).evaluateAll((elements) =>
        elements.map((element) => {
          const copy = element.cloneNode(true) as HTMLElement;
          for (const aside of copy.querySelectorAll('.aside, .flag')) aside.remove();
          return copy.textContent.replace(/\s+/g, '');
        }),
      );
    const [said, told] = [await texts(words), await texts(numbers)];
    expect(told.length, `${face} ${words}`).toBe(said.length);
    said.forEach((word, i) => found.push({ word, number: told[i]!, face }));
  }
  // Its word stands before the number in one breath: 等候3人.
  if (face === 'communities') {
    const queue = await page.locator('.aside .queue').innerText();
    const isUntold = queue === UNTOLD[language];
    found.push({ word: QUEUE[language], number: isUntold ? '—' : (/\d+/.exec(queue)?.[0] ?? '0'), face });
  }
  return found;
}

type Language = 'zh' | 'en';
const UNTOLD = { zh: '暂无排队数据', en: 'no queue data yet' };
const QUEUE = { zh: '大厅等候', en: 'Hallqueue' };

/** 3/4 · 75 % and 75% and 75 are one share, nobody waiting is none, and where there is nothing to state that is one thing. */
function normalise(text: string): string {
  const [, n, of] = /^(\d+)\/(\d+)/.exec(text) ?? [];
  if (n !== undefined && of !== undefined) return formatShare({ n: Number(n), of: Number(of) }) ?? 'nothing';
  if (/^(—|没有数据|尚无.*|今日尚无.*|暂无.*|0\/0.*|No.*yet.*|Nodata|None.*)$/.test(text)) return 'nothing';
  if (text === '现在不用排队' || text === 'Noqueuenow') return '0';
  return text.replace(/([%人在等候件]+|waiting)$/, '').replaceAll(',', '');
}

/** What is one thing under two words, because one of them says today's. */
const TODAY: Readonly<Record<string, string>> = {
  受理: '今日受理',
  满意率: '今日满意率',
  Accepted: 'Acceptedtoday',
};

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** Words that say two numbers, and sums that are not their whole. */
async function findFaults(told: readonly Told[], language: Language): Promise<string[]> {
  // A wall of another build would open itself anew in the middle.
  const { build } = JSON.parse(readFileSync(join(findRoot(), 'dist/build.json'), 'utf8')) as { build: string };
  const hall = await openStaffedHall({
    server: { build },
    clock: { now: () => NOW, untilMs: (moment) => moment - NOW },
    // As few as fit on one page.
    profile: (profile) => (profile['windows'] = (profile['windows'] as unknown[]).slice(0, 12)),
  });
  try {
    const events = told.map((one, i) => ({ specversion: '1.0', source: 'urn:other', id: `e${i}`, ...one }));
    const { status } = await hall.browser().ask('POST', '/api/events', events, {
      Authorization: `Bearer ${KEY}`,
      'Content-Type': 'application/cloudevents-batch+json',
    });
    expect(status).toBe(200);
    const faults: string[] = [];
    const said: Said[] = [];
    for (const scene of SCENES) {
      const page = await openAs(browser, hall, 'leader', `/?scene=${scene}&lang=${language}`, {
        viewport: { width: 1920, height: 1080 },
      });
      await page.locator(`main.wall[data-scene="${scene}"]`).waitFor();
      await expect.poll(() => page.locator('main.wall').getAttribute('data-seq')).toBe(await readSeq(hall.url));
      said.push(...(await read(page, scene, language)));
      if (scene !== 'stars')
        for (const { what, parts, whole } of await addUp(page, scene))
          if (parts !== whole) faults.push(`${scene}: ${what}: ${parts} of ${whole}`);
      await page.context().close();
    }
    const { secret } = hall.access.displayTokens.add({ hall: 'meilin', audience: 'public', label: 'public' });
    const screen = await openAt(browser, `${hall.url}/public?token=${secret}&lang=${language}`);
    await screen.locator('.now').waitFor();
    said.push(...(await read(screen, 'public', language)));
    await screen.context().close();
    const brief = await openAs(browser, hall, 'leader', `/brief?lang=${language}`);
    await brief.locator('td.now').first().waitFor();
    said.push(...(await read(brief, 'brief', language)));
    await brief.context().close();
    const words = new Map<string, Said[]>();
    for (const one of said) {
      const word = TODAY[one.word] ?? one.word;
      words.set(word, [...(words.get(word) ?? []), one]);
    }
    for (const [word, all] of words)
      if (new Set(all.map(({ number }) => normalise(number))).size > 1)
        faults.push(`${word}: ${all.map(({ face, number }) => `${face} ${number}`).join(', ')}`);
    shared.push([...words.values()].filter((all) => new Set(all.map(({ face }) => face)).size > 1).length);
    return faults;
  } finally {
    await hall.close();
  }
}

const shared: number[] = [];
async function readSeq(url: string): Promise<string> {
  return String(((await (await fetch(`${url}/healthz`)).json()) as { seq: number }).seq);
}

const RUNS = Math.max(3, Math.round(Number(process.env['HALLPULSE_PROPERTY_RUNS'] ?? 0) / 100));

const TITLE = 'one word is one number on every face, and parts are their whole: %s';
test.each(['zh', 'en'] as const)(TITLE, { timeout: RUNS * 180_000 }, async (language) => {
  shared.length = 0;
  await fc.assert(
    fc.asyncProperty(aHall, async (hall) => {
      expect(await findFaults(tellHall(hall), language)).toEqual([]);
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
  // Else nothing was compared.
  expect(Math.min(...shared)).toBeGreaterThan(8);
});

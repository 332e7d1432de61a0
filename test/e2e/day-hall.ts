// A hall with people at its desks in real browsers, displays beside them, and a clock that tests set: what whole days are played on.
import type { Browser, Page } from 'playwright-core';
import type { DisplayToken } from '../../server/access/access.ts';
import { createMovingClock } from '../server/moving-clock.ts';
import { openStaffedHall, type StaffedHall, type StaffedHallOptions, type Who } from '../server/staffed-hall.ts';
import { openBrowser } from './browser.ts';
import { sitDown, type Hand } from './desk-hand.ts';
import { openDiary, type Diary } from './diary.ts';
import { openAt } from './staff-pages.ts';

/** A moment of a day in the hall's zone, epoch ms; `09:00` or `23:59:58`. */
export function momentOn(day: string, time: string): number {
  return Date.parse(`${day}T${time.length === 5 ? `${time}:00` : time}+08:00`);
}

export interface DayHall {
  readonly hall: StaffedHall;
  readonly browser: Browser;
  readonly diary: Diary;
  now(): number;
  /** Sets the hall's clock, and lets those who go on working see it. */
  goTo(day: string, time: string, ...hands: readonly Hand[]): Promise<void>;
  sitDown(who: Who): Promise<Hand>;
  /** A display with a token of its own, and the actor of what is done at it. */
  openDisplay(path: string, audience: DisplayToken['audience']): Promise<{ page: Page; actor: string }>;
  close(): Promise<void>;
}

export async function openDayHall(
  day: string,
  time: string,
  profile?: StaffedHallOptions['profile'],
): Promise<DayHall> {
  const clock = createMovingClock(momentOn(day, time));
  // What the clock brings about comes at once.
  const server = { dayLookMs: 50, alarmLookMs: () => 20 };
  const hall = await openStaffedHall({ clock, server, ...(profile ? { profile } : {}) });
  const browser = await openBrowser();
  return {
    hall,
    browser,
    diary: openDiary(hall),
    now: () => clock.now(),
    async goTo(onDay, at, ...hands) {
      clock.set(momentOn(onDay, at));
      await Promise.all(hands.map((hand) => hand.hearTime()));
    },
    sitDown: (who) => sitDown(browser, hall, who),
    async openDisplay(path, audience) {
      const { id, secret } = hall.access.displayTokens.add({ hall: 'meilin', audience, label: 'of the day' });
      const page = await openAt(browser, `${hall.url}${path}?token=${secret}`, { hasTouch: true });
      return { page, actor: `display:${id}` };
    },
    async close() {
      await browser.close();
      await hall.close();
    },
  };
}

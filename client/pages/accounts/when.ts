/** Days and moments as a list of people tells them: near ones by how near they are. */
import { addDays, dayOf, MINUTE_MS, minuteOf, type Zone } from '../../../domain/calendar/zone.ts';
import type { AccountsOwn } from '../../words/zh/accounts.ts';

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** @param today the year is told where it is another than that day's */
export function tellDay(day: string, today: string, words: AccountsOwn): string {
  const [, year, month, date] = DAY.exec(day) ?? [];
  if (year === undefined) return day;
  return words.day(day.slice(0, 4) === today.slice(0, 4) ? undefined : Number(year), Number(month), Number(date));
}

/** A span of days, both included. */
export function tellSpan(
  { from, until }: { readonly from?: string | undefined; readonly until?: string | undefined },
  today: string,
  words: AccountsOwn,
): string {
  const tell = (day: string) => tellDay(day, today, words);
  if (from !== undefined && until !== undefined) return words.between(tell(from), tell(until));
  if (from !== undefined) return words.since(tell(from));
  return until === undefined ? words.always : words.until(tell(until));
}

/** A moment as date and time, `at` and `now` in epoch ms of one clock. */
export function tellMoment(zone: Zone, at: number, now: number, words: AccountsOwn): string {
  const [day, today] = [dayOf(zone, at), dayOf(zone, now)];
  const minute = minuteOf(zone, at);
  const name = day === today ? words.today : day === addDays(today, -1) ? words.yesterday : tellDay(day, today, words);
  return words.clock(name, Math.floor(minute / 60), minute % 60);
}

/** How long ago a moment was, where that is less than an hour. */
export function tellAgo(zone: Zone, at: number, now: number, words: AccountsOwn): string {
  const minutes = Math.floor((now - at) / MINUTE_MS);
  if (minutes < 1) return words.justNow;
  return minutes < 60 ? words.minutesAgo(minutes) : tellMoment(zone, at, now, words);
}

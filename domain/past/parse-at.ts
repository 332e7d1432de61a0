/** Which past moment an address asks for. */
import { dayOf, minuteOf, momentOf, type Zone } from '../calendar/zone.ts';
import { parseMoment } from '../events/moment.ts';

/** `skipped`: the hall's clocks never showed it, because they were put forward. `not-yet`: it lies ahead of the hall's clock. */
export type AtProblem = 'malformed' | 'skipped' | 'not-yet';

const SECOND_MS = 1_000;
const LOCAL = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/;

/**
 * @param text `2019-06-05T10:30` or `2019-06-05T10:30:15` by the hall's own clock, where a time that came twice is the
 * first one; or a moment with its offset (`…Z`, `…+08:00`)
 * @param now the hall's clock, epoch ms
 * @returns epoch ms, or what is wrong
 */
export function parseAt(text: unknown, zone: Zone, now: number): number | AtProblem {
  const at = typeof text === 'string' ? (readLocal(text, zone) ?? parseMoment(text)) : undefined;
  if (at === undefined) return 'malformed';
  if (typeof at === 'number' && at > now) return 'not-yet';
  return at;
}

function readLocal(text: string, zone: Zone): number | AtProblem | undefined {
  const [, day, hour, minute, second = '0'] = LOCAL.exec(text) ?? [];
  if (day === undefined) return undefined;
  if (!isDay(day)) return 'malformed';
  const wanted = Number(hour) * 60 + Number(minute);
  const at = momentOf(zone, day, wanted);
  return dayOf(zone, at) === day && minuteOf(zone, at) === wanted ? at + Number(second) * SECOND_MS : 'skipped';
}

/** 30 February is a day to `Date`. */
function isDay(day: string): boolean {
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
}

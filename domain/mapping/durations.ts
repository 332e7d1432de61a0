/** Lengths of time as files write them. */

export const DURATION_UNITS = ['seconds', 'minutes', 'hours'] as const;
export type DurationUnit = (typeof DURATION_UNITS)[number];

const UNIT_MS: Readonly<Record<DurationUnit, number>> = { seconds: 1_000, minutes: 60_000, hours: 3_600_000 };

/**
 * `68` in its unit; `1:54` is minutes and seconds where the unit is seconds, else hours and minutes; `0:01:54`;
 * `1小时2分3秒`, `2 min`.
 * @returns milliseconds, or undefined where the text is no length of time
 */
export function readDuration(text: string, unit: DurationUnit): number | undefined {
  const tidied = text.normalize('NFKC').replace(/\s+/g, ' ').trim();
  if (/^\d{1,9}(\.\d{1,9})?$/.test(tidied)) return Math.round(Number(tidied) * UNIT_MS[unit]);
  const [, first, second, third, fraction] = /^(\d{1,4}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?$/.exec(tidied) ?? [];
  if (first !== undefined && second !== undefined) {
    if (Number(second) > 59 || Number(third ?? 0) > 59) return undefined;
    const parts = [Number(first), Number(second)];
    if (third !== undefined) parts.push(Number(third));
    else if (unit === 'seconds') parts.unshift(0);
    const [hours = 0, minutes = 0, seconds = 0] = parts;
    const ms = Number((fraction ?? '').padEnd(3, '0').slice(0, 3));
    return ((hours * 60 + minutes) * 60 + seconds) * 1_000 + ms;
  }
  const words =
    /^(?:(\d{1,4}) ?(?:个?小时|时|h|hours?))? ?(?:(\d{1,5}) ?(?:分钟?|m|min|mins|minutes?))? ?(?:(\d{1,7}) ?(?:秒钟?|s|sec|secs|seconds?))?$/i;
  const named = words.exec(tidied);
  if (!named || named[0] === '') return undefined;
  const [hours, minutes, seconds] = [1, 2, 3].map((part) => Number(named[part] ?? 0)) as [number, number, number];
  return ((hours * 60 + minutes) * 60 + seconds) * 1_000;
}

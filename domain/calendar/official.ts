/** What China's official calendar says of a day, with its swapped days (调休), in the years that the library holds. */
import { getDayDetail } from 'chinese-days';

/** The years for which the State Council's arrangements are in the library. */
export const OFFICIAL_YEARS = { first: 2004, last: 2026 } as const;

/** `holiday`: off by decree, on whatever weekday. `off`: a plain weekend. */
export type OfficialDay = 'working' | 'off' | 'holiday';

const known = new Map<string, OfficialDay>();

/** `undefined` in a year that the library does not hold. */
export function officialDay(day: string): OfficialDay | undefined {
  const year = Number(day.slice(0, 4));
  if (year < OFFICIAL_YEARS.first || year > OFFICIAL_YEARS.last) return undefined;
  const cached = known.get(day);
  if (cached !== undefined) return cached;
  const { work, name } = getDayDetail(day);
  // The library names a decree in three languages; a plain day bears its weekday's name alone.
  const reading = work ? 'working' : name.includes(',') ? 'holiday' : 'off';
  if (known.size > 20_000) known.clear();
  known.set(day, reading);
  return reading;
}

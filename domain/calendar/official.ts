/** What China's official calendar says of a day, with its swapped days (调休), in the years that the library holds. */
import { getDayDetail } from 'chinese-days';
import { crc32 } from '../wire/digest.ts';
import { addDays } from './zone.ts';

/** `holiday`: off by decree, on whatever weekday. `off`: a plain weekend. */
export type OfficialDay = 'working' | 'off' | 'holiday';

export interface OfficialCalendar {
  /** Changes with everything that it says: a newer library may correct a year or hold one more. */
  readonly version: string;
  /** `undefined` in a year that it does not hold. */
  read(day: string): OfficialDay | undefined;
}

/** The official calendar as the library has it. */
export const officialCalendar: OfficialCalendar = {
  get version() {
    return (version ??= crc32([...listDays()].join(' ')));
  },
  read(day) {
    if (!isHeld(day.slice(0, 4))) return undefined;
    const known = readings.get(day);
    if (known !== undefined) return known;
    const { work, name } = getDayDetail(day);
    const reading = work ? 'working' : isDecreed(name) ? 'holiday' : 'off';
    if (readings.size > 20_000) readings.clear();
    readings.set(day, reading);
    return reading;
  },
};

let version: string | undefined;
const readings = new Map<string, OfficialDay>();
const held = new Map<string, boolean>();

/** National Day is in the arrangements of every year; of a year that it does not hold the library knows the weekdays alone. */
function isHeld(year: string): boolean {
  let known = held.get(year);
  if (known === undefined) held.set(year, (known = isDecreed(getDayDetail(`${year}-10-01`).name)));
  return known;
}

/** The library names a decree in three languages; a plain day bears its weekday's name alone. */
function isDecreed(name: string): boolean {
  return name.includes(',');
}

/** Every day of this century that is not what its weekday says. */
function* listDays(): Generator<string> {
  for (let day = '2000-01-01'; day < '2100-01-01'; day = addDays(day, 1)) {
    const reading = officialCalendar.read(day);
    if (reading === undefined) day = `${day.slice(0, 4)}-12-31`;
    else yield `${day}${reading}`;
  }
}

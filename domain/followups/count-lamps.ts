/** How many lamps were lit and what they count, by colour. Pure. */
import { LAMPS, type Lamp } from '../events/schema.ts';
import type { LampCounts } from '../wire/followups.ts';
import type { LampState } from './lamps.ts';

/** @returns one for each colour, those without a lamp too */
export function countLamps(lamps: readonly { readonly lamp: Lamp; readonly state: LampState }[]): LampCounts[] {
  return LAMPS.map((lamp) => {
    const states = lamps.filter((one) => one.lamp === lamp).map(({ state }) => state);
    const count = (...of: LampState[]): number => states.filter((state) => of.includes(state)).length;
    return {
      lamp,
      lit: states.length,
      waiting: count('asked', 'given'),
      excused: count('excused'),
      counts: count('counts'),
    };
  });
}

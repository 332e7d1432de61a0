/** Events as an older door, or a hand in the ledger's file, may have let them in: not of the form of their type (spec C16). */
import fc from 'fast-check';
import type { HallEvent } from '../../domain/events/event.ts';

/** What stands in place of a field; some of it is well-formed in some fields. */
const JUNK: readonly unknown[] = [
  undefined,
  null,
  7,
  1.5,
  -1,
  1e9,
  true,
  '',
  'x'.repeat(2_001),
  '__proto__',
  'never',
  ['hall'],
  { id: 'hall' },
];

export type Spoil = (event: HallEvent) => HallEvent;

/** One event in twenty is touched: one of its fields, or its type. */
export const spoiling: fc.Arbitrary<Spoil> = fc.oneof(
  { weight: 19, arbitrary: fc.constant<Spoil>((event) => event) },
  {
    weight: 1,
    arbitrary: fc.oneof(
      {
        weight: 9,
        arbitrary: fc.tuple(fc.nat({ max: 99 }), fc.constantFrom(...JUNK)).map(
          ([nth, junk]): Spoil =>
            (event) =>
              spoilField(event, nth, junk),
        ),
      },
      fc.constant<Spoil>((event) =>
        event.type === 'hall.event.voided' ? event : ({ ...event, type: 'hall.parking.found' } as unknown as HallEvent),
      ),
    ),
  },
);

function spoilField(event: HallEvent, nth: number, junk: unknown): HallEvent {
  // The ledger takes a void at its word, so no door has ever let in one that names nothing.
  const fields = event.type === 'hall.event.voided' ? ['reason', 'undo'] : Object.keys(event.data);
  const field = fields[nth % fields.length];
  return field === undefined ? event : ({ ...event, data: { ...event.data, [field]: junk } } as unknown as HallEvent);
}

/** When people come: window cases by weekday and half-hour, as numbers first and shades behind them. */
import { formatMinute } from '../../calendar/written.ts';
import { HALF_HOURS } from '../../measures/breakdown.ts';
import { formatCount } from '../../measures/numbers.ts';
import type { Column, Value } from '../../wire/report.ts';
import type { WriteSection } from '../input.ts';
import { shaded } from '../shades.ts';
import { numberOf, sentence, textOf } from '../table.ts';
import { NONE } from '../tell.ts';

export const rhythm: WriteSection = ({ breakdown, measures }, words) => {
  if (!breakdown || measures.accepted === 0) return { blocks: [] };
  const said = words.rhythm;
  const { windowCases: cases, workingDays } = breakdown.rhythm;
  const most = Math.max(...cases.flat());
  if (most === 0) return { blocks: [], missing: [said.none] };
  // A weekday that is never worked and brought nothing is left out.
  const days = said.weekdays.map((_, day) => day).filter((day) => workingDays[day]! > 0 || sum(cases[day]!) > 0);
  const slots = Array.from({ length: HALF_HOURS }, (_, slot) => slot);
  const bySlot = slots.map((slot) => sum(days.map((day) => cases[day]![slot]!)));
  const first = bySlot.findIndex((n) => n > 0);
  const last = bySlot.findLastIndex((n) => n > 0);
  const shown = joinEmpty(slots.slice(first, last + 1), bySlot);
  const [busiest] = days
    .flatMap((day) => slots.map((slot) => ({ day, slot, n: cases[day]![slot]! })))
    .filter(({ n }) => n === most);
  const perDay = (n: number, of: number): Value =>
    of === 0 ? NONE : { type: 'number', n: Math.round((n / of) * 10) / 10 };
  const worked = sum(days.map((day) => workingDays[day]!));
  const { day, slot } = busiest!;
  return {
    blocks: [
      ...(workingDays[day]! === 0
        ? []
        : [
            sentence(
              said.told(
                said.weekdays[day]!,
                nameSlot(slot, slot + 1),
                formatCount(most),
                String(Math.round((most / workingDays[day]!) * 10) / 10),
              ),
            ),
          ]),
      {
        type: 'table',
        caption: said.caption,
        columns: [
          { title: said.slot, kind: 'text' },
          ...days.map((one): Column => ({
            title: said.weekdays[one]!,
            kind: 'number',
            lead: { term: 'windowCases', weekday: one + 1 },
          })),
          { title: words.sum, kind: 'number', lead: { term: 'windowCases' } },
        ],
        rows: [
          ...shown.map(([from, until]) => [
            textOf(nameSlot(from, until)),
            ...days.map((weekday) => shaded(cases[weekday]![from]!, most)),
            numberOf(bySlot[from]!),
          ]),
          [textOf(words.sum), ...days.map((one) => numberOf(sum(cases[one]!))), numberOf(sum(bySlot))],
          [textOf(said.days), ...days.map((one) => numberOf(workingDays[one]!)), numberOf(worked)],
          [
            textOf(said.each),
            ...days.map((one) => perDay(sum(cases[one]!), workingDays[one]!)),
            perDay(sum(bySlot), worked),
          ],
        ],
        leads: [...shown.map(([from]) => ({ halfHour: from })), {}, null, null],
        about: ['windowCases'],
        foot: 3,
      },
    ],
  };
};

/** Half-hours one behind the other in which nothing came are one row, such as those at noon. */
function joinEmpty(slots: readonly number[], bySlot: readonly number[]): (readonly [from: number, until: number])[] {
  const joined: [from: number, until: number][] = [];
  for (const slot of slots) {
    const before = joined.at(-1);
    if (before && bySlot[slot] === 0 && bySlot[before[0]] === 0) before[1] = slot + 1;
    else joined.push([slot, slot + 1]);
  }
  return joined;
}

/** `09:00–09:30`. */
function nameSlot(from: number, until: number): string {
  return `${formatMinute(from * 30)}–${formatMinute(until * 30)}`;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

/** When people come: window cases by weekday and half-hour, as numbers first and shades behind them. */
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
  const shown = slots.slice(first, last + 1);
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
                nameSlot(slot),
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
          ...days.map((one): Column => ({ title: said.weekdays[one]!, kind: 'number' })),
          { title: words.sum, kind: 'number' },
        ],
        rows: [
          ...shown.map((one) => [
            textOf(nameSlot(one)),
            ...days.map((weekday) => shaded(cases[weekday]![one]!, most)),
            numberOf(bySlot[one]!),
          ]),
          [textOf(words.sum), ...days.map((one) => numberOf(sum(cases[one]!))), numberOf(sum(bySlot))],
          [textOf(said.days), ...days.map((one) => numberOf(workingDays[one]!)), numberOf(worked)],
          [
            textOf(said.each),
            ...days.map((one) => perDay(sum(cases[one]!), workingDays[one]!)),
            perDay(sum(bySlot), worked),
          ],
        ],
        about: ['windowCases'],
        foot: 3,
      },
    ],
  };
};

/** `09:00–09:30`. */
function nameSlot(slot: number): string {
  const clock = (minutes: number): string =>
    [Math.floor(minutes / 60), minutes % 60].map((n) => String(n).padStart(2, '0')).join(':');
  return `${clock(slot * 30)}–${clock(slot * 30 + 30)}`;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

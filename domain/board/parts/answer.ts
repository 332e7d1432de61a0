/** How long an answer took (spec M20): its moments, from which working days are made when they are shown. */
import { dayOf, type Zone } from '../../calendar/zone.ts';
import type { LedgerEvent } from '../../events/event.ts';
import { cellName, type Cell } from '../cells.ts';

export type AnswerOf = 'request' | 'suggestion' | 'followup-first' | 'followup-closed';

interface Place {
  readonly station: string;
  readonly zone: Zone;
}

/** On the day of the answer; nothing where there is none, or where it lies before what it answers. */
export function answerCells(
  of: AnswerOf,
  opened: Pick<LedgerEvent, 'at'>,
  answered: Pick<LedgerEvent, 'at'> | undefined,
  { station, zone }: Place,
): Cell[] {
  if (answered === undefined || answered.at < opened.at) return [];
  const name = cellName('answer', of, opened.at, answered.at);
  return [{ day: dayOf(zone, answered.at), station, name, n: 1 }];
}

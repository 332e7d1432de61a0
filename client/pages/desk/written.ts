/** What others wrote down at a station, as its server has it, with what was voided here a moment ago. */
import { addDays } from '../../../domain/calendar/zone.ts';
import type { Act } from '../../../domain/desk/entry.ts';
import type { DeskLine } from '../../../domain/desk/from-events.ts';
import type { DeskWritten } from '../../../domain/wire/desk.ts';
import { ask } from '../../live/ask.ts';

/** As many days as the server tells of. */
const DAYS = 7;

/** The last days, today first. */
export function listDays(today: string): string[] {
  return Array.from({ length: DAYS }, (_, before) => addDays(today, -before));
}

/** @param staff whose entries; without it only how many there are of each. @returns `undefined` where the server could not say */
export async function readWritten(
  station: string,
  day: string,
  staff?: string,
  lines?: number,
): Promise<DeskWritten | undefined> {
  const query = { station, day, ...(staff === undefined ? {} : { staff }), ...(lines === undefined ? {} : { lines }) };
  const reply = await ask('GET /api/desk/written', { query });
  return reply.type === 'answered' ? reply.value : undefined;
}

/** Those that this person has voided count no longer, whether or not that is sent yet. */
export function withVoided(
  lines: readonly DeskLine[],
  sent: readonly DeskLine[],
  underWay: readonly Act[],
): readonly DeskLine[] {
  const voided = new Set([
    ...underWay.flatMap((act) => (act.type === 'void' ? [act.entry] : [])),
    ...sent.flatMap(({ type, about }) => (type === 'void' && about !== undefined ? [about] : [])),
  ]);
  return lines.map((line) => (voided.has(line.entry) ? { ...line, voided: true } : line));
}

/** A ticket as the desk shows it. */
import { NAME_SHOWN, shorten } from '../board/topics/bounds.ts';
import { speakTicket } from '../board/topics/public-calls.ts';
import type { DeskTicket } from '../wire/desk.ts';

/** What is known of a ticket, on the board or when it was just taken. */
interface Told {
  readonly takenAt: number;
  readonly line?: string | undefined;
  readonly green?: boolean | undefined;
  readonly dueAt?: number | undefined;
}

export function toDeskTicket(id: string, { takenAt, line, green, dueAt }: Told): DeskTicket {
  return {
    ticket: id,
    number: speakTicket(id)?.number ?? shorten(id, NAME_SHOWN),
    takenAt,
    ...(line === undefined ? {} : { line }),
    ...(green ? { green } : {}),
    ...(dueAt === undefined ? {} : { dueAt }),
  };
}

/** An instruction that is open, as its events tell it, and who may do what about it. */
import { contributeFollowup } from '../board/parts/followup.ts';
import type { FollowupEntry } from '../board/entries.ts';
import type { Zone } from '../calendar/zone.ts';
import { compareEvents, type LedgerEvent } from '../events/event.ts';

/** A living event of a follow-up, with the staff id of whoever recorded it. */
export interface Told {
  readonly event: LedgerEvent;
  readonly by?: string;
}

export interface OpenInstruction {
  readonly entry: FollowupEntry & { readonly instruction: NonNullable<FollowupEntry['instruction']> };
  /** Who gave it; absent where another system did. */
  readonly by?: string;
  /** What was said of it since, the earliest first. */
  readonly reports: readonly { readonly at: number; readonly by?: string; readonly note: string }[];
}

/** @returns undefined of what is no instruction of the brief, and of one that is closed */
export function readInstruction(followup: string, told: readonly Told[], zone: Zone): OpenInstruction | undefined {
  const sorted = [...told].sort((a, b) => compareEvents(a.event, b.event));
  const events = sorted.map(({ event }) => event);
  const { entry } = contributeFollowup(followup, events, zone);
  if (entry?.kind !== 'followup' || !entry.value.instruction) return undefined;
  const opened = sorted.find(({ event }) => event.type === 'hall.followup.opened');
  return {
    entry: { ...entry.value, instruction: entry.value.instruction },
    ...(opened?.by === undefined ? {} : { by: opened.by }),
    reports: sorted.flatMap(({ event, by }) =>
      event.type === 'hall.followup.noted' && event.data.note
        ? [{ at: event.at, note: event.data.note, ...(by === undefined ? {} : { by }) }]
        : [],
    ),
  };
}

/** What somebody may do today, whatever the instruction. */
export interface Standing {
  readonly staff: string;
  readonly mayInstruct: boolean;
  /** All instructions are theirs to see, and to close where the owner is another. */
  readonly maySeeAll: boolean;
}

export interface Rights {
  readonly see: boolean;
  readonly report: boolean;
  readonly close: boolean;
}

/** Whoever gave it closes it, or whoever may see all; nobody what they were to do themselves. */
export function rightsOver({ entry, by }: OpenInstruction, { staff, mayInstruct, maySeeAll }: Standing): Rights {
  const isOwner = entry.owner === staff;
  const isGiver = by === staff && mayInstruct;
  return { see: isOwner || isGiver || maySeeAll, report: isOwner, close: !isOwner && (isGiver || maySeeAll) };
}

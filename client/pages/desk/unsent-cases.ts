/** The station's open cases as they stand here: as the server told them last, with what was written down since and is not in its lists yet. */
import { parseMoment } from '../../../domain/events/moment.ts';
import { isTakingBack, type Act, type Entry } from '../../../domain/desk/entry.ts';
import type { DeskCase } from '../../../domain/wire/desk.ts';

export interface OpenCases {
  readonly cases: readonly DeskCase[];
  /** Of all, listed or not; `undefined` where nobody has told yet. */
  readonly count: number | undefined;
  /** The moment of which they were told (epoch ms), where that is not now. */
  readonly asOf?: number;
}

/** @param entries in the order in which they were made */
export function withUnsent(told: OpenCases, entries: readonly Entry[], station: string): OpenCases {
  const undone = new Set(entries.flatMap(({ act }) => (isTakingBack(act) ? [act.entry] : [])));
  const open = new Map(told.cases.map((one) => [one.case, one]));
  let more = 0;
  for (const entry of entries) {
    if (entry.station !== station || undone.has(entry.id)) continue;
    const { act } = entry;
    if (act.type === 'case') {
      // What is dealt with at once is finished with its acceptance.
      if (act.handling !== 'promised' || open.has(act.case)) continue;
      open.set(act.case, toCase(entry, act));
      more++;
    } else if (act.type === 'case-finished') {
      if (open.delete(act.case)) more--;
    } else if (act.type === 'case-paused' || act.type === 'case-resumed') {
      const one = open.get(act.case);
      if (one) open.set(act.case, pause(one, act.type === 'case-paused'));
    }
  }
  return { ...told, cases: [...open.values()], count: told.count === undefined ? undefined : told.count + more };
}

function toCase({ at, ticket }: Entry, act: Extract<Act, { type: 'case' }>): DeskCase {
  const dueAt = act.promisedBy === undefined ? undefined : parseMoment(act.promisedBy);
  return {
    case: act.case,
    item: act.item,
    acceptedAt: parseMoment(at)!,
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(ticket === undefined ? {} : { ticket }),
    channel: act.channel,
  };
}

/** What its promise comes to after a pause the server says. */
function pause({ paused: _paused, dueAt: _dueAt, ...one }: DeskCase, isPaused: boolean): DeskCase {
  return isPaused ? { ...one, paused: true } : one;
}

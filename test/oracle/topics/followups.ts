/** Follow-ups that are open: what each says of itself, whose it is and by when, those due first. */
import type { EventOf, HallEvent } from '../../../domain/events/event.ts';
import { onceFor, type BoardFacts } from '../board.ts';
import { endOf, moveDay, startOf } from '../days.ts';
import { firstOfEach, instantOf, ofType } from '../facts.ts';
import { fitting, nameStaff, nameStation, nameWindow } from './names.ts';

export function openFollowups({ living }: BoardFacts): EventOf<'hall.followup.opened'>[] {
  const closed = ofType(living, 'hall.followup.closed').map(({ data }) => data.followup);
  return firstOfEach(ofType(living, 'hall.followup.opened'), ({ data }) => data.followup).filter(
    ({ data }) => !closed.includes(data.followup),
  );
}

export interface DueFollowup {
  readonly id: string;
  readonly about: string;
  readonly dueAt: number | undefined;
  readonly card: object;
}

/** U1: these name the owner; what stands under that name in any other event is none of its fields. */
const NAMES_OWNER = /^hall\.followup\.(opened|assigned|noted)$/;

function ownerOf({ type, data }: HallEvent): string | undefined {
  return NAMES_OWNER.test(type) ? ((data as { readonly owner?: string | null }).owner ?? undefined) : undefined;
}

/** Open follow-ups, those due first (K2). */
export const dueFollowups = onceFor((board): readonly DueFollowup[] => {
  const { living, cases, day } = board;
  const all = openFollowups(board).map((opened) => {
    const { followup, about, station, case: caseId } = opened.data;
    const words = [...living].reverse().flatMap((event) => {
      const isWord = NAMES_OWNER.test(event.type);
      const word = event as EventOf<'hall.followup.opened' | 'hall.followup.assigned' | 'hall.followup.noted'>;
      return isWord && word.data.followup === followup ? [word] : [];
    });
    const owner = words.find(({ data }) => data.owner)?.data.owner;
    const stated = statedOf(living, followup);
    const dueAt = stated ? instantOf(stated) : about === 'rating' ? targetOf(board, opened.at) : undefined;
    // A case is at hand while it is open with a promise that runs, and on the day on which it was accepted.
    const behind = cases.find(
      ({ accepted, finished, promise }) =>
        accepted.data.case === caseId &&
        (board.dayOf(accepted.at) === day || (finished === undefined && promise !== undefined && promise !== Infinity)),
    );
    const window = behind?.accepted.data.window;
    return {
      id: followup,
      about,
      dueAt,
      openedAt: opened.at,
      card: {
        about,
        station,
        stationName: nameStation(board, station).name,
        ...(window ? { window: nameWindow(board, window) } : {}),
        ...(owner ? { owner: nameStaff(board, owner) } : {}),
        openedAt: opened.at,
        ...(dueAt === undefined ? {} : { due: { at: dueAt, by: stated ? 'followup' : 'target' } }),
        ...lampOf(living, followup, dueAt),
        ...(isSubmitted(living, followup) ? { submitted: true } : {}),
      },
    };
  });
  return all.sort(
    (a, b) =>
      Number(a.dueAt === undefined) - Number(b.dueAt === undefined) ||
      (a.dueAt ?? 0) - (b.dueAt ?? 0) ||
      a.openedAt - b.openedAt ||
      (a.id < b.id ? -1 : 1),
  );
});

/**
 * U2: the last deadline that was stated, or granted. Who grants without saying until when grants what was asked for last
 * and is not decided yet; what was asked for ends with another owner.
 */
function statedOf(living: readonly HallEvent[], followup: string): string | undefined {
  let [stated, asked, owner]: (string | undefined)[] = [];
  for (const event of living) {
    const { type, data } = event;
    if (!('followup' in data) || data.followup !== followup) continue;
    const named = ownerOf(event);
    if (named && named !== owner) [asked, owner] = [undefined, named];
    if (type === 'hall.followup.opened' || type === 'hall.followup.assigned') stated = data.dueBy || stated;
    if (type === 'hall.followup.extension-asked') asked = data.until;
    if (type === 'hall.followup.extension-decided') {
      if (data.granted) stated = data.until || asked || stated;
      asked = undefined;
    }
  }
  return stated;
}

/** U1: until it is sent back, or given to another. */
function isSubmitted(living: readonly HallEvent[], followup: string): boolean {
  let [submitted, owner]: [boolean, string | undefined] = [false, undefined];
  for (const event of living) {
    const { type, data } = event;
    if (!('followup' in data) || data.followup !== followup) continue;
    const named = ownerOf(event);
    if (named && named !== owner) [submitted, owner] = [false, named];
    if (type === 'hall.followup.submitted') submitted = true;
    if (type === 'hall.followup.returned') submitted = false;
  }
  return submitted;
}

/** U3: the gravest that is lit at the deadline as it is; what is decided is of the latest of its colour. */
function lampOf(living: readonly HallEvent[], followup: string, dueAt: number | undefined): object {
  const lit: { lamp: string; term: number; isExcused: boolean }[] = [];
  for (const { type, data } of living) {
    if (!('followup' in data) || data.followup !== followup) continue;
    if (type === 'hall.followup.lit') {
      const [lamp, term] = [data.lamp, instantOf(data.term)];
      if (lit.every((one) => one.lamp !== lamp || one.term !== term)) lit.push({ lamp, term, isExcused: false });
    }
    if (type === 'hall.followup.cause-decided') {
      const latest = lit.filter(({ lamp }) => lamp === data.lamp).at(-1);
      if (latest) latest.isExcused = !data.counts;
    }
  }
  const shown = lit.filter(({ term, isExcused }) => term === dueAt && !isExcused).map(({ lamp }) => lamp);
  const lamp = ['red', 'yellow', 'blue'].find((one) => shown.includes(one));
  return lamp === undefined ? {} : { lamp };
}

/** The end of hours on the n-th working day after the one on which it was opened. */
function targetOf(board: BoardFacts, openedAt: number): number {
  const { hours, targets } = board.config.profile;
  let day = board.dayOf(openedAt);
  for (let left = targets.poorRatingDays ?? 5; left > 0;) {
    day = moveDay(day, 1);
    if (board.works(day)) left--;
  }
  const [hour, minute] = hours.at(-1)![1].split(':').map(Number) as [number, number];
  return clockAt(board, day, hour * 60 + minute);
}

export function followupCards(followups: readonly DueFollowup[], most = 100, bytes = 48_000): Record<string, object> {
  return Object.fromEntries(
    fitting(
      followups.map(({ id, card }) => [id, card] as const),
      most,
      bytes,
    ),
  );
}

/** The moment at which the clock of `day` shows an hour at which no clock is changed. */
function clockAt({ zone }: BoardFacts, day: string, minute: number): number {
  const midnight = startOf(zone, day);
  return midnight + (minute * 60_000 - (24 * 3_600_000 - (endOf(zone, day) - midnight)));
}

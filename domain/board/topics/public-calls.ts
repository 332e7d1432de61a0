/** The call board: which numbers are called to which windows of the street hall. */
import { isInForce } from '../../profile/profile.ts';
import type { PublicCall, PublicData } from './data-public.ts';
import type { BoardView } from './view.ts';

const CALLS_SHOWN = 6;

/**
 * Calls in hand at a station on the current day, newest first. A call that names no window, a window that the profile
 * does not know, or a ticket whose number cannot be spoken is no call that anybody could follow, and is left out.
 */
export function toCalls({ state, config, day }: BoardView, station: string): Pick<PublicData, 'calls' | 'callsMore'> {
  const labels = new Map(
    config.profile.windows
      .filter((window) => window.station === station && isInForce(window, day))
      .map(({ id, label }) => [id, label]),
  );
  const calls: PublicCall[] = [];
  for (const [id, ticket] of state.entries.ticket) {
    if (ticket.stage !== 'serving' || ticket.day !== day || ticket.station !== station) continue;
    const window = ticket.window === undefined ? undefined : labels.get(ticket.window);
    const spoken = speakTicket(id);
    if (window !== undefined && spoken) calls.push({ ...spoken, window, at: ticket.since });
  }
  calls.sort((a, b) => b.at - a.at || (a.number < b.number ? -1 : 1));
  const more = calls.length - CALLS_SHOWN;
  return { calls: calls.slice(0, CALLS_SHOWN), ...(more > 0 ? { callsMore: more } : {}) };
}

export interface SpokenNumber {
  number: string;
  tail?: true;
}

/**
 * The number that a citizen reads on the slip, from a ticket's id. Ids are unique for ever while the numbers of a
 * queue machine come again each day, so the number is looked for in the last part, behind a date or a prefix:
 * `20191125-A023` is A023. Of a longer row of digits the last three are said as the end of a number.
 *
 * @returns `undefined` where nothing in the id is a number that can be called out
 */
export function speakTicket(id: string): SpokenNumber | undefined {
  const last = id.split(/[^\p{L}\p{N}]+/u).at(-1) ?? '';
  if (/^[A-Za-z]{0,3}\d{1,5}$/.test(last)) return { number: last.toUpperCase() };
  const digits = /\d{3}$/.exec(last)?.[0];
  return digits === undefined ? undefined : { number: digits, tail: true };
}

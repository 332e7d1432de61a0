/** The ways between the pages of the staff: whoever may not open a page is not led to it. Pure. */
import { mayAnywhere, type Action } from '../../domain/access/roles.ts';
import type { SignedIn } from '../../domain/wire/desk.ts';
import type { WaysWords } from '../words/ways.ts';

export type WayId = Exclude<keyof WaysWords, 'label'>;

interface Way {
  readonly id: WayId;
  readonly path: string;
  /** Absent: everybody's. */
  readonly action?: Action;
  /** What is there once for all halls of a server, and of which a practice hall has none. */
  readonly isInEarnest?: true;
}

/** What is read first stands first. */
const WAYS: readonly Way[] = [
  { id: 'desk', path: '/desk', action: 'see-station' },
  { id: 'checks', path: '/checks', action: 'see-checks' },
  { id: 'followups', path: '/followups' },
  { id: 'suggestions', path: '/suggestions', action: 'record' },
  { id: 'stars', path: '/stars', action: 'record' },
  { id: 'brief', path: '/brief', action: 'see-hall' },
  { id: 'report', path: '/report', action: 'see-hall' },
  { id: 'sending', path: '/sending', action: 'send-reports', isInEarnest: true },
  { id: 'reconcile', path: '/reconcile', action: 'see-findings' },
  { id: 'import', path: '/import', action: 'set-up', isInEarnest: true },
  { id: 'accounts', path: '/accounts', isInEarnest: true },
  { id: 'settings', path: '/settings', action: 'arrange', isInEarnest: true },
  { id: 'setup', path: '/setup', action: 'set-up', isInEarnest: true },
];

/**
 * @param who nobody: somebody who reads where reading is open
 * @param here the page that they stand on, to which none leads
 */
export function waysOf(who: SignedIn | undefined, here: WayId): Pick<Way, 'id' | 'path'>[] {
  const isTheirs = ({ action, isInEarnest }: Way): boolean => {
    if (who === undefined) return action === 'see-hall';
    if (isInEarnest && who.hall.practice) return false;
    return action === undefined || mayAnywhere(who.assignments, action, who.day);
  };
  return WAYS.filter((way) => way.id !== here && isTheirs(way)).map(({ id, path }) => ({ id, path }));
}

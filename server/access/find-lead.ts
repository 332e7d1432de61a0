/** Whoever leads a station on a day, by the accounts. */
import { assignmentsOn } from '../../domain/access/roles.ts';
import { compareText } from '../../domain/events/event.ts';
import type { AccountStore } from './account-store.ts';

/** Of several the first by their ids; `undefined` where there is none but `barred`. */
export function findLead(
  accounts: Pick<AccountStore, 'accounts' | 'assignmentsOf'>,
  station: string,
  day: string,
  barred?: string,
): string | undefined {
  const leads = accounts
    .accounts()
    .filter(
      ({ staff, endedAt }) =>
        endedAt === null &&
        staff !== barred &&
        assignmentsOn(accounts.assignmentsOf(staff), day).some((one) => one.role === 'lead' && one.station === station),
    );
  return leads.map(({ staff }) => staff).sort(compareText)[0];
}

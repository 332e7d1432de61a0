/** Ready accounts of the demo, one of each role: offered on its sign-in page, and nowhere else. */
import type { Assignment } from '../../domain/access/roles.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import type { AccountStore } from '../access/account-store.ts';
import type { Passwords } from '../access/passwords.ts';
import type { Offer } from '../access/session-route.ts';

/** Everybody may know it: the demo's ledger is made up, and never opened as a real one. */
const DEMO_PASSWORD = 'demo-yanshi-2019';

interface DemoAccount {
  readonly staff: string;
  readonly name: string;
  readonly assignment: Assignment;
}

/** @param config the demo's hall, whose own staff they are */
export async function offerDemoAccounts(
  store: AccountStore,
  passwords: Passwords,
  { profile }: HallConfig,
): Promise<Offer[]> {
  const hall = profile.stations.find(({ kind }) => kind === 'hall')?.id ?? profile.stations[0]!.id;
  const community = profile.stations.find(({ kind }) => kind === 'community')?.id ?? hall;
  const staffAt = (station: string) => profile.staff.filter((one) => one.station === station);
  const [manager, lead, , clerk] = staffAt(hall);
  const [communityClerk] = staffAt(community);
  const candidates: (DemoAccount | undefined)[] = [
    clerk && { staff: clerk.id, name: clerk.name, assignment: { role: 'clerk', station: hall } },
    communityClerk && {
      staff: communityClerk.id,
      name: communityClerk.name,
      assignment: { role: 'clerk', station: community },
    },
    lead && { staff: lead.id, name: lead.name, assignment: { role: 'lead', station: hall } },
    manager && { staff: manager.id, name: manager.name, assignment: { role: 'manager' } },
    { staff: 'leader', name: '示例领导', assignment: { role: 'leader' } },
    { staff: 'admin', name: '示例管理员', assignment: { role: 'administrator' } },
  ];
  const accounts = candidates.filter((one) => one !== undefined);
  const missing = accounts.filter(({ staff }) => store.account(staff) === undefined);
  if (missing.length > 0) {
    const password = await passwords.hash(DEMO_PASSWORD);
    store.change('hall:demo', (note) => {
      for (const { staff, name, assignment } of missing) {
        store.addAccount(staff, name);
        store.addAssignment(staff, assignment);
        store.setPassword(staff, password);
        note({ change: 'account-added', staff });
      }
    });
  }
  return accounts.map(({ staff, name, assignment: { role } }) => ({ staff, name, role, password: DEMO_PASSWORD }));
}

/** What `npm run accounts` does: reads its arguments, changes the store, and answers in lines. Prints a code once, when new. */
import type { AccountStore } from './account-store.ts';
import type { CommandResult } from '../command-result.ts';
import { drawCode, hashSecret } from './secret.ts';

export const ACCOUNTS_USAGE = `Usage: npm run accounts -- COMMAND [--demo]

  list           every account, with its assignments and whether it has a password
  code STAFF     a one-time code for a new password, good for a day: put it behind /sign-in#
  end STAFF      ends an account and its sessions at once`;

/** @param now the machine's clock, epoch ms */
export function runAccounts(args: readonly string[], store: AccountStore, now: number): CommandResult {
  const [command, staff, ...rest] = args;
  if (rest.length > 0) return refuse(`There is a word too many: ${rest[0]}.`);
  if (command === 'list') return { isOk: true, lines: list(store) };
  if (command !== 'code' && command !== 'end') return refuse('Say what to do.');
  if (staff === undefined) return refuse('Say whose account.');
  const account = store.account(staff);
  if (!account || account.endedAt !== null) return refuse(`There is no account ${staff}.`);
  return store.change('command:accounts', (note) => {
    if (command === 'end') {
      store.endAccount(staff);
      store.endSessionsOf(staff);
      note({ change: 'account-ended', staff });
      return {
        isOk: true,
        lines: [`Ended the account ${staff}.`, 'Its open follow-ups stay with it: hand them on at /followups.'],
      };
    }
    const code = drawCode();
    store.addCode(hashSecret(code), account.password === null ? 'invitation' : 'reset', staff);
    note({ change: 'code-issued', staff, note: 'reset' });
    const until = new Date(now + 86_400_000).toISOString();
    return { isOk: true, lines: [`A new password for ${staff}, once, until ${until}:`, `/sign-in#${code}`] };
  });
}

function list(store: AccountStore): string[] {
  const assignments = store.assignments();
  return store.accounts().map(({ staff, name, password, endedAt }) => {
    const state = endedAt !== null ? 'ended' : password === null ? 'invited' : 'active';
    const roles = assignments
      .filter((one) => one.staff === staff)
      .map(({ role, station, from, until }) => {
        const dates = from === undefined && until === undefined ? '' : ` ${from ?? ''}..${until ?? ''}`;
        return `${role}${station === undefined ? '' : `@${station}`}${dates}`;
      });
    return [staff, name, state, ...roles].join('  ');
  });
}

function refuse(why: string): CommandResult {
  return { isOk: false, lines: [why, '', ACCOUNTS_USAGE] };
}

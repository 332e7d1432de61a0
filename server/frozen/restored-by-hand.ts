/** `npm run restore -- --by-hand ACCOUNT`: an administrator says that the ledger that stands here was put here by hand. */
import type { AccountStore } from '../access/account-store.ts';
import type { CommandResult } from '../command-result.ts';
import type { AuditedLedger } from './audit.ts';
import { isEntry } from './entries.ts';
import { noteRestore, readChainProof } from './keys.ts';

export interface ByHandOptions {
  readonly ledger: Pick<AuditedLedger, 'readOfTypes'>;
  readonly ledgerId: string;
  readonly hall: string;
  readonly head: number;
  readonly keysFolder: string;
  readonly accounts: Pick<AccountStore, 'account' | 'assignments'>;
  /** The account of whoever says so. */
  readonly by: string;
  /** The machine's clock, epoch ms. */
  readonly now: number;
}

/**
 * The word is noted beside the key, where whoever can write the data folder alone cannot put one; the hall writes it into
 * its chain at the next start.
 * @throws KeysProblem
 */
export async function sayRestoredByHand(options: ByHandOptions): Promise<CommandResult> {
  const { ledger, ledgerId, hall, head, keysFolder, accounts, by, now } = options;
  const isAdministrator =
    accounts.account(by)?.endedAt === null &&
    accounts.assignments().some(({ staff, role }) => staff === by && role === 'administrator');
  if (!isAdministrator)
    return { isOk: false, lines: [`${by} is no account of an administrator: npm run accounts -- list`] };
  const { head: noted, restores } = readChainProof(keysFolder, hall);
  const answered = new Set(restores.flatMap(({ answers = [] }) => answers));
  const answers = ledger
    .readOfTypes(['hall.day.chain-begun'], head)
    .filter(isEntry)
    .flatMap(({ type, data }) =>
      type === 'hall.day.chain-begun' && data.reason === 'replaced' && !answered.has(data.mac) ? [data.mac] : [],
    );
  const isAnother = noted !== undefined && noted.ledger !== ledgerId && restores.at(-1)?.ledger !== ledgerId;
  if (answers.length === 0 && !isAnother)
    return { isOk: false, lines: ['No other ledger stands here than the hall knows of: nothing was noted.'] };
  await noteRestore(keysFolder, hall, { ledger: ledgerId, at: new Date(now).toISOString(), by, answers });
  return {
    isOk: true,
    lines: [
      `Noted that ${by} says: ledger ${ledgerId} was restored by hand.`,
      'Every audit tells it; the hall writes it into its frozen days at the next start.',
    ],
  };
}

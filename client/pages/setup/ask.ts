/** What the page asks of the server, and what all its steps work with. */
import type { Assignment } from '../../../domain/access/roles.ts';
import type { AccountList } from '../../../domain/wire/accounts.ts';
import type { SignedIn } from '../../../domain/wire/desk.ts';
import { own } from '../../../domain/wire/own.ts';
import type { SetupDocument, SetupDocuments, SetupState, Versioned } from '../../../domain/wire/setup.ts';
import { findProblem, type Problem } from '../../forms/problem.ts';
import { ask, askAs } from '../../live/ask.ts';
import { readJson, type Reply } from '../../live/request.ts';
import type { SetupWords } from '../../words/setup.ts';

export interface Place {
  readonly words: SetupWords;
  readonly who: SignedIn;
  readonly state: SetupState;
  readonly list: AccountList;
  /** Changes one document as it is now, whole; resolves with what went wrong. */
  readonly save: <N extends SetupDocument>(
    document: N,
    change: (value: SetupDocuments[N]) => SetupDocuments[N],
  ) => Promise<Problem | undefined>;
  /** Takes up what was answered to a clearing or to the end. */
  readonly take: (reply: Reply<SetupState>) => Problem | undefined;
  readonly readList: () => Promise<void>;
}

export const readSetup = () => ask('GET /api/setup');

export const putDocument = <N extends SetupDocument>(document: N, version: string, value: SetupDocuments[N]) =>
  askAs(
    'PUT /api/setup/:document',
    { at: { document }, body: { version, value: { ...value } } },
    { read: readJson<Versioned<SetupDocuments[N]>> },
  );

export const clearHall = (version: string) => ask('POST /api/setup/clear', { body: { version } });

export const finishSetup = () => ask('POST /api/setup/finish', { body: {} });

export const readAccounts = () => ask('GET /api/accounts');

export const addAccount = (body: { staff: string; name: string; assignment: Assignment }) =>
  ask('POST /api/accounts', { body });

/** In the words of this page; `undefined` for what was answered. */
export function tellProblem(reply: Reply<unknown>, words: SetupWords): Problem | undefined {
  const found = findProblem(reply, words.access);
  const text = reply.type === 'refused' ? own(words.setup.errors, reply.error ?? '') : undefined;
  return found && text !== undefined ? { ...found, text } : found;
}

export function isConflict(reply: Reply<unknown>): boolean {
  return reply.type === 'refused' && reply.error === 'conflict';
}

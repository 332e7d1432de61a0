/** Why there is nothing to show, in words. */
import type { Reply } from '../../live/request.ts';
import type { RowsWords } from '../../words/rows.ts';

export interface Problem {
  readonly text: string;
  readonly isSignIn: boolean;
}

export function findProblem(reply: Exclude<Reply<unknown>, { type: 'answered' }>, words: RowsWords): Problem {
  if (reply.type === 'unreachable') return { text: words.offline, isSignIn: false };
  if (reply.status === 401 || reply.status === 403) return { text: words.denied, isSignIn: true };
  return { text: reply.status === 503 ? words.busy : words.unknown, isSignIn: false };
}

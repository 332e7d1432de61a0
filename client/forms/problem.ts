/** What became of a try, in the words that stand below its form, or beside the field that is meant. */
import { own } from '../../domain/wire/own.ts';
import type { Reply } from '../live/request.ts';
import type { AccessWords } from '../words/zh/access.ts';

export interface Problem {
  readonly text: string;
  /** The field that it is about, by the name it is sent under. */
  readonly field?: string;
  /** For so many seconds it is no use to try again. */
  readonly waitS?: number;
}

/** What is locked says for how long; a server that does not is asked again after a minute. */
const LOCKED_S = 60;

/** `undefined` for what was answered. */
export function findProblem(reply: Reply<unknown>, words: AccessWords): Problem | undefined {
  if (reply.type === 'answered') return undefined;
  if (reply.type === 'unreachable') return { text: words.unreachable };
  const { status, error = '', field, waitS = LOCKED_S } = reply;
  if (status === 429) return { text: tellWait(waitS, words), waitS };
  return { text: own(words.errors, error) ?? words.failed, ...(field === undefined ? {} : { field }) };
}

function tellWait(seconds: number, words: AccessWords): string {
  return words.locked(Math.floor(seconds / 60), seconds % 60);
}

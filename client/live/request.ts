/** One question to the server over HTTP: answered, refused with a word why, or not reached; it never throws. */
import { withHall } from './own-hall.ts';

export type Reply<T> =
  | { readonly type: 'answered'; readonly value: T }
  /** `error`: the server's own word for it, where it gave one. */
  | { readonly type: 'refused'; readonly status: number; readonly error: string | undefined }
  | { readonly type: 'unreachable' };

export interface Question<T> {
  /** What is made of an answer; it may throw at one that was cut short. */
  readonly read: (response: Response) => T | Promise<T>;
  /** Sent as JSON by POST; without it the question is a GET that no cache answers. */
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;

export async function request<T>(address: string, question: Question<T>): Promise<Reply<T>> {
  const { read, body, headers = {}, timeoutMs = TIMEOUT_MS } = question;
  const asked =
    body === undefined
      ? { headers, cache: 'no-store' as const }
      : { method: 'POST', headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  try {
    // A display's right to read is a cookie that the server gave it.
    const response = await fetch(withHall(address), { ...asked, signal: AbortSignal.timeout(timeoutMs) });
    if (response.ok) return { type: 'answered', value: await read(response) };
    return { type: 'refused', status: response.status, error: await readError(response) };
  } catch {
    // Out of reach is an answer too: the caller tries again.
    return { type: 'unreachable' };
  }
}

/** Reads an answer as JSON of a shape that the server has promised. */
export async function readJson<T>(response: Response): Promise<T> {
  return (await response.json()) as T;
}

async function readError(response: Response): Promise<string | undefined> {
  try {
    const { error } = (await response.json()) as { error?: unknown };
    return typeof error === 'string' ? error : undefined;
  } catch {
    return undefined;
  }
}

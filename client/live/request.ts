/** One question to the server over HTTP: answered, refused with a word why, or not reached; it never throws. */
import { withHall } from './own-hall.ts';
import { readOwnToken } from './own-token.ts';

export interface Refusal {
  readonly type: 'refused';
  readonly status: number;
  /** The server's own word for it, where it gave one. */
  readonly error: string | undefined;
  /** What of the question is meant, where one field is. */
  readonly field?: string;
  /** After how many seconds it may be asked again. */
  readonly waitS?: number;
}

export type Reply<T> =
  | { readonly type: 'answered'; readonly value: T }
  | Refusal
  /** `isForeign`: something else answered in the server's place, such as a login page of the network. */
  | { readonly type: 'unreachable'; readonly isForeign?: true };

export interface Question<T> {
  /** What is made of an answer; it may throw at one that was cut short. */
  readonly read: (response: Response) => T | Promise<T>;
  /** Sent as JSON, by POST where no method is named; without either the question is a GET that no cache answers. */
  readonly body?: object;
  readonly method?: 'POST' | 'PUT' | 'DELETE';
  /** Sent as it is, by POST. */
  readonly file?: Blob;
  /** Statuses that are an answer here, to be read as one, beside those of success. */
  readonly answers?: readonly number[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;

export async function request<T>(address: string, question: Question<T>): Promise<Reply<T>> {
  const { read, body, file, answers = [], headers = {}, timeoutMs = TIMEOUT_MS } = question;
  const { method = body === undefined && file === undefined ? undefined : 'POST' } = question;
  const token = readOwnToken();
  const shown = token === undefined ? headers : { Authorization: `Bearer ${token}`, ...headers };
  const credentials = token === undefined ? 'same-origin' : 'omit';
  const asked: RequestInit =
    method === undefined
      ? { headers: shown, credentials, cache: 'no-store', redirect: 'manual' }
      : {
          method,
          credentials,
          redirect: 'manual',
          headers: body === undefined ? shown : { ...shown, 'Content-Type': 'application/json' },
          body: body === undefined ? (file ?? null) : JSON.stringify(body),
        };
  try {
    // A display's right to read is a cookie that the server gave it, or the token that it showed above.
    const response = await fetch(withHall(address), { ...asked, signal: AbortSignal.timeout(timeoutMs) });
    if (isOfAnother(response)) return { type: 'unreachable', isForeign: true };
    if (response.ok || answers.includes(response.status)) return { type: 'answered', value: await read(response) };
    return await readRefusal(response);
  } catch {
    // Out of reach is an answer too: the caller tries again.
    return { type: 'unreachable' };
  }
}

/** Nothing that is asked here leads elsewhere, or is answered well by a page. */
function isOfAnother({ ok, status, type, headers }: Response): boolean {
  if (type === 'opaqueredirect' || (status >= 300 && status < 400 && status !== 304)) return true;
  return ok && /^text\/html\b/i.test(headers.get('Content-Type') ?? '');
}

/** Reads an answer as JSON of a shape that the server has promised. */
export async function readJson<T>(response: Response): Promise<T> {
  return (await response.json()) as T;
}

async function readRefusal(response: Response): Promise<Refusal> {
  const waitS = Number(response.headers.get('Retry-After') ?? NaN);
  const { error, field } = await readWords(response);
  return {
    type: 'refused',
    status: response.status,
    error: typeof error === 'string' ? error : undefined,
    ...(typeof field === 'string' ? { field } : {}),
    ...(waitS >= 0 ? { waitS } : {}),
  };
}

async function readWords(response: Response): Promise<{ error?: unknown; field?: unknown }> {
  try {
    return ((await response.json()) as object | null) ?? {};
  } catch {
    return {};
  }
}

/** An import into a running server: batches to `POST /api/events`, waiting as long as the server asks. */
import { setTimeout as wait } from 'node:timers/promises';
import * as v from 'valibot';
import { ImportProblem } from './problem.ts';
import { type ImportItem, type ImportTarget, type Outcome, toCloudEvent } from './target.ts';

const ATTEMPTS = 30;
const LONGEST_WAIT_MS = 60_000;
const REQUEST_LIMIT_MS = 120_000;

const answerSchema = v.object({
  accepted: v.number(),
  duplicates: v.number(),
  rejected: v.array(
    v.object({
      index: v.number(),
      reason: v.string(),
      field: v.nullish(v.string(), ''),
      differs: v.optional(v.array(v.string())),
    }),
  ),
  known: v.optional(v.array(v.number())),
});

type Answer = v.InferOutput<typeof answerSchema>;

export interface HttpTargetOptions {
  /** The server's address, such as `https://hall.example`. */
  readonly url: string;
  readonly key: string;
}

/** @throws ImportProblem when the address is none */
export function createHttpTarget({ url, key }: HttpTargetOptions): ImportTarget {
  const address = resolveAddress(url);
  const send = async (batch: readonly ImportItem[], query: string) => {
    const answer = await post(`${address}${query}`, key, JSON.stringify(batch.map(toCloudEvent)));
    return readOutcomes(answer, batch.length);
  };
  return {
    check: (batch) => send(batch, '?known=true&check=true'),
    append: (batch) => send(batch, '?known=true'),
  };
}

/** An answer that leaves an event out, or names one twice, would leave a row without an end. */
function readOutcomes({ accepted, duplicates, rejected, known }: Answer, size: number): readonly Outcome[] {
  const outcomes = Array.from<Outcome | undefined>({ length: size });
  const set = (index: number, outcome: Outcome) => {
    if (!(index in outcomes) || outcomes[index] !== undefined) throw unclear();
    outcomes[index] = outcome;
  };
  for (const { index, reason, field, differs } of rejected) set(index, { reason, field, ...(differs && { differs }) });
  for (const index of known ?? []) set(index, 'duplicate');
  // A server that does not know the question is still clear where all the others are one thing.
  const rest: Outcome = known === undefined && accepted === 0 ? 'duplicate' : 'new';
  const all = outcomes.map((outcome) => outcome ?? rest);
  const count = (wanted: Outcome) => all.filter((outcome) => outcome === wanted).length;
  if (count('new') !== accepted || count('duplicate') !== duplicates) throw unclear();
  return all;
}

function unclear(): ImportProblem {
  return new ImportProblem(
    '服务器没有逐条说明结果，导入中断；请先升级服务器，再重新执行，不会重复。',
    'The server does not say what became of each event; the import broke off. Bring the server up to date and run it again: nothing is counted twice.',
  );
}

function resolveAddress(url: string): string {
  const base = URL.canParse(url) ? new URL(url.endsWith('/') ? url : `${url}/`) : undefined;
  if (base?.protocol === 'http:' || base?.protocol === 'https:') return new URL('api/events', base).href;
  throw new ImportProblem(
    '--to 应为以 http:// 或 https:// 开头的网址。',
    '--to must be an http:// or https:// address.',
  );
}

/** Sending the same batch again does no harm, since the ledger knows it by its ids: so a lost answer is asked for anew. */
async function post(address: string, key: string, body: string): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const response = await request(address, key, body);
    const isBusy = response === undefined || response.status === 429 || response.status === 503;
    if (!isBusy) return readAnswer(response);
    const waitMs = readRetryAfter(response?.headers.get('retry-after') ?? null, attempt);
    await response?.body?.cancel();
    if (attempt === ATTEMPTS || (response === undefined && attempt === 5)) {
      throw new ImportProblem('服务器没有应答，导入中断；可重新执行，不会重复。', serverSilent);
    }
    await wait(waitMs);
  }
}

const serverSilent = 'The server does not answer; the import broke off. Run it again: nothing is counted twice.';

async function request(address: string, key: string, body: string): Promise<Response | undefined> {
  try {
    return await fetch(address, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/cloudevents-batch+json' },
      body,
      // A key must not follow a redirection to another machine.
      redirect: 'error',
      signal: AbortSignal.timeout(REQUEST_LIMIT_MS),
    });
  } catch {
    return undefined;
  }
}

/** Seconds or an HTTP date, as the header may hold; without it, a little longer each time. */
function readRetryAfter(header: string | null, attempt: number): number {
  const seconds = header === null ? Number.NaN : Number(header);
  const waitMs = Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : Math.min(250 * 2 ** attempt, 8_000);
  return Math.min(waitMs, LONGEST_WAIT_MS);
}

async function readAnswer(response: Response): Promise<Answer> {
  const { status } = response;
  const body = v.safeParse(answerSchema, await response.json().catch(() => undefined));
  // 422 and 403 come with the same body when every event was rejected for a reason of its own.
  if (body.success && (status === 200 || status === 422 || status === 403)) return body.output;
  switch (status) {
    case 401:
      throw new ImportProblem('服务器不认可这个密钥(--key)。', 'The server does not accept this key (--key).');
    case 507:
      throw new ImportProblem('服务器磁盘已满，导入中断。', "The server's disk is full; the import broke off.");
    default:
      throw new ImportProblem(
        `服务器答复 ${status}，导入中断；可重新执行，不会重复。`,
        `The server answered ${status}; the import broke off. Run it again: nothing is counted twice.`,
      );
  }
}

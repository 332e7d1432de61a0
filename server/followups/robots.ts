/** The robots of groups in WeCom, DingTalk and Feishu: one message by HTTP, and whether it was taken: yes, no and why, or nobody knows. */
import { createHmac } from 'node:crypto';
import * as v from 'valibot';

const line = (most: number) =>
  v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(most), v.regex(/^[^\p{Cc}]+$/u));

export const ROBOT_KINDS = ['wecom', 'dingtalk', 'feishu'] as const;

export const robotSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,39}$/)),
  kind: v.picklist(ROBOT_KINDS),
  /** What people call the group. */
  name: line(60),
  /** Only what concerns this station; absent: all. */
  station: v.optional(line(200)),
  /** With its own key in it. */
  address: v.pipe(
    line(1_000),
    v.url(),
    v.check((value) => /^https?:$/.test(new URL(value).protocol) && new URL(value).username === ''),
  ),
  /** Of a robot that wants messages signed (加签, 签名校验); WeCom's know none. */
  secret: v.optional(line(200)),
  /** From when it is told, by the hall's clock, epoch ms: not of what was before it. */
  since: v.pipe(v.number(), v.finite()),
});
export type Robot = v.InferOutput<typeof robotSchema>;

export interface RobotOutcome {
  readonly result: 'sent' | 'failed' | 'unknown';
  readonly reason?: string;
}

export interface RobotPost {
  /** For a robot a message that is older than an hour is none: the signature is made anew for each. The machine's clock, epoch ms. */
  readonly now: number;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

/** What they answer where somebody sends too often (WeCom 45009, 45033; DingTalk 130101 and -1, busy; Feishu 11232). */
const LATER = new Set([45009, 45033, 130101, -1, 11232]);
const NOT_REACHED = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/;
const NOT_TRUSTED = /CERT|SELF_SIGNED|ERR_TLS|ALTNAME|UNABLE_TO_/;
const ANSWER_LIMIT = 20_000;

export async function postToRobot(
  robot: Robot,
  text: string,
  { now, signal, timeoutMs }: RobotPost,
): Promise<RobotOutcome> {
  const { address, body } = writeRequest(robot, text, now);
  let response: Response;
  let answer: string;
  try {
    response = await fetch(address, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      // To another address its key would go along.
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    answer = (await response.text()).slice(0, ANSWER_LIMIT);
  } catch (error) {
    const { code = '', message = '' } = ((error as Error).cause ?? {}) as { code?: string; message?: string };
    // Some ports `fetch` never asks.
    if (message === 'bad port') return { result: 'failed', reason: 'refused' };
    if (NOT_REACHED.test(code)) return { result: 'failed', reason: 'no-connection' };
    if (NOT_TRUSTED.test(code)) return { result: 'failed', reason: 'tls' };
    // It may have been taken before the line broke, or before anybody answered.
    return { result: 'unknown', reason: 'no-answer' };
  }
  if (response.status === 429 || response.status >= 500) return { result: 'failed', reason: 'later' };
  if (response.status !== 200) return { result: 'failed', reason: 'refused' };
  return judge(answer);
}

/** They say 200 to everything: what became of it stands in the body. */
function judge(answer: string): RobotOutcome {
  let code: unknown;
  try {
    const told = JSON.parse(answer) as Readonly<Record<string, unknown>> | null;
    code = told?.['errcode'] ?? told?.['code'] ?? told?.['StatusCode'];
  } catch {
    return { result: 'unknown', reason: 'no-answer' };
  }
  if (code === 0) return { result: 'sent' };
  if (typeof code !== 'number') return { result: 'unknown', reason: 'no-answer' };
  return { result: 'failed', reason: LATER.has(code) ? 'later' : 'refused' };
}

function writeRequest({ kind, address, secret }: Robot, text: string, now: number): { address: string; body: object } {
  const content = { msgtype: 'text', text: { content: text } };
  if (kind === 'wecom') return { address, body: content };
  if (kind === 'dingtalk') {
    if (secret === undefined) return { address, body: content };
    const signed = new URL(address);
    signed.searchParams.set('timestamp', String(now));
    signed.searchParams.set('sign', sign(secret, `${now}\n${secret}`));
    return { address: signed.href, body: content };
  }
  const message = { msg_type: 'text', content: { text } };
  if (secret === undefined) return { address, body: message };
  const timestamp = String(Math.floor(now / 1_000));
  // Of Feishu what is signed is the key, and the message is empty.
  return { address, body: { timestamp, sign: sign(`${timestamp}\n${secret}`, ''), ...message } };
}

function sign(key: string, message: string): string {
  return createHmac('sha256', key).update(message).digest('base64');
}

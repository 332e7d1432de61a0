/** 签收 from the wall's own key: asks the server, and says in a word why not. */
import type { AlarmWords } from './alarms.ts';

export type TakeRefusal = keyof AlarmWords['refused'];
export type TakeAnswer = { readonly ok: true } | { readonly ok: false; readonly why: TakeRefusal };

const TIMEOUT_MS = 10_000;

/** The words for a refusal are `words.alarms.refused[why]`. */
export async function takeAlarm(id: string, origin = ''): Promise<TakeAnswer> {
  try {
    const response = await fetch(`${origin}/api/alarms/${encodeURIComponent(id)}/taken`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{}',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.ok) return { ok: true };
    if (response.status === 401 || response.status === 403) return { ok: false, why: 'not-allowed' };
    const { error } = (await response.json()) as { error?: string };
    if (error === 'already-taken') return { ok: false, why: error };
    if (error === 'ended' || error === 'unknown-alarm') return { ok: false, why: 'ended' };
    return { ok: false, why: 'unreachable' };
  } catch {
    // Out of reach is an answer too: the key can be pressed again.
    return { ok: false, why: 'unreachable' };
  }
}

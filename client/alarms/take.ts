/** 签收 from the wall's own key: asks the server, and says in a word why not. */
import { ask } from '../live/ask.ts';
import type { WallAlarmWords } from './alarms.ts';

export type TakeRefusal = keyof WallAlarmWords['refused'];
export type TakeAnswer = { readonly ok: true } | { readonly ok: false; readonly why: TakeRefusal };

/** The words for a refusal are `words.alarms.refused[why]`. */
export async function takeAlarm(id: string, origin = ''): Promise<TakeAnswer> {
  const reply = await ask('POST /api/alarms/:id/taken', { origin, at: { id }, body: {} });
  if (reply.type === 'answered') return { ok: true };
  // Out of reach, or busy: the key can be pressed again.
  if (reply.type === 'unreachable') return { ok: false, why: 'unreachable' };
  const { status, error } = reply;
  if (status === 401 || status === 403) return { ok: false, why: 'not-allowed' };
  if (error === 'already-taken') return { ok: false, why: error };
  return { ok: false, why: error === 'ended' || error === 'unknown-alarm' ? 'ended' : 'unreachable' };
}

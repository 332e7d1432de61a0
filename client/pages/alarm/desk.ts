/** What the telephone asks of the server, with the code of its one alarm. */
import type { AlarmSheet } from '../../../domain/wire/alarms.ts';
import { own } from '../../../domain/wire/own.ts';
import { ask } from '../../live/ask.ts';
import type { PhoneWords } from '../../words/alarm.ts';

export type Opened = { state: 'open'; sheet: AlarmSheet } | { state: 'invalid' | 'over' | 'locked' | 'unreachable' };
export type Problem = keyof PhoneWords['phone']['errors'];

export async function openAlarm(code: string): Promise<Opened> {
  const reply = await ask('GET /api/alarms/by-code', { headers: authorize(code) });
  if (reply.type === 'answered') return { state: 'open', sheet: reply.value };
  const status = reply.type === 'refused' ? reply.status : undefined;
  if (status === 401) return { state: 'invalid' };
  if (status === 410) return { state: 'over' };
  return { state: status === 429 ? 'locked' : 'unreachable' };
}

export interface Deed {
  by: string;
  measure?: string;
  effect?: string;
}

/** Nothing where it was done; else why not. */
export async function workAlarm(
  code: string,
  id: string,
  deed: 'taken' | 'ended',
  body: Deed,
  origin = '',
): Promise<Problem | undefined> {
  const reply = await ask(`POST /api/alarms/:id/${deed}`, { origin, at: { id }, headers: authorize(code), body });
  if (reply.type === 'answered') return undefined;
  if (reply.type === 'unreachable') return 'failed';
  return reply.status === 429 ? 'locked' : (own(problems, reply.error ?? '') ?? 'failed');
}

const authorize = (code: string) => ({ Authorization: `Bearer ${code}` });

const problems: Readonly<Record<string, Problem>> = {
  'unknown-staff': 'staff',
  unauthorized: 'code',
  identity: 'identity',
  text: 'identity',
  'already-taken': 'taken',
  ended: 'ended',
  'unknown-alarm': 'ended',
};

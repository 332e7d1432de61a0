/** What the telephone asks of the server, with the code of its one alarm. */
import type { HallHead } from '../../../domain/board/topics/data.ts';
import type { AlarmCard } from '../../../domain/board/topics/data-alarms.ts';
import { own } from '../../../domain/wire/own.ts';
import type { AlarmWords } from '../../alarms/alarms.ts';

export interface Sheet {
  id: string;
  alarm: AlarmCard;
  hall: HallHead;
  /** The hall's clock when it answered, epoch ms. */
  now: number;
}

export type Opened = { state: 'open'; sheet: Sheet } | { state: 'invalid' | 'over' | 'locked' | 'unreachable' };
export type Problem = keyof AlarmWords['phone']['errors'];

const TIMEOUT_MS = 10_000;

export async function openAlarm(code: string): Promise<Opened> {
  try {
    const response = await fetch('/api/alarms/by-code', {
      headers: { Authorization: `Bearer ${code}` },
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.ok) return { state: 'open', sheet: (await response.json()) as Sheet };
    if (response.status === 401) return { state: 'invalid' };
    if (response.status === 410) return { state: 'over' };
    return { state: response.status === 429 ? 'locked' : 'unreachable' };
  } catch {
    return { state: 'unreachable' };
  }
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
  try {
    const response = await fetch(`${origin}/api/alarms/${encodeURIComponent(id)}/${deed}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${code}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.ok) return undefined;
    if (response.status === 429) return 'locked';
    const { error } = (await response.json()) as { error?: string };
    return own(problems, error ?? '') ?? 'failed';
  } catch {
    return 'failed';
  }
}

const problems: Readonly<Record<string, Problem>> = {
  'unknown-staff': 'staff',
  unauthorized: 'code',
  identity: 'identity',
  text: 'identity',
  'already-taken': 'taken',
  ended: 'ended',
  'unknown-alarm': 'ended',
};

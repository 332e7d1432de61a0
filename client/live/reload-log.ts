/** When this screen's wall was last begun, and why: what an installer asks after a night. */
import type { Memory } from './memory.ts';

export type StartReason = 'opened' | 'reloaded' | 'new-version';

export interface Start {
  /** Epoch ms by this machine's clock. */
  readonly at: number;
  readonly build: string;
  readonly reason: StartReason;
}

const KEY = 'hallpulse:starts';
const KEPT = 5;

/** Adds one start to the log, which keeps the last few. A browser that keeps nothing has no log. */
export function noteStart(memory: Memory, start: Start): void {
  memory.setItem(KEY, JSON.stringify([start, ...readStarts(memory)].slice(0, KEPT)));
}

/** Newest first. */
export function readStarts(memory: Pick<Memory, 'getItem'>): readonly Start[] {
  try {
    const value: unknown = JSON.parse(memory.getItem(KEY) ?? '[]');
    return Array.isArray(value) ? value.filter(isStart) : [];
  } catch {
    return [];
  }
}

function isStart(value: unknown): value is Start {
  const { at, build, reason } = (value ?? {}) as Partial<Record<keyof Start, unknown>>;
  return (
    typeof at === 'number' &&
    typeof build === 'string' &&
    (reason === 'opened' || reason === 'reloaded' || reason === 'new-version')
  );
}

/** Why this page began: `renewedFor` is the build for which the page last reloaded itself. */
export function findReason(navigation: string | undefined, build: string, renewedFor: string | null): StartReason {
  if (navigation !== 'reload') return 'opened';
  return renewedFor === build ? 'new-version' : 'reloaded';
}

// The events of the kill campaign: each follows from its number alone, so that no list of them need be kept.
import { wireEvent, type WireEvent } from '../e2e/hall-client.ts';

export const SENDER_SOURCE = 'urn:test:queue';

export type CaseKind = 'window' | 'online';

/** Events come in pairs: an acceptance and the finish of the same case. */
export function caseOf(n: number): number {
  return n >> 1;
}

export function kindOf(n: number): CaseKind | 'finish' {
  if (n % 2 === 1) return 'finish';
  return caseOf(n) % 3 === 0 ? 'online' : 'window';
}

export function eventId(n: number): string {
  return `k${n}`;
}

/** `startTime`: epoch ms at which the campaign began; everything happened in the sixteen hours before. */
export function toWire(n: number, startTime: number): WireEvent {
  const one = caseOf(n);
  const at = startTime - (1 + (one % 960)) * 60_000;
  const kind = kindOf(n);
  if (kind === 'finish')
    return wireEvent(eventId(n), 'hall.case.finished', { case: `c${one}`, outcome: 'approved' }, at + 30_000);
  const data = { case: `c${one}`, station: 'hall', channel: kind, item: 'x1' };
  return wireEvent(eventId(n), 'hall.case.accepted', data, at);
}

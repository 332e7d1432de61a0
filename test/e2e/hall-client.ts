// What a hall's own systems do: send events over HTTP and ask for measures.
import type { IngestAnswer } from '../../domain/wire/events.ts';
import type { Measures } from '../../domain/measures/measures.ts';
import type { Snapshot } from '../../domain/wire/protocol.ts';
import { KEY } from './product.ts';

export interface WireEvent {
  specversion: string;
  id: string;
  source: string;
  type: string;
  time?: string;
  subject?: string;
  data: Record<string, unknown>;
}

export const SOURCE = 'urn:test:queue';

/** An acceptance at the street hall, just now unless `time` says otherwise. */
export function acceptance(id: string, more: Record<string, unknown> = {}, time = Date.now()): WireEvent {
  return wireEvent(
    id,
    'hall.case.accepted',
    { case: `case-${id}`, station: 'hall', channel: 'window', item: 'x1', ...more },
    time,
  );
}

export function wireEvent(id: string, type: string, data: Record<string, unknown>, time: number): WireEvent {
  return { specversion: '1.0', id, source: SOURCE, type, time: new Date(time).toISOString(), data };
}

export interface Posted {
  readonly status: number;
  readonly body: IngestAnswer & { error?: string };
  readonly headers: Headers;
}

export interface PostOptions {
  /** Empty: no key at all. */
  readonly key?: string;
  readonly query?: string;
  readonly type?: string;
}

export async function postEvents(url: string, body: unknown, options: PostOptions = {}): Promise<Posted> {
  const { key = KEY, query = '', type = 'application/json' } = options;
  const response = await fetch(`${url}/api/events${query}`, {
    method: 'POST',
    headers: { 'Content-Type': type, ...(key === '' ? {} : { Authorization: `Bearer ${key}` }) },
    body: toBody(body),
  });
  return { status: response.status, body: (await response.json()) as Posted['body'], headers: response.headers };
}

/** Text and bytes go as they are, anything else as JSON. */
function toBody(body: unknown): BodyInit {
  if (typeof body === 'string') return body;
  return body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body);
}

export async function readMeasures(url: string, from: string, to = from): Promise<Measures> {
  const response = await fetch(`${url}/api/measures?from=${from}&to=${to}`);
  if (!response.ok) throw new Error(`measures answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Measures;
}

export async function readBoard(url: string, topic = 'overview'): Promise<Snapshot> {
  const response = await fetch(`${url}/api/board?topic=${topic}`);
  if (!response.ok) throw new Error(`the board answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Snapshot;
}

/** A day of the street hall's zone, `YYYY-MM-DD`. */
export function hallDay(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
}

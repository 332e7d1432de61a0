/** What the page of sending asks of the server, and how it tells moments and spans. */
import type { Span } from '../../../domain/measures/build.ts';
import type { SendingDocument } from '../../../domain/sending/document.ts';
import type { SendingState, SentRun, TestSent } from '../../../domain/wire/sending.ts';
import type { Versioned } from '../../../domain/wire/setup.ts';
import { readJson, request } from '../../live/request.ts';

/** A mail server may take its time. */
const TEST_MS = 90_000;

export interface SmtpDraft {
  readonly host: string;
  readonly port: number;
  readonly security: string;
  readonly user?: string;
  readonly password?: string;
  readonly from: string;
  readonly ca?: string;
}

export type SentDelivery = SentRun['deliveries'][number];

export const readSending = () => request('/api/sending', { read: readJson<SendingState> });

export const settle = (run: SentRun, { recipient, attempt }: SentDelivery, as: 'sent' | 'again') =>
  request('/api/sending/settle', { body: { run: run.id, recipient, attempt, as }, read: () => true });

export const putSmtp = (smtp: SmtpDraft | null) =>
  request('/api/sending/secrets', { method: 'PUT', body: { smtp }, read: readJson<SendingState['smtp']> });

export const sendTest = (recipient: string) =>
  request('/api/sending/test', { body: { recipient }, read: readJson<TestSent>, timeoutMs: TEST_MS });

/** Changes the document as it was at `version`, whole. */
export const putSending = (version: string, value: SendingDocument) =>
  request('/api/setup/sending', {
    method: 'PUT',
    body: { version, value },
    read: readJson<Versioned<SendingDocument>>,
  });

export function tellSpan({ from, to }: Span): string {
  if (from === to) return from;
  return from.slice(0, 4) === to.slice(0, 4) ? `${from} – ${to.slice(5)}` : `${from} – ${to}`;
}

/** What the page of sending asks of the server, and how it tells moments and spans. */
import type { Span } from '../../../domain/measures/build.ts';
import type { SendingDocument } from '../../../domain/sending/document.ts';
import type { Api } from '../../../domain/wire/api.ts';
import type { SentRun } from '../../../domain/wire/sending.ts';
import type { Versioned } from '../../../domain/wire/setup.ts';
import { ask, askAs } from '../../live/ask.ts';
import { readJson } from '../../live/request.ts';

/** A mail server may take its time. */
const TEST_MS = 90_000;

export type SmtpDraft = NonNullable<Api['PUT /api/sending/secrets']['body']['smtp']>;

export type SentDelivery = SentRun['deliveries'][number];

export const readSending = () => ask('GET /api/sending');

export const settle = (run: SentRun, { recipient, attempt }: SentDelivery, as: 'sent' | 'again') =>
  ask('POST /api/sending/settle', { body: { run: run.id, recipient, attempt, as } });

export const sendMissed = ({ id, turn }: SentRun) => ask('POST /api/sending/missed', { body: { run: id, turn } });

export const putSmtp = (smtp: SmtpDraft | null) => ask('PUT /api/sending/secrets', { body: { smtp } });

export const sendTest = (recipient: string) =>
  ask('POST /api/sending/test', { body: { recipient }, timeoutMs: TEST_MS });

/** Changes the document as it was at `version`, whole. */
export const putSending = (version: string, value: SendingDocument) =>
  askAs(
    'PUT /api/setup/:document',
    { at: { document: 'sending' }, body: { version, value: { ...value } } },
    { read: readJson<Versioned<SendingDocument>> },
  );

export function tellSpan({ from, to }: Span): string {
  if (from === to) return from;
  return from.slice(0, 4) === to.slice(0, 4) ? `${from} – ${to.slice(5)}` : `${from} – ${to}`;
}

/** One mail to one recipient over SMTP, and whether it has arrived there: yes, no and why, or nobody knows. */
import { Readable } from 'node:stream';
import { rootCertificates } from 'node:tls';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Outcome } from '../../domain/sending/events.ts';
import type { SmtpSettings } from './secrets.ts';

/** Waits for a server, ms: together well below the time after which a try counts as unheard of. */
export interface MailWaits {
  readonly connectMs: number;
  readonly answerMs: number;
}
const WAITS: MailWaits = { connectMs: 20_000, answerMs: 60_000 };
const CHUNK = 16_384;

export interface Mail {
  readonly fromName: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  /** Fixed by whoever may say the same twice. */
  readonly messageId: string;
  /** Epoch ms. */
  readonly date: number;
  readonly files: readonly { readonly name: string; readonly type: string; readonly bytes: Uint8Array }[];
}

export type SendMail = (settings: SmtpSettings, mail: Mail, signal: AbortSignal) => Promise<Outcome>;

export function createSendMail(waits: MailWaits = WAITS): SendMail {
  return async (settings, mail, signal) => {
    // Nothing has left yet, so that it is known.
    const bytes = await compose(settings, mail).catch(() => undefined);
    return bytes ? deliver(settings, mail, bytes, waits, signal) : failed('not-composed');
  };
}

async function compose(settings: SmtpSettings, mail: Mail): Promise<Buffer> {
  return new MailComposer({
    from: { name: mail.fromName, address: settings.from },
    to: mail.to,
    subject: mail.subject,
    text: mail.text,
    messageId: mail.messageId,
    date: new Date(mail.date),
    // So that nobody's holiday answers it.
    headers: { 'Auto-Submitted': 'auto-generated' },
    attachments: mail.files.map(({ name, type, bytes }) => ({
      filename: name,
      contentType: type,
      content: Buffer.from(bytes),
    })),
  })
    .compile()
    .build();
}

interface SmtpError extends Error {
  readonly code?: string;
  readonly responseCode?: number;
}

/** `handed`: all of it was given away, and the server's word is what is missing. */
type Stage = 'connect' | 'login' | 'send' | 'handed';

function deliver(
  settings: SmtpSettings,
  { to }: Mail,
  bytes: Buffer,
  waits: MailWaits,
  signal: AbortSignal,
): Promise<Outcome> {
  const { host, port, security, user, password, from, ca } = settings;
  let stage: Stage = 'connect';
  const connection = new SMTPConnection({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }) },
    connectionTimeout: waits.connectMs,
    greetingTimeout: waits.connectMs,
    socketTimeout: waits.answerMs,
    // A conversation names addresses.
    logger: false,
  });
  return new Promise<Outcome>((resolve) => {
    const end = (outcome: Outcome): void => {
      signal.removeEventListener('abort', abort);
      resolve(outcome);
      if (outcome.result === 'sent') connection.quit();
      else connection.close();
    };
    const fail = (error?: SmtpError): void => end(judge(stage, error));
    const abort = (): void => fail();
    signal.addEventListener('abort', abort);
    // What it says after the end was heard already.
    connection.on('error', fail);
    connection.on('end', () => fail());
    const send = (): void => {
      stage = 'send';
      const message = Readable.from(cut(bytes, () => (stage = 'handed')));
      connection.send({ from, to: [to.address] }, message, (error) => (error ? fail(error) : end({ result: 'sent' })));
    };
    connection.connect((error) => {
      if (error) fail(error);
      else if (user === undefined) send();
      else {
        stage = 'login';
        connection.login({ credentials: { user, pass: password } }, (refusal) => (refusal ? fail(refusal) : send()));
      }
    });
    if (signal.aborted) abort();
  });
}

function* cut(bytes: Buffer, onLast: () => void): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += CHUNK) {
    if (at + CHUNK >= bytes.length) onLast();
    yield bytes.subarray(at, at + CHUNK);
  }
}

/** In words of our own: what a server writes back may name addresses. */
function judge(stage: Stage, error?: SmtpError): Outcome {
  const { code, responseCode, message = '' } = error ?? {};
  if (code === 'EAUTH' || (stage === 'login' && responseCode !== undefined)) return failed('sign-in');
  if (responseCode !== undefined && responseCode >= 400) return failed(responseCode < 500 ? 'later' : 'refused');
  // Without a word from the server it may have been taken.
  if (stage === 'handed') return { result: 'unknown', reason: 'no-answer' };
  if (code === 'ETLS' || /certificate|self[- ]signed|altnames|ssl|tls/i.test(message)) return failed('tls');
  return failed('no-connection');
}

function failed(reason: string): Outcome {
  return { result: 'failed', reason };
}

// A mail server on this machine, over TLS, that asks who one is; it refuses, keeps silent and loses what a test wants.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { makeAuthority, makeServerCertificate } from '../../../server/tls/make.ts';
import type { SmtpSettings } from '../../../server/sending/secrets.ts';

export const MAIL_PASSWORD = 'shi-li-mi-ma-9f27';

export interface TakenMail {
  readonly to: string;
  readonly messageId: string;
  readonly raw: string;
}

export interface MailServer {
  readonly port: number;
  readonly settings: SmtpSettings;
  /** What it has taken, in the order in which it came. */
  readonly mails: readonly TakenMail[];
  /** How often a conversation came as far as naming a recipient. */
  readonly asked: readonly string[];
  /** What it says to a recipient; `undefined` takes them. */
  refuse: (address: string) => number | undefined;
  /** Called with each mail once all of it is here and before it is answered; `silent` never answers. */
  onMail: (mail: TakenMail) => 'answer' | 'silent' | Promise<'answer'>;
  close(): Promise<void>;
}

export async function startMailServer(security: SmtpSettings['security'] = 'tls'): Promise<MailServer> {
  const now = Date.now();
  const names = { dns: ['localhost'], addresses: [] };
  const authority = await makeAuthority('示例大厅', names, now);
  const pair = await makeServerCertificate(authority, names, now);
  const mails: TakenMail[] = [];
  const asked: string[] = [];
  const options: SMTPServerOptions = {
    ...pair,
    secure: security === 'tls',
    authOptional: false,
    disabledCommands: security === 'none' ? ['STARTTLS'] : [],
    logger: false,
    closeTimeout: 1,
    onAuth({ username, password }, _session, done) {
      if (username === 'hall' && password === MAIL_PASSWORD) done(null, { user: username });
      else done(Object.assign(new Error('no'), { responseCode: 535 }));
    },
    onRcptTo({ address }, _session, done) {
      asked.push(address);
      const code = found.refuse(address);
      done(code === undefined ? null : Object.assign(new Error(`not ${address}`), { responseCode: code }));
    },
    onData(stream, { envelope }, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.once('end', () => {
        const raw = Buffer.concat(parts).toString('utf8');
        const mail = {
          to: envelope.rcptTo.map(({ address }) => address).join(),
          messageId: /^Message-ID: (\S+)/im.exec(raw)?.[1] ?? '',
          raw,
        };
        mails.push(mail);
        void Promise.resolve(found.onMail(mail)).then((how) => how === 'answer' && done());
      });
    },
  };
  const server = new SMTPServer(options);
  server.on('error', () => undefined);
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  const found: MailServer = {
    port,
    settings: {
      ...{ host: 'localhost', port, security, user: 'hall', password: MAIL_PASSWORD },
      ...{ from: 'report@hall.example', ca: authority.cert },
    },
    mails,
    asked,
    refuse: () => undefined,
    onMail: () => 'answer',
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return found;
}

// One mail over real SMTP: TLS, sign-in, and what is told apart where it does not arrive.
import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createSendMail, type Mail } from '../../../server/sending/mail.ts';
import { startMailServer, type MailServer } from './mail-server.ts';

let overTls: MailServer;
let startTls: MailServer;
beforeAll(async () => {
  overTls = await startMailServer('tls');
  startTls = await startMailServer('starttls');
});
afterAll(() => Promise.all([overTls.close(), startTls.close()]));
beforeEach(() => {
  overTls.refuse = () => undefined;
  overTls.onMail = () => 'answer';
});

const mail: Mail = {
  fromName: '示例大厅',
  to: { name: '办公室', address: 'office@hall.example' },
  subject: '示例大厅运行日报 2019年11月25日',
  text: '受理：12件\n.\n以上。\n',
  messageId: '<one@hallpulse.internal>',
  date: Date.parse('2019-11-26T08:30:00+08:00'),
  files: [{ name: '运行日报 2019-11-25.xlsx', type: 'application/x-test', bytes: new Uint8Array([80, 75, 3, 4]) }],
};
const send = createSendMail({ connectMs: 2_000, answerMs: 700 });
const never = new AbortController().signal;

test.each(['tls', 'starttls'] as const)('arrives whole over %s, signed in', async (security) => {
  const server = security === 'tls' ? overTls : startTls;
  const before = server.mails.length;
  expect(await send(server.settings, mail, never)).toEqual({ result: 'sent' });
  expect(server.mails).toHaveLength(before + 1);
  const { to, messageId, raw } = server.mails.at(-1)!;
  expect([to, messageId]).toEqual(['office@hall.example', '<one@hallpulse.internal>']);
  expect(raw).toMatch(/^Auto-Submitted: auto-generated\r$/im);
  expect(raw).toContain('UEsDBA==');
  expect(raw).toContain(Buffer.from('受理').toString('base64').slice(0, 8));
});

test.each([
  ['a wrong password', { password: 'not-this-one' }, 'sign-in'],
  ['an authority that nobody trusts', { ca: undefined }, 'tls'],
  ['a name that the certificate has not', { host: '127.0.0.1' }, 'tls'],
  ['a port where nobody is', { port: 1 }, 'no-connection'],
] as const)('%s: not sent, and why', async (_what, change, reason) => {
  const before = overTls.mails.length;
  const { ca, ...settings } = { ...overTls.settings, ...change };
  expect(await send({ ...settings, ...(ca === undefined ? {} : { ca }) }, mail, never)).toEqual({
    result: 'failed',
    reason,
  });
  expect(overTls.mails).toHaveLength(before);
});

test('a server that offers no TLS is given neither password nor mail', async () => {
  const plain = await startMailServer('none');
  try {
    const { settings } = plain;
    expect(await send({ ...settings, security: 'starttls' }, mail, never)).toMatchObject({ result: 'failed' });
    expect(plain.asked).toEqual([]);
  } finally {
    await plain.close();
  }
});

test.each([
  [550, 'refused'],
  [451, 'later'],
])('a recipient that is answered %d failed: %s', async (code, reason) => {
  overTls.refuse = () => code;
  expect(await send(overTls.settings, mail, never)).toEqual({ result: 'failed', reason });
});

test('what cannot be put together has not left, and says so', async () => {
  const before = overTls.mails.length;
  const broken = { ...mail, files: [{ ...mail.files[0]!, bytes: undefined as unknown as Uint8Array }] };
  expect(await send(overTls.settings, broken, never)).toEqual({ result: 'failed', reason: 'not-composed' });
  expect(overTls.mails).toHaveLength(before);
});

test('a server that falls silent once it has all of it: nobody knows', async () => {
  overTls.onMail = () => 'silent';
  expect(await send(overTls.settings, mail, never)).toEqual({ result: 'unknown', reason: 'no-answer' });
});

test('one that falls silent before has taken nothing', async () => {
  const mute = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(mute, 'listening');
  try {
    const { port } = mute.address() as AddressInfo;
    const stopping = new AbortController();
    const sending = send({ ...overTls.settings, port, security: 'starttls' }, mail, stopping.signal);
    stopping.abort();
    expect(await sending).toMatchObject({ result: 'failed' });
  } finally {
    mute.close();
  }
});

// What is due leaves once: two senders on one ledger, ten restarts, a clock that is set, recipients that fail, a word that is lost.
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SendingDocument } from '../../../domain/sending/document.ts';
import type { Run } from '../../../domain/sending/runs.ts';
import type { SendingState } from '../../../domain/wire/sending.ts';
import { createBackup } from '../../../server/backup/backup.ts';
import { sqliteKeeper } from '../../../server/ledger/sqlite/ledger-folder.ts';
import { createReportFiles } from '../../../server/reports/files.ts';
import { createPrint } from '../../../server/reports/print.ts';
import { createReadReport } from '../../../server/reports/read-report.ts';
import { createSendMail } from '../../../server/sending/mail.ts';
import { openSecrets } from '../../../server/sending/secrets.ts';
import { startSender, type Sender, type SenderOptions } from '../../../server/sending/sender.ts';
import { createMovingClock, type MovingClock } from '../moving-clock.ts';
import { openStaffedHall, type Browser, type StaffedHall } from '../staffed-hall.ts';
import { MAIL_PASSWORD, startMailServer, type MailServer } from './mail-server.ts';

const at = (text: string): number => Date.parse(`${text}+08:00`);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const OFFICE = 'office@hall.example';
const LEADER = 'leader@hall.example';

let hall: StaffedHall;
let mail: MailServer;
let clock: MovingClock;
let administrator: Browser;
let share: string;
const senders: Sender[] = [];

const PLAN = { id: 'morning', kind: 'day', at: '08:30', formats: ['txt', 'xlsx'], from: '2019-11-26' } as const;
const sendingOf = (more: Partial<Record<'recipients' | 'plans', readonly object[]>> = {}) => ({
  version: 1,
  recipients: [
    { id: 'office', type: 'mail', name: '办公室', address: OFFICE },
    { id: 'leader', type: 'mail', name: '分管领导', address: LEADER },
    { id: 'share', type: 'folder', name: '共享文件夹', path: share },
  ],
  plans: [{ ...PLAN, to: ['office', 'leader', 'share'] }],
  ...more,
});

beforeEach(async () => {
  mail = await startMailServer();
  share = mkdtempSync(join(tmpdir(), 'hallpulse-share-'));
  clock = createMovingClock(at('2019-11-26T08:00:00'));
  // Every look is a test's own.
  hall = await openStaffedHall({ clock, server: { sendingLookMs: 3_600_000 } });
  administrator = await hall.signIn('administrator');
  expect((await administrator.ask('PUT', '/api/sending/secrets', { smtp: mail.settings })).body).toEqual({
    isSet: true,
    host: 'localhost',
  });
});
afterEach(async () => {
  await Promise.all(senders.splice(0).map((sender) => sender.stop()));
  await hall.close();
  await mail.close();
  rmSync(share, { recursive: true, force: true });
});

async function putSending(value: object): Promise<void> {
  const { body } = await administrator.ask('GET', '/api/setup');
  const { version } = (body as { documents: { sending: { version: string } } }).documents.sending;
  const answer = await administrator.ask('PUT', '/api/setup/sending', { version, value });
  expect([answer.status, answer.body]).toMatchObject([200, {}]);
}

/** A sender as another process on the same ledger would have it. */
function addSender(more: Partial<SenderOptions> = {}): Sender {
  const { ledger, record, board, zone } = hall.server;
  const config = () => hall.server.config;
  const sender = startSender({
    ...{ ledger, record, config, zone, now: clock.now, dataFolder: hall.folder },
    passedMs: () => clock.passedMs!(),
    lastHeardAt: undefined,
    read: createReadReport({
      board,
      config,
      zone,
      demo: false,
      now: clock.now,
      readWords: () => Promise.resolve([]),
      readFrozen: (from, to) => Promise.resolve({ from, to, seq: 0, days: [], notFrozen: [] }),
      readCorrections: () => Promise.resolve({ months: [], total: [], days: 0, otherwise: 0 }),
      publishedOtherwise: () => Promise.resolve(undefined),
      sayReconciled: () => Promise.resolve(undefined),
    }),
    files: createReportFiles(createPrint({ clientFolder: '', browser: undefined })),
    secrets: openSecrets(hall.folder),
    sendMail: createSendMail({ connectMs: 2_000, answerMs: 500 }),
    onError: (error) => {
      throw error;
    },
    lookMs: 3_600_000,
    ...more,
  });
  senders.push(sender);
  return sender;
}
const statesOf = (runs: readonly Run[]) =>
  runs.map(({ id, deliveries }) => [id, ...deliveries.map(({ state, attempt }) => `${state} ${attempt}`)]);
const sentTo = (): string[] => mail.mails.map(({ to }) => to);

test('a report leaves at its moment, once, to each recipient; files are whole and their owner’s alone', async () => {
  await putSending(sendingOf());
  const sender = addSender();
  await sender.look();
  expect(sentTo()).toEqual([]);
  clock.set(at('2019-11-26T08:30:01'));
  await sender.look();
  await sender.look();
  expect(sentTo()).toEqual([OFFICE, LEADER]);
  expect(mail.mails[0]!.raw).toContain('.xlsx');
  expect(readdirSync(share).sort()).toEqual([
    '梅林街道政务服务大厅运行日报 2019-11-25.txt',
    '梅林街道政务服务大厅运行日报 2019-11-25.xlsx',
  ]);
  for (const name of readdirSync(share)) expect(statSync(join(share, name)).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(share, '梅林街道政务服务大厅运行日报 2019-11-25.txt'), 'utf8')).toContain('2019年11月25日');
  // It is of yesterday, and what falls due on the day behind it is what falls due today.
  expect(readFileSync(join(share, '梅林街道政务服务大厅运行日报 2019-11-25.txt'), 'utf8')).toContain(
    '承诺期限在当天到期、尚未办结的办件0件。',
  );
  expect(statesOf(await sender.runs())).toEqual([['2019-11-25:day:morning', 'sent 1', 'sent 1', 'sent 1']]);
  const [run] = await sender.runs();
  expect(run!.deliveries.every(({ seq = 0 }) => seq > 0 && seq <= hall.server.ledger.head())).toBe(true);
});

test('two senders on one ledger and ten restarts around the moment send once', async () => {
  await putSending(sendingOf());
  for (let i = 0; i < 10; i++) {
    clock.set(at('2019-11-26T08:29:58') + i * 500);
    // The hall's own sender looks at once, and is cut off by the next restart.
    await hall.restart();
    await Promise.all([addSender(), addSender()].map((sender) => sender.look()));
    await Promise.all(senders.splice(0).map((sender) => sender.stop()));
  }
  expect(sentTo().sort()).toEqual([LEADER, OFFICE]);
  expect(new Set(mail.mails.map(({ messageId }) => messageId)).size).toBe(2);
  expect(statesOf(await addSender().runs())).toEqual([['2019-11-25:day:morning', 'sent 1', 'sent 1', 'sent 1']]);
  const events = await hall.server.ledger.readOf('urn:hallpulse:sending', '', '~', 100);
  expect(events.filter(({ event: { type } }) => type === 'hall.report.run')).toHaveLength(1);
  expect(events).toHaveLength(1 + 3 + 3);
});

test('a clock that is set back and forth, and a plan that moves by an hour, send nothing twice', async () => {
  await putSending(sendingOf({ plans: [{ ...PLAN, to: ['office'] }] }));
  const sender = addSender();
  for (const moment of ['08:31', '08:00', '08:45', '07:00', '08:30', '09:40']) {
    clock.set(at(`2019-11-26T${moment}:00`));
    await sender.look();
  }
  await putSending(sendingOf({ plans: [{ ...PLAN, at: '09:30', to: ['office'] }] }));
  await sender.look();
  clock.set(at('2019-11-27T09:31:00'));
  await sender.look();
  expect(statesOf(await sender.runs())).toEqual([
    ['2019-11-26:day:morning', 'sent 1'],
    ['2019-11-25:day:morning', 'sent 1'],
  ]);
  expect(sentTo()).toEqual([OFFICE, OFFICE]);
});

test('a clock that is ahead for one look begins nothing, and what was to come is sent at its moment', async () => {
  await putSending(sendingOf({ plans: [{ ...PLAN, to: ['office'] }] }));
  const sender = addSender();
  await sender.look();
  clock.jump(at('2019-12-20T08:00:00'));
  await sender.look();
  expect(sender.isClockDoubted()).toBe(true);
  expect([await sender.runs(), sentTo()]).toEqual([[], []]);
  clock.jump(at('2019-11-26T08:00:30'));
  await sender.look();
  expect(sender.isClockDoubted()).toBe(false);
  clock.set(at('2019-11-26T08:30:01'));
  await sender.look();
  expect(sentTo()).toEqual([OFFICE]);
});

test('a start by a clock that is far from what the ledger heard last waits until it has held', async () => {
  await putSending(sendingOf({ plans: [{ ...PLAN, to: ['office'] }] }));
  clock.set(at('2019-11-26T08:40:00'));
  const sender = addSender({ lastHeardAt: at('2019-10-01T08:00:00') });
  await sender.look();
  expect([sender.isClockDoubted(), sentTo()]).toEqual([true, []]);
  clock.set(at('2019-11-26T08:56:00'));
  await sender.look();
  expect([sender.isClockDoubted(), sentTo()]).toEqual([false, [OFFICE]]);
});

test('runs of a clock that was believed although it was ahead are recalled: nobody gets one twice without a word', async () => {
  await putSending(sendingOf({ plans: [{ ...PLAN, to: ['office', 'leader'] }] }));
  const sender = addSender();
  mail.refuse = (address) => (address === LEADER ? 550 : undefined);
  clock.jump(at('2019-12-06T08:31:00'));
  await sender.look();
  clock.set(at('2019-12-06T08:47:00'));
  await sender.look();
  const early = (await sender.runs()).filter(({ status }) => status === 'begun').map(({ id }) => id.slice(0, 10));
  expect(early).toEqual(['2019-12-05', '2019-12-04', '2019-12-03']);
  expect(sentTo()).toEqual([OFFICE, OFFICE, OFFICE]);
  // It is set right, and held.
  mail.refuse = () => undefined;
  clock.jump(at('2019-11-26T09:20:00'));
  await sender.look();
  clock.set(at('2019-11-26T09:36:00'));
  await sender.look();
  expect((await sender.runs()).every(({ status, at: slot }) => slot < clock.now() || status === 'recalled')).toBe(true);
  // That of this day was said to be missed by the clock that was ahead.
  expect(sentTo().slice(3)).toEqual([OFFICE, LEADER]);
  for (let day = 27; day <= 30; day++) {
    clock.set(at(`2019-11-${day}T08:31:00`));
    await sender.look();
  }
  expect(sentTo()).toHaveLength(3 + 2 * 5);
  // What left early goes to nobody again by itself, and to whom it did not go it goes at its moment.
  for (let day = 1; day <= 4; day++) {
    clock.set(at(`2019-12-0${day}T08:31:00`));
    await sender.look();
  }
  const last = (await sender.runs()).find(({ id }) => id.startsWith('2019-12-03'))!;
  expect(last.deliveries.map(({ state, attempt }) => [state, attempt])).toEqual([
    ['early', 1],
    ['sent', 2],
  ]);
  expect(sentTo().filter((to) => to === OFFICE)).toHaveLength(3 + 1 + 4 + 3);
  const manager = await hall.signIn('manager');
  const settle = { run: last.id, recipient: 'office', attempt: 1, as: 'again' };
  expect((await manager.ask('POST', '/api/sending/settle', settle)).status).toBe(200);
  await sender.look();
  expect((await sender.runs()).find(({ id }) => id === last.id)!.deliveries[0]).toMatchObject({
    state: 'sent',
    attempt: 2,
  });
  expect(sentTo().filter((to) => to === OFFICE)).toHaveLength(3 + 1 + 4 + 3 + 1);
});

test('what fails on this machine before a mail leaves has failed, and is no mail that nobody knows of', async () => {
  await putSending(sendingOf({ plans: [{ ...PLAN, to: ['office'] }] }));
  clock.set(at('2019-11-26T08:30:01'));
  const errors: unknown[] = [];
  const smtp = () => Promise.reject(new Error('the file cannot be read'));
  const sender = addSender({ secrets: { smtp }, onError: (error) => errors.push(error) });
  await sender.look();
  expect((await sender.runs())[0]!.deliveries).toMatchObject([{ state: 'due', attempt: 1, reason: 'not-composed' }]);
  expect(errors).toHaveLength(1);
  expect(sentTo()).toEqual([]);
});

test('a hall that was off for a quarter says what it missed, and a person sends it after all, once', async () => {
  const plans = [
    { ...PLAN, id: 'quarterly', kind: 'quarter', from: '2019-01-01', to: ['office'] },
    { ...PLAN, id: 'monthly', kind: 'month', from: '2019-07-15', to: ['office', 'share'] },
  ];
  await putSending(sendingOf({ plans }));
  const sender = addSender();
  await sender.look();
  const runs = await sender.runs();
  expect(runs.map(({ id, status }) => [id.slice(0, 10), status])).toEqual([
    ['2019-10-31', 'missed'],
    ['2019-09-30', 'missed'],
    ['2019-09-30', 'missed'],
    ['2019-08-31', 'missed'],
    ['2019-07-31', 'missed'],
    ['2019-06-30', 'missed'],
    ['2019-03-31', 'missed'],
    ['2018-12-31', 'missed'],
  ]);
  const manager = await hall.signIn('manager');
  const { id: run, turn } = runs.find(({ kind, id }) => kind === 'quarter' && id.startsWith('2018'))!;
  const ask = (body: object) => manager.ask('POST', '/api/sending/missed', body);
  expect((await ask({ run: 'nothing', turn })).status).toBe(404);
  expect((await ask({ run, turn: 2 })).status).toBe(409);
  const both = await Promise.all([ask({ run, turn }), ask({ run, turn })]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  await sender.look();
  await expect.poll(sentTo).toEqual([OFFICE]);
  const event = await hall.server.ledger.find('urn:hallpulse:sending', `${run}:run:2`, hall.server.ledger.head());
  expect(event).toMatchObject({ data: { status: 'begun', by: 'manager' } });
  await sender.look();
  expect(sentTo()).toEqual([OFFICE]);
});

test('what waits for a person stands first, however much was sent since, and still after a restart', async () => {
  await putSending(sendingOf({ plans: [{ ...PLAN, to: ['office'] }] }));
  let sender = addSender();
  mail.onMail = () => 'silent';
  clock.set(at('2019-11-26T08:30:01'));
  await sender.look();
  mail.onMail = () => 'answer';
  const many = (to: string[]) => Array.from({ length: 4 }, (_, i) => ({ ...PLAN, id: `p${i}`, formats: ['txt'], to }));
  await putSending(sendingOf({ plans: many(['share']).map((plan) => ({ ...plan, from: '2020-02-01' })) }));
  clock.set(at('2020-04-01T09:00:00'));
  await sender.look();
  const isFirst = async () => {
    const runs = await sender.runs();
    expect(runs.length).toBeGreaterThan(200);
    const manager = await hall.signIn('manager');
    const { runs: shown, moreWaiting } = (await manager.ask('GET', '/api/sending')).body as SendingState;
    expect(shown).toHaveLength(200);
    const waiting = shown.filter(({ isWaiting }) => isWaiting).length;
    expect(shown.findLastIndex(({ isWaiting }) => isWaiting)).toBe(waiting - 1);
    return [waiting + moreWaiting, runs.find(({ id }) => id === '2019-11-25:day:morning')!.deliveries[0]!.state];
  };
  const [count] = await isFirst();
  await sender.stop();
  await hall.restart();
  sender = addSender();
  expect(await isFirst()).toEqual([count, 'unknown']);
});

test('a recipient that is refused is tried again alone, after pauses, with the same name, and at last given up', async () => {
  await putSending(sendingOf());
  const sender = addSender();
  mail.refuse = (address) => (address === LEADER ? 451 : undefined);
  let now = at('2019-11-26T08:30:01');
  const tries: number[] = [];
  for (const pause of [0, MINUTE / 2, MINUTE, 4 * MINUTE, 2 * MINUTE, HOUR, HOUR, HOUR]) {
    clock.set((now += pause));
    await sender.look();
    tries.push(mail.asked.filter((address) => address === LEADER).length);
  }
  expect(tries).toEqual([1, 1, 2, 2, 3, 4, 4, 4]);
  expect(sentTo()).toEqual([OFFICE]);
  const [run] = await sender.runs();
  expect(run!.deliveries[1]).toMatchObject({ state: 'failed', attempt: 4, reason: 'later' });
  mail.refuse = () => undefined;
  const manager = await hall.signIn('manager');
  const settle = { run: run!.id, recipient: 'leader', attempt: 4, as: 'again' };
  expect((await manager.ask('POST', '/api/sending/settle', settle)).status).toBe(200);
  // The hall's own sender goes about it at once.
  await expect.poll(sentTo).toEqual([OFFICE, LEADER]);
  expect((await manager.ask('POST', '/api/sending/settle', settle)).status).toBe(409);
});

test('a word that is lost stands as unknown until a person settles it, under their name', async () => {
  await putSending(sendingOf({ plans: [{ ...PLAN, to: ['office', 'leader'] }] }));
  const sender = addSender();
  mail.onMail = ({ to }) => (to === OFFICE ? 'silent' : 'answer');
  clock.set(at('2019-11-26T08:30:01'));
  await sender.look();
  clock.set(at('2019-11-26T18:00:00'));
  await sender.look();
  expect(statesOf(await sender.runs())).toEqual([['2019-11-25:day:morning', 'unknown 1', 'sent 1']]);
  expect(sentTo()).toEqual([OFFICE, LEADER]);
  const manager = await hall.signIn('manager');
  const settle = { run: '2019-11-25:day:morning', recipient: 'office', attempt: 1, as: 'sent' };
  expect((await manager.ask('POST', '/api/sending/settle', { ...settle, attempt: 2 })).status).toBe(409);
  expect((await manager.ask('POST', '/api/sending/settle', { ...settle, recipient: 'nobody' })).status).toBe(404);
  const both = await Promise.all(
    [settle, { ...settle, as: 'again' }].map((one) => manager.ask('POST', '/api/sending/settle', one)),
  );
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  const { body } = await manager.ask('GET', '/api/sending');
  const [shown] = (body as SendingState).runs;
  expect(shown!.deliveries[0]).toMatchObject({ by: 'manager', byName: '示例manager' });
});

test('runs that nobody was there for are caught up within their bound, and said to be missed beyond it', async () => {
  await putSending(sendingOf({ plans: [{ ...PLAN, from: '2019-11-01', to: ['office'] }] }));
  clock.set(at('2019-11-26T09:00:00'));
  const sender = addSender();
  await sender.look();
  const runs = await sender.runs();
  expect(runs).toHaveLength(26);
  expect(runs.filter(({ status }) => status === 'begun').map(({ id }) => id.slice(0, 10))).toEqual([
    '2019-11-25',
    '2019-11-24',
    '2019-11-23',
  ]);
  // The hall's own sender may have begun one of them.
  await expect.poll(() => sentTo().length).toBe(3);
  await addSender().look();
  expect(sentTo()).toHaveLength(3);
});

test('without a Chromium the PDF is missing with a sentence, and the rest goes', async () => {
  const plans = [
    { ...PLAN, formats: ['pdf', 'xlsx'], to: ['office', 'share'] },
    { ...PLAN, id: 'paper', formats: ['pdf'], to: ['share'] },
  ];
  await putSending(sendingOf({ plans }));
  clock.set(at('2019-11-26T08:30:01'));
  const sender = addSender();
  await sender.look();
  const [first, second] = (await sender.runs()).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  expect(first!.deliveries).toMatchObject([
    { state: 'sent', lacking: ['pdf'] },
    { state: 'sent', lacking: ['pdf'] },
  ]);
  expect(second!.deliveries).toMatchObject([{ state: 'due', attempt: 1, reason: 'not-made' }]);
  expect(readdirSync(share)).toEqual(['梅林街道政务服务大厅运行日报 2019-11-25.xlsx']);
  const body = mail.mails[0]!.raw.split(/\r\n\r\n/).map((part) => Buffer.from(part, 'base64').toString('utf8'));
  expect(body.some((part) => part.includes('没有找到 Chromium 浏览器'))).toBe(true);
});

test('into its own data, into what is no folder, and over what a link points to nothing is written', async () => {
  const linked = join(share, 'linked');
  symlinkSync(join(hall.folder, 'documents'), linked);
  const target = join(share, '..', `outside-${process.pid}.txt`);
  writeFileSync(target, 'kept');
  symlinkSync(target, join(share, '梅林街道政务服务大厅运行日报 2019-11-25.txt'));
  const recipients = [
    { id: 'own', type: 'folder', name: '一', path: linked },
    { id: 'none', type: 'folder', name: '二', path: join(share, 'not-there') },
    { id: 'good', type: 'folder', name: '三', path: share },
  ];
  await putSending(sendingOf({ recipients, plans: [{ ...PLAN, to: ['own', 'none', 'good'] }] }));
  clock.set(at('2019-11-26T08:30:01'));
  const before = readdirSync(join(hall.folder, 'documents'));
  const sender = addSender();
  await sender.look();
  expect((await sender.runs())[0]!.deliveries.map(({ state, reason }) => [state, reason])).toEqual([
    ['due', 'own-folder'],
    ['due', 'no-folder'],
    ['sent', undefined],
  ]);
  expect(readdirSync(join(hall.folder, 'documents'))).toEqual(before);
  expect(existsSync(join(share, 'not-there'))).toBe(false);
  expect(readFileSync(target, 'utf8')).toBe('kept');
  rmSync(target);
  const bad = sendingOf({ recipients: [{ id: 'up', type: 'folder', name: '四', path: `${share}/../x` }], plans: [] });
  const { body } = await administrator.ask('GET', '/api/setup');
  const { version } = (body as { documents: { sending: { version: string; value: SendingDocument } } }).documents
    .sending;
  expect(await administrator.ask('PUT', '/api/setup/sending', { version, value: bad })).toMatchObject({
    status: 422,
    body: { error: 'bad-document', field: 'recipients.0.path' },
  });
});

test('a mail that is sent to try says what became of it, and stands in no ledger', async () => {
  await putSending(sendingOf());
  const head = await hall.server.ledger.readHead();
  const ask = (recipient: string) => administrator.ask('POST', '/api/sending/test', { recipient });
  expect(await ask('office')).toMatchObject({ status: 200, body: { result: 'sent' } });
  expect((await ask('share')).status).toBe(404);
  mail.refuse = () => 550;
  expect(await ask('office')).toMatchObject({ body: { result: 'failed', reason: 'refused' } });
  await administrator.ask('PUT', '/api/sending/secrets', { smtp: null });
  expect(await ask('office')).toMatchObject({ body: { result: 'failed', reason: 'no-settings' } });
  expect(await hall.server.ledger.readHead()).toBe(head);
});

test('no count and no correction comes of it', async () => {
  await putSending(sendingOf());
  const manager = await hall.signIn('manager');
  const measures = async () => {
    const { seq: _seq, ...rest } = (await manager.ask('GET', '/api/measures?from=2019-11-20&to=2019-11-30'))
      .body as Record<string, unknown>;
    return rest;
  };
  clock.set(at('2019-11-26T08:30:01'));
  const before = await measures();
  await addSender().look();
  expect(sentTo()).toHaveLength(2);
  expect(await measures()).toEqual(before);
});

test('a file of secrets that cannot be read is left as it is', async () => {
  const file = join(hall.folder, 'secrets.json');
  const before = readFileSync(file, 'utf8');
  try {
    for (const broken of [before.slice(0, -3), JSON.stringify({ smtp: { host: 5 } })]) {
      writeFileSync(file, broken);
      const robot = {
        id: 'r1',
        name: '群',
        kind: 'wecom',
        url: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k',
      };
      expect((await administrator.ask('PUT', '/api/robots', robot)).status).toBeGreaterThanOrEqual(400);
      expect((await administrator.ask('PUT', '/api/sending/secrets', { smtp: null })).status).toBe(500);
      expect(readFileSync(file, 'utf8')).toBe(broken);
    }
  } finally {
    writeFileSync(file, before);
  }
});

test('the password lies in one file of its owner’s, and nowhere else', async () => {
  const lines: string[] = [];
  await putSending(sendingOf());
  clock.set(at('2019-11-26T08:30:01'));
  mail.refuse = (address) => (address === LEADER ? 550 : undefined);
  await addSender({ onError: (error) => lines.push(String(error)) }).look();
  const file = join(hall.folder, 'secrets.json');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8')).toContain(MAIL_PASSWORD);
  for (const path of ['/api/sending', '/api/setup', '/api/audit?kind=all&limit=200', '/api/access/keys', '/healthz']) {
    const { status, body } = await administrator.ask('GET', path);
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toContain(MAIL_PASSWORD);
    expect(JSON.stringify(body)).not.toContain('BEGIN CERTIFICATE');
  }
  const manager = await hall.signIn('manager');
  expect(JSON.stringify((await manager.ask('GET', '/api/sending')).body)).not.toMatch(/@hall\.example|9f27/);
  const walk = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? walk(path) : [path];
    });
  const holders = walk(hall.folder).filter((path) => readFileSync(path).includes(MAIL_PASSWORD));
  expect(holders).toEqual([file]);
  // Addresses are the document's alone: no event has one.
  const withAddress = walk(hall.folder).filter((path) => readFileSync(path).includes(OFFICE));
  expect(withAddress.map((path) => path.slice(hall.folder.length + 1)).sort()).toEqual([
    'documents/sending.json',
    'documents/sending.last-good.json',
  ]);
  expect(lines.join('\n')).not.toContain(MAIL_PASSWORD);
  const backup = await createBackup({ folder: hall.folder, ledger: sqliteKeeper, to: share, now: clock.now() });
  const kept = walk(backup.path);
  expect(kept.some((path) => path.endsWith('documents/sending.json'))).toBe(true);
  expect(kept.filter((path) => readFileSync(path).includes(MAIL_PASSWORD))).toEqual([]);
});

test('what does not read as a mail server is refused by its field, and never said back', async () => {
  const put = (change: object) =>
    administrator.ask('PUT', '/api/sending/secrets', { smtp: { ...mail.settings, ...change } });
  for (const [change, field] of [
    [{ security: 'none' }, 'smtp.security'],
    [{ password: undefined }, 'smtp.password'],
    [{ host: 'a b' }, 'smtp.host'],
    [{ from: 'nobody' }, 'smtp.from'],
    [{ ca: 'PRIVATE' }, 'smtp.ca'],
    [{ port: 0 }, 'smtp.port'],
    [{ other: 1 }, 'smtp.other'],
  ] as const) {
    const { status, body } = await put(change);
    expect([status, body]).toEqual([400, { error: 'bad-body', field }]);
  }
});

// Robots of groups against a receiver on this machine (spec U11): signed anew each time, errors inside a 200 read, twenty a minute, nothing lost, nothing twice.
import { createHmac } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RobotView } from '../../../domain/wire/robots.ts';
import { createMovingClock } from '../moving-clock.ts';
import {
  answerFine,
  answerJson,
  startRobotReceiver,
  textOf,
  type Received,
  type RobotReceiver,
} from './robot-receiver.ts';
import { KEY, openStaffedHall, type Browser, type StaffedHall } from '../staffed-hall.ts';

const NOW = Date.parse('2019-11-26T10:00:00+08:00');
const clock = createMovingClock(NOW);
const WINDOW_MS = 1_500;

let receiver: RobotReceiver;
let base: string;
let hall: StaffedHall;
let administrator: Browser;
let manager: Browser;

beforeAll(async () => {
  receiver = await startRobotReceiver();
  base = receiver.base;
  hall = await openStaffedHall({
    clock,
    server: { followupLookMs: 20, notices: { lookMs: 20, timeoutMs: 500, windowMs: WINDOW_MS } },
  });
  administrator = await hall.signIn('administrator');
  manager = await hall.signIn('manager');
});
afterAll(async () => {
  await hall.close();
  await receiver.close();
});
beforeEach(() => {
  receiver.received = [];
  receiver.answer = answerFine;
});

let told = 0;
async function open(followup: string): Promise<void> {
  const data = { followup, about: 'check', station: 'hall', owner: 'clerk', note: '不该外发的话' };
  const event = { specversion: '1.0', source: 'urn:other', id: `e${told++}`, type: 'hall.followup.opened', data };
  const time = new Date(clock.now()).toISOString();
  const { status } = await hall
    .browser()
    .ask('POST', '/api/events', { ...event, time }, { Authorization: `Bearer ${KEY}` });
  expect(status).toBe(200);
}
let drawn = 0;
async function remind(followup: string): Promise<void> {
  const letters = [...String(drawn++).padStart(6, '0')].map((one) => 'abcdefghij'[Number(one)]).join('');
  const { status } = await manager.ask('POST', '/api/followups', {
    ...{ id: `remind${letters}`, followup, deed: { type: 'remind', note: '请尽快' } },
  });
  expect(status).toBe(200);
}
const put = (robot: object) => administrator.ask('PUT', '/api/robots', { name: '窗口群', ...robot });
const remove = (id: string) => administrator.ask('POST', '/api/robots/remove', { id });
const robots = async (): Promise<RobotView[]> =>
  ((await manager.ask('GET', '/api/robots')).body as { robots: RobotView[] }).robots;
const hmac = (key: string, message: string): string => createHmac('sha256', key).update(message).digest('base64');

test('each kind is told in its own form, signed anew, in words that name nobody but the owner', async () => {
  await open('forms');
  expect((await put({ id: 'wecom', kind: 'wecom', address: `${base}/wecom?key=K` })).status).toBe(200);
  expect(
    (await put({ id: 'ding', kind: 'dingtalk', address: `${base}/ding?access_token=T`, secret: 'SECx' })).status,
  ).toBe(200);
  expect((await put({ id: 'feishu', kind: 'feishu', address: `${base}/feishu/v2/hook/H`, secret: 'fs' })).status).toBe(
    200,
  );
  await remind('forms');
  await expect.poll(() => receiver.received.length).toBe(3);
  const byPath = (path: string): Received => receiver.received.find((one) => one.path.startsWith(path))!;
  const ding = byPath('/ding');
  const stamp = ding.query.get('timestamp')!;
  expect(ding.query.get('access_token')).toBe('T');
  expect(ding.query.get('sign')).toBe(hmac('SECx', `${stamp}\nSECx`));
  expect(Math.abs(Number(stamp) - Date.now())).toBeLessThan(60_000);
  const feishu = byPath('/feishu').body;
  expect(feishu['sign']).toBe(hmac(`${String(feishu['timestamp'])}\nfs`, ''));
  expect(String(feishu['timestamp'])).toMatch(/^\d{10}$/);
  expect(byPath('/wecom').query.get('key')).toBe('K');
  for (const one of receiver.received) {
    expect(textOf(one)).toContain('核查问题：催办');
    expect(textOf(one)).toContain('责任人：示例clerk');
    expect(textOf(one)).not.toContain('不该外发的话');
    expect(textOf(one)).not.toContain('请尽快');
  }
  await expect.poll(async () => (await robots()).map(({ sent }) => sent)).toEqual([1, 1, 1]);
  expect((await manager.ask('POST', '/api/robots/test', { id: 'ding' })).body).toEqual({ result: 'sent' });
  const again = receiver.received.at(-1)!;
  expect(again.query.get('sign')).toBe(hmac('SECx', `${again.query.get('timestamp')}\nSECx`));
  expect(again.query.get('timestamp')).not.toBe(stamp);
  const { secret, answers } = {
    secret: JSON.parse(readFileSync(join(hall.folder, 'secrets.json'), 'utf8')) as object,
    answers: JSON.stringify(await robots()),
  };
  expect(JSON.stringify(secret)).toContain('SECx');
  expect(statSync(join(hall.folder, 'secrets.json')).mode & 0o777).toBe(0o600);
  expect(answers).not.toMatch(/SECx|access_token|hook\/H|"fs"/);
  for (const id of ['wecom', 'ding', 'feishu']) expect((await remove(id)).status).toBe(200);
});

test('an error inside a 200, a 500 and nobody there are tried again; a broken answer and a silent one are not', async () => {
  await open('faults');
  const faults: Record<string, (response: ServerResponse) => void> = {
    limit: (response) => answerJson(response, { errcode: 45009, errmsg: 'freq' }),
    broken: (response) => void response.writeHead(200).end('<html>'),
    server: (response) => answerJson(response, {}, 500),
    silent: () => undefined,
  };
  receiver.answer = (response, one) => faults[one.path.slice(1)]!(response);
  for (const id of Object.keys(faults)) await put({ id, kind: 'wecom', address: `${base}/${id}` });
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
  const { port } = closed.address() as AddressInfo;
  await new Promise((resolve) => closed.close(resolve));
  await put({ id: 'nobody', kind: 'wecom', address: `http://127.0.0.1:${port}/` });
  await remind('faults');
  const tell = async () =>
    Object.fromEntries(
      (await robots()).map(({ id, sent, failed, unknown, waiting }) => [id, [sent, failed, unknown, waiting].join()]),
    );
  const first = { limit: '0,0,0,1', broken: '0,0,1,0', server: '0,0,0,1', silent: '0,0,1,0', nobody: '0,0,0,1' };
  await expect.poll(tell).toEqual(first);
  receiver.answer = answerFine;
  const before = receiver.received.length;
  clock.set(clock.now() + 61_000);
  await expect.poll(tell).toEqual({ ...first, limit: '1,0,0,0', server: '1,0,0,0' });
  expect(
    receiver.received
      .slice(before)
      .map(({ path }) => path)
      .sort(),
  ).toEqual(['/limit', '/server']);
  for (const id of [...Object.keys(faults), 'nobody']) await remove(id);
});

test('sixty in a minute: twenty at a time, all of them, each once, through a restart in the middle', async () => {
  await open('many');
  await put({ id: 'busy', kind: 'wecom', address: `${base}/busy` });
  for (let i = 0; i < 60; i++) await remind('many');
  await expect.poll(() => receiver.received.length, { timeout: 20_000 }).toBeGreaterThan(20);
  await hall.restart();
  [administrator, manager] = [await hall.signIn('administrator'), await hall.signIn('manager')];
  await expect.poll(async () => (await robots())[0]?.sent, { timeout: 30_000 }).toBe(60);
  expect(receiver.received).toHaveLength(60);
  // However it is cut, no stretch of a minute holds more than twenty.
  const times = receiver.received.map(({ at }) => at);
  for (const from of times)
    expect(times.filter((at) => at >= from && at < from + WINDOW_MS - 100).length).toBeLessThanOrEqual(20);
  await remove('busy');
}, 60_000);

test.each([
  ['an address that is none', { address: 'qyapi' }, 400, 'address'],
  ['an address of no web', { address: 'file:///etc/passwd' }, 400, 'address'],
  ['a kind that there is not', { kind: 'toString' }, 400, 'kind'],
  ['a station that there is not', { station: '__proto__' }, 404, 'station'],
  ['an id of its own making', { id: '__proto__' }, 400, 'id'],
])('%s is refused with its place', async (_what, more, status, field) => {
  const found = await put({ id: 'bad', kind: 'wecom', address: `${base}/bad`, ...more });
  expect([found.status, (found.body as { field?: string }).field]).toEqual([status, field]);
});

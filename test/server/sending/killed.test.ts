// A process that is killed between the server's word and its own leaves a mail of which nobody knows, and sends it to nobody twice.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createZone, dayOf } from '../../../domain/calendar/zone.ts';
import { toRuns, UNHEARD_MS } from '../../../domain/sending/runs.ts';
import { findRoot, startProduct, type Product } from '../../e2e/product.ts';
import { openInProcessLedger } from '../../property/in-process-ledger.ts';
import { MAIL_PASSWORD, startMailServer, type MailServer } from './mail-server.ts';

const ZONE = 'Asia/Shanghai';
let parent: string;
let mail: MailServer;
let product: Product | undefined;
beforeAll(async () => {
  parent = mkdtempSync(join(tmpdir(), 'hallpulse-killed-'));
  mail = await startMailServer();
});
afterAll(async () => {
  await product?.stop();
  await mail.close();
  rmSync(parent, { recursive: true, force: true });
});

test('killed before it heard that the mail was taken', async () => {
  const [seed, folder] = [join(parent, 'seed'), join(parent, 'hall')];
  cpSync(join(findRoot(), 'data/halls/meilin'), seed, { recursive: true });
  mkdirSync(folder);
  const recipients = ['office', 'leader'].map((id) => ({ id, type: 'mail', name: id, address: `${id}@hall.example` }));
  const from = dayOf(createZone(ZONE), Date.now());
  const plan = { id: 'morning', kind: 'day', at: '00:00', formats: ['txt'], to: ['office', 'leader'], from };
  writeFileSync(join(seed, 'sending.json'), JSON.stringify({ version: 1, recipients, plans: [plan] }));
  writeFileSync(join(folder, 'secrets.json'), JSON.stringify({ smtp: mail.settings }), { mode: 0o644 });
  const start = () => startProduct({ folder, env: { HALLPULSE_HALL: seed } });

  const killed = new Promise<void>((resolve, reject) => {
    mail.onMail = async () => {
      // It may have sent before the address was printed.
      await starting.then((running) => running.kill9()).then(resolve, reject);
      return 'answer' as const;
    };
  });
  const starting = start();
  await killed;
  expect(mail.mails.map(({ to }) => to)).toEqual(['office@hall.example']);

  const second = new Promise<void>((resolve) => {
    mail.onMail = () => {
      resolve();
      return 'answer';
    };
  });
  product = await start();
  await second;
  expect(await product.stop()).toBe(0);
  const output = product.output();
  product = undefined;
  expect(mail.mails.map(({ to }) => to)).toEqual(['office@hall.example', 'leader@hall.example']);
  const ledger = openInProcessLedger(ZONE, join(folder, 'ledger.sqlite'), 'meilin');
  try {
    const events = (await ledger.readOf('urn:hallpulse:sending', '', '~', 100)).map(({ event }) => event);
    const [run] = toRuns(events, Date.now() + UNHEARD_MS).values();
    expect(run!.deliveries).toMatchObject([
      { recipient: 'office', state: 'unknown', attempt: 1 },
      { recipient: 'leader', state: 'sent', attempt: 1 },
    ]);
  } finally {
    await ledger.close();
  }
  expect(output).not.toMatch(new RegExp(`${MAIL_PASSWORD}|@hall\\.example`));
});

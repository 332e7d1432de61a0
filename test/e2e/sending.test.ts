// The page of sending in a real browser: what is due, sent, missed and not known, settled by a manager; a server set by an administrator and never shown again.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMovingClock, type MovingClock } from '../server/moving-clock.ts';
import { MAIL_PASSWORD, startMailServer, type MailServer } from '../server/sending/mail-server.ts';
import { openStaffedHall, type StaffedHall } from '../server/staffed-hall.ts';
import type { SendingDocument } from '../../domain/sending/document.ts';
import type { SendingState } from '../../domain/wire/sending.ts';
import { answerFine, answerJson, startRobotReceiver } from '../server/followups/robot-receiver.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { findFaults, FINGER_PX, openAs, PHONE_SIZE, takePicture } from './staff-pages.ts';

const PHONE = { viewport: PHONE_SIZE, hasTouch: true, isMobile: true };
let browser: Browser;
let hall: StaffedHall;
let mail: MailServer;
let share: string;
let clock: MovingClock;
beforeAll(async () => {
  clock = createMovingClock(Date.parse('2019-11-26T08:00:00+08:00'));
  share = mkdtempSync(join(tmpdir(), 'hallpulse-share-'));
  [browser, mail, hall] = await Promise.all([
    openBrowser(),
    startMailServer(),
    openStaffedHall({ clock, server: { sendingLookMs: 50 } }),
  ]);
});
afterAll(async () => {
  await browser.close();
  await hall.close();
  await mail.close();
  rmSync(share, { recursive: true, force: true });
});

async function look(page: Page, name: string, leastPx?: number): Promise<void> {
  expect(await findProblems(page)).toEqual([]);
  expect(await findFaults(page, leastPx)).toEqual([]);
  await takePicture(page, name);
  await takePicture(page, `${name}-whole`, { fullPage: true });
}

test('a hall that sends nothing says so, and whoever may not see it is told', async () => {
  for (const [language, empty] of [
    ['zh', '还没有发送过报告。'],
    ['en', 'No report has been sent yet.'],
  ] as const) {
    const page = await openAs(browser, hall, 'manager', `/sending?lang=${language}`);
    await page.getByText(empty).waitFor();
    expect(await page.getByText(language === 'zh' ? '填写邮件服务器' : 'Set the mail server').count()).toBe(0);
    await look(page, `sending-empty-${language}`);
    await page.context().close();
  }
  const page = await openAs(browser, hall, 'leader', '/sending', PHONE);
  await page.getByText('报告发送由大厅管理员和系统管理员查看。').waitFor();
  await look(page, 'sending-denied', FINGER_PX);
  await page.context().close();
});

test('an administrator sets the server, which is never shown again', async () => {
  const administrator = await hall.signIn('administrator');
  const { body } = await administrator.ask('GET', '/api/setup');
  const { version } = (body as { documents: { sending: { version: string } } }).documents.sending;
  const value = {
    version: 1,
    recipients: [
      { id: 'office', type: 'mail', name: '办公室', address: 'office@hall.example' },
      { id: 'leader', type: 'mail', name: '分管领导', address: 'leader@hall.example' },
      { id: 'share', type: 'folder', name: '共享文件夹', path: share },
    ],
    plans: [
      {
        id: 'morning',
        kind: 'day',
        at: '08:30',
        formats: ['xlsx', 'pdf'],
        to: ['office', 'leader', 'share'],
        from: '2019-11-22',
      },
      {
        id: 'month',
        kind: 'month',
        at: '09:00',
        monthDay: 3,
        formats: ['docx'],
        to: ['leader'],
        from: '2019-11-22',
        station: 'hall',
      },
    ],
  };
  // Runs of the mornings before have been missed, or are caught up without a server and fail.
  mail.refuse = (address) => (address.startsWith('leader') ? 550 : undefined);
  const page = await openAs(browser, hall, 'administrator', '/sending');
  await page.getByText('填写邮件服务器', { exact: true }).click();
  const { settings } = mail;
  await page.getByLabel('服务器', { exact: true }).fill(settings.host);
  await page.getByLabel('端口').fill('0');
  await page.getByLabel('发件地址').fill(settings.from);
  await page.getByLabel('用户名（不用登录就留空）').fill(settings.user!);
  await page.getByLabel('密码', { exact: true }).fill(MAIL_PASSWORD);
  await page.getByLabel('自己的证书颁发机构（PEM，可不填）').fill(settings.ca!);
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('请检查这一项。').first().waitFor();
  await look(page, 'sending-server');
  await page.getByLabel('端口').fill(String(settings.port));
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('已填写：localhost').waitFor();
  expect(await page.content()).not.toContain(MAIL_PASSWORD);
  expect(await page.getByLabel('密码', { exact: true }).inputValue()).toBe('');
  expect((await administrator.ask('PUT', '/api/setup/sending', { version, value })).status).toBe(200);
  await page.reload();
  await page.getByRole('button', { name: '发测试邮件' }).click();
  await page.getByText('邮件服务器已收下，请到邮箱里看一看。').waitFor();
  await page.context().close();
});

test('an administrator makes recipients and plans on a telephone, changes them and takes them out again', async () => {
  const administrator = await hall.signIn('administrator');
  const read = async () =>
    ((await administrator.ask('GET', '/api/sending')).body as SendingState).document!.value as SendingDocument;
  const before = await read();
  const page = await openAs(browser, hall, 'administrator', '/sending', PHONE);
  const dialog = page.getByRole('dialog');
  const save = () => dialog.getByRole('button', { name: '保存' }).click();
  await page.getByRole('button', { name: '添加收件人' }).click();
  await save();
  expect(await dialog.getByText('请填写或选择。').count()).toBe(2);
  await dialog.getByLabel('名称').fill('党政办');
  await dialog.getByLabel('邮箱地址').fill('office');
  await save();
  await dialog.getByText('邮箱地址不完整。').waitFor();
  await look(page, 'sending-recipient', FINGER_PX);
  await dialog.getByLabel('邮箱地址').fill('party@hall.example');
  await save();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('已保存，马上生效。').waitFor();
  await page.getByRole('button', { name: '添加计划' }).click();
  await dialog.getByRole('radio', { name: '周报' }).click();
  await dialog.getByLabel('星期几发').selectOption('星期五');
  await dialog.getByLabel('几点发').fill('17:00');
  await dialog.getByLabel('站点').selectOption('梅丰社区');
  await dialog.getByLabel('打印版 PDF').uncheck();
  await save();
  expect(await dialog.getByText('请填写或选择。').count()).toBe(2);
  await look(page, 'sending-plan', FINGER_PX);
  await dialog.getByLabel('公文 DOCX').check();
  await dialog.getByLabel('党政办').check();
  await save();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('已保存，马上生效。').waitFor();
  const made = await read();
  const { id } = made.recipients.find(({ name }) => name === '党政办')!;
  expect(made.recipients.slice(0, -1)).toEqual(before.recipients);
  expect(made.plans.at(-1)).toMatchObject({
    ...{ kind: 'week', weekday: 5, at: '17:00', station: 'meifeng', formats: ['docx'], to: [id], language: 'zh' },
    from: '2019-11-26',
  });
  await page.getByRole('button', { name: '修改计划：周报' }).click();
  await dialog.getByLabel('几点发').fill('18:00');
  // Meanwhile somebody else changes the document.
  const { body } = await administrator.ask('GET', '/api/setup');
  const { version } = (body as { documents: { sending: { version: string } } }).documents.sending;
  await administrator.ask('PUT', '/api/setup/sending', { version, value: { ...made, version: 1 } });
  await save();
  await dialog.getByText('刚才有别人改过发送设置').waitFor();
  await dialog.getByRole('button', { name: '取消' }).click();
  await page.getByRole('button', { name: '修改收件人：党政办' }).click();
  await dialog.getByRole('button', { name: '删除' }).click();
  await dialog.getByText('有 1 个计划只发给“党政办”').waitFor();
  expect(await dialog.getByRole('button', { name: '确定删除' }).count()).toBe(0);
  await dialog.getByRole('button', { name: '关闭' }).click();
  for (const name of ['修改计划：周报', '修改收件人：党政办']) {
    await page.getByRole('button', { name }).click();
    await dialog.getByRole('button', { name: '删除' }).click();
    await takePicture(page, 'sending-removal');
    await dialog.getByRole('button', { name: '确定删除' }).click();
    await page.getByText('已删除。').waitFor();
    await page.getByRole('button', { name }).waitFor({ state: 'detached' });
  }
  const after = await read();
  expect([after.recipients, after.plans]).toEqual([before.recipients, before.plans]);
  await page.context().close();
});

test('the form is there in English too, on a desk, with the ways to the other pages', async () => {
  const page = await openAs(browser, hall, 'administrator', '/sending?lang=en');
  await page.getByRole('button', { name: 'Change the plan: Monthly' }).click();
  await page.getByLabel('Day of the month (1 to 28)').fill('29');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('A number from 1 to 28, please.').waitFor();
  await look(page, 'sending-plan-en');
  await page.keyboard.press('Escape');
  await look(page, 'sending-administrator-en');
  expect(await page.locator('header nav a').allInnerTexts()).toEqual([
    'Follow-ups',
    'Import',
    'Accounts',
    'Settings',
    'First set-up',
  ]);
  await page.getByRole('link', { name: 'First set-up' }).click();
  await page.waitForURL(/\/setup/);
  await page.context().close();
});

test('what was sent, missed, refused and not heard of stands there, and is settled', async () => {
  const manager = await hall.signIn('manager');
  const latest = async () =>
    ((await manager.ask('GET', '/api/sending')).body as SendingState).runs.toSorted((a, b) => b.at - a.at)[0]!;
  const untilLatest = (state: string, attempt: number, who: number) =>
    expect
      .poll(async () => ((one) => [one.state, one.attempt])((await latest()).deliveries[who]!), { timeout: 20_000 })
      .toEqual([state, attempt]);
  // The mornings before are caught up, the last of them at last.
  await untilLatest('sent', 1, 2);
  mail.onMail = ({ to }) =>
    to.startsWith('office') && clock.now() > Date.parse('2019-11-26T08:29:00+08:00') ? 'silent' : 'answer';
  clock.set(Date.parse('2019-11-26T08:30:01+08:00'));
  await untilLatest('sending', 1, 0);
  // A mail server that says nothing is not waited for: the hall is started again meanwhile.
  await hall.restart();
  await untilLatest('unknown', 1, 0);
  await untilLatest('due', 1, 1);
  for (const [attempt, minutes] of [
    [2, 2],
    [3, 6],
    [4, 31],
  ] as const) {
    clock.set(clock.now() + minutes * 60_000);
    await untilLatest(attempt === 4 ? 'failed' : 'due', attempt, 1);
  }
  for (const [name, options, px] of [
    ['desk', {}, undefined],
    ['telephone', PHONE, FINGER_PX],
  ] as const)
    for (const language of ['zh', 'en']) {
      const page = await openAs(browser, hall, 'manager', `/sending?lang=${language}`, options);
      await page
        .getByText(language === 'zh' ? '不知是否收到' : 'Not known to have arrived')
        .first()
        .waitFor();
      await look(page, `sending-${name}-${language}`, px);
      await page.context().close();
    }
  mail.onMail = () => 'answer';
  const page = await openAs(browser, hall, 'manager', '/sending');
  await page.getByRole('button', { name: '已收到 办公室' }).first().click();
  await page.getByText('已记下。').waitFor();
  await page.getByText('示例manager确认').first().waitFor();
  // The first morning was missed.
  await page.getByRole('button', { name: '补发 日报 2019-11-21' }).click();
  await page.getByText('已记下。').waitFor();
  const missed = async () =>
    ((await manager.ask('GET', '/api/sending')).body as SendingState).runs.find(
      ({ span }) => span.to === '2019-11-21',
    )!;
  await expect.poll(async () => (await missed()).deliveries[0]!.state, { timeout: 20_000 }).toBe('sent');
  expect(await page.getByRole('button', { name: '补发 日报 2019-11-21' }).count()).toBe(0);
  // A clock that jumps sends nothing, and the page says so until it is right again.
  const right = clock.now();
  clock.jump(right + 9 * 86_400_000);
  await page.getByText('服务器时钟忽然变动，暂不发送报告。').waitFor();
  await look(page, 'sending-clock');
  clock.jump(right);
  await page.getByText('服务器时钟忽然变动，暂不发送报告。').waitFor({ state: 'detached' });
  await page.context().close();
});

test('robots of groups are set up, tried and removed by an administrator; a manager tries them and reads no key', async () => {
  const robots = await startRobotReceiver();
  try {
    const page = await openAs(browser, hall, 'administrator', '/sending');
    await page.getByText('还没有群机器人。').waitFor();
    const add = async (kind: string, name: string, path: string, secret?: string): Promise<void> => {
      await page.getByRole('button', { name: '添加机器人' }).click();
      const form = page.locator('form', { hasText: '机器人地址' });
      await form.getByText(kind, { exact: true }).click();
      await form.getByLabel('群名称').fill(name);
      await form.getByLabel('机器人地址（Webhook）').fill(`${robots.base}${path}`);
      if (secret !== undefined) await form.getByLabel('加签密钥（没有就留空）').fill(secret);
      if (name === '飞书群') await look(page, 'sending-robot-form');
      await form.getByRole('button', { name: '保存', exact: true }).click();
      await page.getByText('已保存。请发一条测试消息。').waitFor();
    };
    await add('企业微信', '大厅企微群', '/wecom?key=SECRET-IN-ADDRESS');
    await add('钉钉', '钉钉群', '/dingtalk?access_token=SECRET-IN-ADDRESS', 'SECrobotsecret');
    await add('飞书', '飞书群', '/feishu/SECRET-IN-ADDRESS', 'robotsecret');
    const tell = page.locator('[role=status]', { hasText: /机器人已收下|没有发出/ });
    for (const name of ['大厅企微群', '钉钉群', '飞书群']) {
      await page.getByRole('button', { name: `测试 ${name}` }).click();
      await tell.getByText('机器人已收下，请到群里看一看。').waitFor();
    }
    expect(robots.received.map(({ path }) => path)).toEqual(['/wecom', '/dingtalk', '/feishu/SECRET-IN-ADDRESS']);
    expect(robots.received[1]!.query.get('sign')).toBeTruthy();
    expect(robots.received[2]!.body).toMatchObject({ sign: expect.any(String) as string });
    // An error inside a 200 is one.
    robots.answer = (response) => answerJson(response, { errcode: 93000, errmsg: 'invalid webhook url' });
    await page.getByRole('button', { name: '测试 大厅企微群' }).click();
    await tell.getByText('没有发出：对方不收，请检查地址和加签密钥。').waitFor();
    await look(page, 'sending-robots');
    expect(await page.content()).not.toContain('SECRET-IN-ADDRESS');
    // What is no address is refused at its field, and nothing of the rest is lost.
    await page.getByRole('button', { name: '添加机器人' }).click();
    await page.getByLabel('群名称').fill('打错的群');
    await page.getByLabel('机器人地址（Webhook）').fill('ftp://example');
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByText('请填机器人的完整网址，以 https:// 开头。').waitFor();
    expect(await page.getByLabel('群名称').inputValue()).toBe('打错的群');
    await look(page, 'sending-robot-bad');
    // It is asked first, since the address is kept nowhere else.
    const dialog = page.getByRole('dialog', { name: '删除机器人“钉钉群”？' });
    await page.getByRole('button', { name: '删除 钉钉群' }).click();
    await look(page, 'sending-robot-remove');
    await dialog.getByRole('button', { name: '取消', exact: true }).last().click();
    await page.getByRole('button', { name: '删除 钉钉群' }).click();
    await dialog.getByRole('button', { name: '删除', exact: true }).click();
    await page.getByText('已删除。').waitFor();
    await expect.poll(() => page.getByRole('button', { name: '删除 钉钉群' }).count()).toBe(0);
    await page.context().close();

    robots.answer = answerFine;
    for (const [name, path, options] of [
      ['en', '/sending?lang=en', { viewport: { width: 1920, height: 1080 } }],
      ['phone', '/sending', PHONE],
    ] as const) {
      const other = await openAs(browser, hall, 'manager', path, options);
      await other
        .getByRole('button', { name: /大厅企微群$/ })
        .first()
        .waitFor();
      expect(await other.getByRole('button', { name: /^(删除|Remove)/ }).count()).toBe(0);
      await other
        .getByRole('button', { name: /大厅企微群$/ })
        .first()
        .scrollIntoViewIfNeeded();
      await look(other, `sending-robots-${name}`, name === 'phone' ? FINGER_PX : undefined);
      await other.context().close();
    }
  } finally {
    await robots.close();
  }
});

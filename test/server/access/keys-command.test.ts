/** `npm run keys`: what a hall's administrator types, and what is printed; a secret only when it is new. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openAccess, type Access } from '../../../server/access/access.ts';
import { runKeys } from '../../../server/access/keys-command.ts';

const now = Date.parse('2019-11-25T02:30:00Z');
let folder: string;
let access: Access;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hallpulse-keys-'));
  access = openAccess(folder, { now: () => now });
});
afterEach(() => {
  access.close();
  rmSync(folder, { recursive: true });
});

const run = (...args: string[]) => {
  const { lines, isOk } = runKeys(args, access, { hall: 'meilin', now });
  return { isOk, text: lines.join('\n') };
};
const secretIn = (text: string): string => /hp[kd]_[\w-]{43}/.exec(text)![0];

test('a key is added, listed, rotated and revoked, and its secret is shown once', () => {
  expect(run('list')).toEqual({ isOk: true, text: 'There is no key yet.' });
  const added = run('add', '--sources', 'urn:a, urn:b', '--label', '叫号系统');
  expect(added.isOk).toBe(true);
  const secret = secretIn(added.text);
  const key = access.findIngestKey(secret)!;
  expect(key).toMatchObject({ hall: 'meilin', sources: ['urn:a', 'urn:b'], label: '叫号系统' });

  expect(run('list').text).toBe(`${key.id}  meilin  叫号系统  urn:a,urn:b  made 2019-11-25 02:30 UTC  in force`);

  const rotated = run('rotate', key.id, '--overlap', '30');
  expect(rotated.text).toContain('ends in 30 minutes');
  const next = access.findIngestKey(secretIn(rotated.text))!;
  expect(access.findIngestKey(secret)).toBeDefined();
  expect(run('list').text).toContain('ends 2019-11-25 03:00 UTC');

  expect(run('revoke', next.id)).toEqual({ isOk: true, text: `The key ${next.id} opens nothing any more.` });
  expect(run('revoke', next.id).isOk).toBe(false);
  expect(run('list').text).not.toMatch(/hpk_/);
});

test('a key can say from which day on its ticket numbers begin again, and keeps saying so', () => {
  const added = run('add', '--sources', 'urn:a', '--label', '叫号系统', '--tickets-restart-from', '2019-12-01');
  expect(added.text).toContain('From 2019-12-01 on its ticket numbers begin again each morning.');
  const key = access.findIngestKey(secretIn(added.text))!;
  expect(key).toMatchObject({ sources: ['urn:a'], ticketsRestartFrom: '2019-12-01' });
  expect(run('list').text).toContain('urn:a  tickets restart from 2019-12-01  made');
  const next = access.findIngestKey(secretIn(run('rotate', key.id).text));
  expect(next).toMatchObject({ sources: ['urn:a'], ticketsRestartFrom: '2019-12-01' });
  for (const day of ['tomorrow', '2019-02-30', '2019-12-1', '', '2019-12-01T00:00:00Z'])
    expect(run('add', '--sources', 'urn:a', '--label', 'x', '--tickets-restart-from', day)).toMatchObject({
      isOk: false,
    });
});

test('tokens of screens have the same commands', () => {
  const added = run('display', 'add', '--audience', 'public', '--label', '群众屏', '--hall', 'other');
  const token = access.findDisplayToken(secretIn(added.text))!;
  expect(token).toMatchObject({ audience: 'public', label: '群众屏', hall: 'other' });
  expect(run('display', 'list').text).toContain(`${token.id}  other  群众屏  public`);
  expect(run('revoke', token.id).isOk).toBe(false);
  const rotated = run('display', 'rotate', token.id);
  expect(access.findDisplayToken(secretIn(added.text))).toBeUndefined();
  expect(access.findDisplayToken(secretIn(rotated.text))?.audience).toBe('public');
});

test.each([
  [[]],
  [['--help']],
  [['frobnicate']],
  [['add']],
  [['add', '--sources', ' , ', '--label', 'x']],
  [['add', '--sources', '*']],
  [['add', 'surplus', '--sources', '*', '--label', 'x']],
  [['add', '--nonsense']],
  [['rotate']],
  [['revoke']],
  [['rotate', 'x', '--overlap', 'soon']],
  [['rotate', 'x', '--overlap=-5']],
  [['rotate', 'x', '--overlap', '']],
  [['display']],
  [['display', 'add']],
  [['display', 'add', '--audience', 'everybody']],
])('%j explains itself and changes nothing', (args) => {
  const { isOk, text } = run(...args);
  expect(isOk).toBe(false);
  expect(text).toContain('Usage: npm run keys');
  expect(access.ingestKeys.list()).toEqual([]);
  expect(access.displayTokens.list()).toEqual([]);
});

test('a tablet’s token names its window, a kiosk’s its station, and each shows as that', () => {
  const places = { windows: new Set(['w03']), stations: new Set(['hall']) };
  const add = (...args: string[]) => {
    const { lines, isOk } = runKeys(['display', 'add', ...args], access, { hall: 'meilin', now, ...places });
    return { isOk, text: lines.join('\n') };
  };
  const tablet = add('--rate', 'w03');
  expect(tablet.text).toContain('(tablet) of hall meilin opens /rate/w03 and nothing else.');
  expect(access.findDisplayToken(secretIn(tablet.text))).toMatchObject({ audience: { rate: 'w03' } });
  const kiosk = add('--take', 'hall', '--label', '门口取号机');
  expect(kiosk.text).toContain('(门口取号机) of hall meilin opens /take and nothing else.');
  expect(access.findDisplayToken(secretIn(kiosk.text))).toMatchObject({ audience: { take: 'hall' } });
  const form = add('--say', 'hall');
  expect(form.text).toContain('(tablet) of hall meilin opens /say and nothing else.');
  expect(access.findDisplayToken(secretIn(form.text))).toMatchObject({ audience: { say: 'hall' } });
  const listed = run('display', 'list').text;
  expect(listed).toContain('tablet  suggestions at station hall  made');
  expect(listed).toContain('tablet  tablet of window w03  made');
  expect(listed).toContain('门口取号机  numbers of station hall  made');
  const { id } = access.findDisplayToken(secretIn(tablet.text))!;
  const next = access.findDisplayToken(secretIn(run('display', 'rotate', id).text));
  expect(next).toMatchObject({ audience: { rate: 'w03' } });

  expect(add('--rate', 'W03').text).toContain('The profile of hall meilin has no window W03.');
  expect(add('--say', 'w03').text).toContain('The profile of hall meilin has no station w03.');
  expect(add('--take', 'w03').text).toContain('The profile of hall meilin has no station w03.');
  // Of another hall nobody here can say what it has.
  expect(add('--rate', 'W03', '--hall', 'elsewhere').isOk).toBe(true);
  for (const wrong of [
    [],
    ['--rate', ''],
    ['--rate', 'w03', '--take', 'hall'],
    ['--say', 'hall', '--take', 'hall'],
    ['--say', ' '],
    ['--rate', 'w03', '--audience', 'public'],
  ])
    expect(add(...wrong)).toMatchObject({ isOk: false });
});

test('every change of a key or a screen’s token is told to the audit, and none that did not come about', () => {
  const told = (): string[] =>
    access.accounts.changes().map(({ actor, data }) => [actor, data.change, data.note].join(' '));
  run('add', '--label', 'x');
  run('display', 'add', '--audience', 'everybody');
  run('revoke', 'nobody');
  run('rotate', 'nobody');
  run('list');
  expect(told()).toEqual([]);

  const key = access.findIngestKey(secretIn(run('add', '--sources', 'urn:a', '--label', '叫号系统').text))!;
  const next = access.findIngestKey(secretIn(run('rotate', key.id, '--overlap', '30').text))!;
  run('revoke', next.id);
  run('revoke', next.id);
  const screen = access.findDisplayToken(secretIn(run('display', 'add', '--audience', 'public').text))!;
  run('display', 'revoke', screen.id);
  expect(told()).toEqual([
    `command:keys key-added ${key.id}`,
    `command:keys key-added ${next.id}`,
    `command:keys key-ended ${key.id} 2019-11-25T03:00:00.000Z`,
    `command:keys key-ended ${next.id}`,
    `command:keys display-added ${screen.id}`,
    `command:keys display-ended ${screen.id}`,
  ]);
});

/** Promise 14: keys and tokens open what they should and nothing else, on real files and with two connections. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FIRST_KEY_ID, maySpeakFor, openAccess, readBearer, type Access } from '../../../server/access/access.ts';

const MINUTE_MS = 60_000;
let folder: string;
let clock: number;
let open: Access[];

const start = (firstKey?: { secret: string; hall: string }): Access => {
  const access = openAccess(join(folder, 'store'), { now: () => clock, ...(firstKey && { firstKey }) });
  open.push(access);
  return access;
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hallpulse-access-'));
  clock = Date.parse('2019-11-25T02:30:00Z');
  open = [];
});
afterEach(() => {
  for (const access of open) access.close();
  rmSync(folder, { recursive: true });
});

const entry = { hall: 'meilin', sources: ['urn:a', 'urn:b'], label: '叫号系统' };

describe('ingest keys', () => {
  test('a key opens its hall and sources, and only whole', () => {
    const access = start();
    const { secret, id } = access.ingestKeys.add(entry);
    expect(secret).toMatch(/^hpk_[A-Za-z0-9_-]{43}$/);
    const key = access.findIngestKey(secret);
    expect(key).toEqual({ id, ...entry });
    expect(maySpeakFor(key!, 'urn:a')).toBe(true);
    expect(maySpeakFor(key!, 'urn:c')).toBe(false);
    expect(maySpeakFor({ ...key!, sources: ['*'] }, 'urn:c')).toBe(true);
    for (const wrong of [
      '',
      'x',
      secret.slice(0, -1),
      `${secret}A`,
      secret.toUpperCase(),
      ` ${secret}`,
      id,
      "' OR 1=1 --",
    ]) {
      expect(access.findIngestKey(wrong)).toBeUndefined();
    }
  });

  test('every key is another one', () => {
    const access = start();
    const secrets = new Set(Array.from({ length: 50 }, () => access.ingestKeys.add(entry).secret));
    expect(secrets.size).toBe(50);
  });

  test('no file holds a secret, and only the owner may read the store', () => {
    const access = start();
    const secrets = [
      access.ingestKeys.add(entry).secret,
      access.displayTokens.add({ hall: 'meilin', audience: 'public', label: '大屏' }).secret,
    ];
    const store = join(folder, 'store');
    for (const file of readdirSync(store)) {
      const content = readFileSync(join(store, file));
      for (const secret of secrets) expect(content.includes(secret.slice(4))).toBe(false);
    }
    for (const file of readdirSync(store)) expect(statSync(join(store, file)).mode & 0o077).toBe(0);
    expect(JSON.stringify(access.ingestKeys.list())).not.toContain(secrets[0]!.slice(4));
  });

  test('a key made, and a key revoked, by another process are seen at once', () => {
    const server = start();
    const command = start();
    const { id, secret } = command.ingestKeys.add(entry);
    expect(server.findIngestKey(secret)?.id).toBe(id);
    expect(command.ingestKeys.revoke(id)).toBe(true);
    expect(server.findIngestKey(secret)).toBeUndefined();
    expect(command.ingestKeys.revoke(id)).toBe(false);
    expect(server.ingestKeys.list()).toMatchObject([{ id, revokedAt: clock }]);
  });

  test('keys outlive the process', () => {
    const { secret } = start().ingestKeys.add(entry);
    open.pop()!.close();
    expect(start().findIngestKey(secret)).toMatchObject(entry);
  });

  test('rotation without overlap ends the old key at once', () => {
    const access = start();
    const old = access.ingestKeys.add(entry);
    const next = access.ingestKeys.rotate(old.id)!;
    expect(next).toMatchObject(entry);
    expect(next.secret).not.toBe(old.secret);
    expect(access.findIngestKey(old.secret)).toBeUndefined();
    expect(access.findIngestKey(next.secret)?.id).toBe(next.id);
  });

  test('with an overlap both work until it is over, and a revocation cuts it short', () => {
    const access = start();
    const other = start();
    const old = access.ingestKeys.add(entry);
    const next = access.ingestKeys.rotate(old.id, 10 * MINUTE_MS)!;
    clock += 10 * MINUTE_MS - 1;
    expect(other.findIngestKey(old.secret)?.id).toBe(old.id);
    clock += 1;
    expect(other.findIngestKey(old.secret)).toBeUndefined();
    expect(other.findIngestKey(next.secret)?.id).toBe(next.id);
    const third = access.ingestKeys.rotate(next.id, 10 * MINUTE_MS)!;
    expect(other.ingestKeys.revoke(next.id)).toBe(true);
    expect(access.findIngestKey(next.secret)).toBeUndefined();
    expect(access.findIngestKey(third.secret)?.id).toBe(third.id);
  });

  test('a second rotation can bring the end nearer, never push it away', () => {
    const access = start();
    const old = access.ingestKeys.add(entry);
    access.ingestKeys.rotate(old.id, 5 * MINUTE_MS);
    access.ingestKeys.rotate(old.id, 60 * MINUTE_MS);
    clock += 5 * MINUTE_MS;
    expect(access.findIngestKey(old.secret)).toBeUndefined();
  });

  test('what is unknown or ended is neither rotated nor revoked', () => {
    const access = start();
    const { id } = access.ingestKeys.add(entry);
    access.ingestKeys.revoke(id);
    expect(access.ingestKeys.rotate(id)).toBeUndefined();
    expect(access.ingestKeys.rotate('nobody')).toBeUndefined();
    expect(access.ingestKeys.revoke('nobody')).toBe(false);
    expect(access.ingestKeys.list()).toHaveLength(1);
  });
});

describe('the configuration’s key', () => {
  test('is good for any source of its hall, beside the stored ones', () => {
    const access = start({ secret: 'a first key', hall: 'meilin' });
    const key = access.findIngestKey('a first key')!;
    expect(key).toMatchObject({ id: FIRST_KEY_ID, hall: 'meilin', sources: ['*'] });
    expect(maySpeakFor(key, 'urn:whatever')).toBe(true);
    expect(access.findIngestKey('a first ke')).toBeUndefined();
    expect(access.findIngestKey(access.ingestKeys.add(entry).secret)).toMatchObject(entry);
    expect(JSON.stringify(key)).not.toContain('a first key');
  });

  test('an empty one opens nothing', () => {
    expect(start({ secret: '', hall: 'meilin' }).findIngestKey('')).toBeUndefined();
    expect(start().findIngestKey('')).toBeUndefined();
  });
});

describe('display tokens', () => {
  test('carry their audience, and are no ingest keys, nor the other way round', () => {
    const access = start();
    const screen = access.displayTokens.add({ hall: 'meilin', audience: 'public', label: '群众屏' });
    const key = access.ingestKeys.add(entry);
    expect(screen.secret).toMatch(/^hpd_[A-Za-z0-9_-]{43}$/);
    expect(access.findDisplayToken(screen.secret)).toMatchObject({ audience: 'public', hall: 'meilin' });
    expect(access.findIngestKey(screen.secret)).toBeUndefined();
    expect(access.findDisplayToken(key.secret)).toBeUndefined();
    expect(access.findIngestKey(screen.secret.replace('hpd', 'hpk'))).toBeUndefined();
    expect(access.displayTokens.revoke(key.id)).toBe(false);
    expect(access.ingestKeys.revoke(screen.id)).toBe(false);
  });

  test('rotate and revoke like keys', () => {
    const access = start();
    const other = start();
    const old = access.displayTokens.add({ hall: 'meilin', audience: 'management', label: '指挥大屏' });
    const next = access.displayTokens.rotate(old.id)!;
    expect(next.audience).toBe('management');
    expect(other.findDisplayToken(old.secret)).toBeUndefined();
    expect(other.displayTokens.revoke(next.id)).toBe(true);
    expect(access.findDisplayToken(next.secret)).toBeUndefined();
  });
});

test('a store of a newer version is refused and left as it is', () => {
  start();
  const file = join(folder, 'store', 'access.sqlite');
  const database = new DatabaseSync(file);
  database.exec('PRAGMA user_version = 99');
  expect(() => start()).toThrow(/later version/);
  expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 99 });
  database.close();
});

test('a bearer is read from its header, and nothing else is', () => {
  expect(readBearer('Bearer abc')).toBe('abc');
  expect(readBearer('bearer  abc ')).toBe('abc');
  for (const header of [
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'Basic abc',
    'abc',
    'Bearer a b',
    'Bearer 键',
    `Bearer ${'x'.repeat(513)}`,
  ]) {
    expect(readBearer(header)).toBeUndefined();
  }
});

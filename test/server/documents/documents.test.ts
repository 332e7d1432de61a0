/** Documents on a real disk: damaged, cut, edited by hand, and what the hall then opens with. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_CALENDAR } from '../../../domain/calendar/calendar-document.ts';
import { createRandom } from '../../../server/demo/random.ts';
import { checkBytes } from '../../../server/documents/check-document.ts';
import { findDuplicateKey } from '../../../server/documents/duplicate-keys.ts';
import { openDocuments } from '../../../server/documents/documents.ts';

const seedFolder = fileURLToPath(new URL('../../../data/halls/meilin', import.meta.url));
let folder = '';
const open = () => openDocuments({ folder, seedFolder });
const at = (name: string): string => join(folder, name);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hallpulse-documents-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('opening', () => {
  it('copies the seed into an empty folder, byte for byte, with a last good copy', async () => {
    const { config, problems, close } = await open();
    await close();
    expect(problems).toEqual([]);
    expect(config.profile.hall).toBe('meilin');
    expect((await readdir(folder)).sort()).toEqual([
      'calendar.json',
      'calendar.last-good.json',
      'catalogue.json',
      'catalogue.last-good.json',
      'noticeboard.json',
      'noticeboard.last-good.json',
      'profile.json',
      'profile.last-good.json',
      'scenes.json',
      'scenes.last-good.json',
      'sending.json',
      'sending.last-good.json',
    ]);
    expect(await readFile(at('profile.json'))).toEqual(await readFile(join(seedFolder, 'profile.json')));
  });

  it('reads the copy and never the seed again', async () => {
    await open();
    const text = await readFile(at('profile.json'), 'utf8');
    await writeFile(at('profile.json'), text.replace('"queue": 10', '"queue": 12'));
    const { config, problems } = await openDocuments({ folder, seedFolder: join(folder, 'nowhere') });
    expect(config.profile.targets.queue).toBe(12);
    expect(problems).toEqual([]);
    expect(await readFile(at('profile.last-good.json'), 'utf8')).toContain('"queue": 12');
  });

  it.each<[string, object, string, RegExp]>([
    ['a day that is none', { daysOff: [{ from: '2027-02-29x' }] }, 'daysOff.0.from', /date/i],
    [
      'a holiday that ends before it begins',
      { daysOff: [{ from: '2027-10-07', until: '2027-10-01' }] },
      'daysOff.0.until',
      /before from/,
    ],
    ['a day that never comes', { workingDays: [{ on: '2027-02-30' }] }, 'workingDays.0.on', /no such day/],
    ['hours for no day', { hours: [{ hours: [['09:00', '12:00']] }] }, 'hours.0', /no day/],
    ['hours backwards', { hours: [{ from: '2027-03-06', hours: [['12:00', '09:00']] }] }, 'hours.0.hours.0', /order/],
    ['an eighth weekday', { hours: [{ weekdays: [8], hours: [] }] }, 'hours.0.weekdays.0', /7/],
    ['a day for no station', { workingDays: [{ on: '2027-10-09', stations: [] }] }, 'workingDays.0.stations', /./],
  ])('of the calendar names %s by its path', async (_name, part, path, message) => {
    await open();
    await writeFile(at('calendar.json'), JSON.stringify({ version: 2, ...part }));
    const { config, problems } = await open();
    expect(problems).toMatchObject([{ document: 'calendar', path, used: 'last-good' }]);
    expect(problems[0]!.message).toMatch(message);
    expect(config.calendarDocument).toEqual(DEFAULT_CALENDAR);
  });

  it('names file, place and what is allowed when somebody wrote what cannot be', async () => {
    await open();
    const text = await readFile(at('profile.json'), 'utf8');
    await writeFile(at('profile.json'), text.replace('"kind": "community"', '"kind": "village"'));
    const { config, problems } = await open();
    expect(config.stations.size).toBe(14);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      document: 'profile',
      reason: 'schema',
      path: 'stations.1.kind',
      used: 'last-good',
    });
    expect(problems[0]!.allowed).toContain('"community"');
    expect(await readFile(at('profile.json'), 'utf8')).toContain('village');
  });

  it('uses the last good copy when a document is gone', async () => {
    await open();
    await rm(at('catalogue.json'));
    const { config, problems } = await open();
    expect(config.items.size).toBeGreaterThan(50);
    expect(problems).toMatchObject([{ document: 'catalogue', reason: 'missing', used: 'last-good' }]);
  });

  it('refuses to open, and changes nothing, when document and last good copy are both damaged', async () => {
    await open();
    await writeFile(at('profile.json'), '{"version": 1');
    await writeFile(at('profile.last-good.json'), '');
    await expect(open()).rejects.toThrow(/profile\.json/);
    expect(await readFile(at('profile.json'), 'utf8')).toBe('{"version": 1');
  });

  it('refuses a seed that is wrong', async () => {
    await expect(openDocuments({ folder, seedFolder: folder })).rejects.toThrow();
  });
});

describe('damage', () => {
  const damages: [string, (text: string) => string | Uint8Array][] = [
    ['cut in the middle', (text) => text.slice(0, text.length / 2)],
    ['empty', () => ''],
    ['full of NUL bytes', (text) => new Uint8Array(text.length)],
    ['with a NUL at its end', (text) => `${text}\0`],
    ['with a byte order mark', (text) => `\uFEFF${text}`],
    ['in another encoding', (text) => Buffer.from(text, 'latin1')],
    ['with a key twice', (text) => text.replace('"version": 1', '"version": 1, "version": 2')],
    ['with a window at no station', (text) => text.replace('"station": "meifeng"', '"station": "nowhere"')],
    ['with a window twice', (text) => text.replace('"id": "w02"', '"id": "w01"')],
    ['with hours that end before they begin', (text) => text.replace('"12:00"', '"08:00"')],
    ['with another kind of JSON', () => '[]'],
    ['as JSON nested without end', () => '['.repeat(200_000)],
  ];
  it.each(damages)('%s: the last good copy is used and the file left alone', async (_name, damage) => {
    const before = await open();
    const bytes = damage(await readFile(at('profile.json'), 'utf8'));
    await writeFile(at('profile.json'), bytes);
    const { config, problems } = await open();
    expect(config.profile).toEqual(before.config.profile);
    expect(problems).toHaveLength(1);
    expect(problems[0]!.used).toBe('last-good');
    expect(Buffer.from(bytes as string).equals(await readFile(at('profile.json')))).toBe(true);
  });

  it('survives 300 mutations: what it opens with is either the file as it stands or the last good copy', async () => {
    const before = await open();
    const good = await readFile(at('catalogue.json'));
    const random = createRandom('mutations');
    let damaged = 0;
    for (let i = 0; i < 300; i++) {
      const bytes = Buffer.from(good);
      const place = random.integer(0, bytes.length - 1);
      const kind = i % 4;
      if (kind === 0) bytes[place]! ^= 1 << random.integer(0, 7);
      if (kind === 1) bytes[place] = 0;
      if (kind === 2) bytes.fill(random.integer(0, 255), place, place + random.integer(1, 512));
      const mutated = kind === 3 ? bytes.subarray(0, place) : bytes;
      await writeFile(at('catalogue.json'), mutated);
      const alone = checkBytes('catalogue', mutated);
      const { config, problems } = await open();
      if (alone.ok) {
        expect(config.catalogue).toEqual(alone.value);
        await writeFile(at('catalogue.last-good.json'), good);
      } else {
        damaged++;
        expect(config.catalogue).toEqual(before.config.catalogue);
        expect(problems).toHaveLength(1);
        expect(mutated.equals(await readFile(at('catalogue.json')))).toBe(true);
      }
    }
    expect(damaged).toBeGreaterThan(200);
  });
});

describe('saving', () => {
  it('writes whole files and puts the change in force', async () => {
    const documents = await open();
    const { profile } = documents.config;
    await documents.save('profile', { ...profile, version: 2, targets: { ...profile.targets, queue: 20 } });
    expect(documents.config.profile.targets.queue).toBe(20);
    await documents.close();
    expect((await open()).config.profile.version).toBe(2);
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('refuses what is not allowed and keeps what was', async () => {
    const documents = await open();
    const { profile } = documents.config;
    const wrong = { ...profile, hours: [['18:00', '09:00']] as [string, string][] };
    await expect(documents.save('profile', wrong)).rejects.toThrow(/hours\.0/);
    expect(documents.config.profile).toEqual(profile);
    expect((await open()).problems).toEqual([]);
  });

  it('keeps the last of many saves at once', async () => {
    const documents = await open();
    const { profile } = documents.config;
    await Promise.all([2, 3, 4, 5].map((version) => documents.save('profile', { ...profile, version })));
    await documents.close();
    expect((await open()).config.profile.version).toBe(5);
  });
});

describe('repeated keys', () => {
  it.each([
    ['{"a":1,"b":{"a":1}}', undefined],
    ['{"a":[{"b":1},{"b":1,"b":2}]}', 'a.1.b'],
    ['{"a":"\\"a\\":1","\\u0061":2}', 'a'],
    ['["a","a"]', undefined],
  ])('%s', (text, path) => expect(findDuplicateKey(text)).toBe(path));
});

// Days are frozen as of their closing, whatever comes in meanwhile, after a week off, over restarts, and by any number of processes.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createHallConfig } from '../../../domain/profile/profile.ts';
import { openChainKeys } from '../../../server/frozen/keys.ts';
import { createFreezer } from '../../../server/frozen/freezer.ts';
import { createRecorder } from '../../../server/record.ts';
import { at, openFrozenHall, type FrozenHall } from './frozen-hall.ts';

let hall: FrozenHall;
afterEach(() => hall?.close());

const days = async (): Promise<string[]> => (await hall.frozen()).map(({ data }) => data.day.slice(5));
const withFeeds = (one: FrozenHall, feeds: NonNullable<FrozenHall['config']['profile']['feeds']>): void => {
  const { profile, catalogue } = one.config;
  one.config = createHallConfig({ ...profile, feeds }, catalogue);
};

describe('a day', () => {
  test('is frozen with what came in before two, and not with what came later', async () => {
    hall = await openFrozenHall();
    await hall.accept('c1', '2019-11-25 09:30');
    await hall.runTo('2019-11-26 01:30');
    await hall.accept('straggler', '2019-11-25 17:00', 'meifeng');
    expect(await hall.frozen()).toEqual([]);
    await hall.runTo('2019-11-26 02:00');
    await hall.accept('late', '2019-11-25 17:30');
    const [day, ...others] = await hall.frozen();
    expect(others).toEqual([]);
    expect(day!.data).toMatchObject({
      day: '2019-11-25',
      figures: { accepted: 2, windowCases: 2, open: 2 },
      stations: { hall: { accepted: 1 }, meifeng: { accepted: 1 } },
      silentFeeds: [],
    });
    expect(day!.data.figures).not.toHaveProperty('corrected');
    expect(await hall.board.measures({ from: '2019-11-25', to: '2019-11-25', now: 0 })).toMatchObject({
      accepted: 3,
      corrected: 1,
    });
    expect(await hall.audit()).toMatchObject({ faults: 0 });
  });

  test('is in no count itself, is no word from anywhere and no correction, and changes nothing on the board', async () => {
    hall = await openFrozenHall();
    await hall.accept('c1', '2019-11-25 09:30');
    await hall.runTo('2019-11-26 01:59');
    const { heardAt } = hall.board.state;
    const heard = [...heardAt];
    await hall.runTo('2019-11-26 02:00');
    expect(await days()).toEqual(['11-25']);
    expect([...hall.board.state.heardAt]).toEqual(heard);
    for (const day of ['2019-11-25', '2019-11-26'])
      expect(await hall.board.measures({ from: day, to: day, now: 0 })).toMatchObject({
        accepted: day === '2019-11-25' ? 1 : 0,
        corrected: 0,
        voided: 0,
        uncounted: { n: 0 },
      });
  });

  test('without an event, on a weekend or off, is frozen with what is open', async () => {
    hall = await openFrozenHall();
    await hall.accept('c1', '2019-11-25 09:30');
    await hall.runTo('2019-12-02 03:00');
    expect(await days()).toEqual(['11-25', '11-26', '11-27', '11-28', '11-29', '11-30', '12-01']);
    for (const { data } of (await hall.frozen()).slice(1)) expect(data.figures).toMatchObject({ open: 1 });
    expect((await hall.frozen()).at(-1)!.data.figures).toEqual({ open: 1 });
    expect(await hall.audit()).toMatchObject({ faults: 0 });
  });

  test('whose feed has sent nothing says so; one that is shut says nothing of it', async () => {
    hall = await openFrozenHall();
    withFeeds(hall, [
      { fact: 'cases', source: 'urn:test:cases' },
      { fact: 'ratings', source: 'urn:test:pads', station: 'hall' },
      { fact: 'requests', source: 'urn:test:requests', from: '2019-12-01' },
    ]);
    await hall.accept('c1', '2019-11-25 09:30');
    await hall.tell(
      'hall.rating.given',
      '2019-11-25 10:00',
      { score: 5, station: 'meifeng', medium: 'pad' },
      'urn:test:pads',
    );
    await hall.runTo('2019-12-01 03:00');
    const silent = (await hall.frozen()).map(({ data }) => [
      data.day.slice(5),
      data.silentFeeds.map(({ fact }) => fact),
    ]);
    expect(silent).toEqual([
      ['11-25', ['ratings']],
      ['11-26', ['cases', 'ratings']],
      ['11-27', ['cases', 'ratings']],
      ['11-28', ['cases', 'ratings']],
      ['11-29', ['cases', 'ratings']],
      ['11-30', []],
    ]);
    expect((await hall.frozen())[0]!.data.silentFeeds).toEqual([
      { fact: 'ratings', source: 'urn:test:pads', station: 'hall' },
    ]);
  });

  test('that a wrong clock closed while it went on is frozen again once it is over', async () => {
    hall = await openFrozenHall();
    await hall.goTo('2019-11-25 23:30');
    await hall.goTo('2019-11-26 02:10');
    await hall.goTo('2019-11-25 23:31');
    await hall.accept('c1', '2019-11-25 23:31');
    await hall.runTo('2019-11-26 02:30');
    expect((await hall.frozen()).map(({ id, data }) => [id, data.figures['accepted'] ?? 0])).toEqual([
      ['day:2019-11-25:frozen', 0],
      ['day:2019-11-25:frozen:1', 1],
    ]);
    expect(await hall.audit()).toMatchObject({ faults: 0 });
  });
});

describe('a day behind whose closing more comes in than is kept', () => {
  /** Nothing can be frozen while a file stands in the place of the documents. */
  const blocked = (): string => join(hall.folder, 'documents');

  test('is frozen all the same, as of its closing, once it can be', async () => {
    hall = await openFrozenHall({ mostKept: 20 });
    await hall.accept('before', '2019-11-22 09:30');
    await hall.accept('c1', '2019-11-25 09:30');
    await hall.tell('hall.rating.given', '2019-11-25 10:00', { score: 2, station: 'hall', medium: 'pad' });
    await hall.runTo('2019-11-26 01:59');
    rmSync(blocked(), { recursive: true, force: true });
    writeFileSync(blocked(), '');
    await hall.runTo('2019-11-26 02:00');
    for (let i = 0; i < 30; i++) await hall.accept(`late${i}`, i % 2 === 0 ? '2019-11-25 17:30' : '2019-11-22 10:00');
    await hall.tell('hall.case.finished', '2019-11-26 09:00', { case: 'before', outcome: 'approved' });
    expect(await hall.frozen()).toEqual([]);
    rmSync(blocked());
    await hall.runTo('2019-11-27 02:00');
    const [first, second] = await hall.frozen();
    expect(first!.data).toMatchObject({
      ...{ day: '2019-11-25', figures: { accepted: 1, windowCases: 1, open: 2, poor: 1 } },
      stations: { hall: { accepted: 1 } },
    });
    expect(second!.data).toMatchObject({ day: '2019-11-26', figures: { finished: 1, open: 31 } });
    expect(await hall.audit()).toMatchObject({ faults: 0 });
  });

  test('is frozen after an update by which all is counted anew', async () => {
    hall = await openFrozenHall({ mostKept: 20 });
    await hall.accept('c1', '2019-11-25 09:30');
    await hall.runTo('2019-11-26 01:59');
    rmSync(blocked(), { recursive: true, force: true });
    writeFileSync(blocked(), '');
    await hall.runTo('2019-11-26 02:00');
    for (let i = 0; i < 10; i++) await hall.accept(`late${i}`, '2019-11-25 17:30');
    await hall.restart(() => {
      rmSync(blocked());
      hall.tamper("UPDATE folds SET version = 'before the update'");
    });
    await hall.runTo('2019-11-26 10:00');
    expect((await hall.frozen())[0]!.data).toMatchObject({ day: '2019-11-25', figures: { accepted: 1, open: 1 } });
    expect(await hall.audit()).toMatchObject({ faults: 0 });
  });
});

describe('a hall that was off for a week', () => {
  test('freezes its days at the next closing, each with what came in by then', async () => {
    hall = await openFrozenHall();
    await hall.accept('c1', '2019-11-25 09:30');
    await hall.restart();
    await hall.goTo('2019-11-29 10:00');
    expect(await days()).toEqual([]);
    // What a system had kept for the days without a server.
    await hall.accept('c2', '2019-11-27 09:30');
    await hall.runTo('2019-11-30 02:00');
    await hall.accept('c3', '2019-11-28 09:30');
    const accepted = (await hall.frozen()).map(({ data }) => [data.day.slice(5), data.figures['accepted'] ?? 0]);
    expect(accepted).toEqual([
      ['11-25', 1],
      ['11-26', 0],
      ['11-27', 1],
      ['11-28', 0],
      ['11-29', 0],
    ]);
    expect(await hall.audit()).toMatchObject({ faults: 0 });
  });

  test('reads of each of those days whether its feeds had sent anything', async () => {
    hall = await openFrozenHall();
    withFeeds(hall, [{ fact: 'cases', source: 'urn:test:cases' }]);
    await hall.accept('c1', '2019-11-25 09:30');
    await hall.goTo('2019-11-28 10:00');
    await hall.accept('c2', '2019-11-27 09:30');
    await hall.runTo('2019-11-29 02:00');
    expect((await hall.frozen()).map(({ data }) => [data.day.slice(5), data.silentFeeds.length])).toEqual([
      ['11-25', 0],
      ['11-26', 1],
      ['11-27', 0],
      ['11-28', 1],
    ]);
  });
});

describe('the chain', () => {
  test('begins once, vouches for every row, and each entry names the one before it', async () => {
    hall = await openFrozenHall();
    await hall.runTo('2019-11-28 03:00');
    await hall.restart();
    expect(await hall.begun()).toEqual(['first']);
    const entries = await hall.frozen();
    expect(entries.length).toBe(3);
    entries.slice(1).forEach((entry, i) => {
      const before = entries[i]!;
      expect(entry.data.previous).toEqual({ seq: before.seq, mac: before.data.mac });
      expect(entry.data.rows.after).toBe(before.data.rows.upTo);
      expect(entry.data.rows.upTo).toBe(entry.data.closing);
    });
  });

  test('keeps key and note for their owner alone, outside what a backup holds', async () => {
    hall = await openFrozenHall();
    await hall.runTo('2019-11-26 03:00');
    expect(statSync(hall.keysFolder).mode & 0o777).toBe(0o700);
    for (const name of ['frozen-days.key', 'frozen-days.json'])
      expect(statSync(join(hall.keysFolder, name)).mode & 0o777).toBe(0o600);
    const [entry] = await hall.frozen();
    const { secret } = JSON.parse(readFileSync(join(hall.keysFolder, 'frozen-days.key'), 'utf8')) as { secret: string };
    expect(JSON.stringify(await hall.ledger.read(0, 1_000))).not.toContain(secret);
    const { data } = entry!;
    for (const digest of Object.values(data.documents))
      expect(statSync(join(hall.folder, 'documents', 'kept', `${digest}.json`)).mode & 0o777).toBe(0o600);
  });

  test('goes on where an entry was written and its note was not', async () => {
    hall = await openFrozenHall();
    await hall.runTo('2019-11-26 03:00');
    const note = join(hall.keysFolder, 'frozen-days.json');
    const old = readFileSync(note, 'utf8');
    await hall.runTo('2019-11-28 03:00');
    const last = readFileSync(note, 'utf8');
    await hall.restart(() => writeFileSync(note, old));
    expect(await hall.begun()).toEqual(['first']);
    expect(readFileSync(note, 'utf8')).toBe(last);
    expect(await hall.audit()).toMatchObject({ faults: 0 });
  });

  test('waits where its folder cannot be used, says so once, and then freezes as of the closings', async () => {
    hall = await openFrozenHall();
    await hall.accept('c1', '2019-11-25 09:30');
    await hall.restart(() => {
      renameSync(hall.keysFolder, `${hall.keysFolder}-away`);
      writeFileSync(hall.keysFolder, 'no folder');
    });
    await hall.runTo('2019-11-27 01:00');
    await hall.accept('late', '2019-11-25 10:00');
    await hall.runTo('2019-11-27 03:00');
    await hall.accept('later', '2019-11-26 10:00');
    expect(await hall.frozen()).toEqual([]);
    expect(hall.troubles).toEqual([expect.stringMatching(/keys.*so no day is frozen\. Set HALLPULSE_KEYS/)]);
    await hall.restart(() => {
      rmSync(hall.keysFolder);
      renameSync(`${hall.keysFolder}-away`, hall.keysFolder);
    });
    expect((await hall.frozen()).map(({ data }) => [data.day.slice(5), data.figures])).toEqual([
      ['11-25', expect.objectContaining({ accepted: 1, open: 1 })],
      ['11-26', expect.objectContaining({ open: 2 })],
    ]);
    expect((await hall.frozen())[1]!.data.figures).not.toHaveProperty('accepted');
    expect(await hall.begun()).toEqual(['first']);
    expect(await hall.audit()).toMatchObject({ faults: 0 });
  });

  test('never takes a folder that is another hall’s', async () => {
    hall = await openFrozenHall();
    await hall.restart(() => {
      rmSync(hall.keysFolder, { recursive: true });
      mkdirSync(hall.keysFolder);
      writeFileSync(
        join(hall.keysFolder, 'frozen-days.key'),
        JSON.stringify({ hall: 'other', secret: 'ab'.repeat(32) }),
      );
    });
    await hall.runTo('2019-11-26 03:00');
    expect(await hall.frozen()).toEqual([]);
    expect(hall.troubles).toEqual([expect.stringMatching(/is of hall "other"/)]);
  });
});

describe('two that freeze one ledger', () => {
  const openSecond = (keysFolder: string, troubles: string[]) => {
    const { ledger, board, config, zone, folder } = hall;
    const now = () => at('2019-11-25 09:00');
    const freezer = createFreezer({
      ledger,
      board,
      config: () => config,
      zone,
      now,
      record: createRecorder({ ledger, board, now }),
      keysFolder,
      documentsFolder: join(folder, 'documents'),
      onTrouble: ({ message }) => troubles.push(message),
      onBroken: (reason) => troubles.push(reason),
    });
    return freezer;
  };

  test('with one key: each day once, at the same time or one after the other', async () => {
    hall = await openFrozenHall();
    await hall.accept('c1', '2019-11-25 09:30');
    const troubles: string[] = [];
    const second = openSecond(hall.keysFolder, troubles);
    second.freeze();
    await second.settled();
    const unsubscribe = hall.board.subscribe({ onAdvance: () => second.freeze() });
    await hall.runTo('2019-11-26 02:00');
    unsubscribe();
    await second.settled();
    await hall.runTo('2019-11-28 02:00');
    second.freeze();
    await second.settled();
    expect(await days()).toEqual(['11-25', '11-26', '11-27']);
    expect([...troubles, ...hall.troubles]).toEqual([]);
    expect(await hall.begun()).toEqual(['first']);
    await second.stop();
    expect(await hall.audit()).toMatchObject({ faults: 0 });
  });

  test('with a key of its own the second is told, and writes nothing over the first', async () => {
    hall = await openFrozenHall();
    await hall.runTo('2019-11-26 02:00');
    const before = await hall.frozen();
    const troubles: string[] = [];
    const second = openSecond(join(hall.folder, 'other-keys'), troubles);
    second.freeze();
    await second.settled();
    await second.stop();
    expect(troubles).toEqual(['key-lost']);
    expect(await hall.frozen()).toEqual(before);
    expect(await hall.begun()).toEqual(['first', 'key-lost']);
  });
});

test('a folder that cannot be made is told at once, and nothing is waited for', () => {
  expect(() => openChainKeys('/proc/nowhere', 'small')).toThrow(/\/proc\/nowhere cannot be written/);
});

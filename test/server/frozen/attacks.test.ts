// What an audit says after somebody was at the ledger's file, its documents, its key or its note: each attack on a copy of one hall.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { rowText, sealedText, type FrozenData, type Row } from '../../../domain/frozen/chain.ts';
import type { ChainReason } from '../../../domain/events/schema.ts';
import type { AccountStore } from '../../../server/access/account-store.ts';
import { noteRestore, openChainKeys } from '../../../server/frozen/keys.ts';
import { sayRestoredByHand } from '../../../server/frozen/restored-by-hand.ts';
import { openReadingLedger } from '../../../server/ledger/sqlite/reading-ledger.ts';
import { ROWS } from '../../../server/ledger/sqlite/row-digests.ts';
import { at, openFrozenHall, type Frozen, type FrozenHall } from './frozen-hall.ts';

let whole: FrozenHall;
let hall: FrozenHall;
/** Of the 26th. */
let accepted: number;
let entries: Frozen[];

beforeAll(async () => {
  whole = await openFrozenHall();
  await whole.accept('c1', '2019-11-25 09:30');
  await whole.runTo('2019-11-26 09:00');
  accepted = await whole.accept('c2', '2019-11-26 09:30');
  await whole.accept('c3', '2019-11-26 09:40', 'meifeng');
  const mistaken = await whole.tell('hall.service.given', '2019-11-26 09:50', { station: 'hall', kind: 'home-visit' });
  const [wrong] = await whole.ledger.read(mistaken - 1, 1);
  await whole.tell('hall.event.voided', '2019-11-26 10:00', { source: wrong!.source, id: wrong!.id });
  await whole.runTo('2019-11-27 09:00');
  await whole.tell('hall.case.finished', '2019-11-27 09:30', { case: 'c2', outcome: 'approved' });
  await whole.runTo('2019-11-28 12:00');
  entries = await whole.frozen();
  await whole.stop();
});
afterAll(() => whole.close());
beforeEach(async () => {
  hall = await openFrozenHall({ copyOf: whole });
});
afterEach(() => hall.close());

/** What the audit says of the copy: its faults, and all its lines as one text. */
async function audit(): Promise<{ faults: number; said: string }> {
  const { faults, lines } = await hall.audit();
  return { faults, said: lines.join('\n') };
}
const noteFile = () => join(hall.keysFolder, 'frozen-days.json');
const keyFile = () => join(hall.keysFolder, 'frozen-days.key');

/** Seals every entry anew with the hall's own key, as only whoever has it can; the note outside stays. */
function chainAnew(edit: (data: FrozenData) => void = () => {}, reason?: ChainReason): { seq: number; mac: string } {
  const keys = openChainKeys(hall.keysFolder, 'small');
  const db = new DatabaseSync(join(hall.folder, 'ledger.sqlite'));
  const rows = db.prepare(ROWS);
  rows.setReturnArrays(true);
  const found = db
    .prepare(
      "SELECT seq, type, id, at, subject, data FROM events WHERE type IN ('hall.day.frozen', 'hall.day.chain-begun') ORDER BY seq",
    )
    .all() as { seq: number; type: 'hall.day.frozen'; id: string; at: number; subject: string; data: string }[];
  let previous: { seq: number; mac: string } | undefined;
  for (const { data: text, ...entry } of found) {
    const { mac: _mac, ...data } = JSON.parse(text) as FrozenData;
    const sealed = { ...data, ...(previous ? { previous } : {}) } as FrozenData;
    if (entry.type === 'hall.day.frozen') edit(sealed);
    else if (reason) (sealed as { reason?: ChainReason }).reason = reason;
    const hash = createHash('sha256');
    for (const row of rows.all(sealed.rows.after, sealed.rows.upTo) as unknown as Row[])
      hash.update(createHash('sha256').update(rowText(row)).digest());
    sealed.rows = { ...sealed.rows, digest: hash.digest('hex') };
    sealed.mac = keys.seal(sealedText({ ...entry, data: sealed }));
    db.prepare('UPDATE events SET data = ? WHERE seq = ?').run(JSON.stringify(sealed), entry.seq);
    previous = { seq: entry.seq, mac: sealed.mac };
  }
  db.close();
  return previous!;
}

test('a hall that nobody touched stands, beside its running server too', async () => {
  expect(await audit()).toEqual({ faults: 0, said: '3 frozen days, 3 derived again.\nThe frozen days stand.' });
  await hall.restart();
  await hall.goTo('2019-11-28 13:00');
  expect(await audit()).toMatchObject({ faults: 0 });
});

describe('the rows', () => {
  test('one changed: the night, the day and the figures are named', async () => {
    hall.tamper('UPDATE events SET data = replace(data, \'"window"\', \'"online"\') WHERE seq = ?', accepted);
    const { faults, said } = await audit();
    expect(faults).toBe(2);
    expect(said).toMatch(
      /Of the events from \d+ to \d+, for which 2019-11-26 \(event \d+\) vouches, one was changed since\./,
    );
    expect(said).toMatch(
      /2019-11-26 \(event \d+\) does not come out again, as what came in before its closing was changed:/,
    );
    expect(said).toContain('all stations, windowCases: frozen as 2, derived as 1');
    expect(said).toContain('hall, onlineCases: frozen as 0, derived as 1');
  });

  test.each(['actor', 'received_at', 'time_given', 'subject'])(
    'its %s changed: no figure is another, and it is told',
    async (column) => {
      hall.tamper(`UPDATE events SET ${column} = 7 WHERE seq = ?`, accepted);
      const { faults, said } = await audit();
      expect(faults).toBe(1);
      expect(said).toMatch(/for which 2019-11-26 .* one was changed since/);
    },
  );

  test('one deleted', async () => {
    hall.tamper('DELETE FROM events WHERE seq = ?', accepted);
    const { faults, said } = await audit();
    expect(faults).toBeGreaterThanOrEqual(2);
    expect(said).toMatch(/1 of the events from \d+ to \d+ are gone, for which 2019-11-26/);
    expect(said).toContain('all stations, accepted: frozen as 2, derived as 1');
  });

  test('one that cannot be read any more', async () => {
    hall.tamper("UPDATE events SET data = '[1' WHERE seq = ?", accepted);
    await expect(hall.audit()).rejects.toThrow(/its event number \d+ cannot be read/);
  });

  test('what the ledger looks events up by is leaned on by no frozen day', async () => {
    hall.tamper('DELETE FROM voids');
    hall.tamper("UPDATE events SET entity = 'case:c1' WHERE seq = ?", accepted);
    expect(await audit()).toMatchObject({ faults: 0 });
  });

  test('after the last closing they are not vouched for yet', async () => {
    await hall.restart();
    await hall.goTo('2019-11-28 13:00');
    const seq = await hall.accept('c9', '2019-11-28 12:30');
    await hall.stop();
    hall.tamper('DELETE FROM events WHERE seq = ?', seq);
    expect(await audit()).toMatchObject({ faults: 0 });
  });
});

describe('the end', () => {
  test('cut off behind an entry', async () => {
    hall.tamper('DELETE FROM events WHERE seq >= ?', entries.at(-1)!.seq);
    const { faults, said } = await audit();
    expect(faults).toBe(1);
    expect(said).toContain(`The end of the ledger was cut off: it ends at event ${entries.at(-1)!.seq - 1}`);
  });

  test('cut off, and gone on from there: the server says so, and so does every later audit', async () => {
    hall.tamper('DELETE FROM events WHERE seq > ?', entries[1]!.seq);
    for (const table of ['folds', 'cells', 'changed']) hall.tamper(`DELETE FROM ${table}`);
    await hall.restart();
    await hall.runTo('2019-11-29 03:00');
    expect(hall.broken).toEqual(['altered']);
    const { faults, said } = await audit();
    expect(faults).toBe(1);
    expect(said).toMatch(/The chain was begun anew on 2019-11-28 .*: the ledger did not hold the last entry/);
  });

  test('only the last entry gone', async () => {
    hall.tamper('DELETE FROM events WHERE seq = ?', entries.at(-1)!.seq);
    const { faults, said } = await audit();
    expect(faults).toBeGreaterThanOrEqual(1);
    expect(said).toMatch(
      /is not in the ledger, whose chain ends at event \d+: it was cut off or written anew|was cut off/,
    );
  });

  test('the whole chain gone', async () => {
    hall.tamper("DELETE FROM events WHERE type IN ('hall.day.frozen', 'hall.day.chain-begun')");
    const { faults, said } = await audit();
    expect(faults).toBe(1);
    expect(said).toMatch(/The entry that was sealed last, event \d+, is not in the ledger|cut off/);
  });
});

describe('the entries', () => {
  test('figures changed', async () => {
    hall.tamper("UPDATE events SET data = json_set(data, '$.figures.accepted', 5) WHERE seq = ?", entries[1]!.seq);
    const { said } = await audit();
    expect(said).toMatch(/2019-11-26 \(event \d+\) was changed or made up: its seal does not fit/);
    expect(said).toContain('all stations, accepted: frozen as 5, derived as 2');
  });

  test('one in the middle gone: the gap in the chain and the day without an entry are named', async () => {
    hall.tamper('DELETE FROM events WHERE seq = ?', entries[1]!.seq);
    const { said } = await audit();
    expect(said).toMatch(
      /2019-11-27 \(event \d+\) follows event \d+, and the ledger has event \d+ before it: an entry was deleted/,
    );
    expect(said).toMatch(/2019-11-26 was closed \(event \d+\) and never frozen/);
  });

  test('a day rewritten and chained anew with the key: the note outside tells', async () => {
    hall.tamper('UPDATE events SET data = replace(data, \'"window"\', \'"online"\') WHERE seq = ?', accepted);
    chainAnew(({ day, figures, stations }) => {
      if (day !== '2019-11-26') return;
      for (const one of [figures, stations['hall']!]) {
        one['windowCases'] = (one['windowCases'] ?? 0) - 1;
        if (one['windowCases'] === 0) delete one['windowCases'];
        one['onlineCases'] = 1;
        one['onlineShare.n'] = 1;
      }
    });
    const { faults, said } = await audit();
    expect(said).toMatch(
      /The chain was written anew: 2019-11-27 \(event \d+\) is not the entry that was sealed there last/,
    );
    expect(said).not.toMatch(/seal does not fit|changed since/);
    expect(faults).toBeGreaterThanOrEqual(1);
    await hall.restart();
    expect(hall.broken).toEqual(['altered']);
  });

  test('of another version’s rules: not derived again, which is no tampering, while their rows are checked', async () => {
    const last = chainAnew((data) => {
      if (data.day === '2019-11-26') data.rules = { ...data.rules, fold: '8' };
    });
    const note = JSON.parse(readFileSync(noteFile(), 'utf8')) as object;
    writeFileSync(noteFile(), JSON.stringify({ ...note, mac: last.mac }));
    const well = await audit();
    expect(well.faults).toBe(0);
    expect(well.said).toMatch(/1 days cannot be derived again by this version, whose rules are others \(fold 8,/);
    expect(well.said).toContain('3 frozen days, 2 derived again.');
    hall.tamper('UPDATE events SET data = replace(data, \'"window"\', \'"online"\') WHERE seq = ?', accepted);
    const { said } = await audit();
    expect(said).toMatch(/for which 2019-11-26 \(event \d+\) vouches, one was changed since/);
  });
});

describe('the documents', () => {
  test.each([
    ['changed', (file: string) => writeFileSync(file, readFileSync(file, 'utf8').replace('小厅', '大厅'))],
    ['gone', (file: string) => rmSync(file)],
  ])('%s: the days cannot be derived again', async (_how, attack) => {
    const digest = entries[0]!.data.documents.profile;
    attack(join(hall.folder, 'documents', 'kept', `${digest}.json`));
    const { faults, said } = await audit();
    expect(faults).toBe(3);
    expect(said).toMatch(/cannot be derived again: its documents are not as they were/);
  });

  test('are kept once for all days that they were in force', () => {
    expect(readdirSync(join(hall.folder, 'documents', 'kept')).length).toBe(3);
  });
});

describe('the key and the note', () => {
  test('no key: no seal can be checked; after a start the chain has begun anew, and says why for ever', async () => {
    rmSync(keyFile());
    const before = await audit();
    expect(before.faults).toBe(4);
    expect(before.said).toMatch(/The seal of .* cannot be checked: its key is not there/);
    await hall.restart();
    await hall.runTo('2019-11-29 03:00');
    expect(hall.broken).toEqual(['key-lost']);
    const { faults, said } = await audit();
    expect(faults).toBe(1);
    expect(said).toMatch(/The chain was begun anew on .*: the key was lost/);
  });

  test('no note', async () => {
    rmSync(noteFile());
    expect((await audit()).said).toMatch(/There is no note of the last entry outside the ledger/);
    await hall.restart();
    expect(hall.broken).toEqual(['head-lost']);
    expect((await audit()).said).toMatch(/begun anew on .*: the note of the last entry was lost/);
  });

  test('a folder of which the key cannot be read is told in words', async () => {
    writeFileSync(keyFile(), 'not a key');
    const { faults, said } = await audit();
    expect(faults).toBeGreaterThanOrEqual(1);
    expect(said).toMatch(/frozen-days\.key cannot be read .*Put back a copy of it/);
  });
});

/** Another ledger in the place of this one: one that ends earlier, under another name. */
function putAnother(name = 'another'): void {
  hall.tamper('DELETE FROM events WHERE seq > ?', entries[1]!.seq);
  for (const table of ['cells', 'changed']) hall.tamper(`DELETE FROM ${table}`);
  hall.tamper("UPDATE meta SET value = ? WHERE key = 'ledger_id'", name);
}
/** Sums are counted anew at the next start. */
const forgetSums = () => hall.tamper('DELETE FROM folds');
const lastBegun = async () => {
  const events = await hall.ledger.read(0, 1_000_000);
  return events.findLast(({ type }) => type === 'hall.day.chain-begun')!.data as object;
};

describe('another ledger with another name', () => {
  const OTHER = /Another ledger stands here .*; nobody restored it by npm run restore/;

  test('is a fault before the next start', async () => {
    putAnother();
    const { faults, said } = await audit();
    expect(said).toMatch(OTHER);
    expect(faults).toBe(1);
  });

  test('and after it, for as long as nobody says that it was restored by hand', async () => {
    putAnother();
    forgetSums();
    await hall.restart();
    expect(hall.broken).toEqual(['replaced']);
    await hall.runTo('2019-11-29 03:00');
    const { faults, said } = await audit();
    expect(said).toMatch(OTHER);
    expect(said).toContain('npm run restore -- --by-hand');
    expect(faults).toBe(1);
  });

  test('is one too where the name is that of a ledger which was restored once and replaced since', async () => {
    await noteRestore(hall.keysFolder, 'small', { ledger: 'once', at: '2019-11-20T00:00:00Z', backup: '/mnt/a' });
    await noteRestore(hall.keysFolder, 'small', { ledger: 'twice', at: '2019-11-21T00:00:00Z', backup: '/mnt/b' });
    putAnother('once');
    expect((await audit()).said).toMatch(OTHER);
    forgetSums();
    await hall.restart();
    expect(hall.broken).toEqual(['replaced']);
  });

  describe('of which an administrator says on the machine that it was restored by hand', () => {
    const sayByHand = (by = 'chief') => {
      const { db, meta, reader, close } = openReadingLedger(hall.folder);
      const { head } = db.prepare('SELECT max(seq) AS head FROM events').get() as { head: number };
      const accounts = {
        account: (staff: string) => (staff === 'nobody' ? undefined : { endedAt: null }),
        assignments: () => [
          { staff: 'chief', role: 'administrator' },
          { staff: 'clerk', role: 'clerk' },
        ],
      } as unknown as AccountStore;
      const { ledgerId } = meta;
      const options = { ledger: reader, ledgerId, hall: 'small', head, keysFolder: hall.keysFolder, accounts, by };
      return sayRestoredByHand({ ...options, now: at('2019-11-29 09:00') }).finally(close);
    };

    test('before the next start: the chain names who said so, and no audit finds a fault', async () => {
      putAnother();
      expect(await sayByHand()).toMatchObject({ isOk: true });
      expect(await audit()).toMatchObject({
        faults: 0,
        said: expect.stringContaining('by hand, as chief said') as string,
      });
      forgetSums();
      await hall.restart();
      expect(hall.broken).toEqual([]);
      expect(await lastBegun()).toMatchObject({ reason: 'restored', restore: { by: 'chief' } });
      await hall.runTo('2019-11-29 03:00');
      expect(await audit()).toMatchObject({ faults: 0 });
    });

    test('after it: at once, and written into the chain once', async () => {
      putAnother();
      forgetSums();
      await hall.restart();
      await hall.runTo('2019-11-29 03:00');
      expect(await sayByHand()).toMatchObject({ isOk: true });
      expect(await audit()).toMatchObject({ faults: 0 });
      await hall.restart();
      await hall.restart();
      expect(await hall.begun()).toEqual(['first', 'replaced', 'restored']);
      rmSync(join(hall.keysFolder, 'frozen-days-restores.json'));
      const { faults, said } = await audit();
      expect(said).toMatch(/Another ledger stands here since .*It was restored by hand, as chief said/);
      expect(faults).toBe(0);
    });

    test('excuses no other that is put there later', async () => {
      putAnother();
      forgetSums();
      await hall.restart();
      await sayByHand();
      await hall.runTo('2019-11-29 03:00');
      await hall.stop();
      putAnother('third');
      expect((await audit()).said).toMatch(OTHER);
      putAnother('another');
      expect((await audit()).faults).toBeGreaterThan(0);
    });

    test('is taken from an administrator alone, and only where there is something to say', async () => {
      expect(await sayByHand()).toMatchObject({ isOk: false, lines: [expect.stringContaining('nothing was noted')] });
      putAnother();
      for (const by of ['clerk', 'nobody']) expect(await sayByHand(by)).toMatchObject({ isOk: false });
      expect((await audit()).said).toMatch(OTHER);
    });
  });
});

describe('a backup that was restored', () => {
  test('is told with the backup and is no fault, before the next start and after', async () => {
    putAnother();
    const backup = '/mnt/backup/20191128T120000Z';
    await noteRestore(hall.keysFolder, 'small', { ledger: 'another', at: '2019-11-28T12:00:00.000Z', backup });
    expect(await audit()).toMatchObject({
      faults: 0,
      said: expect.stringContaining(`of ${backup}, and Hallpulse`) as string,
    });
    forgetSums();
    expect(await audit().catch((error: Error) => error.message)).toMatch(/start Hallpulse once/);
    await hall.restart();
    expect(hall.broken).toEqual([]);
    expect((await hall.begun()).at(-1)).toBe('restored');
    await hall.runTo('2019-11-29 03:00');
    const { faults, said } = await audit();
    expect(faults).toBe(0);
    expect(said).toMatch(
      /The ledger was restored from a backup before .* of \/mnt\/backup\/20191128T120000Z; the one that it replaced had been sealed up to its event \d+/,
    );
  });

  test('by an earlier version, which noted nothing, is told and is no fault', async () => {
    const last = chainAnew(() => {}, 'restored');
    const note = JSON.parse(readFileSync(noteFile(), 'utf8')) as object;
    writeFileSync(noteFile(), JSON.stringify({ ...note, mac: last.mac }));
    const { faults, said } = await audit();
    expect(said).toMatch(/as a version took it that could not tell this from another ledger put in its place/);
    expect(faults).toBe(0);
  });
});

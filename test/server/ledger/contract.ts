// What every ledger engine must do, whatever it keeps its rows in. An engine's own test file runs this on it.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../../../server/ledger/actor.ts';
import type { AppendOutcome, Ledger, PendingEvent } from '../../../server/ledger/port.ts';
import { accepted, AT, finished, manyAccepted, pending, SOURCE, untimed, voiding } from './sample-events.ts';

/** Somewhere a ledger can lie: opened again, it is the same ledger. */
export interface LedgerPlace {
  open(): Promise<Ledger>;
  dispose(): Promise<void>;
}

const RECEIVED = AT + 1_000;

export function describeLedgerContract(name: string, createPlace: () => Promise<LedgerPlace>): void {
  describe(`${name}: the ledger's contract`, () => {
    let place: LedgerPlace;
    let ledger: Ledger;

    beforeEach(async () => {
      place = await createPlace();
      ledger = await place.open();
    });
    afterEach(async () => {
      await ledger.close();
      await place.dispose();
    });

    const append = (...batch: PendingEvent[]) => ledger.append(batch, RECEIVED);
    const outcomesOf = async (...batch: PendingEvent[]): Promise<readonly AppendOutcome[]> =>
      (await append(...batch)).outcomes;
    const idsOf = async (key: string, upTo = ledger.head()): Promise<string[]> =>
      ((await ledger.historyOf([key], upTo)).get(key) ?? []).map((event) => event.id).sort();

    const reopen = async (): Promise<void> => {
      await ledger.close();
      ledger = await place.open();
    };

    describe('append', () => {
      test('gives places without a gap, from 1', async () => {
        expect(ledger.head()).toBe(0);
        expect(await append(accepted('a'), accepted('b'))).toEqual({ outcomes: [{ seq: 1 }, { seq: 2 }], seq: 2 });
        expect(await append(accepted('c'))).toEqual({ outcomes: [{ seq: 3 }], seq: 3 });
        expect(ledger.head()).toBe(3);
        expect(await ledger.readHead()).toBe(3);
      });

      test('takes an empty batch', async () => {
        await append(accepted('a'));
        expect(await append()).toEqual({ outcomes: [], seq: 1 });
      });

      test('counts a repeat as a duplicate, in a batch and across batches, and leaves no gap for it', async () => {
        expect(await outcomesOf(accepted('a'), accepted('a'), accepted('b'))).toEqual([
          { seq: 1 },
          'duplicate',
          { seq: 2 },
        ]);
        expect(await append(accepted('b'), accepted('c'), accepted('a'))).toEqual({
          outcomes: ['duplicate', { seq: 3 }, 'duplicate'],
          seq: 3,
        });
      });

      test('takes the same id from another source as another event', async () => {
        const other = accepted('a');
        const elsewhere = { ...other, event: { ...other.event, source: 'desk' } } as PendingEvent;
        expect(await outcomesOf(other, elsewhere)).toEqual([{ seq: 1 }, { seq: 2 }]);
      });

      test('finds a conflict in type, subject, instant or data, in a batch and across batches', async () => {
        const original = pending('a', 'hall.case.supplemented', { case: 'C1' }, { subject: 'C1' });
        const others = [
          pending('a', 'hall.licence.uploaded', { case: 'C1' }, { subject: 'C1' }),
          pending('a', 'hall.case.supplemented', { case: 'C1' }, { subject: 'C2' }),
          pending('a', 'hall.case.supplemented', { case: 'C1' }),
          pending('a', 'hall.case.supplemented', { case: 'C1' }, { subject: 'C1', at: AT + 1 }),
          pending('a', 'hall.case.supplemented', { case: 'C2' }, { subject: 'C1' }),
        ];
        expect(await outcomesOf(original, ...others)).toEqual([{ seq: 1 }, ...others.map(() => 'conflict')]);
        expect(await outcomesOf(...others, original)).toEqual([...others.map(() => 'conflict'), 'duplicate']);
        expect(await ledger.find(SOURCE, 'a', 1)).toEqual({ ...original.event, seq: 1 });
      });

      test('compares data as canonical JSON', async () => {
        await append(pending('a', 'hall.day.opened', { day: '2019-11-22', hours: [['09:00', '12:00']] }));
        const turned = pending('a', 'hall.day.opened', { hours: [['09:00', '12:00']], day: '2019-11-22' });
        expect(await outcomesOf(turned)).toEqual(['duplicate']);
      });

      test('leaves the instant out where either side named no time', async () => {
        await append(untimed(accepted('a'), AT), accepted('b'));
        expect(await outcomesOf(untimed(accepted('a'), AT + 5), accepted('a'), untimed(accepted('b'), AT + 9))).toEqual(
          ['duplicate', 'duplicate', 'duplicate'],
        );
      });

      test('commits in the order of the calls and answers in that order', async () => {
        const answered: number[] = [];
        const calls = Array.from({ length: 50 }, async (_, i) => {
          const result = await ledger.append(manyAccepted(`batch${i}`, 1 + (i % 7)), RECEIVED);
          answered.push(i);
          return result;
        });
        const results = await Promise.all(calls);
        expect(answered).toEqual(results.map((_, i) => i));
        expect(results.flatMap(({ outcomes }) => outcomes)).toEqual(
          Array.from({ length: ledger.head() }, (_, i) => ({ seq: i + 1 })),
        );
      });

      test('counts each event once when many send the same batch at the same time', async () => {
        const batch = manyAccepted('same', 100);
        const results = await Promise.all(Array.from({ length: 16 }, () => ledger.append(batch, RECEIVED)));
        const outcomes = results.flatMap((result) => result.outcomes);
        expect(outcomes.filter((outcome) => outcome === 'duplicate')).toHaveLength(1_500);
        expect(ledger.head()).toBe(100);
      });

      test('can be read as soon as it is answered', async () => {
        const { seq } = await append(accepted('a'));
        expect((await ledger.find(SOURCE, 'a', seq))?.seq).toBe(seq);
      });
    });

    describe('who recorded an event', () => {
      const sender: Actor = { kind: 'key', id: '0a1b2c3d' };
      const screen: Actor = { kind: 'display', id: 'a:b "引号" 😀' };

      test('is kept beside it, for the whole batch; nobody is named where nobody was', async () => {
        await ledger.append([accepted('a'), accepted('b')], RECEIVED, sender);
        await ledger.append([accepted('c')], RECEIVED, screen);
        await ledger.append([accepted('d')], RECEIVED);
        expect(await ledger.readActors(0, 10)).toEqual([sender, sender, screen, undefined]);
        expect(await ledger.readActors(1, 2)).toEqual([sender, screen]);
        await reopen();
        expect(await ledger.readActors(2, 1)).toEqual([screen]);
      });

      test('is no part of its content: another who sends the same sends a duplicate (W3)', async () => {
        await ledger.append([accepted('a')], RECEIVED, sender);
        expect((await ledger.append([accepted('a')], RECEIVED, screen)).outcomes).toEqual(['duplicate']);
        expect(await ledger.readActors(0, 10)).toEqual([sender]);
      });

      test('is in nothing that a fold is given', async () => {
        await ledger.append([accepted('a', 'C1')], RECEIVED, sender);
        const told = [
          await ledger.read(0, 10),
          await ledger.find(SOURCE, 'a', 1),
          [...(await ledger.historyOf(['case:C1'], 1))],
        ];
        expect(JSON.stringify(told)).not.toContain(sender.id);
      });
    });

    test.each(['C\u0000', 'C\ud800'])(
      'an identity that would not be kept as it is, such as %j, is refused as a bug',
      async (odd) => {
        await expect(append(accepted('a'), accepted(odd))).rejects.toThrow(TypeError);
        await expect(append(accepted('a'), accepted('b', odd))).rejects.toThrow(TypeError);
        expect(await append(accepted('a'))).toEqual({ outcomes: [{ seq: 1 }], seq: 1 });
      },
    );

    test('data keeps any character', async () => {
      const text = 'NUL \u0000, half \ud800, 😀, 办件';
      await append(pending('a', 'hall.suggestion.received', { suggestion: 'S1', text }));
      expect((await ledger.find(SOURCE, 'a', 1))?.data).toEqual({ suggestion: 'S1', text });
      expect(await outcomesOf(pending('a', 'hall.suggestion.received', { text, suggestion: 'S1' }))).toEqual([
        'duplicate',
      ]);
    });

    test('compare answers what append would, and writes nothing', async () => {
      await append(accepted('a'), accepted('b'));
      const batch = [accepted('a'), accepted('b', 'other'), accepted('c'), accepted('c'), accepted('c', 'other')];
      expect(await ledger.compare(batch)).toEqual(['duplicate', 'conflict', 'new', 'duplicate', 'conflict']);
      expect(ledger.head()).toBe(2);
      expect(await outcomesOf(...batch)).toEqual(['duplicate', 'conflict', { seq: 3 }, 'duplicate', 'conflict']);
    });

    describe('read and find', () => {
      test('read gives events after a place, in order, with everything they were sent with', async () => {
        const sent = [
          accepted('a', 'C1', 'T1'),
          voiding('v', 'a'),
          pending('s', 'hall.licence.uploaded', { case: 'C1' }, { subject: 'C1' }),
        ];
        await append(...sent);
        const events = await ledger.read(0, 10);
        expect(events).toEqual(
          sent.map(({ event }, i) => ({ ...(JSON.parse(JSON.stringify(event)) as object), seq: i + 1 })),
        );
        expect((await ledger.read(1, 1)).map((event) => event.seq)).toEqual([2]);
        expect(await ledger.read(3, 10)).toEqual([]);
      });

      test('find sees voided events, and nothing after its place', async () => {
        await append(accepted('a'), voiding('v', 'a'));
        expect(await ledger.find(SOURCE, 'a', 2)).toMatchObject({ id: 'a', seq: 1 });
        expect(await ledger.find(SOURCE, 'v', 1)).toBeUndefined();
        expect(await ledger.find(SOURCE, 'nobody', 2)).toBeUndefined();
      });
    });

    describe('historyOf', () => {
      test('gives every key that is asked for, with its events and those linked to it', async () => {
        await append(accepted('a', 'C1', 'T1'), finished('f', 'C1'), accepted('b', 'C2'));
        const histories = await ledger.historyOf(['case:C1', 'ticket:T1', 'case:none', 'case:C1'], 3);
        expect([...histories.keys()]).toEqual(['case:C1', 'ticket:T1', 'case:none']);
        expect(await idsOf('case:C1')).toEqual(['a', 'f']);
        expect(await idsOf('ticket:T1')).toEqual(['a']);
        expect(await idsOf('case:none')).toEqual([]);
      });

      test('ends at its place', async () => {
        await append(accepted('a', 'C1'), finished('f', 'C1'));
        expect(await idsOf('case:C1', 1)).toEqual(['a']);
      });

      test('leaves out what a void names, whichever of the two came first', async () => {
        await append(voiding('v1', 'late'), accepted('early', 'C1'), accepted('late', 'C1'), voiding('v2', 'early'));
        expect(await idsOf('case:C1', 2)).toEqual(['early']);
        expect(await idsOf('case:C1', 3)).toEqual(['early']);
        expect(await idsOf('case:C1', 4)).toEqual([]);
      });

      test('a void of a void changes nothing', async () => {
        await append(accepted('a', 'C1'), voiding('v1', 'a'), voiding('v2', 'v1'));
        expect(await idsOf('case:C1')).toEqual([]);
        expect(await idsOf(`void:${SOURCE.length}:${SOURCE}a`)).toEqual(['v1']);
      });

      test('voids only the event of the source that is named', async () => {
        const other = accepted('a', 'C1');
        await append(other, { ...other, event: { ...other.event, source: 'desk' } } as PendingEvent, voiding('v', 'a'));
        expect((await ledger.historyOf(['case:C1'], 3)).get('case:C1')?.map((event) => event.source)).toEqual(['desk']);
      });

      test('takes thousands of keys, and keys with any character', async () => {
        const odd = ['引号"', "'--", '\\', '😀', 'a\u0001b', '\u2028', '%_*', '[1]', ' '];
        await append(...odd.map((id, i) => accepted(`odd${i}`, id)), ...manyAccepted('many', 2_000));
        const keys = [...odd.map((id) => `case:${id}`), ...Array.from({ length: 2_000 }, (_, i) => `case:C-many-${i}`)];
        const histories = await ledger.historyOf(keys, ledger.head());
        expect(keys.filter((key) => histories.get(key)?.length !== 1)).toEqual([]);
        expect(histories.get('case:😀')?.[0]?.id).toBe('odd3');
      });
    });

    describe('checkpoint and cells', () => {
      const day = '2019-11-22';
      const cell = (name: string, n: number, rest = {}) => ({ day, station: 'hall', name, n, ...rest });
      const checkpoint = (seq: number) => ({ seq, foldVersion: '1', state: `{"upTo":${seq},"word":"受理"}` });
      const sumsOf = async (query = {}): Promise<Record<string, number>> =>
        Object.fromEntries(
          (await ledger.sumCells(query)).sums.map(({ station, name, n }) => [`${station} ${name}`, n]),
        );

      beforeEach(() => append(...manyAccepted('seed', 5)));

      test('nothing is there at first', async () => {
        expect(await ledger.loadCheckpoint()).toBeUndefined();
        expect(await ledger.sumCells({})).toEqual({ seq: 0, sums: [] });
      });

      test('a checkpoint replaces the last one, cells add up, and what comes to 0 is gone', async () => {
        await ledger.saveCheckpoint(checkpoint(3), [cell('accepted', 2), cell('finished', 1)]);
        await ledger.saveCheckpoint(checkpoint(5), [cell('accepted', 3), cell('finished', -1), cell('open', 0)]);
        expect(await ledger.loadCheckpoint()).toEqual(checkpoint(5));
        expect(await ledger.sumCells({})).toEqual({ seq: 5, sums: [{ station: 'hall', name: 'accepted', n: 5 }] });
      });

      test('a checkpoint that fails leaves cells and checkpoint as they were', async () => {
        await ledger.saveCheckpoint(checkpoint(3), [cell('accepted', 2)]);
        const broken = cell('accepted', 1, { station: null as unknown as string });
        await expect(ledger.saveCheckpoint(checkpoint(5), [cell('accepted', 3), broken])).rejects.toThrow();
        expect(await ledger.loadCheckpoint()).toEqual(checkpoint(3));
        expect(await ledger.sumCells({})).toMatchObject({ seq: 3, sums: [{ n: 2 }] });
      });

      test('sums over a span, both ends included, and over one station', async () => {
        const days = ['2019-11-20', '2019-11-21', '2019-11-22'];
        await ledger.saveCheckpoint(checkpoint(5), [
          ...days.map((at, i) => cell('accepted', 10 ** i, { day: at })),
          cell('accepted', 5_000, { station: '' }),
        ]);
        expect(await sumsOf({ from: '2019-11-21' })).toEqual({ 'hall accepted': 110, ' accepted': 5_000 });
        expect(await sumsOf({ to: '2019-11-21' })).toEqual({ 'hall accepted': 11 });
        expect(await sumsOf({ from: '2019-11-21', to: '2019-11-21' })).toEqual({ 'hall accepted': 10 });
        expect(await sumsOf({ station: 'hall' })).toEqual({ 'hall accepted': 111 });
        expect(await sumsOf({ station: '' })).toEqual({ ' accepted': 5_000 });
      });

      test('leaves out what comes to 0 over the span', async () => {
        await ledger.saveCheckpoint(checkpoint(5), [cell('late', 1), cell('late', -1, { day: '2019-11-21' })]);
        expect(await sumsOf()).toEqual({});
        expect(await sumsOf({ from: day })).toEqual({ 'hall late': 1 });
      });

      test('chooses names by their first part; minutes come only when they are named', async () => {
        const names = ['accepted', 'accepted/window', 'accepted-x', 'accepted0', 'minute/610/accepted', 'minutes', 'a'];
        await ledger.saveCheckpoint(
          checkpoint(5),
          names.map((name) => cell(name, 1)),
        );
        const namesOf = async (query: object): Promise<string[]> =>
          (await ledger.sumCells(query)).sums.map(({ name }) => name).sort();
        expect(await namesOf({ heads: ['accepted'] })).toEqual(['accepted', 'accepted/window']);
        expect(await namesOf({ heads: ['a', 'minute', 'a'] })).toEqual(['a', 'minute/610/accepted']);
        expect(await namesOf({ heads: [] })).toEqual([]);
        expect(await namesOf({})).toEqual(['a', 'accepted', 'accepted-x', 'accepted/window', 'accepted0', 'minutes']);
      });

      test('clearFold forgets both and keeps the events', async () => {
        await ledger.saveCheckpoint(checkpoint(5), [cell('accepted', 5)]);
        await ledger.clearFold();
        expect(await ledger.loadCheckpoint()).toBeUndefined();
        expect(await ledger.sumCells({})).toEqual({ seq: 0, sums: [] });
        expect(await ledger.read(0, 10)).toHaveLength(5);
      });

      test('outlives a restart', async () => {
        await ledger.saveCheckpoint(checkpoint(5), [cell('accepted', 5)]);
        await reopen();
        expect(await ledger.loadCheckpoint()).toEqual(checkpoint(5));
        expect(await sumsOf()).toEqual({ 'hall accepted': 5 });
      });
    });

    describe('closing and opening again', () => {
      test('keeps its name and its head, and goes on without a gap', async () => {
        await append(accepted('a'), accepted('b'));
        const { ledgerId } = ledger;
        await reopen();
        expect(ledger.ledgerId).toBe(ledgerId);
        expect(ledger.head()).toBe(2);
        expect(await outcomesOf(accepted('b'), accepted('c'))).toEqual(['duplicate', { seq: 3 }]);
      });

      test('finishes what waits', async () => {
        const calls = Array.from({ length: 20 }, (_, i) => ledger.append(manyAccepted(`w${i}`, 50), RECEIVED));
        const closed = ledger.close();
        expect((await Promise.all(calls)).at(-1)?.seq).toBe(1_000);
        await closed;
        await reopen();
        expect(ledger.head()).toBe(1_000);
      });

      test('refuses work once it is closed, and can be closed twice', async () => {
        await Promise.all([ledger.close(), ledger.close()]);
        await expect(append(accepted('a'))).rejects.toMatchObject({ name: 'LedgerError', problem: 'closed' });
        await expect(ledger.read(0, 1)).rejects.toMatchObject({ problem: 'closed' });
      });

      test('two ledgers have two names', async () => {
        const elsewhere = await createPlace();
        const other = await elsewhere.open();
        expect(other.ledgerId).not.toBe(ledger.ledgerId);
        await other.close();
        await elsewhere.dispose();
      });
    });
  });
}

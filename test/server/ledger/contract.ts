// What every ledger engine must do, whatever it keeps its rows in. An engine's own test file runs this on it.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Cell } from '../../../domain/board/cells.ts';
import { MONTH, TODAY } from '../../../domain/board/residency.ts';
import { createHallConfig } from '../../../domain/profile/profile.ts';
import type { Actor } from '../../../server/ledger/actor.ts';
import type { AppendOutcome, FoldStep, Ledger, PendingEvent } from '../../../server/ledger/port.ts';
import { accepted, AT, finished, manyAccepted, pending, smallHall, SOURCE, untimed, voiding } from './sample-events.ts';

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

    const append = (...batch: PendingEvent[]) => ledger.append(batch, RECEIVED, null);
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

      test('says when the last event arrived', async () => {
        expect(await ledger.lastReceivedAt()).toBeUndefined();
        await ledger.append([accepted('a')], 5_000, null);
        await ledger.append([accepted('b')], 3_000, null);
        expect(await ledger.lastReceivedAt()).toBe(3_000);
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
          const result = await ledger.append(manyAccepted(`batch${i}`, 1 + (i % 7)), RECEIVED, null);
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
        const results = await Promise.all(Array.from({ length: 16 }, () => ledger.append(batch, RECEIVED, null)));
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
        await ledger.append([accepted('d')], RECEIVED, null);
        expect(await ledger.readActors(0, 10)).toEqual([sender, sender, screen, undefined]);
        expect(await ledger.readActors(1, 2)).toEqual([sender, screen]);
        expect([...(await ledger.actorsOf([4, 3, 1, 99]))]).toEqual([
          [3, screen],
          [1, sender],
        ]);
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

    describe('readOf', () => {
      const read = async (from: string, until: string, limit = 10) =>
        (await ledger.readOf(SOURCE, from, until, limit)).map(
          ({ event, voided }) => `${event.id}${voided ? ' voided' : ''}`,
        );

      test('gives the events of a source whose ids lie in a stretch, by id, its end left out', async () => {
        const elsewhere = { ...accepted('d/2'), event: { ...accepted('d/2').event, source: 'other.example' } };
        await append(accepted('d/3'), elsewhere, accepted('d/10'), accepted('e/1'), accepted('d/1'), accepted('d0'));
        expect(await read('d/', 'd0')).toEqual(['d/1', 'd/10', 'd/3']);
        expect(await read('d/10', 'd/3')).toEqual(['d/10']);
        expect(await read('x', 'y')).toEqual([]);
        const [first] = await ledger.readOf('other.example', 'd', 'e', 10);
        expect(first).toEqual({
          event: { ...(JSON.parse(JSON.stringify(elsewhere.event)) as object), seq: 2 },
          voided: false,
        });
      });

      test('tells voided ones, whichever of the two came first, by the source that the void names', async () => {
        await append(voiding('v', 'd/2'), accepted('d/1'), accepted('d/2'));
        await append(pending('w', 'hall.event.voided', { source: 'other.example', id: 'd/1' }), voiding('x', 'v'));
        expect(await read('d/', 'z')).toEqual(['d/1', 'd/2 voided', 'v', 'w', 'x']);
      });

      test('gives no more than the limit, in the order of code points, with any character', async () => {
        await append(...['d/\u{1f600}', 'd/\uff01', 'd/é', "d/'%_"].map((id) => accepted(id)));
        expect(await read('d/', 'd0', 3)).toEqual(["d/'%_", 'd/é', 'd/\uff01']);
        expect(await read('d/\uff01', 'd0')).toEqual(['d/\uff01', 'd/\u{1f600}']);
      });
    });

    describe('readSpan', () => {
      const at = (id: string, moment: number) => {
        const one = accepted(id);
        return { ...one, event: { ...one.event, at: moment } };
      };
      const read = async (more: { after?: number; limit?: number; upTo?: number } = {}) => {
        const types = ['hall.case.accepted', 'hall.event.voided'] as const;
        const span = { types, from: AT, until: AT + 1_000, after: 0, limit: 10, upTo: ledger.head(), ...more };
        return (await ledger.readSpan(span)).map(({ event, voided }) => `${event.id}${voided ? ' voided' : ''}`);
      };

      test('gives the events of a span and of some types as they came, its end left out', async () => {
        await append(at('d', AT + 999), at('c', AT + 1_000), at('b', AT - 1), at('a', AT), finished('f', 'C-a'));
        expect(await read()).toEqual(['d', 'a']);
        expect(await read({ limit: 1 })).toEqual(['d']);
        expect(await read({ after: 1 })).toEqual(['a']);
      });

      test('tells voided ones, as of its place', async () => {
        await append(at('a', AT), at('b', AT), voiding('v', 'a'), voiding('w', 'v'));
        expect(await read()).toEqual(['a voided', 'b', 'v', 'w']);
        expect(await read({ upTo: 2 })).toEqual(['a', 'b']);
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

    describe('what a fold has stored', () => {
      const day = '2019-11-22';
      const cell = (n: number, rest = {}) => ({ day, station: 'hall', name: 'accepted/window/plain/', n, ...rest });
      const step = (after: number, seq: number, cells: Cell[], rest = {}): FoldStep => ({
        foldVersion: '1',
        after,
        seq,
        cells,
        ...rest,
      });
      const asked = { from: '2019-11-01', to: '2019-11-30', now: AT };
      const measure = async (query = {}) => (await ledger.measure([{ ...asked, ...query }], smallHall))[0]!;
      const save = async (...steps: FoldStep[]): Promise<void> => {
        for (const one of steps) await ledger.saveFold(one);
        await ledger.showFold('1');
      };

      beforeEach(() => append(...manyAccepted('seed', 5)));

      test('nothing is there at first', async () => {
        expect(await ledger.loadFold('1')).toBeUndefined();
        expect(await measure()).toMatchObject({ seq: 0, accepted: 0 });
      });

      test('a fold goes on from where it stands, cells add up, and what comes to 0 is gone', async () => {
        const finished = (n: number) => cell(n, { name: 'finished/approved/plain/' });
        await save(step(0, 3, [cell(2), finished(1)], { state: '{"word":"受理"}' }));
        await save(step(3, 5, [cell(3), finished(-1), cell(0, { station: 'nowhere' })]));
        const checkpoint = { seq: 3, state: '{"word":"受理"}' };
        expect(await ledger.loadFold('1')).toEqual({ seq: 5, isShown: true, checkpoint });
        expect(await measure()).toMatchObject({ seq: 5, accepted: 5, finished: 0, unknown: { stations: [] } });
      });

      test('a step that begins elsewhere is refused, and changes nothing', async () => {
        await save(step(0, 3, [cell(2)]));
        await expect(ledger.saveFold(step(2, 4, [cell(1)]))).rejects.toMatchObject({ problem: 'overtaken' });
        await expect(ledger.saveFold(step(0, 4, [cell(1)]))).rejects.toMatchObject({ problem: 'overtaken' });
        expect(await measure()).toMatchObject({ seq: 3, accepted: 2 });
      });

      test('a step that fails leaves cells, position and state as they were', async () => {
        await save(step(0, 3, [cell(2)], { state: '{}' }));
        const broken = cell(1, { station: null as unknown as string });
        await expect(ledger.saveFold(step(3, 5, [cell(3), broken], { state: '[]' }))).rejects.toThrow();
        expect(await ledger.loadFold('1')).toEqual({ seq: 3, isShown: true, checkpoint: { seq: 3, state: '{}' } });
        expect(await measure()).toMatchObject({ seq: 3, accepted: 2 });
      });

      test('measures are those of the days asked for, both ends included, and of the station', async () => {
        const days = ['2019-11-20', '2019-11-21', '2019-11-22'];
        await save(step(0, 5, [...days.map((on, i) => cell(10 ** i, { day: on })), cell(5_000, { station: '' })]));
        expect(await measure({ from: '2019-11-21' })).toMatchObject({ accepted: 5_110 });
        expect(await measure({ to: '2019-11-21' })).toMatchObject({ accepted: 11 });
        expect(await measure({ from: '2019-11-21', to: '2019-11-21' })).toMatchObject({ accepted: 10 });
        expect(await measure({ station: 'hall' })).toMatchObject({ accepted: 111 });
        expect(await measure({ from: '2019-10-01', to: '2019-12-31', station: '' })).toMatchObject({ accepted: 5_000 });
      });

      test('a month that was asked for before follows a cell that comes late', async () => {
        await save(step(0, 3, [cell(2, { day: '2019-10-08' }), cell(1)]));
        const year = { from: '2019-01-01', to: '2019-12-31' };
        expect(await measure(year)).toMatchObject({ accepted: 3 });
        await save(step(3, 4, [cell(5, { day: '2019-10-09' }), cell(1, { day: '2019-02-01' })]));
        expect(await measure(year)).toMatchObject({ seq: 4, accepted: 9 });
        expect(await measure({ from: '2019-10-01', to: '2019-10-31' })).toMatchObject({ accepted: 7 });
      });

      test('what a month is made of follows a cell that comes late, and names nothing that only objects know', async () => {
        const names = ['toString', 'constructor', '__proto__'];
        const named = (n: number, on: string) =>
          names.flatMap((name) => [
            cell(n, { day: on, name: `accepted/window/${name}/` }),
            cell(n, { day: on, name: `handled//${name}/${name}` }),
            cell(n, { day: on, name: `minute/570/window/${name}/` }),
          ]);
        await save(step(0, 3, named(2, '2019-10-08')));
        const october = { from: '2019-10-01', to: '2019-10-31', now: AT };
        const breakDown = async (unsaved?: FoldStep) => {
          const { breakdown, measures } = await ledger.figures(
            { breakdown: october, measures: [october] },
            smallHall,
            unsaved,
          );
          expect(measures.map(({ seq }) => seq)).toEqual([breakdown.seq]);
          return breakdown;
        };
        const countedBy = ({ items, windows }: Awaited<ReturnType<typeof breakDown>>) => [
          items.filter(({ accepted }) => accepted > 0).map(({ item, accepted: n }) => [item, n]),
          windows.filter(({ accepted }) => accepted > 0).map(({ window, accepted: n }) => [window, n]),
        ];
        const all = (n: number) => [...names].sort().map((name) => [name, n]);
        expect(countedBy(await breakDown())).toEqual([all(2), all(2)]);
        await save(step(3, 4, named(5, '2019-10-09')));
        const found = await breakDown();
        expect(countedBy(found)).toEqual([all(7), all(7)]);
        // The 8th was a Tuesday; half past nine is the twentieth half-hour.
        expect(found.rhythm.accepted[1]![19]).toBe(6);
        expect(found.rhythm.accepted[2]![19]).toBe(15);
        expect(found.seq).toBe(4);
        // What a full disk has not taken goes along with the question, and stays out of what is kept.
        expect(countedBy(await breakDown(step(4, 5, named(1, '2019-10-10'))))).toEqual([all(8), all(8)]);
        expect(countedBy(await breakDown())).toEqual([all(7), all(7)]);
      });

      test('cases that are open stay so where more than a year of months changes at once', async () => {
        const month = (i: number) => `${2018 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}-05`;
        const opened = (from: number, to: number) =>
          Array.from({ length: to - from }, (_, i) => cell(1, { day: month(from + i), name: 'open/plain/' }));
        await save(step(0, 3, opened(0, 23)));
        expect(await measure()).toMatchObject({ open: 23 });
        await save(step(3, 4, opened(0, 14)));
        expect(await measure()).toMatchObject({ open: 37 });
      });

      test('what is not counted is told with the measures, and stays told until it changes', async () => {
        await save(step(0, 3, [], { uncounted: ['case:b', 'case:a'] }), step(3, 4, [cell(1)]));
        expect(await measure()).toMatchObject({ uncounted: { n: 2, first: ['case:a', 'case:b'] } });
        await save(step(4, 5, [], { uncounted: [] }));
        expect(await measure()).toMatchObject({ uncounted: { n: 0 } });
      });

      test('sums of ranges hold the heads and the days of each, and no others', async () => {
        await save(step(0, 5, [cell(2), cell(1, { day: '2019-11-21' }), cell(1, { name: 'score/5/active/' })]));
        const { seq, tables } = await ledger.sumRanges({ day, ids: [TODAY, MONTH] }, smallHall);
        expect(seq).toBe(5);
        const score = ['hall', 'score/5/active/', 1];
        expect([...tables.get(TODAY)!.entries()].sort()).toEqual([['hall', 'accepted/window/plain/', 2], score]);
        expect([...tables.get(MONTH)!.entries()]).toEqual([score]);
        expect([...tables.keys()].sort()).toEqual([MONTH, TODAY]);
      });

      test('another configuration is asked with from the next question on', async () => {
        await save(step(0, 5, [cell(2)]));
        expect((await measure()).unknown.items).toEqual([]);
        const without = { ...smallHall.catalogue, items: [] };
        const changed = createHallConfig(smallHall.profile, without);
        expect((await ledger.measure([asked], changed))[0]!.unknown.items).toEqual(['plain']);
        expect((await measure()).unknown.items).toEqual([]);
      });

      test('a new fold is read only once it is shown, and the former one is then forgotten', async () => {
        await save(step(0, 5, [cell(5)]));
        await ledger.saveFold(step(0, 4, [cell(7)], { foldVersion: '2' }));
        expect(await measure()).toMatchObject({ seq: 5, accepted: 5 });
        expect(await ledger.loadFold('2')).toEqual({ seq: 4, isShown: false });
        await ledger.showFold('2');
        expect(await measure()).toMatchObject({ seq: 4, accepted: 7 });
        expect(await ledger.loadFold('1')).toBeUndefined();
      });

      test('dropping a fold keeps the events, and it begins again', async () => {
        await save(step(0, 5, [cell(5)], { state: '{}' }));
        await ledger.dropFold('1');
        expect(await ledger.loadFold('1')).toBeUndefined();
        await save(step(0, 2, [cell(2)]));
        expect(await measure()).toMatchObject({ seq: 2, accepted: 2 });
        expect(await ledger.read(0, 10)).toHaveLength(5);
      });

      test('more questions than may wait are refused, and those before them answered', async () => {
        await save(step(0, 5, [cell(5)]));
        const answers = await Promise.allSettled(Array.from({ length: 60 }, () => measure()));
        const refused = answers.filter((one) => one.status === 'rejected');
        for (const { reason } of refused) expect(reason).toMatchObject({ name: 'LedgerError', problem: 'busy' });
        expect(answers[0]).toMatchObject({ status: 'fulfilled', value: { accepted: 5 } });
        expect(await measure()).toMatchObject({ accepted: 5 });
      });

      test('outlives a restart', async () => {
        await save(step(0, 5, [cell(5)], { state: '{}' }));
        await reopen();
        expect(await ledger.loadFold('1')).toEqual({ seq: 5, isShown: true, checkpoint: { seq: 5, state: '{}' } });
        expect(await measure()).toMatchObject({ accepted: 5 });
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
        const calls = Array.from({ length: 20 }, (_, i) => ledger.append(manyAccepted(`w${i}`, 50), RECEIVED, null));
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

// Names are paths that any string may stand in, and a table of counts is the sum of what was added.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CellTable, cellName, readCellName, readNameOf, sumNames } from '../../../domain/board/cells.ts';

describe('a name', () => {
  it('is read as it was written, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (item, line) => {
        const name = cellName('turnaround', 1_000, 2_000, '', item, line);
        const read = { head: 'turnaround', acceptedAt: '1000', finishedAt: '2000', pauses: '', item, line };
        expect(readCellName(name)).toEqual(read);
        expect(readNameOf('turnaround', name)).toEqual(read);
      }),
    );
  });

  it('of another head is not read as one of this', () => {
    expect(() => readNameOf('score', cellName('ticket', 'taken'))).toThrow('ticket/taken');
  });
});

describe('a table of counts', () => {
  const taken = cellName('ticket', 'taken');
  const served = cellName('ticket', 'served');
  const wait = cellName('wait', '', 60_000);

  it('holds what was added by head and station, without what came back to 0', () => {
    const table = new CellTable();
    expect(table.isEmpty).toBe(true);
    table.add('hall', taken, 2);
    table.add('hall', wait, 1);
    table.add('meilin', served, 1);
    table.add('hall', taken, -2);
    expect([...table.entries()]).toEqual([
      ['meilin', served, 1],
      ['hall', wait, 1],
    ]);
    expect([...table.of('ticket').keys()]).toEqual(['meilin']);
    expect(sumNames(table.at('ticket', 'meilin'))).toBe(1);
    expect(table.at('ticket', 'hall').size).toBe(0);
    table.add('meilin', served, -1);
    table.add('hall', wait, -1);
    expect(table.isEmpty).toBe(true);
  });

  it('says of a head that it may have changed, and of no other', () => {
    const table = new CellTable();
    table.add('hall', taken, 1);
    const [tickets, waits] = [table.revision(['ticket']), table.revision(['wait'])];
    table.add('hall', served, 1);
    expect(table.revision(['ticket'])).not.toBe(tickets);
    expect(table.revision(['wait'])).toBe(waits);
  });

  it('tells whoever follows it of every count', () => {
    const table = new CellTable();
    table.add('hall', taken, 5);
    const heard: unknown[] = [];
    table.follow((...count) => heard.push(count));
    table.add('hall', taken, 1);
    table.add('hall', taken, -1);
    expect(heard).toEqual([
      ['hall', taken, 1],
      ['hall', taken, -1],
    ]);
  });

  it('comes back from plain JSON as it was', () => {
    const table = new CellTable();
    for (const station of ['hall', '__proto__', '']) table.add(station, wait, 3);
    const back = CellTable.from(JSON.parse(JSON.stringify(table.toPlain())) as ReturnType<CellTable['toPlain']>);
    expect([...back.entries()]).toEqual([...table.entries()]);
  });
});

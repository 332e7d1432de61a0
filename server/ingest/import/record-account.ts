/** Two readers of one file held against each other, record by record: where they part, nothing may be imported. */
import type { CutRecord } from './cut-records.ts';
import { ImportProblem } from './problem.ts';
import type { FileRow } from './file-row.ts';

type BrokenRow = Extract<FileRow, { kind: 'broken' }>;

export interface RecordAccount {
  /** Takes the records that one reader has counted. */
  expect(records: readonly CutRecord[]): void;
  /**
   * Takes the last line of a record that the other reader has read.
   * @returns the broken lines above it
   * @throws ImportProblem when that is not the next record
   */
  take(line: number): readonly BrokenRow[];
  /** @throws ImportProblem when a record that was counted was never read */
  end(): readonly BrokenRow[];
}

export function createRecordAccount(): RecordAccount {
  let expected: readonly CutRecord[] = [];
  let next = 0;

  const takeBroken = (): readonly BrokenRow[] => {
    const broken: BrokenRow[] = [];
    for (let record = expected[next]; record?.kind === 'broken'; record = expected[++next]) {
      broken.push({ kind: 'broken', line: record.from, reason: record.reason });
    }
    return broken;
  };

  return {
    expect(records) {
      expected = [...expected.slice(next), ...records];
      next = 0;
    },
    take(line) {
      const broken = takeBroken();
      const record = expected[next++];
      if (record?.to !== line) throw parted(Math.min(line, record?.from ?? line));
      return broken;
    },
    end() {
      const broken = takeBroken();
      const unread = expected[next];
      if (unread) throw parted(unread.from);
      return broken;
    },
  };
}

function parted(line: number): ImportProblem {
  return new ImportProblem(
    `从第 ${line} 行起，两种方法数出的行不一致，没有写入任何内容。请检查该行的引号和换行。`,
    `From line ${line} on, two ways of counting the rows differ, so nothing was written. Look at the quotes and line ends there.`,
  );
}

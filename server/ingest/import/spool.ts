/** What goes in, between the check of the whole file and the writing: packed in a file of its own, so that memory does not grow with it. */
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { ImportItem } from './target.ts';

export interface SpooledRow {
  readonly line: number;
  /** Whether its events replace what is known; all of the row's are here then, else those that are new. */
  readonly isCorrection: boolean;
  readonly items: readonly ImportItem[];
}

export interface Spool {
  add(row: SpooledRow): Promise<void>;
  /** Batches of rows in the order of `add`; nothing can be added any more. */
  batches(): AsyncIterable<readonly SpooledRow[]>;
  /** Removes the file. */
  dispose(): void;
}

/** @param batchLimit how many events a batch holds at most, where it has more than one row */
export function createSpool(batchLimit: number): Spool {
  const folder = mkdtempSync(join(tmpdir(), 'hallpulse-import-'));
  const file = join(folder, 'rows.gz');
  // The fastest packing makes a twelfth of it, and does so beside this thread.
  const packer = createGzip({ level: 1 });
  const written = pipeline(packer, createWriteStream(file, { mode: 0o600 }));
  written.catch(() => {});
  let batch: SpooledRow[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    const text = JSON.stringify(batch);
    [batch, size] = [[], 0];
    if (!packer.write(`${text}\n`))
      await Promise.race([new Promise((resolve) => packer.once('drain', resolve)), written]);
  };
  return {
    async add(row) {
      if (size > 0 && size + row.items.length > batchLimit) await flush();
      batch.push(row);
      size += row.items.length;
    },
    async *batches() {
      await flush();
      packer.end();
      await written;
      // Batch by batch: whoever reads lines ahead would hold all of them.
      let text = '';
      for await (const piece of createReadStream(file).pipe(createGunzip()).setEncoding('utf8')) {
        const [first = '', ...others] = (piece as string).split('\n');
        text += first;
        for (const other of others) {
          const rows = JSON.parse(text) as readonly SpooledRow[];
          text = other;
          if (rows.length > 0) yield rows;
        }
      }
    },
    dispose() {
      packer.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

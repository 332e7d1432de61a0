/** A vendor's export of a million rows, imported into an empty ledger and then again, beside csv-parse that only counts its rows. */
import { once } from 'node:events';
import { createWriteStream, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { startChild } from '../child.ts';
import type { BenchContext } from '../context.ts';
import { printLine, ratios, writeSpread } from '../stats.ts';
import { encodeGb18030 } from './gb18030.ts';
import type { ImportFigures } from './import-file.ts';

const ROWS = { full: 1_000_000, small: 2_000 } as const;
const MEGABYTE = 1_000_000;

/** Of each round: one count, one import into a ledger of its own, and the same again, each in a process of its own. */
export async function benchImport({ commandFile, mainFile, folder, size, rounds }: BenchContext): Promise<void> {
  const file = join(folder, 'export.csv');
  await writeExport(file, ROWS[size]);
  console.log(`import: ${ROWS[size]} rows, ${Math.round(statSync(file).size / MEGABYTE)} MB, GB18030`);
  const writerUrl = new URL('ledger-writer.js', `file://${mainFile}`).href;
  const seen = { count: [] as number[], first: [] as number[], again: [] as number[], memory: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    const place = join(folder, `import-${round}`);
    mkdirSync(place, { recursive: true });
    const ask = async <T>(name: string): Promise<T> => {
      // A process of its own for each, or one would have what another has warmed up, and its memory.
      const child = startChild(commandFile, 'import-file');
      try {
        return await child.ask<T>(name, { file, place, writerUrl });
      } finally {
        await child.stop();
      }
    };
    seen.count.push((await ask<ImportFigures>('count')).seconds);
    const first = await ask<ImportFigures>('import');
    const again = await ask<ImportFigures>('import');
    if (first.newRows !== ROWS[size] || again.knownRows !== ROWS[size]) throw new Error('rows went astray');
    seen.first.push(first.seconds);
    seen.again.push(again.seconds);
    seen.memory.push(Math.max(first.megabytes, again.megabytes));
  }
  printLine('csv-parse alone, s', writeSpread(seen.count, 2));
  printLine('import, s', writeSpread(seen.first, 1));
  printLine('import again, s', writeSpread(seen.again, 1));
  printLine('most memory of the process, MB', writeSpread(seen.memory));
  printLine('import / csv-parse alone, ratio', writeSpread(ratios(seen.first, seen.count), 2));
  printLine('import again / csv-parse alone, ratio', writeSpread(ratios(seen.again, seen.count), 2));
}

/** Ten columns as a vendor's system writes them, of which the mapping reads five; a quoted one in each row. */
async function writeExport(file: string, rows: number): Promise<void> {
  const out = createWriteStream(file);
  const write = async (text: string): Promise<void> => {
    if (!out.write(encodeGb18030(text))) await once(out, 'drain');
  };
  await write('办件编号,事项编码,事项名称,办件类型,渠道,窗口,受理时间,办结时间,区域,备注\n');
  const two = (n: number): string => String(n).padStart(2, '0');
  let text = '';
  for (let row = 0; row < rows; row++) {
    const day = new Date(Date.UTC(2017, 0, 1 + Math.floor(row / 1_400)));
    const date = `${day.getUTCFullYear()}/${day.getUTCMonth() + 1}/${day.getUTCDate()}`;
    const minute = 540 + (row % 480);
    const clock = (at: number): string => `${date} ${Math.floor(at / 60)}:${two(at % 60)}:${two(row % 60)}`;
    text +=
      `440304${String(row).padStart(12, '0')},YB-${two(row % 60)},门诊医疗费用报销（街道级事项）,${row % 3 ? 2 : 1},` +
      `${row % 4 ? '窗口' : '网上'},${(row % 12) + 1}号窗,${clock(minute)},${clock(minute + 1 + (row % 37))},` +
      `某街道办事处行政服务大厅,"${row % 7 ? '材料齐全，当场受理' : '补交材料后受理，已电话告知'}"\n`;
    if (row % 1_000 !== 999) continue;
    await write(text);
    text = '';
  }
  await write(text);
  out.end();
  await finished(out);
}

/** One reading of an export, in a process of its own, whose memory is only that of this. */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { createZone } from '../../domain/calendar/zone.ts';
import { parseMapping } from '../../domain/mapping/mapping.ts';
import { createCommandTarget } from '../../server/ingest/import/ledger-target.ts';
import { openRows } from '../../server/ingest/import/rows.ts';
import { runImport } from '../../server/ingest/import/run-import.ts';
import { openSqliteLedger } from '../../server/ledger/sqlite/engine.ts';

export interface ImportFigures {
  readonly seconds: number;
  /** The most memory that the process has held, in 10^6 bytes. */
  readonly megabytes: number;
  readonly newRows: number;
  readonly knownRows: number;
}

interface Task {
  readonly file: string;
  /** The ledger's folder. */
  readonly place: string;
  readonly writerUrl: string;
}

const ZONE = 'Asia/Shanghai';
const MAPPING = {
  name: 'bench',
  source: '/import/bench',
  formats: 'yyyy/M/d H:mm:ss',
  maps: { channel: { 窗口: 'window', 网上: 'online' }, handling: { '2': 'instant', '1': 'promised' } },
  events: [
    {
      type: 'hall.case.accepted',
      id: '{办件编号}',
      time: { at: '{受理时间}' },
      data: {
        case: '{办件编号}',
        station: 'hall',
        item: '{事项编码}',
        channel: { from: '{渠道}', map: 'channel' },
        handling: { from: '{办件类型}', map: 'handling' },
      },
    },
  ],
};

export const importFileHandlers = {
  async count({ file }: Task): Promise<ImportFigures> {
    const stop = startMeasuring();
    let rows = -1;
    const parser = Readable.from(decode(file)).pipe(parse({ relax_column_count: true }));
    for await (const _ of parser) rows++;
    return { ...stop(), newRows: rows, knownRows: 0 };
  },
  async import({ file, place, writerUrl }: Task): Promise<ImportFigures> {
    const parsed = parseMapping(MAPPING, ZONE);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const { mapping } = parsed;
    const stop = startMeasuring();
    const ledger = await openSqliteLedger({
      folder: place,
      hall: 'bench',
      zone: createZone(ZONE),
      writerUrl: new URL(writerUrl),
    });
    const source = await openRows(file, mapping.spec.file, mapping.columns);
    const target = createCommandTarget(ledger, Date.now);
    const { newRows, knownRows } = await runImport({ source, mapping, target, now: Date.now(), dryRun: false });
    await ledger.close();
    return { ...stop(), newRows, knownRows };
  },
};

async function* decode(file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('gb18030');
  for await (const chunk of createReadStream(file)) yield decoder.decode(chunk as Buffer, { stream: true });
}

/** The system's own count of the most memory begins with that of the process that has started this one. */
function startMeasuring(): () => Pick<ImportFigures, 'seconds' | 'megabytes'> {
  const startedAt = performance.now();
  let most = process.memoryUsage.rss();
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 250);
  return () => {
    clearInterval(timer);
    return {
      seconds: (performance.now() - startedAt) / 1_000,
      megabytes: Math.max(most, process.memoryUsage.rss()) / 1e6,
    };
  };
}

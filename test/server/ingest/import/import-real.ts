// A real export read by the mapping that ships for it, into memory.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Zone } from '../../../../domain/calendar/zone.ts';
import type { EventOf, HallEvent } from '../../../../domain/events/event.ts';
import type { EventType } from '../../../../domain/events/schema.ts';
import { parseMapping } from '../../../../domain/mapping/mapping.ts';
import { openRows } from '../../../../server/ingest/import/rows.ts';
import { runImport, type ImportReport } from '../../../../server/ingest/import/run-import.ts';
import type { ImportTarget } from '../../../../server/ingest/import/target.ts';

export interface RealImport {
  readonly report: ImportReport;
  readonly events: readonly HallEvent[];
  of<T extends EventType>(type: T): readonly EventOf<T>[];
}

export async function importReal(file: string, mappingName: string, zone: Zone): Promise<RealImport> {
  const path = join(import.meta.dirname, `../../../../data/mappings/${mappingName}.json`);
  const parsed = parseMapping(JSON.parse(readFileSync(path, 'utf8')), zone.name);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const events: HallEvent[] = [];
  const target: ImportTarget = {
    check: (batch) => Promise.resolve(batch.map(() => 'new' as const)),
    append: (batch) => {
      for (const { event } of batch) events.push(event);
      return Promise.resolve(batch.map(() => 'new' as const));
    },
  };
  const source = await openRows(file, parsed.mapping.spec.file, parsed.mapping.columns);
  const now = Date.UTC(2026, 0, 1);
  const report = await runImport({ source, mapping: parsed.mapping, target, now, dryRun: false });
  return {
    report,
    events,
    of: <T extends EventType>(type: T) => events.filter((event) => event.type === type) as EventOf<T>[],
  };
}

// Files made for a test: texts in either encoding, workbooks, and a folder that goes away.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
export { encodeGb18030 } from '../../../../bench/import/gb18030.ts';
import type { RowSource, FileRow } from '../../../../server/ingest/import/file-row.ts';

export interface FileFolder {
  readonly path: string;
  write(name: string, content: string | Uint8Array): string;
  dispose(): void;
}

export function createFileFolder(): FileFolder {
  const path = mkdtempSync(join(tmpdir(), 'hallpulse-import-'));
  return {
    path,
    write(name, content) {
      const file = join(path, name);
      writeFileSync(file, content);
      return file;
    },
    dispose: () => rmSync(path, { recursive: true, force: true }),
  };
}

export async function readAll(source: RowSource): Promise<FileRow[]> {
  const rows: FileRow[] = [];
  for await (const row of source.rows(() => {})) rows.push(row);
  return rows;
}

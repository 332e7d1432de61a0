// A hall with mappings of its own, and exports of other systems as a person would bring them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import writeXlsxFile from 'write-excel-file/node';
import { encodeGb18030 } from '../ingest/import/sample-files.ts';
import type { Answer, Browser, StaffedHall } from '../staffed-hall.ts';

export const DAY = '2026-11-26';

/** A platform's export of cases: one row a case. */
export const PLATFORM = {
  name: '一窗平台（示例）',
  source: '/import/sample-platform',
  formats: 'yyyy/M/d H:mm',
  maps: { channel: { 窗口: 'window', 网上: 'online' } },
  moments: { accepted: { at: '{受理时间}' }, finished: { at: '{办结时间}' } },
  events: [
    {
      type: 'hall.case.accepted',
      id: '{办件编号}/accepted',
      time: 'accepted',
      data: {
        case: '{办件编号}',
        station: '{站点}',
        item: '{事项编码}',
        channel: { from: '{渠道}', map: 'channel' },
      },
    },
    {
      type: 'hall.case.finished',
      where: { column: '办结时间', blank: false },
      id: '{办件编号}/finished',
      time: 'finished',
      data: { case: '{办件编号}', outcome: 'approved' },
    },
  ],
};

export interface ExportRow {
  readonly id: string;
  readonly station?: string;
  readonly item?: string;
  readonly channel?: string;
  /** Clock of DAY, or with a day of its own. */
  readonly accepted: string;
  readonly finished?: string;
}

const HEADER = ['办件编号', '站点', '事项编码', '渠道', '受理时间', '办结时间'];
const toMoment = (clock: string): string => (clock.includes('/') ? clock : `2026/11/26 ${clock}`);
const toCells = ({
  id,
  station = 'hall',
  item = 'mi-03',
  channel = '窗口',
  accepted,
  finished,
}: ExportRow): string[] => [
  id,
  station,
  item,
  channel,
  toMoment(accepted),
  finished === undefined ? '' : toMoment(finished),
];

export const toCsv = (rows: readonly ExportRow[]): Buffer =>
  Buffer.from([HEADER, ...rows.map(toCells)].map((cells) => `${cells.join(',')}\r\n`).join(''));

export const toGb18030 = (rows: readonly ExportRow[]): Buffer => Buffer.from(encodeGb18030(toCsv(rows).toString()));

export async function toXlsx(rows: readonly ExportRow[]): Promise<Buffer> {
  const cells = [HEADER, ...rows.map(toCells)].map((row) => row.map((value) => ({ value, type: String })));
  return writeXlsxFile(cells as never).toBuffer();
}

export function putMapping({ folder }: Pick<StaffedHall, 'folder'>, id: string, mapping: unknown): void {
  mkdirSync(join(folder, 'mappings'), { recursive: true });
  writeFileSync(
    join(folder, 'mappings', `${id}.json`),
    typeof mapping === 'string' ? mapping : JSON.stringify(mapping),
  );
}

/** Brings a file, as the page does. */
export async function bring(
  { url }: Pick<StaffedHall, 'url'>,
  { cookie }: Pick<Browser, 'cookie'>,
  file: Uint8Array,
  query: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const asked = new URLSearchParams({ day: DAY, mapping: 'platform', ...query });
  const response = await fetch(`${url}/api/reconcile?${asked}`, {
    method: 'POST',
    headers: { Cookie: cookie, Origin: url, 'Content-Type': 'application/octet-stream' },
    body: new Uint8Array(file),
  });
  return { status: response.status, body: (await response.json()) as never, headers: response.headers };
}

/** A digest for each row of a ledger, by which the frozen days vouch for what came in (spec Z3). */
import { createHash } from 'node:crypto';
import type { StatementSyncInstance } from '@photostructure/sqlite';
import { rowText, type Row } from '../../../domain/frozen/chain.ts';
import type { RowRange } from '../port.ts';

/** In the order of `Row`. Parameters: `after`, `upTo`. */
export const ROWS = `SELECT seq, source, id, type, at, time_given, subject, data, dropped, actor, received_at
  FROM events WHERE seq > ? AND seq <= ? ORDER BY seq`;

const DIGEST_BYTES = 32;

/** @param rows `ROWS`, prepared, giving arrays */
export function digestRows(rows: StatementSyncInstance, { after, upTo }: RowRange): Uint8Array {
  const found = rows.all(after, upTo) as unknown as Row[];
  const digests = new Uint8Array(found.length * DIGEST_BYTES);
  found.forEach((row, i) => digests.set(createHash('sha256').update(rowText(row)).digest(), i * DIGEST_BYTES));
  return digests;
}

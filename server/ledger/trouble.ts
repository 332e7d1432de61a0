/** What a page is told where the ledger cannot take its word now: 507 where the disk is full, else 503 and when to come again. */
import type { Response } from 'express';
import { LedgerError } from './port.ts';

export async function answerLedgerTrouble(response: Response, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    if (error.problem === 'disk-full') response.status(507).json({ error: 'disk-full' });
    else response.status(503).set('Retry-After', '2').json({ error: error.problem });
  }
}

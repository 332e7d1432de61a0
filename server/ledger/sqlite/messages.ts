/** What the engine and its writing thread say to each other. Requests are answered in the order in which they were sent. */
import type { FoldStep } from '../port.ts';
import type { Failure } from './problems.ts';
import type { PackedBatch } from './rows.ts';
import type { LedgerMeta } from './schema.ts';
import type { BatchResult } from './store.ts';

/** What a thread is started with: `write` keeps the ledger, `sum` answers what takes long. */
export type ThreadTask =
  | {
      readonly kind: 'write';
      readonly folder: string;
      readonly hall: string;
      readonly zone: string;
      readonly now: number;
    }
  | { readonly kind: 'sum'; readonly folder: string; readonly zone: string };

export type WriterRequest =
  | { readonly kind: 'append'; readonly batch: PackedBatch }
  | { readonly kind: 'compare'; readonly batch: PackedBatch }
  | { readonly kind: 'save-fold'; readonly step: FoldStep }
  | { readonly kind: 'show-fold' | 'drop-fold'; readonly foldVersion: string }
  | { readonly kind: 'close' };

/** `batch` answers append and compare, `done` the others. */
export type Answer =
  | { readonly kind: 'batch'; readonly result: BatchResult }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly failure: Failure };

export type ThreadMessage =
  | { readonly kind: 'ready'; readonly meta: LedgerMeta; readonly head: number }
  | { readonly kind: 'refused'; readonly failure: Failure }
  | { readonly kind: 'answers'; readonly answers: readonly Answer[] };

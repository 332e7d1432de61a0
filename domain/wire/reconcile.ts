/** What the page of reconciliation and its server say to each other. */
import type { FeedFact } from '../profile/feeds.ts';
import type { Cause } from '../reconcile/causes.ts';
import type { Finding, FindingKind } from '../reconcile/finding.ts';
import type { FindingCounts, Stamp } from '../reconcile/stamp.ts';

/** A system whose exports can be laid against the ledger: one mapping. */
export interface ReconcileSystem {
  /** The mapping's file without its ending. */
  readonly id: string;
  readonly name: string;
  /** The kinds of fact that it tells; none where it cannot be used. */
  readonly facts: readonly FeedFact[];
  /** Why it cannot be used: the first thing that is wrong with it. */
  readonly problem?: string;
}

/** `GET /api/reconcile?day=`. */
export interface ReconcileDay {
  readonly day: string;
  /** The hall's, epoch ms. */
  readonly now: number;
  readonly systems: readonly ReconcileSystem[];
  /** Of each system the latest, then those that it replaced. */
  readonly stamps: readonly (Stamp & { readonly isLatest: boolean; readonly byName: string })[];
  /** As the day's report says it. */
  readonly saying: { readonly zh: string; readonly en: string };
  /** Who can be the owner of a finding, and what stations and items are called. */
  readonly people: readonly { readonly staff: string; readonly name: string }[];
  readonly stations: readonly { readonly id: string; readonly name: string }[];
  readonly items: readonly { readonly id: string; readonly name: string }[];
  /** Where whoever asks may say something of findings: everywhere, or at stations alone. */
  readonly maySettle: boolean;
  readonly mayReconcile: boolean;
}

/** `GET /api/reconcile/days`. */
export interface ReconcileDays {
  readonly days: readonly {
    readonly day: string;
    readonly open: number;
    readonly zh: string;
    readonly en: string;
  }[];
}

export interface FindingFilter {
  readonly kind?: FindingKind | undefined;
  readonly state?: 'open' | 'settled' | undefined;
  readonly owner?: string | undefined;
  readonly station?: string | undefined;
}

export interface FindingRow extends Finding {
  /** Its number within the reconciliation. */
  readonly n: number;
  readonly owner?: string;
  readonly cause?: Cause;
  readonly note?: string;
  /** By whom, and when (epoch ms), that was said. */
  readonly noted?: { readonly by: string; readonly at: number };
}

/** `GET /api/reconcile/findings`: a stretch in the order of numbers. */
export interface FindingList {
  /** Of all that the filter lets through beside its kind. */
  readonly counts: FindingCounts;
  readonly rows: readonly FindingRow[];
}

/** What laying an export against the ledger brings to light: one finding a case, ticket or other thing. */
import type { EventType } from '../events/schema.ts';

/** The gravest first. `unread`: a row of the file that nobody could read. */
export const FINDING_KINDS = ['ledger-missing', 'file-missing', 'differs', 'unread'] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** A field that the two tell differently, as text; absent where one of them does not say. */
export interface FieldDifference {
  readonly field: string;
  readonly file?: string;
  readonly ledger?: string;
}

/** One event of a thing that does not agree. */
export interface FactDifference {
  readonly kind: 'ledger-missing' | 'file-missing' | 'differs';
  readonly type: EventType;
  /** When it happened, epoch ms: by the file, and by the ledger where only that has it. */
  readonly at: number;
  /** The row in the file, where it has one. */
  readonly line?: number;
  /** Who told the ledger, where it knows. */
  readonly source?: string;
  /** The ledger had it, and somebody voided it. */
  readonly voided?: true;
  /** Where both have it: what each says. */
  readonly fields?: readonly FieldDifference[];
}

export interface Finding {
  readonly kind: FindingKind;
  /** What it is about, as the ledger files it, such as `case:20190605-001`; `line:17` for a row that was not read. */
  readonly thing: string;
  readonly station?: string;
  readonly item?: string;
  /** The earliest of its moments, epoch ms; absent for a row that was not read. */
  readonly at?: number;
  readonly facts: readonly FactDifference[];
  /** Of a row that was not read: where, why, and which columns; its values are nowhere. */
  readonly line?: number;
  readonly reason?: string;
  readonly columns?: readonly string[];
}

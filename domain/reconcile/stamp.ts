/** The stamp of a day: what its reconciliation with one system came to, and how a report says it. */
import type { Language } from '../wire/language.ts';
import type { FindingKind } from './finding.ts';

/** How many findings there are of each kind. */
export type FindingCounts = Readonly<Record<FindingKind, number>>;

export interface Stamp {
  /** Names the reconciliation. */
  readonly run: string;
  /** `YYYY-MM-DD`. */
  readonly day: string;
  /** The mapping by its id, and what it calls the system. */
  readonly system: string;
  readonly name: string;
  /** When it was made, epoch ms, and by whom. */
  readonly at: number;
  readonly by: string;
  /** By the hall's clock, of one that was made before its day was over: what came later that day was never laid. */
  readonly asOf?: string;
  /** SHA-256 of the file, in hex. */
  readonly digest: string;
  /** The position of the ledger against which it was laid. */
  readonly upTo: number;
  /** Cases, tickets and other things on which both agree. */
  readonly matched: number;
  readonly counts: FindingCounts;
  /** Of the findings those for which somebody has given a cause. */
  readonly settled: number;
}

/** Findings that nobody has explained. */
export function openOf({ counts, settled }: Pick<Stamp, 'counts' | 'settled'>): number {
  return Object.values(counts).reduce((sum, n) => sum + n, 0) - settled;
}

/** Nothing of the whole day is left to explain. */
export function isSettled(stamp: Pick<Stamp, 'counts' | 'settled' | 'asOf'>): boolean {
  return openOf(stamp) === 0 && stamp.asOf === undefined;
}

/**
 * `已对平`, `已对平（说明2件）`, `差3件`, `差1件（已说明2件）`, and `未对账` where there is no stamp; before the day was over
 * `截至11:00已对平`.
 */
export function sayStamp(stamp: Pick<Stamp, 'counts' | 'settled' | 'asOf'> | undefined, language: Language): string {
  const isZh = language === 'zh';
  if (stamp === undefined) return isZh ? '未对账' : 'not reconciled';
  const said = sayCounts(stamp, isZh);
  if (stamp.asOf === undefined) return said;
  return isZh ? `截至${stamp.asOf}${said}` : `${said} as of ${stamp.asOf}`;
}

function sayCounts(stamp: Pick<Stamp, 'counts' | 'settled'>, isZh: boolean): string {
  const { settled } = stamp;
  const open = openOf(stamp);
  if (open === 0) {
    if (settled === 0) return isZh ? '已对平' : 'agrees';
    return isZh ? `已对平（说明${settled}件）` : `agrees (${settled} explained)`;
  }
  const rest = settled === 0 ? '' : isZh ? `（已说明${settled}件）` : ` (${settled} explained)`;
  return isZh ? `差${open}件${rest}` : `${open} to explain${rest}`;
}

/**
 * What a day's report says of all the systems that are to be reconciled: one alone by its stamp, several by their names.
 * @param stamps the latest of each system; those of systems that are no more are told as well
 */
export function sayDay(
  systems: readonly { readonly id: string; readonly name: string }[],
  stamps: readonly Stamp[],
  language: Language,
): string {
  const gone = stamps.filter((stamp) => !systems.some(({ id }) => id === stamp.system));
  const all = [...systems, ...gone.map(({ system, name }) => ({ id: system, name }))];
  const bySystem = new Map(stamps.map((stamp) => [stamp.system, stamp]));
  if (stamps.length === 0 || all.length === 1) return sayStamp(stamps[0], language);
  const isZh = language === 'zh';
  return all
    .map(({ id, name }) => `${name}${isZh ? '' : ': '}${sayStamp(bySystem.get(id), language)}`)
    .join(isZh ? '；' : '; ');
}

/** What a day's report says of its reconciliation. */
import type { Language } from '../../domain/wire/language.ts';
import { sayDay, type Stamp } from '../../domain/reconcile/stamp.ts';
import type { Reconciliations } from './reconciliations.ts';

/** In words; `undefined` where the hall reconciles with no system. */
export async function sayReconciled(
  reconciliations: Pick<Reconciliations, 'mappings' | 'stamps'>,
  day: string,
  language: Language,
): Promise<string | undefined> {
  const systems = (await reconciliations.mappings()).filter(({ problem }) => problem === undefined);
  const stamps = latestOf(reconciliations.stamps(day, day));
  if (systems.length === 0 && stamps.length === 0) return undefined;
  return sayDay(systems, stamps, language);
}

/** Of each system the latest; the store tells them latest first. */
export function latestOf(stamps: readonly Stamp[]): Stamp[] {
  const seen = new Set<string>();
  return stamps
    .filter(({ system }) => seen.size < seen.add(system).size)
    .sort((a, b) => (a.system < b.system ? -1 : 1));
}

/** What a poor rating was about, where the board has forgotten its case: the ledger has not. */
import { compareEvents } from '../../domain/events/event.ts';
import type { DeskMatters } from '../../domain/wire/desk.ts';
import type { Ledger } from '../ledger/port.ts';

/** @throws LedgerError */
export async function nameItems(
  matters: DeskMatters,
  ledger: Pick<Ledger, 'head' | 'historyOf'>,
): Promise<DeskMatters> {
  const { ratings } = matters;
  const forgotten = ratings?.flatMap(({ case: id, item }) =>
    id === undefined || item !== undefined ? [] : [`case:${id}`],
  );
  if (!ratings || !forgotten || forgotten.length === 0) return matters;
  const histories = await ledger.historyOf(forgotten, ledger.head());
  const itemOf = (id: string | undefined): { item?: string } => {
    const events = [...(histories.get(`case:${id ?? ''}`) ?? [])].sort(compareEvents);
    const accepted = events.find((event) => event.type === 'hall.case.accepted');
    return accepted ? { item: accepted.data.item } : {};
  };
  return { ...matters, ratings: ratings.map((rating) => ({ ...itemOf(rating.case), ...rating })) };
}

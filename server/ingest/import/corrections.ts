/**
 * Rows whose news differs from what the ledger knows. An event is never changed: it is voided, and its successor goes in
 * as `id~2`, `id~3` …, so that both stand in the ledger and a second run finds its own traces.
 */
import { parseEvent } from '../../../domain/events/parse.ts';
import { ID_LIMIT } from '../../../domain/events/schema.ts';
import type { ImportItem, ImportTarget, Outcome, Rejection } from './target.ts';

/** What stands under an event's id and its successors. */
export type Chain =
  /** The last of them, or an earlier one, says the same. */
  | { readonly kind: 'known' }
  /** All differ: `latest` is the last of them, `next` the first id that is free. */
  | {
      readonly kind: 'differs';
      readonly latest: string;
      readonly next: string;
      /** What differs from the latest, where the target says so. */
      readonly fields: readonly string[];
    }
  | { readonly kind: 'refused'; readonly rejection: Rejection };

/** Nobody corrects one thing more often. */
const LONGEST_CHAIN = 1_000;

/** @returns the chains of those of `items` whose id is known with other content */
export async function readChains(
  items: readonly ImportItem[],
  outcomes: readonly Outcome[],
  check: ImportTarget['check'],
): Promise<ReadonlyMap<ImportItem, Chain>> {
  const clashing = items.flatMap((item, index) => {
    const outcome = outcomes[index]!;
    return typeof outcome === 'object' && outcome.reason === 'conflict' ? [{ item, outcome }] : [];
  });
  const chains = await findChains(
    clashing.map(({ item }) => item),
    clashing.map(({ outcome }) => outcome),
    check,
  );
  return new Map(clashing.map(({ item }, index) => [item, chains[index]!]));
}

/** Link by link, of all items at once. */
async function findChains(
  items: readonly ImportItem[],
  firsts: readonly Rejection[],
  check: ImportTarget['check'],
): Promise<readonly Chain[]> {
  const chains = items.map((): Chain | undefined => undefined);
  const fields = firsts.map(({ differs = [] }) => differs);
  let open = [...items.keys()];
  for (let number = 2; open.length > 0 && number <= LONGEST_CHAIN; number++) {
    const outcomes = await check(open.map((index) => withId(items[index]!, nameSuccessor(items[index]!, number))));
    open.forEach((index, place) => {
      const [item, outcome] = [items[index]!, outcomes[place]!];
      if (outcome === 'duplicate') chains[index] = { kind: 'known' };
      else if (outcome === 'new') {
        const [latest, next] = [nameSuccessor(item, number - 1), nameSuccessor(item, number)];
        chains[index] =
          nameVoid(next).length > ID_LIMIT ? TOO_LONG : { kind: 'differs', latest, next, fields: fields[index]! };
      } else if (outcome.reason === 'conflict') fields[index] = outcome.differs ?? [];
      else chains[index] = { kind: 'refused', rejection: outcome };
    });
    open = open.filter((index) => chains[index] === undefined);
  }
  return chains.map((chain) => chain ?? TOO_LONG);
}

/** No id is left for a successor. */
const TOO_LONG: Chain = { kind: 'refused', rejection: { reason: 'size', field: 'id' } };

const nameSuccessor = ({ event }: ImportItem, number: number): string =>
  number === 1 ? event.id : `${event.id}~${number}`;

const nameVoid = (next: string): string => `${next}/void`;

function withId(item: ImportItem, id: string): ImportItem {
  return { ...item, event: { ...item.event, id } };
}

/** The void of the latest and its successor, in this order: both or neither goes in, since one batch holds them. */
export function replace(
  item: ImportItem,
  { latest, next }: Extract<Chain, { kind: 'differs' }>,
  now: number,
): readonly [ImportItem, ImportItem] {
  const { source } = item.event;
  const sent = {
    specversion: '1.0',
    source,
    id: nameVoid(next),
    type: 'hall.event.voided',
    data: { source, id: latest, reason: '再次导入的文件有更正' },
  } as const;
  const parsed = parseEvent(sent, { now });
  if (!parsed.ok) throw new Error(`a void of ${latest} is no event: ${parsed.field} ${parsed.reason}`);
  return [{ event: parsed.event, timeGiven: false }, withId(item, next)];
}

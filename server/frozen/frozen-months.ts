/** What has been corrected of a long span's frozen days, by month. */
import { isSameRules, presentRules } from '../../domain/frozen/chain.ts';
import { figuresOf } from '../../domain/frozen/figures.ts';
import { sumCorrections, type ComparedDay, type SummedCorrections } from '../../domain/frozen/months.ts';
import { readEntries, type FrozenDaysOptions } from './frozen-days.ts';
import { digestsOf } from './kept-documents.ts';

/** Days that are measured at a time; others have their turn in between. */
const AT_A_TIME = 31;

/**
 * One measure a frozen day, of the whole hall or of one station, and none of days that are counted otherwise by now.
 * @throws BoardRecounting, LedgerError
 */
export async function readFrozenMonths(
  { ledger, board, config, now }: FrozenDaysOptions,
  { from, to, station }: { readonly from: string; readonly to: string; readonly station: string | undefined },
): Promise<SummedCorrections> {
  const entries = await readEntries(ledger, from, to);
  const documents = JSON.stringify(digestsOf(config()));
  const rules = presentRules();
  const at = now();
  const days: ComparedDay[] = [];
  for (let i = 0; i < entries.length; i += AT_A_TIME) {
    const some = entries.slice(i, i + AT_A_TIME).map(({ data }) => ({
      day: data.day,
      before: station === undefined ? data.figures : (data.stations[station] ?? {}),
      isOtherwiseCounted: !isSameRules(data.rules, rules) || JSON.stringify(data.documents) !== documents,
    }));
    const alike = some.filter(({ isOtherwiseCounted }) => !isOtherwiseCounted);
    const of = station === undefined ? {} : { station };
    const measures = await board.measuresOf(alike.map(({ day }) => ({ from: day, to: day, now: at, ...of })));
    const found = new Map(alike.map(({ day }, n) => [day, figuresOf(measures[n]!)]));
    for (const one of some) days.push({ ...one, after: found.get(one.day) ?? one.before });
  }
  return sumCorrections(days);
}

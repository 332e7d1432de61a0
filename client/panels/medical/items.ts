/** The pilot's items beside one another, always in the catalogue's order: people learn where to look. */
import type { MedicalData } from '../../../domain/board/topics/data-medical.ts';
import { formatCount } from '../../../domain/measures/numbers.ts';
import { MEDICAL_LINE } from '../../../domain/measures/medical-line.ts';
import type { Behind } from '../../ui/behind.ts';
import type { Words } from '../../words/wall.ts';
import { own } from '../../../domain/wire/own.ts';

/** The measures of an item, or of all of them. */
export type ItemBehind = Readonly<Record<'since' | 'open' | 'today', Behind>>;

export interface ItemRow {
  key: string;
  name: string;
  /** The catalogue does not know it. */
  unknown?: string;
  since: string;
  open: string;
  today: string;
  /** Of the item with the most. */
  share: number;
  isActive: boolean;
  /** Absent where it stands for several items. */
  behind?: ItemBehind;
}

export function buildItems(data: MedicalData, words: Words): ItemRow[] {
  const items = data.order.map((code) => [code, own(data.items, code)!] as const);
  const most = Math.max(1, ...items.map(([, item]) => item.since));
  return items.map(([key, item]) => {
    return {
      key,
      name: item.merged ? words.medical.others(item.merged) : words.pick(item.name, item.nameEn),
      ...(item.unknown ? { unknown: words.medical.unknown } : {}),
      since: formatCount(item.since),
      open: formatCount(item.open),
      today: formatCount(item.today),
      share: item.since / most,
      isActive: item.today > 0,
      ...(item.merged ? {} : toBehind(data, { item: key, of: words.pick(item.name, item.nameEn) })),
    };
  });
}

/** Those of the list, and those that stand in it as one. */
export function countItems(data: MedicalData): number {
  return data.order.reduce((total, code) => total + (own(data.items, code)!.merged ?? 1), 0);
}

export interface ItemTotals {
  since: string;
  open: string;
  today: string;
  behind?: ItemBehind;
}

/** The sums of the rows themselves, so that what stands under the list is what stands in it. */
export function sumItems(data: MedicalData): ItemTotals {
  const sum = (key: 'since' | 'open' | 'today') =>
    formatCount(data.order.reduce((total, code) => total + own(data.items, code)![key], 0));
  return { since: sum('since'), open: sum('open'), today: sum('today'), ...toBehind(data, {}) };
}

/** At the pilot's station. */
function toBehind({ from, station }: MedicalData, of: Pick<Behind, 'item' | 'of'>): { behind?: ItemBehind } {
  if (from === undefined || station === undefined) return {};
  const today: Behind = { term: 'medicalCases', station: station.id, ...of };
  const open: Behind = { term: 'open', line: MEDICAL_LINE, station: station.id, ...of };
  return { behind: { today, since: { ...today, from }, open } };
}

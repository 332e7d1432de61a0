/** 医保试点: what the medical-insurance pilot has handled at its station, today and since it began. */
import { sameWeekdaysBefore } from '../../calendar/calendar.ts';
import { MINUTE_MS } from '../../calendar/zone.ts';
import { addTo, toSpreadMs } from '../../measures/spread.ts';
import { MEDICAL_LINE } from '../../measures/medical-line.ts';
import { isInForce, lineOf, type HallConfig } from '../../profile/profile.ts';
import { readNameOf, type CellName, type CellTable, type NameOf } from '../cells.ts';
import { PILOT, PILOT_PACE, pilotWeekRange, pilotWeeksOf, RUNNING, TODAY, USUAL_DAYS } from '../residency.ts';
import { isKey, REST, splitByWeight } from './bounds.ts';
import type { Consultations, MedicalData, MedicalItem, Outcomes } from './data-medical.ts';
import { toSceneHead } from './head.ts';
import { SLOT_MINUTES, slotOf } from './trend.ts';
import { itemName, itemNameEn, nameStation, perTable, toSpread, type BoardView } from './view.ts';

type Sums = MedicalData['since'];

export function buildMedical(view: BoardView): MedicalData {
  const { config, day } = view;
  const pilot = config.profile.medicalPilot;
  const { name, nameEn } = pilot ? nameStation(view, pilot.station) : { name: '', nameEn: undefined };
  const items = new ItemList(view);
  const since = tally(view, PILOT, (code, n, outcome) => {
    const item = items.of(code);
    if (outcome) item.outcomes[outcome] += n;
    else item.since += n;
  });
  const today = tally(view, TODAY, (code, n, outcome) => {
    if (!outcome) items.of(code).today += n;
  });
  const open = countOpen(view, items);
  return {
    ...toSceneHead(view),
    ...(pilot
      ? { from: pilot.from, station: { id: pilot.station, name, ...(nameEn === undefined ? {} : { nameEn }) } }
      : {}),
    elsewhere: view.today.medicalCases - today.accepted,
    today,
    since,
    open,
    items: items.toRecord(),
    order: items.order(),
    weeks: pilot
      ? Object.fromEntries(
          pilotWeeksOf(pilot.from, day).map((week) => [week, countApproved(view, pilotWeekRange(week))]),
        )
      : {},
    pace: readPace(view.table(PILOT_PACE), config),
    usual: readUsual(view),
  };
}

/** The items of the line: those of the catalogue that are in force, then any other with a count. */
class ItemList {
  readonly #items = new Map<string, MedicalItem>();
  readonly #inForce: readonly string[];

  constructor(private readonly view: BoardView) {
    this.#inForce = view.config.catalogue.items
      .filter((item) => item.line === MEDICAL_LINE && isInForce(item, view.day))
      .map(({ code }) => code)
      .filter(isKey);
  }

  of(code: string): MedicalItem {
    let item = this.#items.get(code);
    if (!item) {
      const { view } = this;
      item = {
        name: itemName(view, code),
        ...itemNameEn(view, code),
        ...(view.config.items.has(code) ? {} : { unknown: true as const }),
        today: 0,
        since: 0,
        outcomes: noOutcomes(),
        open: 0,
      };
      this.#items.set(code, item);
    }
    return item;
  }

  order(): string[] {
    const { shown, rest } = this.#others();
    return [...this.#inForce, ...shown, ...(rest.length > 0 ? [REST] : [])];
  }

  toRecord(): Record<string, MedicalItem> {
    const { shown, rest } = this.#others();
    const items = [...this.#inForce, ...shown].map((code): [string, MedicalItem] => [code, this.of(code)]);
    if (rest.length > 0) items.push([REST, mergeItems(rest.map((code) => this.of(code)))]);
    return Object.fromEntries(items);
  }

  /** Used items that are not in force; of very many those handled most. */
  #others(): { shown: string[]; rest: string[] } {
    const inForce = new Set(this.#inForce);
    const codes = [...this.#items].filter(([code, item]) => !inForce.has(code) && isUsed(item)).map(([code]) => code);
    return splitByWeight(codes, (code) => this.of(code).since + this.of(code).today);
  }
}

function mergeItems(items: readonly MedicalItem[]): MedicalItem {
  const sum = (read: (item: MedicalItem) => number) => items.reduce((total, item) => total + read(item), 0);
  return {
    name: '',
    unknown: true,
    merged: items.length,
    today: sum(({ today }) => today),
    since: sum(({ since }) => since),
    outcomes: {
      approved: sum(({ outcomes }) => outcomes.approved),
      refused: sum(({ outcomes }) => outcomes.refused),
      notAccepted: sum(({ outcomes }) => outcomes.notAccepted),
      withdrawn: sum(({ outcomes }) => outcomes.withdrawn),
    },
    open: sum(({ open }) => open),
  };
}

function isUsed({ today, since, open, outcomes }: MedicalItem): boolean {
  return today + since + open + Object.values(outcomes).reduce((sum, n) => sum + n, 0) > 0;
}

type LineHead = Extract<CellName, { line: string }>['head'];

/** A head's names of the medical line at the pilot's station: at every station where the hall has no pilot. */
function* readCells<H extends LineHead>(
  table: CellTable,
  config: HallConfig,
  head: H,
): Generator<{ cell: NameOf<H>; n: number }> {
  const station = config.profile.medicalPilot?.station;
  for (const [id, names] of table.of(head)) {
    if (station !== undefined && id !== station) continue;
    for (const [name, n] of names) {
      const cell = readNameOf(head, name);
      const { line, item }: { line: string; item: string } = cell;
      if (lineOf(config, line, item) === MEDICAL_LINE) yield { cell, n };
    }
  }
}

function tally(
  view: BoardView,
  range: string,
  count: (item: string, n: number, outcome?: keyof Outcomes) => void,
): Sums {
  const outcomes = noOutcomes();
  const consultations: Consultations = { visit: 0, phone: 0 };
  let accepted = 0;
  const { config } = view;
  const table = view.table(range);
  for (const { cell, n } of readCells(table, config, 'accepted')) {
    accepted += n;
    count(cell.item, n);
  }
  for (const { cell, n } of readCells(table, config, 'consultation'))
    if (cell.medium === 'visit' || cell.medium === 'phone') consultations[cell.medium] += n;
  for (const { cell, n } of readCells(table, config, 'finished')) {
    const outcome = toOutcome(cell.outcome);
    outcomes[outcome] += n;
    count(cell.item, n, outcome);
  }
  return { accepted, outcomes, consultations };
}

function noOutcomes(): Outcomes {
  return { approved: 0, refused: 0, notAccepted: 0, withdrawn: 0 };
}

function toOutcome(name: string | undefined): keyof Outcomes {
  if (name === 'approved' || name === 'refused') return name;
  return name === 'not-accepted' ? 'notAccepted' : 'withdrawn';
}

/** Spec C6 over all days: the sum and each item's. */
function countOpen(view: BoardView, items: ItemList): number {
  let open = 0;
  for (const { cell, n } of readCells(view.table(RUNNING), view.config, 'open')) {
    open += n;
    items.of(cell.item).open += n;
  }
  return open;
}

function countApproved(view: BoardView, range: string): number {
  let approved = 0;
  for (const { cell, n } of readCells(view.table(range), view.config, 'finished'))
    if (cell.outcome === 'approved') approved += n;
  return approved;
}

const readPace = perTable(['pace'], (table, config): MedicalData['pace'] => {
  const histograms = {
    instant: new Map<number, number>(),
    promised: new Map<number, number>(),
    other: new Map<number, number>(),
  };
  for (const { cell, n } of readCells(table, config, 'pace')) {
    const histogram = histograms[config.items.get(cell.item)?.kind ?? 'other'];
    addTo(histogram, Number(cell.minutes) * MINUTE_MS, n);
  }
  const read = (kind: keyof typeof histograms) => toSpread(toSpreadMs(histograms[kind]));
  return { instant: read('instant'), promised: read('promised'), other: read('other') };
});

/** The line's cases by slot of the day. */
const readSlots = perTable(['minute'], (table, config): ReadonlyMap<string, number> => {
  const slots = new Map<string, number>();
  for (const { cell, n } of readCells(table, config, 'minute')) addTo(slots, slotOf(cell.minute), n);
  return slots;
});

function readUsual(view: BoardView): MedicalData['usual'] {
  const totals = new Map<string, number>();
  let days = 0;
  for (const day of sameWeekdaysBefore(view.config.calendar, view.day, USUAL_DAYS)) {
    // A day without a single case of any line lies before the ledger began, one before the pilot is not comparable.
    const from = view.config.profile.medicalPilot?.from;
    const table = view.table(day);
    if (table.isEmpty || (from !== undefined && day < from)) continue;
    days++;
    for (const [slot, n] of readSlots(table, view.config)) addTo(totals, slot, n);
  }
  const slots = Object.fromEntries([...totals].map(([slot, n]) => [slot, Math.round((n / days) * 100) / 100]));
  return { slotMinutes: SLOT_MINUTES, days, slots };
}

/** Lays one day's export of another system against the ledger: what each has that the other lacks, and what they tell differently. */
import { dayOf, MINUTE_MS, type Zone } from '../calendar/zone.ts';
import { compareEvents, compareText, eventKey, singleKey, type HallEvent } from '../events/event.ts';
import { filingOf } from '../events/filing.ts';
import { parseMoment } from '../events/moment.ts';
import type { EventType } from '../events/schema.ts';
import type { FactDifference, FieldDifference, Finding } from './finding.ts';
import { FINDING_KINDS } from './finding.ts';

/** What a row of the export says. */
export interface FileFact {
  readonly event: HallEvent;
  readonly line: number;
}

/** What the ledger holds. */
export interface LedgerFact {
  readonly event: HallEvent;
  readonly voided: boolean;
}

export interface Layers {
  /** `YYYY-MM-DD`, the hall's. */
  readonly day: string;
  readonly zone: Zone;
  /** Of any day: those of others are held against the ledger's day, and never missed. Each identity once. */
  readonly file: readonly FileFact[];
  /** Of any day, as long as the day's are whole: those of others are what the file's may have meant. */
  readonly ledger: readonly LedgerFact[];
  /** The fields that the file tells of a type at all, whether or not a row does. */
  readonly told: ReadonlyMap<EventType, ReadonlySet<string>>;
  /** Whether the other system should have what the ledger has here. */
  readonly isExpected: (event: HallEvent) => boolean;
}

export interface Laid {
  /** Things on which both agree in all that is laid here. */
  readonly matched: number;
  readonly findings: readonly Finding[];
  /** Rows of other days that the ledger's day knows nothing of. */
  readonly otherDays: readonly FileFact[];
}

/** Two clocks within this are one moment: many exports tell no seconds. */
const SAME_MOMENT_MS = MINUTE_MS;
/** A case that was entered in two systems by hand is entered a while apart. */
const BY_HAND_MS = 30 * MINUTE_MS;
/** A value is shown no longer than this, in UTF-16 code units. */
const VALUE_LIMIT = 200;

interface Pair {
  readonly file: FileFact;
  readonly ledger: LedgerFact;
  /** Whether both bear one source and id. */
  readonly isSame: boolean;
}

/**
 * Pairs by identity (source and id) first, then by what the events are about (type and thing, a rating's round as well):
 * equal moments before near ones. Whoever the file's fact meets only as a voided one is missing in the ledger.
 */
export function layDay(layers: Layers): Laid {
  const { day, zone, file, ledger, told, isExpected } = layers;
  const isOfDay = (event: HallEvent): boolean => dayOf(zone, event.at) === day;
  const { pairs, lonely, taken } = pairUp(file, ledger, zone);

  const voided = new Map<string, LedgerFact>();
  for (const fact of ledger)
    if (fact.voided) for (const key of [singleKey(fact.event), ...keysOf(fact.event, zone)]) voided.set(key, fact);
  const things = new ThingTable(zone);
  for (const { event } of [...ledger, ...file]) things.learn(event);

  for (const { file: mine, ledger: held, isSame } of pairs) {
    if (!isOfDay(mine.event) && !isOfDay(held.event)) continue;
    const fields = compareFacts(mine.event, held.event, isSame, layers);
    const { type, at } = mine.event;
    const { source } = held.event;
    if (fields.length === 0) things.agree(mine.event);
    else things.add(mine.event, { kind: 'differs', type, at, line: mine.line, source, fields });
  }
  const otherDays: FileFact[] = [];
  for (const fact of lonely) {
    const { type, at } = fact.event;
    if (!isOfDay(fact.event)) {
      otherDays.push(fact);
      continue;
    }
    const gone = [singleKey(fact.event), ...keysOf(fact.event, zone)].map((key) => voided.get(key)).find(Boolean);
    const more = gone === undefined ? {} : { source: gone.event.source, voided: true as const };
    things.add(fact.event, { kind: 'ledger-missing', type, at, line: fact.line, ...more });
  }
  for (const fact of ledger) {
    const { type, at, source } = fact.event;
    if (fact.voided || taken.has(fact) || !told.has(type) || !isOfDay(fact.event) || !isExpected(fact.event)) continue;
    things.add(fact.event, { kind: 'file-missing', type, at, source });
  }
  return { ...things.settle(), otherDays };
}

function pairUp(
  file: readonly FileFact[],
  ledger: readonly LedgerFact[],
  zone: Zone,
): { pairs: Pair[]; lonely: FileFact[]; taken: ReadonlySet<LedgerFact> } {
  const taken = new Set<LedgerFact>();
  const pairs: Pair[] = [];
  const living = ledger.filter((fact) => !fact.voided);
  const byIdentity = new Map(living.map((fact) => [eventKey(fact.event.source, fact.event.id), fact]));
  const join = (one: FileFact, other: LedgerFact, isSame: boolean): void => {
    taken.add(other);
    pairs.push({ file: one, ledger: other, isSame });
  };
  let left = file.filter((fact) => {
    const same = byIdentity.get(eventKey(fact.event.source, fact.event.id));
    if (same === undefined || same.event.type !== fact.event.type) return true;
    join(fact, same, true);
    return false;
  });
  // In the order of C1, so that of several alike the first meets the first, whatever the order of the rows.
  left.sort((a, b) => compareEvents(a.event, b.event));
  const byKey = new Map<string, LedgerFact[]>();
  for (const fact of living.toSorted((a, b) => compareEvents(a.event, b.event))) {
    if (taken.has(fact)) continue;
    for (const key of keysOf(fact.event, zone)) {
      const list = byKey.get(key);
      if (list) list.push(fact);
      else byKey.set(key, [fact]);
    }
  }
  for (const isExact of [true, false]) {
    left = left.filter((fact) => {
      for (const key of keysOf(fact.event, zone)) {
        const found = takeNearest(byKey.get(key) ?? [], fact.event.at, isExact, taken);
        if (found === undefined) continue;
        join(fact, found, false);
        return false;
      }
      return true;
    });
  }
  return { pairs, lonely: left, taken };
}

/** Takes the fact nearest to `at` out of `facts`, which lie in the order of time: a mapping that calls all things by one name makes them many. */
function takeNearest(
  facts: LedgerFact[],
  at: number,
  isExact: boolean,
  taken: ReadonlySet<LedgerFact>,
): LedgerFact | undefined {
  while (facts.length > 0) {
    let [low, high] = [0, facts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (facts[middle]!.event.at < at) low = middle + 1;
      else high = middle;
    }
    const distance = (i: number): number => (facts[i] === undefined ? Infinity : Math.abs(facts[i].event.at - at));
    const place = distance(low - 1) < distance(low) ? low - 1 : low;
    if (isExact && distance(place) > 0) return undefined;
    const [found] = facts.splice(place, 1);
    // A rating lies under its case and under its ticket.
    if (!taken.has(found!)) return found;
  }
  return undefined;
}

/**
 * Under which keys an event meets one of another source: its type and what it is about. A rating is one by its case and
 * by its ticket, each round for itself. Consultations, services and trainings meet by their identity alone.
 */
export function keysOf(event: HallEvent, zone: Zone): readonly string[] {
  const { entity, link } = filingOf(event, zone);
  if (entity === null) return [];
  if (event.type !== 'hall.rating.given') return [`${event.type} ${entity}`];
  const round = event.data.round ?? 1;
  return [entity, link].flatMap((one) => (one === null ? [] : [`${event.type} ${round} ${one}`]));
}

/**
 * Of one identity all is compared that the file tells of the type, a blank included; of two only what both say, as
 * another system need not know who stood at the window.
 */
function compareFacts(file: HallEvent, ledger: HallEvent, isSame: boolean, { zone, told }: Layers): FieldDifference[] {
  const differences: FieldDifference[] = [];
  const apart = Math.abs(file.at - ledger.at);
  const isFar = isSame ? apart >= SAME_MOMENT_MS : apart > BY_HAND_MS;
  if (isFar || dayOf(zone, file.at) !== dayOf(zone, ledger.at))
    differences.push({
      field: 'time',
      file: new Date(file.at).toISOString(),
      ledger: new Date(ledger.at).toISOString(),
    });
  const [ours, theirs] = [file.data, ledger.data] as readonly Readonly<Record<string, unknown>>[];
  for (const field of told.get(file.type) ?? []) {
    const [mine, other] = [readField(ours!, field), readField(theirs!, field)];
    if (!isSame && (mine === undefined || other === undefined)) continue;
    if (isAlike(mine, other)) continue;
    differences.push({
      field,
      ...(mine === undefined ? {} : { file: toText(mine) }),
      ...(other === undefined ? {} : { ledger: toText(other) }),
    });
  }
  return differences;
}

function readField(data: Readonly<Record<string, unknown>>, field: string): unknown {
  return Object.hasOwn(data, field) ? (data[field] ?? undefined) : undefined;
}

/** Two texts of one moment are alike, whatever their offsets. */
function isAlike(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a === 'string' && typeof b === 'string') {
    const moment = parseMoment(a);
    return moment !== undefined && moment === parseMoment(b);
  }
  return JSON.stringify(a) === JSON.stringify(b);
}

function toText(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > VALUE_LIMIT ? `${text.slice(0, VALUE_LIMIT - 1)}…` : text;
}

interface Thing {
  station?: string;
  item?: string;
  isAgreed: boolean;
  readonly facts: FactDifference[];
}

/** What is found, gathered by what it is about: a case whose acceptance and finish are both missing is one that is missing. */
class ThingTable {
  readonly #things = new Map<string, Thing>();

  constructor(private readonly zone: Zone) {}

  /** Remembers where a thing is at home: a finish says nothing of it. */
  learn(event: HallEvent): void {
    const thing = this.#thingOf(event);
    const data = event.data as Readonly<Record<string, unknown>>;
    const [station, item] = [readField(data, 'station'), readField(data, 'item')];
    if (typeof station === 'string') thing.station ??= station;
    if (typeof item === 'string') thing.item ??= item;
  }

  agree(event: HallEvent): void {
    this.#thingOf(event).isAgreed = true;
  }

  add(event: HallEvent, fact: FactDifference): void {
    this.#thingOf(event).facts.push(fact);
  }

  settle(): { matched: number; findings: Finding[] } {
    let matched = 0;
    const findings: Finding[] = [];
    for (const [thing, { station, item, isAgreed, facts }] of this.#things) {
      if (facts.length === 0) {
        if (isAgreed) matched++;
        continue;
      }
      facts.sort((a, b) => a.at - b.at || compareText(a.type, b.type));
      findings.push({
        kind: FINDING_KINDS.find((kind) => facts.some((fact) => fact.kind === kind))!,
        thing,
        ...(station === undefined ? {} : { station }),
        ...(item === undefined ? {} : { item }),
        at: facts[0]!.at,
        facts,
      });
    }
    const rank = (one: Finding): number => FINDING_KINDS.indexOf(one.kind);
    findings.sort((a, b) => rank(a) - rank(b) || a.at! - b.at! || compareText(a.thing, b.thing));
    return { matched, findings };
  }

  #thingOf(event: HallEvent): Thing {
    const key = filingOf(event, this.zone).entity ?? singleKey(event);
    let thing = this.#things.get(key);
    if (!thing) this.#things.set(key, (thing = { isAgreed: false, facts: [] }));
    return thing;
  }
}

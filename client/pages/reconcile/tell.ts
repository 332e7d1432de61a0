/** A finding in words: what it is about, and where the two differ. */
import { dayOf, minuteOf, type Zone } from '../../../domain/calendar/zone.ts';
import type { FactDifference, Finding } from '../../../domain/reconcile/finding.ts';
import { own } from '../../../domain/wire/own.ts';
import type { ReconcileOwn } from '../../words/zh/reconcile.ts';

export interface Names {
  readonly stations: ReadonlyMap<string, string>;
  readonly items: ReadonlyMap<string, string>;
  readonly people: ReadonlyMap<string, string>;
}

export interface TellContext {
  readonly words: ReconcileOwn;
  readonly names: Names;
  readonly zone: Zone;
  /** The day that is looked at: moments on it are told as a clock alone. */
  readonly day: string;
}

/** `办件 20190605-003`. */
export function tellThing({ thing, line, facts }: Finding, words: ReconcileOwn): { kind: string; name: string } {
  const colon = thing.indexOf(':');
  const [noun, id] = [thing.slice(0, colon), thing.slice(colon + 1)];
  if (noun === 'line') return { kind: own(words.things, noun)!, name: words.line(line ?? 0) };
  // What stands for itself has no name but its source's, which tells nobody anything.
  if (noun === 'event') return { kind: tellType(facts[0]!, words), name: '' };
  return { kind: own(words.things, noun) ?? noun, name: id };
}

export function tellDifferences(finding: Finding, context: TellContext): string[] {
  const { words } = context;
  if (finding.kind === 'unread') {
    const why = own(words.reasons, finding.reason ?? '') ?? words.reasonElse;
    return [words.unread((finding.columns ?? []).join('、'), why)];
  }
  return finding.facts.flatMap((fact) => {
    const what = tellType(fact, words);
    if (fact.kind === 'file-missing') return [words.lacksFile(what)];
    if (fact.kind === 'ledger-missing') {
      const line = fact.voided ? `${words.line(fact.line ?? 0)}；${words.voided}` : words.line(fact.line ?? 0);
      return [words.lacksLedger(what, line)];
    }
    return (fact.fields ?? []).map(({ field, file, ledger }) =>
      words.differs(
        what,
        own(words.fields, field) ?? field,
        tellValue(field, file, context),
        tellValue(field, ledger, context),
      ),
    );
  });
}

/** A moment on the day as its clock, on another with its date. */
export function tellMoment(at: number, { words, zone, day }: Pick<TellContext, 'words' | 'zone' | 'day'>): string {
  const [its, minute] = [dayOf(zone, at), minuteOf(zone, at)];
  const [hour, rest] = [Math.floor(minute / 60), minute % 60];
  if (its === day) return words.clock(hour, rest);
  return words.moment(Number(its.slice(5, 7)), Number(its.slice(8)), hour, rest);
}

function tellType({ type }: FactDifference, words: ReconcileOwn): string {
  return own(words.types as Readonly<Record<string, string>>, type) ?? type;
}

function tellValue(field: string, value: string | undefined, context: TellContext): string {
  const { words, names } = context;
  if (value === undefined) return words.blank;
  if (field === 'time' || field === 'promisedBy') {
    const at = Date.parse(value);
    return Number.isNaN(at) ? value : tellMoment(at, context);
  }
  if (field === 'station') return names.stations.get(value) ?? value;
  if (field === 'item') return names.items.get(value) ?? value;
  if (field === 'staff') return names.people.get(value) ?? value;
  if (value === 'true') return words.yes;
  if (value === 'false') return words.no;
  return ['channel', 'outcome', 'handling', 'applicant'].includes(field) ? (own(words.values, value) ?? value) : value;
}

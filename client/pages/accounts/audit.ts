/** One line of the audit in words: who it was, what was done, and about what. */
import type { AuditLine } from '../../../domain/wire/accounts.ts';
import { own } from '../../../domain/wire/own.ts';
import type { AccountsWords } from '../../words/accounts.ts';

export interface ToldLine {
  readonly who: string;
  readonly what: string;
  readonly about: readonly { readonly label: string; readonly value: string }[];
}

export interface Names {
  readonly stations: ReadonlyMap<string, string>;
  readonly people: ReadonlyMap<string, string>;
}

/** Fields that the words for what was done say already. */
const SAID = new Set(['change', 'undo']);
const PREFIX = 'hall.';

/** What is not known by a word of its own is told by the word that the ledger has for it. */
export function tellLine(line: AuditLine, names: Names, words: AccountsWords): ToldLine {
  return {
    who: tellActor(line.actor, names, words),
    what: tellDeed(line, words),
    about: Object.entries(line.about)
      .filter(([field, value]) => !SAID.has(field) && !(field === 'staff' && isBy(line, value)))
      .map(([field, value]) => ({
        label: own(words.audit.fields, field) ?? field,
        value: tellValue(field, value, names, words),
      })),
  };
}

/** Whoever did it, did it to themselves: they are told once. */
function isBy({ actor }: AuditLine, staff: string): boolean {
  return actor?.kind === 'staff' && actor.id === staff;
}

function tellActor(actor: AuditLine['actor'], { people }: Names, words: AccountsWords): string {
  if (actor === undefined) return words.audit.nobody;
  if (actor.kind === 'staff') return tellPerson(actor.id, actor.name ?? people.get(actor.id));
  return `${own(words.audit.actors, actor.kind) ?? actor.kind} ${actor.id}`;
}

function tellPerson(staff: string, name: string | undefined): string {
  return name === undefined ? staff : `${name} ${staff}`;
}

function tellDeed({ type, about }: AuditLine, { audit }: AccountsWords): string {
  if (type === 'hall.access.changed') return own(audit.changes, about['change'] ?? '') ?? audit.access;
  if (type === 'hall.event.voided' && about['undo'] === 'true') return audit.undo;
  const name = type.startsWith(PREFIX) ? type.slice(PREFIX.length) : type;
  return own(audit.types, name) ?? name;
}

function tellValue(field: string, value: string, names: Names, words: AccountsWords): string {
  if (field === 'station') return names.stations.get(value) ?? value;
  if (field === 'staff' || field === 'owner') return tellPerson(value, names.people.get(value));
  if (field === 'role') return own<string>(words.access.role, value) ?? value;
  return own(words.audit.values, value) ?? value;
}

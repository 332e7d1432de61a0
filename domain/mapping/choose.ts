/** A mapping by choosing: what of it can be said by a column, a constant and a list of words, read and written. Pure. */
import type { EventField } from '../events/fields.ts';
import { own } from '../wire/own.ts';
import type { AtSpec, ConditionSpec, EventSpec, MappingSpec, MomentSpec, Scalar, ValueSpec } from './schema.ts';

/** Words of a column, each with what it means, `*` all others; `null`: the field is left out. */
export type WordMap = Readonly<Record<string, Scalar>>;

/** What a map calls all words that it does not name. */
export const OTHERS = '*';

export type FieldChoice =
  | { readonly kind: 'none' }
  | { readonly kind: 'constant'; readonly value: string | number | boolean }
  | {
      readonly kind: 'column';
      /** Its name, or its place such as `#3`. */
      readonly column: string;
      /** Absent where the cell's own text is the value. */
      readonly map?: WordMap;
      /** What a blank cell means; absent: the field is left out. */
      readonly blank?: Scalar;
    }
  /** More than choosing can say: it stands as it is. */
  | { readonly kind: 'other' };

/** A template of one column alone, by that column. */
export function columnOf(template: string): string | undefined {
  return /^\{([^{}]+)\}$/.exec(template)?.[1];
}

export function readField(spec: MappingSpec, event: number, name: string): FieldChoice {
  const value = own(spec.events[event]!.data, name);
  if (value === undefined) return { kind: 'none' };
  if (typeof value === 'string') {
    const column = columnOf(value);
    if (column !== undefined) return { kind: 'column', column };
    return /[{}]/.test(value.replaceAll(BRACES, ''))
      ? OTHER
      : { kind: 'constant', value: value.replaceAll(BRACES, (pair) => pair[0]!) };
  }
  if (typeof value !== 'object') return { kind: 'constant', value };
  if ('moment' in value) return toColumn(atOf(spec, value.moment)?.at);
  if (!('from' in value) || value.unit !== undefined) return OTHER;
  const map = typeof value.map === 'string' ? own(spec.maps ?? {}, value.map) : value.map;
  const column = columnOf(value.from);
  if (column === undefined) return OTHER;
  return {
    ...{ kind: 'column', column },
    ...(map !== undefined && { map }),
    ...(value.default !== undefined && { blank: value.default }),
  };
}

/** A brace of a text itself is written twice. */
const BRACES = /\{\{|\}\}/g;
const OTHER = { kind: 'other' } as const;

function toColumn(template: string | undefined): FieldChoice {
  const column = template === undefined ? undefined : columnOf(template);
  return column === undefined ? OTHER : { kind: 'column', column };
}

/** The moment of a name or of itself, where one text of the row tells it. */
function atOf(spec: MappingSpec, moment: string | MomentSpec): AtSpec | undefined {
  const found = typeof moment === 'string' ? own(spec.moments ?? {}, moment) : moment;
  return found !== undefined && 'at' in found ? found : undefined;
}

/** @returns the mapping with the field as chosen; words of a named map change wherever that map is used */
export function writeField(spec: MappingSpec, event: number, field: EventField, choice: FieldChoice): MappingSpec {
  if (choice.kind === 'other') return spec;
  const before = own(spec.events[event]!.data, field.name);
  const value = toValue(spec, field, choice, before);
  const data = { ...spec.events[event]!.data };
  if (value === undefined) delete data[field.name];
  else data[field.name] = value;
  const changed = changeEvent(spec, event, { data });
  const named = namedMapOf(before);
  if (choice.kind !== 'column' || choice.map === undefined || named === undefined) return changed;
  return { ...changed, maps: { ...changed.maps, [named]: { ...choice.map } } };
}

function namedMapOf(value: ValueSpec | undefined): string | undefined {
  return typeof value === 'object' && 'from' in value && typeof value.map === 'string' ? value.map : undefined;
}

function toValue(
  spec: MappingSpec,
  field: EventField,
  choice: Exclude<FieldChoice, { kind: 'other' }>,
  before: ValueSpec | undefined,
): ValueSpec | undefined {
  if (choice.kind === 'none') return undefined;
  if (choice.kind === 'constant') {
    const { value } = choice;
    return typeof value === 'string' ? value.replaceAll(/[{}]/g, (brace) => brace + brace) : value;
  }
  const from = `{${choice.column}}`;
  if (field.kind === 'moment') {
    const at = typeof before === 'object' && 'moment' in before ? atOf(spec, before.moment) : undefined;
    return { moment: { ...at, at: from } };
  }
  const map = choice.map === undefined ? undefined : (namedMapOf(before) ?? { ...choice.map });
  if (map === undefined && choice.blank === undefined && field.kind !== 'number') return from;
  return {
    from,
    ...(map !== undefined && { map }),
    ...(map === undefined && field.kind === 'number' && { as: 'number' as const }),
    ...(choice.blank !== undefined && { default: choice.blank }),
  };
}

/** The column that tells when an event was; `undefined` where more than one does. */
export function readTime(spec: MappingSpec, event: number): string | undefined {
  const at = atOf(spec, spec.events[event]!.time);
  return at && columnOf(at.at);
}

/** @returns the mapping with that column; a named moment changes wherever it is used */
export function writeTime(spec: MappingSpec, event: number, column: string): MappingSpec {
  const { time } = spec.events[event]!;
  const at = { ...atOf(spec, time), at: `{${column}}` };
  if (typeof time === 'string') return { ...spec, moments: { ...spec.moments, [time]: at } };
  return changeEvent(spec, event, { time: at });
}

export type RowChoice =
  | { readonly kind: 'all' }
  | { readonly kind: 'filled' | 'blank'; readonly column: string }
  | { readonly kind: 'is' | 'not'; readonly column: string; readonly words: readonly string[] }
  | { readonly kind: 'other' };

/** Of which rows an event is given. */
export function readRows(where: ConditionSpec | undefined): RowChoice {
  if (where === undefined) return { kind: 'all' };
  if (!('column' in where)) return OTHER;
  const { column } = where;
  if ('blank' in where) return { kind: where.blank ? 'blank' : 'filled', column };
  if ('is' in where) return { kind: 'is', column, words: listOf(where.is) };
  if ('not' in where) return { kind: 'not', column, words: listOf(where.not) };
  return OTHER;
}

const listOf = (words: string | readonly string[]): readonly string[] => (typeof words === 'string' ? [words] : words);

export function writeRows(spec: MappingSpec, event: number, choice: RowChoice): MappingSpec {
  if (choice.kind === 'other') return spec;
  if (choice.kind === 'all') {
    const { where: _, ...rest } = spec.events[event]!;
    return replaceEvent(spec, event, rest);
  }
  const where = toCondition(choice);
  return changeEvent(spec, event, { where });
}

function toCondition(choice: Exclude<RowChoice, { kind: 'all' | 'other' }>): ConditionSpec {
  const { column } = choice;
  switch (choice.kind) {
    case 'is':
      return { column, is: [...choice.words] };
    case 'not':
      return { column, not: [...choice.words] };
    default:
      return { column, blank: choice.kind === 'blank' };
  }
}

/** One more event of each row, by what the first tells: its id with the new type behind it, and its time. */
export function addEvent(spec: MappingSpec, type: EventSpec['type'], fields: readonly EventField[]): MappingSpec {
  const [first] = spec.events;
  const told = type.split('.').at(-1)!;
  const stem = first?.id.replace(/\/[^/{}]*$/, '') ?? '{#1}';
  const isKnown = ({ name, isRequired }: EventField): boolean =>
    isRequired && first !== undefined && name in first.data;
  const data = Object.fromEntries(fields.filter(isKnown).map(({ name }) => [name, first!.data[name]!]));
  return withEvents(spec, [...spec.events, { type, id: `${stem}/${told}`, time: first?.time ?? { at: '{#1}' }, data }]);
}

export function removeEvent(spec: MappingSpec, event: number): MappingSpec {
  return withEvents(
    spec,
    spec.events.filter((_, index) => index !== event),
  );
}

export function changeEvent(spec: MappingSpec, event: number, change: Partial<EventSpec>): MappingSpec {
  return replaceEvent(spec, event, { ...spec.events[event]!, ...change });
}

function replaceEvent(spec: MappingSpec, event: number, by: EventSpec): MappingSpec {
  return withEvents(
    spec,
    spec.events.map((one, index) => (index === event ? by : one)),
  );
}

const withEvents = (spec: MappingSpec, events: EventSpec[]): MappingSpec => ({ ...spec, events });

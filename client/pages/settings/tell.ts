/** How places of a document, and what stands there, are told to people. Pure. */
import { own } from '../../../domain/wire/own.ts';
import type { Path } from '../../../domain/settings/path.ts';
import { fieldOf, isFields, NAMING, nameOfRow, type Value } from '../../../domain/settings/rows.ts';
import type { FieldShape, Shape } from '../../../domain/settings/shape.ts';
import { shapeOfField } from '../../../domain/settings/merge.ts';
import type { Flaw } from '../../../domain/wire/setup.ts';
import type { SettingsOwn } from '../../words/zh/settings.ts';

/** What ids stand for, by the field that holds them. */
export type References = Readonly<Record<string, readonly { readonly value: string; readonly label: string }[]>>;

export interface Teller {
  readonly own: SettingsOwn;
  readonly references: References;
}

/** What a field is called, by its place in the document's form, such as `profile.stations.names`. */
export function labelOf(words: SettingsOwn, place: string): string {
  return own(words.fields, place) ?? own(words.fields, lastOf(place)) ?? lastOf(place);
}

export function hintOf(words: SettingsOwn, place: string): string | undefined {
  // What has a word of its own has its own to mind, or nothing.
  return own(words.hints, own(words.fields, place) === undefined ? lastOf(place) : place);
}

export function lastOf(place: string): string {
  return place.slice(place.lastIndexOf('.') + 1);
}

export function choiceOf(words: SettingsOwn, option: string | number): string {
  return own(words.choices, String(option)) ?? String(option);
}

/** What people call a row: what can be chosen has a word, whatever somebody wrote stays as it is. */
export function tellRow(name: string, of: Shape | undefined, words: SettingsOwn): string {
  return of?.type === 'choice' || (of?.type === 'record' && isNamedByChoice(of)) ? choiceOf(words, name) : name;
}
function isNamedByChoice({ fields }: Extract<Shape, { type: 'record' }>): boolean {
  return own(fields, NAMING.find((name) => name in fields) ?? '')?.type === 'choice';
}

/** What several are called by the same name is told by `more` instead. */
export function tellApart(names: readonly string[], more: (name: string, at: number) => string): string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return names.map((name, at) => (counts.get(name)! > 1 ? more(name, at) : name));
}

/** The ids that may stand in a field, with what they stand for. */
export function referencesOf(references: References, place: string): References[string] | undefined {
  const last = lastOf(place);
  return own(references, last === 'prefixes' ? 'line' : last);
}

/** A whole value in one line. */
export function describe(value: Value, shape: Shape | undefined, place: string, teller: Teller): string {
  const { own: words } = teller;
  if (value === undefined || value === null || value === '') return words.blank;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (typeof value === 'string' || typeof value === 'number') {
    if (shape?.type === 'choice') return choiceOf(words, value);
    if (['weekdays', 'weekday'].includes(lastOf(place))) return words.dayOfWeek[Number(value) - 1] ?? String(value);
    return referencesOf(teller.references, place)?.find((one) => one.value === value)?.label ?? String(value);
  }
  if (Array.isArray(value)) {
    const list = value as readonly Value[];
    if (shape?.type === 'tuple') return list.map((one) => String(one)).join('–');
    if (list.length === 0) return words.blank;
    const of = shape?.type === 'list' ? shape.of : undefined;
    const isNamed = of?.type === 'record' && list.length > 1;
    return list.map((one) => (isNamed ? nameOfRow(one) : describe(one, of, place, teller))).join(words.comma);
  }
  return Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .map(([name, one]) => {
      if (shape?.type === 'map') {
        const key = shape.keys === undefined ? referenceLabel(teller, place, name) : choiceOf(words, name);
        return `${key} ${describe(one, shape.of, place, teller)}`;
      }
      const inner = shape?.type === 'record' ? shapeOfField(shape, name) : undefined;
      return `${labelOf(words, `${place}.${name}`)} ${describe(one, inner, `${place}.${name}`, teller)}`;
    })
    .join(' · ');
}

export function referenceLabel({ references }: Teller, place: string, id: string): string {
  return referencesOf(references, place)?.find(({ value }) => value === id)?.label ?? id;
}

/** Where something is, step by step, and of what form what stands there is. */
export function tellPath(
  document: string,
  path: Path,
  shape: Shape,
  words: SettingsOwn,
): { text: string; place: string; shape: Shape | undefined } {
  let [place, at]: [string, Shape | undefined] = [document, shape];
  const names: string[] = [];
  for (const step of path)
    if ('field' in step) {
      const isKey = at?.type === 'map';
      at = at?.type === 'record' || at?.type === 'map' ? shapeOfField(at, step.field) : undefined;
      if (isKey) names.push(choiceOf(words, step.field));
      else {
        place = `${place}.${step.field}`;
        names.push(labelOf(words, place));
      }
    } else if ('mark' in step) {
      at = at?.type === 'list' ? at.of : undefined;
      names.push(tellRow(step.name, at, words));
    } else names.push(words.order);
  return { text: names.join(' › '), place, shape: at };
}

/** What is wrong, and where: rows are called by what they say. */
export function tellFlaw(
  flaw: Flaw,
  document: string,
  value: Value,
  shape: Shape | undefined,
  words: SettingsOwn,
): string {
  let [place, at, of]: [string, Value, Shape | undefined] = [document, value, shape];
  const names = (flaw.field === '' ? [] : flaw.field.split('.')).map((step) => {
    if (Array.isArray(at)) {
      at = (at as readonly Value[])[Number(step)];
      of = of?.type === 'list' ? of.of : undefined;
      return tellRow(nameOfRow(at), of, words) || words.rowAt(Number(step) + 1);
    }
    at = isFields(at) ? fieldOf(at, step) : undefined;
    of = of?.type === 'record' || of?.type === 'map' ? shapeOfField(of, step) : undefined;
    place = `${place}.${step}`;
    return labelOf(words, place);
  });
  const what = tellWrong(flaw, words);
  return names.length === 0 ? what : `${names.join(' › ')}：${what}`;
}

/** What is wrong, without where. */
export function tellWrong({ code, limit }: Flaw, words: SettingsOwn): string {
  const what = own(words.flaws, code) ?? own(words.errors, code) ?? words.flaws['form'];
  return `${what}${limit === undefined ? '' : words.limit(limit)}`;
}

/** What a place holds that nobody has filled in yet. */
export function toBlank(shape: FieldShape): Value {
  switch (shape.type) {
    case 'text':
      return '';
    case 'number':
      return shape.least ?? 0;
    case 'flag':
      return false;
    case 'choice':
      return shape.options[0]!;
    case 'map':
      return {};
    case 'tuple':
      return shape.of.map(() => '');
    case 'list':
      return shape.least !== undefined && shape.least > 0 && !isWord(shape.of) ? [toBlank(shape.of)] : [];
    case 'record':
      return Object.fromEntries(
        Object.entries(shape.fields).flatMap(([name, field]) => (field.isOptional ? [] : [[name, toBlank(field)]])),
      );
  }
}

function isWord({ type }: Shape): boolean {
  return type === 'text' || type === 'choice' || type === 'number';
}

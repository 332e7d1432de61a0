/** Fields, values and columns as the page of imports names them. Pure. */
import type { EventField } from '../../../domain/events/fields.ts';
import type { EventType } from '../../../domain/events/schema.ts';
import type { ImportLook, LookedColumn } from '../../../domain/wire/import.ts';
import { own } from '../../../domain/wire/own.ts';
import type { ImportWords } from '../../words/import.ts';

/** What a file of another system can tell. */
export const TOLD_TYPES = [
  'hall.case.accepted',
  'hall.case.supplemented',
  'hall.case.paused',
  'hall.case.resumed',
  'hall.case.finished',
  'hall.licence.uploaded',
  'hall.ticket.taken',
  'hall.ticket.called',
  'hall.ticket.served',
  'hall.ticket.passed',
  'hall.ticket.left',
  'hall.rating.given',
  'hall.consultation.given',
  'hall.service.given',
  'hall.appointment.booked',
  'hall.appointment.kept',
  'hall.appointment.missed',
  'hall.request.received',
  'hall.request.answered',
  'hall.complaint.received',
  'hall.complaint.answered',
  'hall.training.held',
] as const satisfies readonly EventType[];

/** Of the hall's own queue, or said for the whole file. */
const HIDDEN = new Set(['asked', 'ticketDay']);

export const isShown = ({ name }: EventField): boolean => !HIDDEN.has(name);

export function typeLabel(type: string, words: ImportWords): string {
  return own(words.types, type.replace(/^hall\./, '')) ?? type;
}

export function fieldLabel(name: string, words: ImportWords): string {
  return own(words.imports.fields, name) ?? name;
}

export interface Meaning {
  readonly value: string | number | boolean;
  readonly label: string;
}

/** All that a field can mean; empty where it takes any text. */
export function meaningsOf(field: EventField, names: ImportLook['names'], words: ImportWords): readonly Meaning[] {
  const { imports } = words;
  if (field.kind === 'flag')
    return [
      { value: true, label: imports.yes },
      { value: false, label: imports.no },
    ];
  if (field.kind === 'choice')
    return field.options.map((value) => ({ value, label: valueLabel(field.name, value, names, words) }));
  return (own(names, field.name) ?? []).map(({ id, name }) => ({
    value: id,
    label: name === id ? id : `${name}（${id}）`,
  }));
}

export function valueLabel(field: string, value: unknown, names: ImportLook['names'], words: ImportWords): string {
  if (value === true) return words.imports.yes;
  if (value === false) return words.imports.no;
  if (field === 'score' && typeof value === 'number') return `${value} ${words.levels[value] ?? ''}`.trim();
  const named = own(names, field)?.find(({ id }) => id === value)?.name;
  return named ?? own(own(words.imports.values, field) ?? {}, String(value)) ?? String(value);
}

/** What a mapping calls a column: its name, or its place where that is blank, not the only one or holds a brace. */
export function nameColumn(index: number, columns: readonly LookedColumn[]): string {
  const { name } = columns[index]!;
  const isPlain = name !== '' && !/[{}]/.test(name) && columns.filter((one) => one.name === name).length === 1;
  return isPlain ? name : `#${index + 1}`;
}

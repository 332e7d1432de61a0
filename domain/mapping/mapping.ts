/** A mapping ready for use: checked as a whole, bound to a file's header, then turning rows into events. */
import * as v from 'valibot';
import { dataSchemas } from '../events/schema.ts';
import { dateTicket, type TicketRule } from '../events/tickets.ts';
import { compileCondition, type Condition } from './conditions.ts';
import { type Cells, type CompileContext, createCompileContext, type MappingProblem, Refusal } from './compile.ts';
import type { FormatUse } from './format-use.ts';
import { compileMoment } from './moments.ts';
import { type EventSpec, mappingSchema, type MappingSpec } from './schema.ts';
import { type Compiled, compileTemplate } from './template.ts';
import { compileValue, type FieldValue } from './values.ts';

/** An event as a CloudEvent, not yet checked: `parseEvent` has the last word. */
export interface MappedEvent {
  readonly event: {
    readonly specversion: '1.0';
    readonly source: string;
    readonly id: string;
    readonly type: string;
    readonly time: string;
    readonly subject?: string;
    readonly data: Readonly<Record<string, FieldValue>>;
  };
  /** The file's columns behind a field such as `data.station`, so that a refusal can name them. */
  columnsOf(field: string): readonly string[];
}

export type RowResult =
  | { readonly kind: 'events'; readonly events: readonly MappedEvent[] }
  /** Nothing stands in the row. */
  | { readonly kind: 'blank' }
  /** The mapping's own `where` leaves the row out. */
  | { readonly kind: 'left-out' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * `takeFirst` answers whether a key is seen for the first time in this reading of the file, and remembers it; `line` is
 * where the row stands.
 */
export type MapRow = (cells: Cells, takeFirst: (key: string) => boolean, line?: number) => RowResult;

export interface Mapping {
  readonly spec: MappingSpec;
  /** Every column that the mapping reads. */
  readonly columns: readonly string[];
  bind(header: readonly string[]): BindResult;
}

/** A mapping laid over a file's header; `formats` tells what its rows' times were read by. */
export interface BoundMapping {
  readonly mapRow: MapRow;
  readonly formats: FormatUse;
}

export type BindResult =
  | ({ readonly ok: true } & BoundMapping)
  | { readonly ok: false; readonly missing: readonly string[]; readonly repeated: readonly string[] };

export type MappingResult =
  | { readonly ok: true; readonly mapping: Mapping }
  | { readonly ok: false; readonly problems: readonly MappingProblem[] };

/**
 * Checks a mapping read from JSON.
 * @param hallZone IANA name of the zone in which times are read where the mapping names none
 * @returns the mapping, or every problem with its path and what is allowed there
 */
export function parseMapping(input: unknown, hallZone: string): MappingResult {
  const parsed = v.safeParse(mappingSchema, input);
  if (!parsed.success) return { ok: false, problems: parsed.issues.map(describeIssue) };
  const spec = parsed.output;
  const context = createCompileContext(spec, hallZone, () => 0);
  compileRows(context);
  if (context.problems.length > 0) return { ok: false, problems: context.problems };
  const columns = [...context.columns];
  return { ok: true, mapping: { spec, columns, bind: (header) => bindHeader(spec, hallZone, columns, header) } };
}

function bindHeader(
  spec: MappingSpec,
  hallZone: string,
  columns: readonly string[],
  header: readonly string[],
): BindResult {
  const names = header.map((name) => name.trim());
  const missing = columns.filter((name) => !names.includes(name));
  const repeated = columns.filter((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (missing.length > 0 || repeated.length > 0) return { ok: false, missing, repeated };
  const context = createCompileContext(spec, hallZone, (name) => names.indexOf(name));
  return { ok: true, mapRow: compileRows(context), formats: context.formats };
}

interface CompiledEvent {
  readonly spec: EventSpec;
  /** Index into the row's keys, or undefined where every row gives the event. */
  readonly onceIndex: number | undefined;
  readonly holds: Condition;
  readonly id: Compiled<string>;
  readonly time: Compiled<number>;
  readonly subject: Compiled<string> | undefined;
  readonly fields: readonly (readonly [string, Compiled<FieldValue>])[];
  columnsOf(field: string): readonly string[];
}

function compileRows(context: CompileContext): MapRow {
  const { spec } = context;
  const isTaken = spec.where ? compileCondition(context, spec.where) : () => true;
  const onceTemplates = [...new Set(spec.events.flatMap((event) => event.once ?? []))];
  const keys = onceTemplates.map((template) => {
    const index = spec.events.findIndex((event) => event.once === template);
    return compileTemplate(context, `events[${index}].once`, template);
  });
  const events = spec.events.map((event, index) => compileEvent(context, event, index, onceTemplates));
  const tickets = spec.tickets && { restartFrom: spec.tickets.restartFrom, zone: context.hallZone };
  const readers = [...context.columns].map((name) => context.column(name));

  return (cells, takeFirst, line = 0) => {
    context.formats.line = line;
    if (cells.every((cell) => cell.trim() === '')) return { kind: 'blank' };
    if (!isTaken(cells)) return { kind: 'left-out' };
    if (readers.every((read) => read(cells) === undefined)) return refuse(new Refusal('empty', []));
    const isFirst: boolean[] = [];
    for (const [index, key] of keys.entries()) {
      const text = key.read(cells);
      if (typeof text !== 'string') return refuse(text ?? new Refusal('missing', key.columns));
      isFirst.push(takeFirst(`${index}:${text}`));
    }
    const made: MappedEvent[] = [];
    for (const event of events) {
      if (event.onceIndex !== undefined && !isFirst[event.onceIndex]) continue;
      if (!event.holds(cells)) continue;
      const result = mapEvent(spec.source, event, cells, tickets);
      if (result instanceof Refusal) return refuse(result);
      made.push(result);
    }
    return { kind: 'events', events: made };
  };
}

/** Fields until which something is to be done: a day alone is kept until its end. */
const DEADLINES: ReadonlySet<string> = new Set(['promisedBy', 'dueBy', 'supplyBy']);

function compileEvent(
  context: CompileContext,
  spec: EventSpec,
  index: number,
  onceTemplates: readonly string[],
): CompiledEvent {
  const path = `events[${index}]`;
  checkFields(context, path, spec);
  const id = compileTemplate(context, `${path}.id`, spec.id);
  if (id.columns.length === 0) context.fail(`${path}.id`, 'an id must name a column, or all rows would share it');
  const time = compileMoment(context, `${path}.time`, spec.time);
  const subject = spec.subject === undefined ? undefined : compileTemplate(context, `${path}.subject`, spec.subject);
  const fields = Object.entries(spec.data).map(
    ([name, value]) => [name, compileValue(context, `${path}.data.${name}`, value, DEADLINES.has(name))] as const,
  );
  const columns = new Map<string, readonly string[]>([
    ['id', id.columns],
    ['time', time.columns],
    ['subject', subject?.columns ?? []],
    ...fields.map(([name, field]) => [`data.${name}`, field.columns] as const),
  ]);
  return {
    spec,
    id,
    time,
    subject,
    fields,
    onceIndex: spec.once === undefined ? undefined : onceTemplates.indexOf(spec.once),
    holds: spec.where ? compileCondition(context, spec.where) : () => true,
    columnsOf: (field) => columns.get(field) ?? columns.get(field.split(/[.[]/).slice(0, 2).join('.')) ?? [],
  };
}

/** `4.40304E+17` is what a spreadsheet leaves of a long number: many ids become one. */
const POWER_OF_TEN = /(?<![\w.])\d(?:\.\d+)?E\+\d{2,}(?!\w)/;

function mapEvent(
  source: string,
  event: CompiledEvent,
  cells: Cells,
  tickets: TicketRule | undefined,
): MappedEvent | Refusal {
  const id = event.id.read(cells);
  if (typeof id !== 'string') return id ?? new Refusal('missing', event.id.columns, 'id');
  if (POWER_OF_TEN.test(id)) return new Refusal('mangled', event.id.columns, 'id');
  const at = event.time.read(cells);
  if (typeof at !== 'number') return at ?? new Refusal('missing', event.time.columns, 'time');
  const data: Record<string, FieldValue> = {};
  for (const [name, field] of event.fields) {
    const value = field.read(cells);
    if (value instanceof Refusal) return new Refusal(value.reason, value.columns, `data.${name}`);
    if (value !== undefined) data[name] = value;
    else if (isRequired(event.spec.type, name)) return new Refusal('missing', field.columns, `data.${name}`);
  }
  const subject = event.subject ? event.subject.read(cells) : data[event.spec.type.split('.')[1]!];
  if (subject instanceof Refusal) return subject;
  return {
    event: {
      specversion: '1.0',
      source,
      id,
      type: event.spec.type,
      time: new Date(at).toISOString(),
      ...(typeof subject === 'string' ? { subject } : {}),
      data: tickets ? withTicketDay(event.spec.type, data, at, tickets) : data,
    },
    columnsOf: event.columnsOf,
  };
}

/** Told with its day, a ticket is the same whatever the key says that sends it. */
function withTicketDay(
  type: EventSpec['type'],
  data: MappedEvent['event']['data'],
  at: number,
  tickets: TicketRule,
): MappedEvent['event']['data'] {
  const dated = dateTicket(type, data, at, true, tickets);
  return dated === 'time-needed' ? data : (dated.data as typeof data);
}

/** Fields that no type knows would be left out: in a mapping they are slips of the pen. */
function checkFields(context: CompileContext, path: string, spec: EventSpec): void {
  const known = Object.keys(dataSchemas[spec.type].entries);
  for (const name of Object.keys(spec.data)) {
    if (known.includes(name)) continue;
    context.fail(`${path}.data.${name}`, `${spec.type} has no such field; it has ${known.join(', ')}`);
  }
  for (const name of known) {
    if (!isRequired(spec.type, name) || Object.hasOwn(spec.data, name)) continue;
    context.fail(`${path}.data`, `${spec.type} needs the field ${name}`);
  }
}

function isRequired(type: EventSpec['type'], field: string): boolean {
  const entries = dataSchemas[type].entries as Readonly<Record<string, { readonly type: string }>>;
  return entries[field]?.type !== 'nullish';
}

function refuse(refusal: Refusal): RowResult {
  return { kind: 'refused', refusal };
}

function describeIssue(issue: v.BaseIssue<unknown>): MappingProblem {
  const path = (issue.path ?? []).reduce((text, item) => {
    const key = String(item.key);
    if (typeof item.key === 'number') return `${text}[${key}]`;
    return text === '' ? key : `${text}.${key}`;
  }, '');
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    return { path, message: 'there is no such key here; docs/mappings.md names those that there are' };
  }
  if (issue.received === 'undefined') return { path, message: `is missing; wanted: ${allowed(issue)}` };
  return { path, message: `wanted: ${allowed(issue)}` };
}

function allowed(issue: v.BaseIssue<unknown>): string {
  return issue.message.startsWith('Invalid') ? (issue.expected ?? issue.message) : issue.message;
}

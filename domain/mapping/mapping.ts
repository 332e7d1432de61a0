/** A mapping ready for use: checked as a whole, bound to a file's header, then turning rows into events. */
import * as v from 'valibot';
import { dataSchemas } from '../events/schema.ts';
import { dateTicket, type TicketRule } from '../events/tickets.ts';
import { compileCondition, type Condition } from './conditions.ts';
import { type Cells, type CompileContext, createCompileContext, type MappingProblem, Refusal } from './compile.ts';
import type { FormatUse } from './format-use.ts';
import { compileMoment } from './moments.ts';
import { placeOf } from './columns.ts';
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
  /** Whether the mapping would rather lose this field than the row, where it looks like a citizen. */
  mayDrop(field: string): boolean;
}

export type RowResult =
  | { readonly kind: 'events'; readonly events: readonly MappedEvent[] }
  /** Nothing stands in the row. */
  | { readonly kind: 'blank' }
  /** The mapping's own `where` leaves the row out. */
  | { readonly kind: 'left-out' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** What a row must know of the other rows of its file. */
export interface RowPlace {
  readonly line: number;
  /** Whether a key is seen for the first time in this reading of the file, which remembers it. */
  takeFirst(key: string): boolean;
  /** Whether no row below has this key. */
  isLast(key: string): boolean;
}

export type MapRow = (cells: Cells, place: RowPlace) => RowResult;

/** The keys of `last` that a row has, told before any row is mapped. */
export type ReadKeys = (cells: Cells) => readonly string[];

export interface Mapping {
  readonly spec: MappingSpec;
  /** Every column that the mapping reads. */
  readonly columns: readonly string[];
  bind(header: readonly string[]): BindResult;
}

/** A mapping laid over a file's header; `formats` tells what its rows' times were read by. */
export interface BoundMapping {
  readonly mapRow: MapRow;
  /** Absent where no event of the mapping is for the last row of its key. */
  readonly lastKeys?: ReadKeys;
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
  for (const name of spec.file?.fillDown ?? []) context.columns.add(name);
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
  const missing = columns.filter((name) => placeOf(name, names) < 0);
  const repeated = columns.filter((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (missing.length > 0 || repeated.length > 0) return { ok: false, missing, repeated };
  const context = createCompileContext(spec, hallZone, (name) => placeOf(name, names));
  return { ok: true, ...compileRows(context), formats: context.formats };
}

interface CompiledEvent {
  readonly spec: EventSpec;
  /** Whether this row of the file is the one that gives the event. */
  readonly isHere: (keys: RowKeys) => boolean;
  readonly holds: Condition;
  readonly id: Compiled<string>;
  readonly time: Compiled<number>;
  readonly subject: Compiled<string> | undefined;
  readonly fields: readonly (readonly [string, Compiled<FieldValue>])[];
  columnsOf(field: string): readonly string[];
  mayDrop(field: string): boolean;
}

/** For each template of `once`, and for each of `last`, whether the row is that one. */
interface RowKeys {
  readonly first: readonly boolean[];
  readonly last: readonly boolean[];
}

function compileRows(context: CompileContext): Pick<BoundMapping, 'mapRow' | 'lastKeys'> {
  const { spec } = context;
  const isTaken = spec.where ? compileCondition(context, 'where', spec.where) : () => true;
  const once = compileKeys(context, 'once');
  const last = compileKeys(context, 'last');
  const events = spec.events.map((event, index) => compileEvent(context, event, index));
  const tickets = spec.tickets && { restartFrom: spec.tickets.restartFrom, zone: context.hallZone };
  const readers = [...context.columns].map((name) => context.column(name));

  const isAbsent = (cells: Cells): boolean => cells.every((cell) => cell.trim() === '');

  const mapRow: MapRow = (cells, { line, takeFirst, isLast }) => {
    context.formats.line = line;
    if (isAbsent(cells)) return { kind: 'blank' };
    const taken = isTaken(cells);
    if (taken instanceof Refusal) return refuse(taken);
    if (!taken) return { kind: 'left-out' };
    if (readers.every((read) => read(cells) === undefined)) return refuse(new Refusal('empty', []));
    const firstKeys = once.read(cells);
    const lastKeys = last.read(cells);
    if (firstKeys instanceof Refusal) return refuse(firstKeys);
    if (lastKeys instanceof Refusal) return refuse(lastKeys);
    const keys = { first: firstKeys.map(takeFirst), last: lastKeys.map(isLast) };
    const made: MappedEvent[] = [];
    for (const event of events) {
      if (!event.isHere(keys)) continue;
      const holds = event.holds(cells);
      if (holds instanceof Refusal) return refuse(holds);
      if (!holds) continue;
      const result = mapEvent(spec.source, event, cells, tickets);
      if (result instanceof Refusal) return refuse(result);
      made.push(result);
    }
    return { kind: 'events', events: made };
  };
  const lastKeys: ReadKeys = (cells) => {
    if (isAbsent(cells) || isTaken(cells) !== true) return [];
    const keys = last.read(cells);
    return keys instanceof Refusal ? [] : keys;
  };
  return last.templates.length > 0 ? { mapRow, lastKeys } : { mapRow };
}

interface KeyReader {
  readonly templates: readonly string[];
  read(cells: Cells): readonly string[] | Refusal;
}

/** The keys of all events that say `once`, or `last`; the same template is one key. */
function compileKeys(context: CompileContext, word: 'once' | 'last'): KeyReader {
  const templates = keyTemplates(context.spec, word);
  const readers = templates.map((template) => {
    const index = context.spec.events.findIndex((event) => event[word] === template);
    return compileTemplate(context, `events[${index}].${word}`, template);
  });
  return {
    templates,
    read: (cells) => {
      const keys: string[] = [];
      for (const [index, reader] of readers.entries()) {
        const text = reader.read(cells);
        if (typeof text !== 'string') return text ?? new Refusal('missing', reader.columns);
        keys.push(`${index}:${text}`);
      }
      return keys;
    },
  };
}

const keyTemplates = ({ events }: MappingSpec, word: 'once' | 'last'): readonly string[] => [
  ...new Set(events.flatMap((event) => event[word] ?? [])),
];

/** Fields until which something is to be done: a day alone is kept until its end. */
const DEADLINES: ReadonlySet<string> = new Set(['promisedBy', 'dueBy', 'supplyBy']);

function compileEvent(context: CompileContext, spec: EventSpec, index: number): CompiledEvent {
  const path = `events[${index}]`;
  checkFields(context, path, spec);
  const dropped = readDropped(context, path, spec);
  const id = compileTemplate(context, `${path}.id`, spec.id);
  if (id.columns.length === 0)
    context.fail(
      `${path}.id`,
      'an id must name a column, or all rows would share it',
      '编号里要有一列，否则所有行的编号都一样',
    );
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
    isHere: compileTurn(context, path, spec),
    holds: spec.where ? compileCondition(context, `${path}.where`, spec.where) : () => true,
    columnsOf: (field) => columns.get(field) ?? columns.get(nameField(field)) ?? [],
    mayDrop: (field) => dropped.has(nameField(field)),
  };
}

/** `data.note` of `data.note[2].text`. */
const nameField = (field: string): string => field.split(/[.[]/).slice(0, 2).join('.');

function compileTurn(context: CompileContext, path: string, { once, last }: EventSpec): CompiledEvent['isHere'] {
  if (once !== undefined && last !== undefined)
    context.fail(
      `${path}.last`,
      'an event is given by the first row of its key (once) or by its last, not by both',
      '同一个键只能取第一行（once）或最后一行（last），不能都写',
    );
  const first = once === undefined ? -1 : keyTemplates(context.spec, 'once').indexOf(once);
  const end = last === undefined ? -1 : keyTemplates(context.spec, 'last').indexOf(last);
  return (keys) => (first < 0 || keys.first[first]!) && (end < 0 || keys.last[end]!);
}

/** Fields that may be left out where they look like a citizen; the row needs all others. */
function readDropped(context: CompileContext, path: string, { type, data, drop = [] }: EventSpec): ReadonlySet<string> {
  for (const name of drop) {
    if (!Object.hasOwn(data, name))
      context.fail(`${path}.drop`, `"data" holds no field ${name}`, `"data" 里没有 ${name} 这一项`);
    else if (isRequired(type, name))
      context.fail(`${path}.drop`, `${type} needs the field ${name}`, `${type} 必须有 ${name}，不能略去`);
  }
  return new Set(drop.map((name) => `data.${name}`));
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
  if (id.includes('E+') && POWER_OF_TEN.test(id)) return new Refusal('mangled', event.id.columns, 'id');
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
    mayDrop: event.mayDrop,
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
    context.fail(
      `${path}.data.${name}`,
      `${spec.type} has no such field; it has ${known.join(', ')}`,
      `${spec.type} 没有这一项；有 ${known.join('、')}`,
    );
  }
  for (const name of known) {
    if (!isRequired(spec.type, name) || Object.hasOwn(spec.data, name)) continue;
    context.fail(`${path}.data`, `${spec.type} needs the field ${name}`, `${spec.type} 必须有 ${name}`);
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
    return {
      path,
      message: 'there is no such key here; docs/mappings.md names those that there are',
      zh: '这里没有这个键；可用的键见 docs/mappings.md',
    };
  }
  const forms = allowed(issue);
  if (issue.received === 'undefined')
    return { path, message: `is missing; wanted: ${forms}`, zh: `没有写；应为：${inChinese(forms)}` };
  return { path, message: `wanted: ${forms}`, zh: `应为：${inChinese(forms)}` };
}

function allowed(issue: v.BaseIssue<unknown>): string {
  return issue.message.startsWith('Invalid') ? (issue.expected ?? issue.message) : issue.message;
}

/** What the schema says may stand somewhere; forms in JSON read the same in either language. */
const FORMS: Readonly<Record<string, string>> = {
  'a text': '文字',
  'a text that is not empty': '不为空的文字',
  'a text, with columns in braces such as {REC_ID}': '文字，列写在花括号里，如 {REC_ID}',
  'a text, number, true, false or null': '文字、数、true、false 或 null',
  'an object from the texts of the file to values': '从文件里的词到值的对照，如 {"窗口": "window"}',
  'a text or a list of texts': '一段文字，或几段文字的列表',
  'a text of at most 200 characters': '不超过 200 个字符的文字',
  'a source of its own: the hall alone speaks as urn:hallpulse:': '这个系统自己的名字；urn:hallpulse: 只有大厅自己能用',
  'a number': '数',
  'a number from 0': '0 或更大的数',
  'a year': '年份',
  'a year from 1': '年份，从 1 起',
  'a year up to 9900': '年份，到 9900 为止',
  'a day: YYYY-MM-DD': '日期，写作 YYYY-MM-DD',
  'a list of columns': '列名的列表',
  'a list of events': '事件的列表',
  'at least one event': '至少一个事件',
  'a list of fields under "data"': '"data" 里各项的列表',
  'the name of a sheet, or its number from 1': '工作表的名称，或从 1 起的序号',
  'an object from the fields of the event type to values': '从该类事件各项到值的对照',
  'a list of texts that mean nothing, or an object from a column (or "*") to such a list':
    '不算内容的文字的列表，或从列（或 "*"）到这样的列表的对照',
};

function inChinese(forms: string): string {
  return Object.hasOwn(FORMS, forms) ? FORMS[forms]! : forms.replace(/^one of /, '以下之一：');
}

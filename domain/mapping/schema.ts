/** The mapping language's shape: what a mapping file may hold, before its names are looked up. */
import * as v from 'valibot';
import { isOwnSource } from '../events/own.ts';
import { EVENT_TYPES } from '../events/schema.ts';
import { DURATION_UNITS, type DurationUnit } from './durations.ts';

const text = v.pipe(v.string('a text'), v.minLength(1, 'a text that is not empty'));
const template = v.pipe(
  v.string('a text, with columns in braces such as {REC_ID}'),
  v.minLength(1, 'a text that is not empty'),
);
const scalar = v.union([v.string(), v.number(), v.boolean(), v.null()], 'a text, number, true, false or null');
const valueMap = v.record(v.string(), scalar, 'an object from the texts of the file to values');
const texts = v.union([text, v.array(text)], 'a text or a list of texts');

export type Template = string;
export type Scalar = v.InferOutput<typeof scalar>;

/** Something read from a row: a constant, a template, a template looked up in a map, a moment, or the first that is there. */
export type ValueSpec =
  | string
  | number
  | boolean
  | {
      readonly from: Template;
      readonly map?: string | Readonly<Record<string, Scalar>> | undefined;
      readonly as?: 'text' | 'number' | undefined;
      readonly unit?: string | readonly string[] | undefined;
      readonly default?: Scalar | undefined;
    }
  | { readonly moment: string | MomentSpec }
  | { readonly first: readonly ValueSpec[] };

export interface AtSpec {
  readonly at: Template;
  readonly formats?: string | readonly string[] | undefined;
  readonly century?: number | undefined;
  readonly timeZone?: string | undefined;
  readonly near?: string | undefined;
}

/** A length of time after another moment, or before it. */
export type ShiftSpec = { readonly by: Template; readonly unit: DurationUnit } & (
  { readonly after: string | MomentSpec } | { readonly before: string | MomentSpec }
);

export type MomentSpec = AtSpec | ShiftSpec | { readonly first: readonly (string | MomentSpec)[] };

/** `from` and `to` are within, `above` and `below` are not. */
export interface Bounds<T> {
  readonly from?: T | undefined;
  readonly to?: T | undefined;
  readonly above?: T | undefined;
  readonly below?: T | undefined;
}

export type ConditionSpec =
  | { readonly column: string; readonly is: string | readonly string[] }
  | { readonly column: string; readonly not: string | readonly string[] }
  | { readonly column: string; readonly starts: string | readonly string[] }
  | { readonly column: string; readonly blank: boolean }
  | ({ readonly column: string; readonly unit?: string | readonly string[] | undefined } & Bounds<number>)
  | ({ readonly moment: string | MomentSpec } & Pick<Bounds<string>, 'from' | 'to'>)
  | { readonly all: readonly ConditionSpec[] }
  | { readonly any: readonly ConditionSpec[] };

const momentForms =
  'a name under "moments", {"at": …, "formats"?, "century"?, "timeZone"?, "near"?}, {"after" or "before": a moment, "by": …, "unit": "seconds", "minutes" or "hours"} or {"first": [moments]}';
const century = v.pipe(
  v.number('a year'),
  v.integer('a year'),
  v.minValue(1, 'a year from 1'),
  v.maxValue(9_900, 'a year up to 9900'),
);
const unit = v.picklist(DURATION_UNITS, `one of ${DURATION_UNITS.join(', ')}`);
const moment: v.GenericSchema<MomentSpec> = v.lazy(() =>
  v.union(
    [
      v.strictObject({
        at: template,
        formats: v.optional(texts),
        century: v.optional(century),
        timeZone: v.optional(text),
        near: v.optional(text),
      }),
      v.strictObject({ after: v.union([text, moment]), by: template, unit }),
      v.strictObject({ before: v.union([text, moment]), by: template, unit }),
      v.strictObject({ first: v.pipe(v.array(v.union([text, moment])), v.minLength(1)) }),
    ],
    momentForms,
  ),
);

const valueForms =
  'a text (with {columns}), a number, true, false, {"from": …, "map"?, "as"?: "text" or "number", "unit"?, "default"?}, {"moment": …} or {"first": [values]}';
const value: v.GenericSchema<ValueSpec> = v.lazy(() =>
  v.union(
    [
      template,
      v.number(),
      v.boolean(),
      v.strictObject({
        from: template,
        map: v.optional(v.union([text, valueMap])),
        as: v.optional(v.picklist(['text', 'number'])),
        unit: v.optional(texts),
        default: v.optional(scalar),
      }),
      v.strictObject({ moment: v.union([text, moment]) }),
      v.strictObject({ first: v.pipe(v.array(value), v.minLength(1)) }),
    ],
    valueForms,
  ),
);

const conditionForms =
  '{"column", "is": text or list}, {"column", "not": text or list}, {"column", "starts": text or list}, {"column", "blank": true or false}, {"column", "from", "to", "above" or "below": numbers}, {"moment", "from" or "to": days}, {"all": [conditions]} or {"any": [conditions]}';
const bound = v.optional(v.pipe(v.number('a number'), v.finite('a number')));
const day = v.optional(v.pipe(v.string('a day: YYYY-MM-DD'), v.isoDate('a day: YYYY-MM-DD')));
const condition: v.GenericSchema<ConditionSpec> = v.lazy(() =>
  v.union(
    [
      v.strictObject({ column: text, is: texts }),
      v.strictObject({ column: text, not: texts }),
      v.strictObject({ column: text, starts: texts }),
      v.strictObject({ column: text, blank: v.boolean() }),
      v.strictObject({ column: text, unit: v.optional(texts), from: bound, to: bound, above: bound, below: bound }),
      v.strictObject({ moment: v.union([text, moment]), from: day, to: day }),
      v.strictObject({ all: v.array(condition) }),
      v.strictObject({ any: v.array(condition) }),
    ],
    conditionForms,
  ),
);

const event = v.strictObject({
  type: v.picklist(EVENT_TYPES, `one of the event types: ${EVENT_TYPES.join(', ')}`),
  id: template,
  time: v.union([text, moment], momentForms),
  subject: v.optional(template),
  once: v.optional(template),
  last: v.optional(template),
  drop: v.optional(v.array(text, 'a list of fields under "data"')),
  where: v.optional(condition),
  data: v.record(v.string(), value, 'an object from the fields of the event type to values'),
});

const sheet = v.union(
  [text, v.pipe(v.number(), v.integer(), v.minValue(1))],
  'the name of a sheet, or its number from 1',
);

export const ENCODINGS = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be', 'big5', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];

export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

export const mappingSchema = v.strictObject({
  name: text,
  note: v.optional(v.string()),
  source: v.pipe(
    text,
    v.maxLength(200, 'a text of at most 200 characters'),
    v.check((source) => !isOwnSource(source), 'a source of its own: the hall alone speaks as urn:hallpulse:'),
  ),
  file: v.optional(
    v.strictObject({
      encoding: v.optional(v.picklist(ENCODINGS, `one of ${ENCODINGS.join(', ')}`)),
      delimiter: v.optional(v.picklist(DELIMITERS, 'one of "," ";" "|" and the tab "\\t"')),
      headerRow: v.optional(v.pipe(v.number('a number from 0'), v.integer(), v.minValue(0, 'a number from 0'))),
      fillDown: v.optional(v.array(text, 'a list of columns')),
      sheet: v.optional(sheet),
    }),
  ),
  timeZone: v.optional(text),
  tickets: v.optional(
    v.strictObject({ restartFrom: v.pipe(v.string('a day: YYYY-MM-DD'), v.isoDate('a day: YYYY-MM-DD')) }),
  ),
  formats: v.optional(texts),
  century: v.optional(century),
  blank: v.optional(
    v.union(
      [v.array(v.string()), v.record(v.string(), v.array(v.string()))],
      'a list of texts that mean nothing, or an object from a column (or "*") to such a list',
    ),
  ),
  maps: v.optional(v.record(v.string(), valueMap)),
  moments: v.optional(v.record(v.string(), moment)),
  where: v.optional(condition),
  events: v.pipe(v.array(event, 'a list of events'), v.minLength(1, 'at least one event')),
});

export type MappingSpec = v.InferOutput<typeof mappingSchema>;
export type EventSpec = MappingSpec['events'][number];

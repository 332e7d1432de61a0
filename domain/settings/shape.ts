/** What a document is made of, read from the schema that checks it: for forms, comparisons and merges. Plain data. */

interface Bounds {
  readonly least?: number;
  readonly most?: number;
}

/** How one place of a document is filled in. Bounds are of characters, of a number itself, or of rows. */
export type Shape =
  | (Bounds & { readonly type: 'text'; readonly format?: 'day' | 'clock' })
  | (Bounds & { readonly type: 'number'; readonly isWhole: boolean })
  | { readonly type: 'flag' }
  | { readonly type: 'choice'; readonly options: readonly (string | number)[] }
  | { readonly type: 'record'; readonly fields: Readonly<Record<string, FieldShape>> }
  /** By keys of the hall's own, or by those of `keys`. */
  | { readonly type: 'map'; readonly keys?: readonly string[]; readonly of: Shape }
  /** `key`: the field by which a row is known; without it rows are known by what they say. */
  | (Bounds & { readonly type: 'list'; readonly of: Shape; readonly key?: string })
  | { readonly type: 'tuple'; readonly of: readonly Shape[] };

/** `preset`: what holds where nothing is said. */
export type FieldShape = Shape & { readonly isOptional?: true; readonly preset?: unknown };
export type ListShape = Extract<Shape, { type: 'list' }>;

/** The parts of a schema that are read here, whatever library type they have. */
interface Schema {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Schema>>;
  readonly item?: Schema;
  readonly items?: readonly Schema[];
  readonly key?: Schema | string;
  readonly value?: Schema;
  readonly wrapped?: Schema;
  readonly default?: unknown;
  readonly options?: readonly unknown[];
  readonly literal?: string | number;
  readonly pipe?: readonly {
    readonly type: string;
    readonly requirement?: unknown;
    readonly metadata?: { readonly format?: unknown };
  }[];
}

/** Rows that bear one of these are known by it, the first that they have. */
const KEYS = ['id', 'code', 'scene'];

/** @param schema one of valibot, of the kinds that documents are made of @throws Error at any other kind */
export function readShape(schema: object): FieldShape {
  const { wrapped, default: preset, ...own } = schema as Schema;
  if (own.type === 'optional')
    return { ...readShape(wrapped!), isOptional: true, ...(preset === undefined ? {} : { preset }) };
  const bounds = readBounds(own);
  switch (own.type) {
    case 'string':
      return { type: 'text', ...bounds, ...readFormat(own) };
    case 'number':
      return { type: 'number', isWhole: own.pipe?.some(({ type }) => type === 'integer') === true, ...bounds };
    case 'boolean':
      return { type: 'flag' };
    case 'picklist':
      return { type: 'choice', options: own.options as (string | number)[] };
    case 'literal':
      return { type: 'choice', options: [own.literal!] };
    case 'object':
      return { type: 'record', fields: readFields([own.entries!]) };
    case 'variant':
      return { type: 'record', fields: readFields((own.options as Schema[]).map(({ entries }) => entries!)) };
    case 'record': {
      const keys = (own.key as Schema).options as string[] | undefined;
      return { type: 'map', of: readShape(own.value!), ...(keys === undefined ? {} : { keys }) };
    }
    case 'array': {
      const of = readShape(own.item!);
      const key = of.type === 'record' ? KEYS.find((name) => name in of.fields) : undefined;
      return { type: 'list', of, ...bounds, ...(key === undefined ? {} : { key }) };
    }
    case 'tuple':
      return { type: 'tuple', of: own.items!.map(readShape) };
    default:
      throw new Error(`A document may not hold what a schema calls ${own.type}.`);
  }
}

/** Of a record in several variants a field that not all have may be missing; choices of one name are all of them. */
function readFields(variants: readonly Readonly<Record<string, Schema>>[]): Record<string, FieldShape> {
  const fields: Record<string, FieldShape> = {};
  for (const entries of variants)
    for (const [name, schema] of Object.entries(entries)) {
      const read = readShape(schema);
      const known = fields[name];
      const isEverywhere = variants.every((one) => name in one);
      if (known?.type === 'choice' && read.type === 'choice')
        fields[name] = { ...read, options: [...new Set([...known.options, ...read.options])] };
      else fields[name] = isEverywhere ? read : { ...read, isOptional: true };
    }
  return fields;
}

function readBounds({ pipe = [] }: Schema): Bounds {
  const find = (...types: string[]) =>
    pipe.find(({ type, requirement }) => types.includes(type) && typeof requirement === 'number')?.requirement as
      number | undefined;
  const [least, most] = [find('min_length', 'min_value'), find('max_length', 'max_value')];
  return { ...(least === undefined ? {} : { least }), ...(most === undefined ? {} : { most }) };
}

function readFormat({ pipe = [] }: Schema): { format?: 'day' | 'clock' } {
  if (pipe.some(({ type }) => type === 'iso_date')) return { format: 'day' };
  return pipe.some(({ metadata }) => metadata?.format === 'clock') ? { format: 'clock' } : {};
}

/** The types of `domain/wire/api.ts` as JSON Schema, read by the compiler: what `server/api/answers.json` is made of. */
import { resolve } from 'node:path';
import { buildGenerator, getProgramFromFiles } from 'typescript-json-schema';
import type { Answers, JsonSchema, ToldRoute } from '../../../server/api/openapi.ts';

export interface ToldTypes {
  readonly answers: Answers;
  /** What the types say is asked, by route. */
  readonly bodies: Readonly<Record<string, JsonSchema>>;
  readonly queries: Readonly<Record<string, JsonSchema>>;
  readonly schemas: Answers['schemas'];
}

/** Takes some seconds. */
export function readTypes(): ToldTypes {
  const file = resolve('domain/wire/api.ts');
  const options = { strict: true, skipLibCheck: true, noEmit: true, allowImportingTsExtensions: true };
  const program = getProgramFromFiles([file], {
    ...options,
    module: 'ESNext',
    moduleResolution: 'Bundler',
    target: 'ES2022',
  });
  const generator = buildGenerator(program, {
    required: true,
    ignoreErrors: true,
    validationKeywords: ['door', 'takes', 'gives'],
  });
  const root = generator?.getSchemaForSymbol('Api') as Node | undefined;
  if (!root?.properties) throw new Error('no type called Api could be read');
  const definitions = root.definitions ?? {};
  const tell = (node: Node | undefined): JsonSchema => toSchema(node ?? {}, definitions) as JsonSchema;
  const routes: Record<string, ToldRoute> = {};
  const bodies: Record<string, JsonSchema> = {};
  const queries: Record<string, JsonSchema> = {};
  for (const [key, { description = '', door = '', takes, gives, properties = {} }] of Object.entries(root.properties)) {
    const { answer, body, query } = properties;
    routes[key] = { description, door, ...(takes ? { takes } : {}), ...(gives ? { gives } : {}), answer: tell(answer) };
    if (body) bodies[key] = tell(body);
    if (query) queries[key] = tell(query);
  }
  const named = Object.entries(definitions).filter(([name]) => isName(name));
  const schemas = Object.fromEntries(named.map(([name, node]) => [name, tell(node)]));
  return {
    answers: {
      routes,
      schemas: keepUsed(
        schemas,
        Object.values(routes).map(({ answer }) => answer),
      ),
    },
    bodies,
    queries,
    schemas,
  };
}

interface Node {
  readonly [keyword: string]: unknown;
  readonly description?: string;
  readonly door?: string;
  readonly takes?: string;
  readonly gives?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly definitions?: Readonly<Record<string, Node>>;
}

const REF = '#/definitions/';
const NAMED = '#/components/schemas/';

/** A type without a name of its own is called by what it is made of, which no reader could use. */
function isName(text: string): boolean {
  return /^[A-Za-z]\w*$/.test(text);
}

/** As JSON Schema 2020-12, of which OpenAPI 3.1 is: tuples by `prefixItems`; what has no name stands where it is used. */
function toSchema(value: unknown, definitions: Readonly<Record<string, Node>>): unknown {
  if (Array.isArray(value)) return value.map((one) => toSchema(one, definitions));
  if (typeof value !== 'object' || value === null) return value;
  const { $ref, definitions: _definitions, $schema: _dialect, ...node } = value as Node & { $ref?: string };
  if ($ref !== undefined) {
    const name = decodeURIComponent($ref.slice(REF.length));
    return isName(name) ? { $ref: `${NAMED}${name}` } : toSchema(definitions[name], definitions);
  }
  const told = Object.fromEntries(Object.entries(node).map(([key, one]) => [key, toSchema(one, definitions)]));
  if (!Array.isArray(told['items'])) return told;
  const { items, additionalItems, ...rest } = told;
  return { ...rest, prefixItems: items, ...(additionalItems === undefined ? {} : { items: additionalItems }) };
}

function keepUsed(
  schemas: Readonly<Record<string, JsonSchema>>,
  from: readonly JsonSchema[],
): Record<string, JsonSchema> {
  const used = new Set<string>();
  const walk = (value: unknown): void => {
    for (const [, name] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (used.has(name!)) continue;
      used.add(name!);
      walk(schemas[name!]);
    }
  };
  from.forEach(walk);
  return Object.fromEntries([...used].sort().map((name) => [name, schemas[name]!]));
}

/** One route and one schema a line, so that a change of the contract can be read. */
export function writeAnswers({ routes, schemas }: Answers): string {
  const lines = (all: object): string =>
    Object.entries(all)
      .map(([name, one]) => `${JSON.stringify(name)}: ${JSON.stringify(one)}`)
      .join(',\n');
  return `{"routes": {\n${lines(routes)}\n},\n"schemas": {\n${lines(schemas)}\n}}\n`;
}

/** Where two descriptions of what is asked name other fields, or need other ones; values are compared no further. */
export function findDifferences(
  asked: JsonSchema,
  typed: JsonSchema | undefined,
  schemas: Readonly<Record<string, JsonSchema>>,
): string[] {
  if (!typed) return ['it has no type'];
  const [left, right] = [listFields(asked, schemas), listFields(typed, schemas)];
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((name) => {
    if (!left.has(name)) return [`${name} is typed and not asked`];
    if (!right.has(name)) return [`${name} is asked and not typed`];
    return left.get(name) === right.get(name) ? [] : [`${name} is needed by one of them alone`];
  });
}

/** The fields of an object by their paths, and whether each is needed; of several objects, where any of them needs it always. */
function listFields(
  given: JsonSchema,
  schemas: Readonly<Record<string, JsonSchema>>,
  within: readonly string[] = [],
): Map<string, boolean> {
  const ref = given['$ref'] as string | undefined;
  // What holds itself is looked at once.
  if (ref !== undefined && within.includes(ref)) return new Map();
  const schema = ref === undefined ? given : schemas[ref.slice(NAMED.length)]!;
  const inner = ref === undefined ? within : [...within, ref];
  const fields = new Map<string, boolean>();
  const needed = (schema['required'] ?? []) as readonly string[];
  for (const [name, one] of Object.entries((schema['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>)) {
    fields.set(name, needed.includes(name));
    for (const [path, isNeeded] of listFields(one, schemas, inner)) fields.set(`${name}.${path}`, isNeeded);
  }
  const items = schema['items'] as JsonSchema | undefined;
  for (const [path, isNeeded] of items ? listFields(items, schemas, inner) : []) fields.set(`[].${path}`, isNeeded);
  for (const [word, how] of [
    ['anyOf', 'every'],
    ['oneOf', 'every'],
    ['allOf', 'some'],
  ] as const) {
    const all = ((schema[word] ?? []) as readonly JsonSchema[])
      .filter((one) => one['type'] !== 'null')
      .map((one) => listFields(one, schemas, inner));
    for (const name of new Set(all.flatMap((one) => [...one.keys()])))
      fields.set(
        name,
        all[how]((one) => one.get(name) === true),
      );
  }
  return fields;
}

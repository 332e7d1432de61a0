/**
 * The HTTP contract as OpenAPI 3.1: what is asked, by the very schemas that check it; what is answered, by the types of
 * `domain/wire/api.ts`, as `answers.json` has them. Pure.
 */
import { toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import type { ListedRoute } from './list-routes.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Of a route what its types and its comment say. */
export interface ToldRoute {
  readonly description: string;
  readonly door: string;
  /** Of a body that is no JSON, and of an answer that is none. */
  readonly takes?: string;
  readonly gives?: string;
  readonly answer: JsonSchema;
}

/** What `answers.json` holds: routes by `METHOD /path`, and the schemas that they refer to by `#/components/schemas/`. */
export interface Answers {
  readonly routes: Readonly<Record<string, ToldRoute>>;
  readonly schemas: Readonly<Record<string, JsonSchema>>;
}

export interface OpenApi {
  readonly openapi: '3.1.1';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: JsonSchema;
}

export interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters: readonly JsonSchema[];
  readonly requestBody?: JsonSchema;
  readonly responses: JsonSchema;
}

const SECURITY_SCHEMES = {
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'hallpulse_session',
    description: 'Set by POST /api/session; the name ends with the hall.',
  },
  display: {
    type: 'apiKey',
    in: 'cookie',
    name: 'hallpulse_token',
    description: "A display's token: set by opening a page with ?token=…, or sent as a bearer.",
  },
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description: "A sender's key, a display's token, or the code of an alarm.",
  },
} as const;

/** By which of them each door opens; an empty one: by none. */
const DOORS: Readonly<Record<string, Operation['security']>> = {
  everybody: [],
  key: [{ bearer: [] }],
  session: [{ session: [] }],
  management: [{ session: [] }],
  reader: [{ session: [] }, { display: [] }, { bearer: [] }],
  post: [{ display: [] }, { bearer: [] }],
  alarm: [{ session: [] }, { display: [] }, { bearer: [] }],
};

const REFUSALS = {
  type: 'object',
  description:
    'Why nothing was done: `error` is a word that docs/http.md explains, `field` the place in what was asked.',
  properties: { error: { type: 'string' }, field: { type: 'string' } },
  required: ['error'],
};

/** @throws where a route is told of in no type, or a type of a route that there is not */
export function buildOpenApi(routes: readonly ListedRoute[], answers: Answers, version: string): OpenApi {
  const keys = new Set(routes.map(keyOf));
  const strangers = [
    ...[...keys].filter((key) => !Object.hasOwn(answers.routes, key)),
    ...Object.keys(answers.routes).filter((key) => !keys.has(key)),
  ];
  if (strangers.length > 0) throw new Error(`The contract does not fit the routes: ${strangers.join(', ')}`);
  const paths: Record<string, Record<string, Operation>> = {};
  for (const route of [...routes].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[route.method.toLowerCase()] = toOperation(route, answers.routes[keyOf(route)]!);
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Hallpulse',
      version,
      description: 'The HTTP contract of a hall’s server. Moments are epoch milliseconds, days are YYYY-MM-DD.',
    },
    tags: [...new Set(routes.map(({ path }) => tagOf(path)))].sort().map((name) => ({ name })),
    paths,
    components: { schemas: { ...answers.schemas, Refusal: REFUSALS }, securitySchemes: SECURITY_SCHEMES },
  };
}

function keyOf({ method, path }: ListedRoute): string {
  return `${method} ${path}`;
}

/** The part of the product that a path belongs to: the word after `/api`. */
function tagOf(path: string): string {
  const [, first = '', second] = path.split('/');
  return first === 'api' ? second!.replace(/\..*$/, '') : 'health';
}

function toOperation(route: ListedRoute, told: ToldRoute): Operation {
  const { method, path, body, query } = route;
  const words = path
    .split('/')
    .flatMap((part) => part.split(/[^\w]+/))
    .filter((part) => part !== '' && part !== 'api');
  const security = DOORS[told.door];
  if (!security) throw new Error(`${method} ${path} has no such door as "${told.door}"`);
  const description = told.description.replace(/\s+/g, ' ').trim();
  const [summary] = description.split(/(?<=[.;:])\s/);
  return {
    operationId: [method.toLowerCase(), ...words]
      .map((word, i) => (i === 0 ? word : word[0]!.toUpperCase() + word.slice(1)))
      .join(''),
    tags: [tagOf(path)],
    summary: summary!.replace(/[.;:]$/, ''),
    description,
    security,
    parameters: [
      ...[...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
        name,
        in: 'path',
        required: true,
        schema: { type: 'string' },
      })),
      ...(query ? toParameters(query) : []),
    ],
    ...toRequestBody(body, told.takes),
    responses: {
      ...toSuccess(told),
      default: {
        description: 'Refused.',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } },
      },
    },
  };
}

function toParameters(query: GenericSchema): JsonSchema[] {
  const { properties = {}, required = [] } = toSchema(query) as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

function toRequestBody(body: GenericSchema | undefined, takes = 'application/json'): { requestBody?: JsonSchema } {
  if (!body && takes === 'application/json') return {};
  return { requestBody: { required: true, content: { [takes]: body ? { schema: toSchema(body) } : {} } } };
}

function toSuccess({ answer, gives }: ToldRoute): JsonSchema {
  if (gives !== undefined) return { '200': { description: 'Done.', content: { [gives]: {} } } };
  if (answer['type'] === 'null') return { '204': { description: 'Done.' } };
  return { '2XX': { description: 'Done.', content: { 'application/json': { schema: answer } } } };
}

/** What a schema takes. Its checks of one field against another, and what it makes of a text, have no words in JSON Schema. */
function toSchema(schema: GenericSchema): JsonSchema {
  const { $schema: _dialect, ...told } = toJsonSchema(schema, {
    target: 'draft-2020-12',
    typeMode: 'input',
    errorMode: 'ignore',
  });
  return told as JsonSchema;
}

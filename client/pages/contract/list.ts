/** The server's OpenAPI document as a list of routes by the part of the product that they belong to. Pure. */
import type { Schema, Schemas } from './schema.ts';

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Schema;
}

/** What the page reads of it. */
export interface Description {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly tags: readonly string[];
            readonly summary: string;
            readonly description: string;
            readonly security: readonly Readonly<Record<string, unknown>>[];
            readonly parameters: readonly Parameter[];
            readonly requestBody?: Content;
            readonly responses: Readonly<Record<string, Content>>;
          }
        >
      >
    >
  >;
  readonly components: { readonly schemas: Schemas };
}

/** What is sent or answered: JSON of a schema, or what is no JSON. */
interface Sent {
  readonly type: string;
  readonly schema?: Schema;
}

export interface ListedRoute {
  /** Such as `GET /api/session`. */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly part: string;
  readonly summary: string;
  readonly description: string;
  /** Names of ways in, any of which does; `everybody` where none is needed. */
  readonly doors: readonly string[];
  readonly query: readonly Parameter[];
  readonly body?: Sent;
  /** Absent: nothing. */
  readonly answer?: Sent;
}

export function listRoutes({ paths }: Description): ListedRoute[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([name, one]): ListedRoute => {
      const method = name.toUpperCase();
      const doors = one.security.flatMap((way) => Object.keys(way));
      const success = Object.entries(one.responses).find(([status]) => status.startsWith('2'))?.[1];
      const [body, answer] = [toSent(one.requestBody), toSent(success)];
      return {
        ...{ id: `${method} ${path}`, method, path, part: one.tags[0] ?? '' },
        ...{ summary: one.summary, description: one.description },
        doors: doors.length === 0 ? ['everybody'] : doors,
        query: one.parameters.filter((parameter) => parameter.in === 'query'),
        ...(body ? { body } : {}),
        ...(answer ? { answer } : {}),
      };
    }),
  );
}

function toSent(of: Content | undefined): Sent | undefined {
  const [first] = Object.entries(of?.content ?? {});
  return first && { type: first[0], ...(first[1].schema ? { schema: first[1].schema } : {}) };
}

/** What most who read the page come for. */
const FIRST = 'events';

/** Those in whose path or words all that is looked for stands, by their part. */
export function groupRoutes(routes: readonly ListedRoute[], wanted: string): [part: string, ListedRoute[]][] {
  const words = wanted
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const groups = new Map<string, ListedRoute[]>();
  for (const route of routes) {
    const text = `${route.id} ${route.description}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    groups.set(route.part, [...(groups.get(route.part) ?? []), route]);
  }
  return [...groups].sort(([a], [b]) => Number(b === FIRST) - Number(a === FIRST) || (a < b ? -1 : 1));
}

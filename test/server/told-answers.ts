// Holds what a hall answers in tests to its own contract: whatever a route gives has the form that the document tells of it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { findRoot } from '../e2e/product.ts';

interface Told {
  readonly routes: Readonly<Record<string, { readonly answer: object; readonly gives?: string }>>;
  readonly schemas: object;
}

let known: { told: Told; ajv: Ajv2020; routes: readonly (readonly [RegExp, string])[] } | undefined;
const checks = new Map<string, ValidateFunction>();

function open(): NonNullable<typeof known> {
  if (known) return known;
  const told = JSON.parse(readFileSync(join(findRoot(), 'server/api/answers.json'), 'utf8')) as Told;
  const ajv = new Ajv2020({ strict: false, validateSchema: false });
  addFormats(ajv);
  ajv.addSchema({ $id: 'told', components: { schemas: told.schemas } });
  // Those with a name in their path come last: what another route has whole is that one's.
  const routes = Object.keys(told.routes)
    .sort((a, b) => Number(a.includes(':')) - Number(b.includes(':')))
    .map((route) => [new RegExp(`^${route.replace(/[.]/g, '\\.').replace(/:\w+/g, '[^/]+')}$`), route] as const);
  known = { told, ajv, routes };
  return known;
}

/**
 * What is wrong with what was answered to a question that went well; nothing where the contract does not tell of it.
 *
 * @param path with or without its query
 */
export function findUntold(method: string, path: string, body: unknown): string[] {
  const { told, ajv, routes } = open();
  const asked = `${method} ${path.split('?')[0]}`;
  const route = routes.find(([form]) => form.test(asked))?.[1];
  if (route === undefined || told.routes[route]!.gives !== undefined) return [];
  let check = checks.get(route);
  if (!check) {
    const { answer } = told.routes[route]!;
    check = ajv.compile(JSON.parse(JSON.stringify(answer).replaceAll('"#/', '"told#/')) as object);
    checks.set(route, check);
  }
  if (check(body)) return [];
  return check.errors!.map(({ instancePath, message }) => `${route} ${instancePath} ${message}`);
}

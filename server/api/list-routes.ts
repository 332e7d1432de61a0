/** The routes of a running application, read off its routers, with the schemas by which each reads what it is asked. */
import type { Express } from 'express';
import type { AskedSchemas } from '../asked.ts';

export interface ListedRoute extends AskedSchemas {
  /** Such as `GET`. */
  readonly method: string;
  /** As Express has it: `/api/accounts/:staff/end`. */
  readonly path: string;
}

interface Layer {
  readonly route?: {
    readonly path: string | string[];
    readonly methods: Readonly<Record<string, boolean>>;
    readonly stack: readonly { readonly handle: AskedSchemas }[];
  };
  readonly handle?: { readonly stack?: readonly Layer[] };
}

/** What answers under `/api`, whatever writes, and the two questions of supervisors; pages and their assets are no contract. */
export function listRoutes(app: Express): ListedRoute[] {
  const { stack } = (app as unknown as { router: { stack: readonly Layer[] } }).router;
  const all = walk(stack).filter(({ method, path }) => method !== 'GET' || /^\/(api\/.|healthz$|readyz$)/.test(path));
  // One path may be routed twice: the later guards what the earlier let through.
  return [...new Map(all.map((route) => [`${route.method} ${route.path}`, route])).values()];
}

function walk(layers: readonly Layer[]): ListedRoute[] {
  return layers.flatMap(({ route, handle }) => {
    if (!route) return handle?.stack ? walk(handle.stack) : [];
    const body = route.stack.find(({ handle: one }) => one.body)?.handle.body;
    const query = route.stack.find(({ handle: one }) => one.query)?.handle.query;
    const methods = Object.keys(route.methods).filter((method) => method !== '_all');
    return [route.path].flat().flatMap((path) =>
      methods.map((method) => ({
        method: method.toUpperCase(),
        path,
        ...(body ? { body } : {}),
        ...(query ? { query } : {}),
      })),
    );
  });
}

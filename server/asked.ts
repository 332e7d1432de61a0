/** What was asked, read strictly by a schema: the JSON body and the query; or a refusal that names the field. */
import { raw, type RequestHandler, type Response } from 'express';
import * as v from 'valibot';

export const BODY_LIMIT = 4_096;

/** What a route is asked, by which `/api/openapi.json` describes it. */
export interface AskedSchemas {
  readonly body?: v.GenericSchema;
  readonly query?: v.GenericSchema;
}

/** Puts the body, as `schema` has it, where `bodyOf` finds it; else 415, 400 `{error: 'bad-body', field}` or 413. */
export function readBody(schema: v.GenericSchema, limit = BODY_LIMIT): RequestHandler & AskedSchemas {
  const readBytes = raw({ type: () => true, limit });
  const handler: RequestHandler = (request, response, next) => {
    if (!request.is('application/json')) {
      response.status(415).json({ error: 'unsupported-media-type' });
      return;
    }
    readBytes(request, response, (error?: unknown) => {
      const parsed =
        error === undefined ? v.safeParse(schema, parseJson(request.body), { abortEarly: true }) : undefined;
      if (!parsed) next(error);
      else if (parsed.success) {
        response.locals['body'] = parsed.output;
        next();
      } else response.status(400).json({ error: 'bad-body', field: v.getDotPath(parsed.issues[0]) ?? '' });
    });
  };
  return describe(handler, { body: schema });
}

/** What `readBody` found, of the same schema. */
export function bodyOf<S extends v.GenericSchema>(response: Response, _schema: S): v.InferOutput<S> {
  return response.locals['body'] as v.InferOutput<S>;
}

/** Puts the query, as `schema` has it, where `queryOf` finds it; else 400 `{error: 'bad-query', field}`. */
export function readQuery(schema: v.GenericSchema): RequestHandler & AskedSchemas {
  const handler: RequestHandler = (request, response, next) => {
    const parsed = v.safeParse(schema, request.query, { abortEarly: true });
    if (parsed.success) {
      response.locals['query'] = parsed.output;
      next();
    } else response.status(400).json({ error: 'bad-query', field: v.getDotPath(parsed.issues[0]) ?? '' });
  };
  return describe(handler, { query: schema });
}

/** What `readQuery` found, of the same schema. */
export function queryOf<S extends v.GenericSchema>(response: Response, _schema: S): v.InferOutput<S> {
  return response.locals['query'] as v.InferOutput<S>;
}

/** Says of a handler which schemas it reads by, where it does so by itself. */
export function describe<H extends RequestHandler>(handler: H, schemas: AskedSchemas): H & AskedSchemas {
  return Object.assign(handler, schemas);
}

/** `undefined` for what is no JSON, which no schema takes. Broken UTF-8 is refused instead of mended in silence. */
function parseJson(bytes: unknown): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes as Buffer));
  } catch {
    return undefined;
  }
}

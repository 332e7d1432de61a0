/** Bodies of the product's own pages: JSON of a known form, read strictly, or a refusal that names the field. */
import { raw, type RequestHandler, type Response } from 'express';
import * as v from 'valibot';

export const BODY_LIMIT = 4_096;

/** Puts the body, as `schema` has it, where `bodyOf` finds it; else 415, 400 `{error: 'bad-body', field}` or 413. */
export function readBody(schema: v.GenericSchema, limit = BODY_LIMIT): RequestHandler {
  const readBytes = raw({ type: () => true, limit });
  return (request, response, next) => {
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
}

/** What `readBody` found, of the same schema. */
export function bodyOf<S extends v.GenericSchema>(response: Response, _schema: S): v.InferOutput<S> {
  return response.locals['body'] as v.InferOutput<S>;
}

/** `undefined` for what is no JSON, which no schema takes. Broken UTF-8 is refused instead of mended in silence. */
function parseJson(bytes: unknown): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes as Buffer));
  } catch {
    return undefined;
  }
}

/** Imports over HTTP, for the administrator: a file is held, looked at, tried and brought in, and its mapping is kept. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Router, type Response } from 'express';
import * as v from 'valibot';
import { mappingSchema } from '../../domain/mapping/schema.ts';
import { parseMapping } from '../../domain/mapping/mapping.ts';
import type { Zone } from '../../domain/calendar/zone.ts';
import { demand, personOf, type People } from '../access/people.ts';
import { bodyOf, queryOf, readBody, readQuery } from '../asked.ts';
import { keepMapping, MAPPING_LIMIT } from '../ingest/mappings.ts';
import { receiveFile } from '../receive-file.ts';
import { refuse } from '../refuse.ts';
import type { Imports, LookAnswer } from './imports.ts';

/** In bytes: a million rows and more; what is larger is for the command. */
export const IMPORT_LIMIT = 256 * 1024 * 1024;

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200));
const nameQuery = v.object({ name });
const stateQuery = v.object({ id });
const heldSchema = v.strictObject({ id });
const lookSchema = v.strictObject({
  id,
  reading: v.unwrap(mappingSchema.entries.file),
  wanted: v.optional(v.pipe(v.array(v.string()), v.maxLength(1_000)), []),
});
const runSchema = v.strictObject({
  id,
  mapping: v.record(v.string(), v.unknown()),
  dryRun: v.boolean(),
  correct: v.boolean(),
  limit: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(100))),
});
const keepSchema = v.strictObject({ name, mapping: v.record(v.string(), v.unknown()), replace: v.boolean() });

export interface ImportsRouteOptions {
  readonly people: People;
  readonly imports: Imports;
  /** The hall's folder, in which mappings are kept. */
  readonly folder: string;
  readonly zone: Zone;
  readonly day: () => string;
}

export function createImportsRouter({ people, imports, folder, zone, day }: ImportsRouteOptions): Router {
  const router = Router();
  const allow = [people.gate, demand('set-up', day)];

  router.post('/api/imports', ...allow, readQuery(nameQuery), async (request, response) => {
    const { staff } = personOf(response);
    const file = join(imports.folder, randomUUID());
    const bytes = await receiveFile(request, file, IMPORT_LIMIT);
    if (bytes === 'too-large') {
      // What is still under way of the body is nobody's any more.
      response.set('Connection', 'close').status(413).json({ error: 'too-large', bytes: IMPORT_LIMIT });
      return;
    }
    if (bytes === 'empty') return refuse(response, 422, 'empty');
    const held = imports.hold(file, queryOf(response, nameQuery).name, bytes, staff);
    if (held === 'busy') return refuse(response, 409, 'busy');
    const answer = await imports.look(held, staff, {}, []);
    if (answer?.kind === 'problem') imports.drop(held, staff);
    answerLook(response, answer, 201);
  });

  router.get('/api/imports', ...allow, readQuery(stateQuery), (_request, response) => {
    const state = imports.state(queryOf(response, stateQuery).id, personOf(response).staff);
    if (state === undefined) refuse(response, 404, 'unknown-import');
    else response.json(state);
  });

  router.post('/api/imports/look', ...allow, readBody(lookSchema, MAPPING_LIMIT), async (_request, response) => {
    const asked = bodyOf(response, lookSchema);
    answerLook(response, await imports.look(asked.id, personOf(response).staff, asked.reading, asked.wanted), 200);
  });

  router.post('/api/imports/run', ...allow, readBody(runSchema, 2 * MAPPING_LIMIT), (_request, response) => {
    const { id: held, limit, ...asked } = bodyOf(response, runSchema);
    const flaw = findFlaw(asked.mapping);
    if (flaw !== undefined) return refuse(response, 422, 'mapping', flaw);
    const begun = imports.run(held, personOf(response).staff, { ...asked, ...(limit !== undefined && { limit }) });
    if (begun === undefined) refuse(response, 404, 'unknown-import');
    else if (begun === 'busy') refuse(response, 409, 'busy');
    else response.status(202).json({});
  });

  router.post('/api/imports/stop', ...allow, readBody(heldSchema), (_request, response) => {
    imports.stop(bodyOf(response, heldSchema).id, personOf(response).staff);
    response.json({});
  });

  router.post('/api/imports/drop', ...allow, readBody(heldSchema), (_request, response) => {
    imports.drop(bodyOf(response, heldSchema).id, personOf(response).staff);
    response.json({});
  });

  router.put('/api/mappings', ...allow, readBody(keepSchema, 2 * MAPPING_LIMIT), async (_request, response) => {
    const asked = bodyOf(response, keepSchema);
    const flaw = findFlaw(asked.mapping);
    if (flaw !== undefined) return refuse(response, 422, 'mapping', flaw);
    const kept = await keepMapping(folder, asked);
    if (kept === 'exists') refuse(response, 409, 'exists');
    else response.json(kept);
  });
  return router;

  /** Where the first thing stands that is wrong with a mapping, and what it is. */
  function findFlaw(mapping: unknown): { readonly path: string; readonly zh: string; readonly en: string } | undefined {
    const parsed = parseMapping(mapping, zone.name);
    if (parsed.ok) return undefined;
    const [{ path, zh, message } = { path: '', zh: '', message: '' }] = parsed.problems;
    return { path, zh, en: message };
  }
}

function answerLook(response: Response, answer: LookAnswer | undefined, status: number): void {
  if (answer === undefined) refuse(response, 404, 'unknown-import');
  else if (answer.kind === 'problem') refuse(response, 422, 'file', { zh: answer.zh, en: answer.en });
  else response.status(status).json(answer.look);
}

/** Setting a hall up over HTTP, for whoever may: its documents as they are, changed one at a time, and the end of it. */
import { Router, type Response } from 'express';
import * as v from 'valibot';
import { may } from '../../domain/access/roles.ts';
import { SETUP_DOCUMENTS, type SetupRefusal } from '../../domain/wire/setup.ts';
import { demand, personOf, type People } from '../access/people.ts';
import { bodyOf, readBody } from '../asked.ts';
import type { Editor, Refused, Setup } from './setup.ts';

/** A catalogue of thousands of items. */
export const DOCUMENT_LIMIT = 4_194_304;

const version = v.pipe(v.string(), v.maxLength(100));
const schemas = {
  save: v.strictObject({ version, value: v.looseObject({}) }),
  clear: v.strictObject({ version }),
  nothing: v.strictObject({}),
};

const STATUS: Record<SetupRefusal, number> = {
  conflict: 409,
  'in-use': 409,
  'bad-document': 422,
  fixed: 422,
  'station-in-use': 422,
  identity: 422,
  'not-allowed': 403,
};

export interface SetupRouteOptions {
  readonly setup: Setup;
  readonly people: People;
  /** The hall's day. */
  readonly day: () => string;
}

export function createSetupRouter({ setup, people, day }: SetupRouteOptions): Router {
  const router = Router();
  const gate = [people.gate, demand('set-up', day)] as const;
  const staffOf = (response: Response): string => personOf(response).staff;
  const keep = [people.gate, demand('arrange', day)] as const;

  router.get('/api/setup', ...gate, (_request, response) => {
    response.set('Cache-Control', 'no-store').json(setup.state());
  });
  /** Of a document everybody changes the parts that are theirs to change. */
  router.put('/api/setup/:document', ...keep, readBody(schemas.save, DOCUMENT_LIMIT), async (request, response) => {
    const document = SETUP_DOCUMENTS.find((name) => name === request.params['document']);
    if (document === undefined) {
      response.status(404).json({ error: 'not-found' });
      return;
    }
    const { version: seen, value } = bodyOf(response, schemas.save);
    const done = await setup.save(document, seen, value, editorOf(response, day));
    if (done.ok) response.json({ version: done.version, value: done.value });
    else refuse(response, done);
  });
  router.post('/api/setup/clear', ...gate, readBody(schemas.clear), async (_request, response) => {
    const done = await setup.clear(bodyOf(response, schemas.clear).version, staffOf(response));
    if (done.ok) response.json(setup.state());
    else refuse(response, done);
  });
  router.post('/api/setup/finish', ...gate, readBody(schemas.nothing), async (_request, response) => {
    await setup.finish(staffOf(response));
    response.json(setup.state());
  });
  return router;
}

export function editorOf(response: Response, day: () => string): Editor {
  const { staff, assignments } = personOf(response);
  return { staff, may: (action) => may(assignments, action, day()) };
}

export function refuse(response: Response, { error, field, message, flaws }: Refused): void {
  response.status(STATUS[error]).json({ error, field, message, flaws });
}

/** Keys of systems and tokens of displays over HTTP, for whoever sets the hall up: made, shown once, renewed, ended. */
import { Router, type Response } from 'express';
import * as v from 'valibot';
import { AUDIENCES } from '../../domain/board/topics/data.ts';
import type { KeyIssued } from '../../domain/wire/accounts.ts';
import { identityInText } from '../../domain/events/identity.ts';
import { bodyOf, readBody } from '../asked.ts';
import type { Access, DisplayToken, Issued, IngestKey, TokenDesk } from './access.ts';
import type { AccessChange } from './account-store.ts';
import { demand, personOf, type People } from './people.ts';

const MINUTE_MS = 60_000;
/** What a changed-over system may take. */
const LONGEST_OVERLAP_MINUTES = 43_200;

const word = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1),
  v.maxLength(100),
  v.check((text) => identityInText(text, 'none') === undefined),
);
const source = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200), v.regex(/^[^\s,]+$/));
const schemas = {
  keys: v.strictObject({
    label: word,
    sources: v.pipe(v.array(source), v.minLength(1), v.maxLength(50)),
    ticketsRestartFrom: v.optional(v.pipe(v.string(), v.isoDate())),
  }),
  displays: v.strictObject({
    label: word,
    audience: v.union([
      v.picklist(AUDIENCES),
      v.strictObject({ rate: v.pipe(v.string(), v.minLength(1), v.maxLength(200)) }),
      v.strictObject({ take: v.pipe(v.string(), v.minLength(1), v.maxLength(200)) }),
      v.strictObject({ say: v.pipe(v.string(), v.minLength(1), v.maxLength(200)) }),
    ]),
  }),
  renew: v.strictObject({
    overlapMinutes: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LONGEST_OVERLAP_MINUTES)),
  }),
  nothing: v.strictObject({}),
};

export interface KeysRouteOptions {
  readonly hall: string;
  readonly access: Access;
  readonly people: People;
  readonly day: () => string;
  /** Whether the profile has such a window, such a station: a tablet of none would never ask anybody. */
  readonly hasWindow: (id: string) => boolean;
  readonly hasStation: (id: string) => boolean;
}

export function createKeysRouter({ hall, access, people, day, hasWindow, hasStation }: KeysRouteOptions): Router {
  const router = Router();
  const gate = [people.gate, demand('set-up', day)] as const;
  /** Changes something and has the ledger told of it, both or neither: by the id, since a label may say anything. */
  const change = <T>(response: Response, work: (note: (told: AccessChange) => void) => T): T =>
    access.accounts.change(`staff:${personOf(response).staff}`, work);
  const show = (response: Response, { id, label, secret }: Issued<IngestKey | DisplayToken>): void => {
    response
      .status(201)
      .set('Cache-Control', 'no-store')
      .json({ id, label, secret } satisfies KeyIssued);
  };

  router.post('/api/access/keys', ...gate, readBody(schemas.keys), (_request, response) => {
    const { label, sources, ticketsRestartFrom } = bodyOf(response, schemas.keys);
    const rights = { sources: [...new Set(sources)], ...(ticketsRestartFrom ? { ticketsRestartFrom } : {}) };
    const made = change(response, (note) => {
      const key = access.ingestKeys.add({ hall, label, ...rights });
      note({ change: 'key-added', note: key.id });
      return key;
    });
    show(response, made);
  });
  router.post('/api/access/displays', ...gate, readBody(schemas.displays), (_request, response) => {
    const { label, audience } = bodyOf(response, schemas.displays);
    const isThere =
      typeof audience === 'string' ||
      ('rate' in audience ? hasWindow(audience.rate) : hasStation('take' in audience ? audience.take : audience.say));
    if (!isThere) {
      response.status(422).json({ error: 'form', field: 'audience' });
      return;
    }
    const made = change(response, (note) => {
      const token = access.displayTokens.add({ hall, label, audience });
      note({ change: 'display-added', note: token.id });
      return token;
    });
    show(response, made);
  });
  const kinds = {
    keys: { desk: access.ingestKeys, added: 'key-added', ended: 'key-ended' },
    displays: { desk: access.displayTokens, added: 'display-added', ended: 'display-ended' },
  } as const;
  for (const [name, { desk: own, added, ended }] of Object.entries(kinds)) {
    const desk: Pick<TokenDesk<IngestKey | DisplayToken, never>, 'rotate' | 'revoke'> = own;
    router.post(`/api/access/${name}/:id/renew`, ...gate, readBody(schemas.renew), (request, response) => {
      const { overlapMinutes } = bodyOf(response, schemas.renew);
      const id = String(request.params['id']);
      const next = change(response, (note) => {
        const made = desk.rotate(id, overlapMinutes * MINUTE_MS);
        if (!made) return undefined;
        note({ change: added, note: made.id });
        // Of one that ends later it is told until when.
        const until = new Date(Date.now() + overlapMinutes * MINUTE_MS).toISOString();
        note({ change: ended, note: overlapMinutes === 0 ? id : `${id} ${until}` });
        return made;
      });
      if (next === undefined) response.status(404).json({ error: 'not-found' });
      else show(response, next);
    });
    router.post(`/api/access/${name}/:id/end`, ...gate, readBody(schemas.nothing), (request, response) => {
      const id = String(request.params['id']);
      const isEnded = change(response, (note) => {
        if (!desk.revoke(id)) return false;
        note({ change: ended, note: id });
        return true;
      });
      if (isEnded) response.json({});
      else response.status(404).json({ error: 'not-found' });
    });
  }
  return router;
}

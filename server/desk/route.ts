/** What the desk's page asks over HTTP: its entries taken, today's own ones, and what it must know without its server. */
import { Router, type Response } from 'express';
import * as v from 'valibot';
import { may, type Action } from '../../domain/access/roles.ts';
import { buildDeskCatalogue } from '../../domain/desk/catalogue.ts';
import type { DeskMatters, DeskOwed, DeskWritten } from '../../domain/wire/desk.ts';
import type { Zone } from '../../domain/calendar/zone.ts';
import { FEED_STATUSES, idSchema } from '../../domain/events/schema.ts';
import { FEED_FACTS } from '../../domain/profile/feeds.ts';
import { isInForce, type HallConfig } from '../../domain/profile/profile.ts';
import { digestData } from '../../domain/wire/digest.ts';
import { personOf, type People } from '../access/people.ts';
import { bodyOf, queryOf, readBody, readQuery } from '../asked.ts';
import { daySchema } from '../reports/days.ts';
import { answerLedgerTrouble } from '../ledger/trouble.ts';
import type { DeskEntries } from './entries.ts';
import type { FeedDesk } from './feeds.ts';
import { readInitials } from './pinyin.ts';
import { isShown, type WrittenQuery } from './written.ts';

/** Entries of one request, and its bytes. */
export const ENTRIES_LIMIT = 200;
const ENTRIES_BYTES = 256 * 1024;

const entriesSchema = v.strictObject({
  entries: v.pipe(v.array(v.unknown()), v.minLength(1), v.maxLength(ENTRIES_LIMIT)),
});

const placeQuery = v.object({ station: idSchema });
/** How many of a list are asked for. */
const mostSchema = v.optional(
  v.pipe(v.string(), v.regex(/^\d{1,3}$/), v.transform(Number), v.minValue(1), v.maxValue(500)),
  '50',
);
const owedQuery = v.object({ station: idSchema, licences: mostSchema });
const writtenQuery = v.object({
  station: idSchema,
  day: daySchema,
  staff: v.optional(idSchema),
  lines: mostSchema,
});
const feedSchema = v.strictObject({
  station: idSchema,
  facts: v.pipe(v.array(v.picklist(FEED_FACTS)), v.minLength(1), v.maxLength(FEED_FACTS.length)),
  status: v.picklist(FEED_STATUSES),
  since: v.optional(v.literal('last-sent')),
});

export interface DeskRouteOptions {
  readonly people: Pick<People, 'gate'>;
  readonly entries: DeskEntries;
  readonly feeds: FeedDesk;
  readonly config: () => HallConfig;
  readonly zone: Zone;
  /** The hall's day. */
  readonly day: () => string;
  /** What waits for an answer there; `undefined` while all events are counted anew. @throws LedgerError */
  readonly matters: (station: string, mayReview: boolean) => Promise<DeskMatters | undefined>;
  /** What its cases still owe, and so many licences of them. @throws LedgerError; BoardRecounting */
  readonly owed: (station: string, licences: number) => Promise<DeskOwed>;
  /** What others than the one who asks wrote down. @throws LedgerError */
  readonly written: (query: WrittenQuery, asker: string) => Promise<DeskWritten>;
  /** The ledger's head. */
  readonly seq: () => number;
}

export function createDeskRouter(options: DeskRouteOptions): Router {
  const { people, entries, feeds, config, zone, day, seq } = options;
  const router = Router();

  router.post('/api/desk/entries', people.gate, readBody(entriesSchema, ENTRIES_BYTES), async (_request, response) => {
    const body = bodyOf(response, entriesSchema);
    await answerLedgerTrouble(response, async () => {
      const outcomes = await entries.write(body.entries, personOf(response));
      response.json({ outcomes, seq: seq() });
    });
  });
  router.get('/api/desk/mine', people.gate, async (_request, response) => {
    await answerLedgerTrouble(response, async () => {
      response.json({ day: day(), lines: await entries.mine(personOf(response).staff) });
    });
  });
  router.get('/api/desk/catalogue', people.gate, readQuery(placeQuery), (request, response) => {
    const station = readStation(queryOf(response, placeQuery).station, 'see-station', options, response);
    if (station === undefined) return;
    const catalogue = buildDeskCatalogue(config(), station, day(), readInitials, zone);
    const etag = `W/"${digestData(catalogue)}"`;
    response.set('ETag', etag).set('Cache-Control', 'private, no-cache');
    // By hand: what a script asks with a tag of its own carries `no-cache`, for which Express sends the whole.
    if (request.headers['if-none-match'] === etag) response.status(304).end();
    else response.json(catalogue);
  });
  router.get('/api/desk/matters', people.gate, readQuery(placeQuery), async (_request, response) => {
    const station = readStation(queryOf(response, placeQuery).station, 'see-station', options, response);
    if (station === undefined) return;
    const mayReview = may(personOf(response).assignments, 'review', day(), station);
    await answerLedgerTrouble(response, async () => {
      const matters = await options.matters(station, mayReview);
      if (matters) response.json(matters);
      else response.status(503).set('Retry-After', '2').json({ error: 'recounting' });
    });
  });
  router.get('/api/desk/owed', people.gate, readQuery(owedQuery), async (_request, response) => {
    const { station: asked, licences } = queryOf(response, owedQuery);
    const station = readStation(asked, 'see-station', options, response);
    if (station === undefined) return;
    await answerLedgerTrouble(response, async () => {
      response.json(await options.owed(station, licences));
    });
  });
  router.get('/api/desk/written', people.gate, readQuery(writtenQuery), async (_request, response) => {
    const query = queryOf(response, writtenQuery);
    const station = readStation(query.station, 'correct', options, response);
    if (station === undefined) return;
    if (!isShown(query.day, day())) {
      response.status(400).json({ error: 'bad-query', field: 'day' });
      return;
    }
    await answerLedgerTrouble(response, async () => {
      response.json(await options.written({ ...query, station }, personOf(response).staff));
    });
  });
  router.post('/api/desk/feed', people.gate, readBody(feedSchema), async (_request, response) => {
    const { station: asked, ...change } = bodyOf(response, feedSchema);
    const station = readStation(asked, 'switch-feed', options, response);
    if (station === undefined) return;
    await answerLedgerTrouble(response, async () => {
      await feeds.change(station, change, { kind: 'staff', id: personOf(response).staff });
      response.json({ ok: true });
    });
  });
  return router;
}

/** The station that is asked about, where it is one and the person may do this there; else the answer is given. */
function readStation(
  asked: string,
  action: Action,
  { config, day }: DeskRouteOptions,
  response: Response,
): string | undefined {
  const station = config().stations.get(asked);
  if (station === undefined || !isInForce(station, day())) response.status(404).json({ error: 'unknown-station' });
  else if (!may(personOf(response).assignments, action, day(), station.id))
    response.status(403).json({ error: 'not-allowed' });
  else return station.id;
  return undefined;
}

/** The page of sending over HTTP: what was sent and is due, a test, a person's word, and how a mail server is reached. */
import { Router, type RequestHandler, type Response } from 'express';
import * as v from 'valibot';
import { may, type Action } from '../../domain/access/roles.ts';
import { dayOf, type Zone } from '../../domain/calendar/zone.ts';
import { listStations, stationName, type HallConfig } from '../../domain/profile/profile.ts';
import { isWaiting, type Run } from '../../domain/sending/runs.ts';
import { nextSlot } from '../../domain/sending/slots.ts';
import type { SendingState, SentRun, TestSent } from '../../domain/wire/sending.ts';
import { demand, personOf, type People } from '../access/people.ts';
import type { Setup } from '../documents/setup.ts';
import { bodyOf, readBody } from '../asked.ts';
import { answerLedgerTrouble } from '../ledger/trouble.ts';
import { smtpSchema, type Secrets } from './secrets.ts';
import type { Sender, Settled } from './sender.ts';

const SECRETS_LIMIT = 32_768;
/** So many runs are shown: those that wait for a person first, and of each the latest. */
const RUNS = 200;

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const schemas = {
  secrets: v.strictObject({ smtp: v.nullable(smtpSchema) }),
  test: v.strictObject({ recipient: id }),
  settle: v.strictObject({
    run: id,
    recipient: id,
    attempt: v.pipe(v.number(), v.integer(), v.minValue(1)),
    as: v.picklist(['sent', 'again']),
  }),
  missed: v.strictObject({ run: id, turn: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
};

export interface SendingRouteOptions {
  readonly sender: () => Sender | undefined;
  readonly secrets: Secrets;
  readonly setup: Pick<Setup, 'state'>;
  readonly people: People;
  /** The hall's day. */
  readonly day: () => string;
  readonly config: () => HallConfig;
  readonly zone: Zone;
  readonly demo: boolean;
  readonly now: () => number;
  readonly nameOf: (staff: string) => string;
}

export function createSendingRouter(options: SendingRouteOptions): Router {
  const { secrets, people, day, config, zone, now, nameOf } = options;
  const router = Router();
  const allow = (action: Action): readonly RequestHandler[] => [people.gate, demand(action, day)];
  /** None in a practice hall, and none while all events are counted anew. */
  const withSender = (work: (sender: Sender, ...of: Parameters<RequestHandler>) => Promise<void>): RequestHandler => {
    return async (request, response, next) => {
      const sender = options.sender();
      if (sender) await answerLedgerTrouble(response, () => work(sender, request, response, next));
      else response.status(503).json({ error: 'not-sending' });
    };
  };
  const tellSmtp = async (): Promise<SendingState['smtp']> => {
    const settings = await secrets.smtp();
    return settings ? { isSet: true, host: settings.host } : { isSet: false };
  };

  router.get(
    '/api/sending',
    ...allow('send-reports'),
    withSender(async (sender, _request, response) => {
      const { profile, sending } = config();
      const at = now();
      const stationOf = (station: string | undefined) =>
        station === undefined ? {} : { station: stationName(config(), station, dayOf(zone, at)) };
      const nameFor = (recipient: string) => sending.recipients.find((one) => one.id === recipient)?.name ?? recipient;
      const mayChange = may(personOf(response).assignments, 'set-up', day());
      const all = await sender.runs();
      const waiting = new Set(all.filter((run) => isWaiting(run, at)));
      const shown = [...waiting, ...all.filter((run) => !waiting.has(run))].slice(0, RUNS);
      const toSent = (run: Run): SentRun => ({
        ...{ id: run.id, turn: run.turn, plan: run.plan, kind: run.kind, span: run.span, at: run.at },
        isWaiting: waiting.has(run),
        ...stationOf(run.station),
        deliveries: run.deliveries.map((one) => ({
          ...one,
          name: nameFor(one.recipient),
          ...(one.by === undefined ? {} : { byName: nameOf(one.by) }),
        })),
      });
      const state: SendingState = {
        hall: { name: profile.name.zh, demo: options.demo },
        timeZone: profile.timeZone,
        now: at,
        isClockDoubted: sender.isClockDoubted(),
        runs: shown.map(toSent),
        moreWaiting: Math.max(0, waiting.size - RUNS),
        plans: sending.plans.map((plan) => {
          const next = nextSlot(plan, zone, at);
          return {
            plan: plan.id,
            kind: plan.kind,
            ...stationOf(plan.station),
            formats: plan.formats,
            to: plan.to.map(nameFor),
            ...(next ? { next: { at: next.at, span: next.span } } : {}),
          };
        }),
        recipients: sending.recipients.map(({ id: one, name, type }) => ({ id: one, name, type })),
        smtp: await tellSmtp(),
        ...(mayChange
          ? {
              document: options.setup.state().documents.sending,
              stations: listStations(config(), dayOf(zone, at)),
            }
          : {}),
      };
      response.set('Cache-Control', 'no-store').json(state);
    }),
  );

  router.post(
    '/api/sending/test',
    ...allow('send-reports'),
    readBody(schemas.test),
    withSender(async (sender, _request, response) => {
      const outcome = await sender.test(bodyOf(response, schemas.test).recipient);
      if (!outcome) {
        response.status(404).json({ error: 'unknown-recipient' });
        return;
      }
      const { result, reason } = outcome;
      response.json({ result, ...(reason === undefined ? {} : { reason }) } satisfies TestSent);
    }),
  );

  router.post(
    '/api/sending/settle',
    ...allow('send-reports'),
    readBody(schemas.settle),
    withSender(async (sender, _request, response) => {
      const { run, recipient, attempt, as } = bodyOf(response, schemas.settle);
      const done = await sender.settle({ slot: run, recipient, attempt }, as, personOf(response).staff);
      answerSettled(response, done);
      // Whoever settles does not wait for a mail server.
      if (done === 'settled' && as === 'again') void sender.look().catch(() => undefined);
    }),
  );

  router.post(
    '/api/sending/missed',
    ...allow('send-reports'),
    readBody(schemas.missed),
    withSender(async (sender, _request, response) => {
      const done = await sender.sendMissed(bodyOf(response, schemas.missed), personOf(response).staff);
      answerSettled(response, done);
      if (done === 'settled') void sender.look().catch(() => undefined);
    }),
  );

  router.put(
    '/api/sending/secrets',
    ...allow('set-up'),
    readBody(schemas.secrets, SECRETS_LIMIT),
    withSender(async (_sender, _request, response) => {
      await secrets.writeSmtp(bodyOf(response, schemas.secrets).smtp);
      response.json(await tellSmtp());
    }),
  );
  return router;
}

function answerSettled(response: Response, done: Settled): void {
  if (done === 'unknown') response.status(404).json({ error: 'unknown-run' });
  else if (done === 'not-open') response.status(409).json({ error: 'not-open' });
  else response.json({ ok: true });
}

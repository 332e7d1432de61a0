/** The robots of groups over HTTP: which there are and how they answer, a test, and their settings, which are written and never read. */
import { Router, type RequestHandler } from 'express';
import * as v from 'valibot';
import type { Action } from '../../domain/access/roles.ts';
import type { RobotView } from '../../domain/wire/robots.ts';
import { demand, type People } from '../access/people.ts';
import { bodyOf, readBody } from '../asked.ts';
import { answerLedgerTrouble } from '../ledger/trouble.ts';
import type { Secrets } from '../sending/secrets.ts';
import type { Notifier } from './notifier.ts';
import { robotSchema } from './robots.ts';

const { since: _since, ...settings } = robotSchema.entries;
const newSchema = v.strictObject(settings);
const oneSchema = v.strictObject({ id: settings.id });
const MOST_ROBOTS = 50;

export interface RobotRouteOptions {
  readonly people: People;
  readonly notifier: () => Notifier | undefined;
  readonly secrets: Secrets;
  /** The hall's day. */
  readonly day: () => string;
  readonly now: () => number;
  readonly isStation: (id: string) => boolean;
}

export function createRobotRouter({ people, notifier, secrets, day, now, isStation }: RobotRouteOptions): Router {
  const router = Router();
  const allow = (action: Action): readonly RequestHandler[] => [people.gate, demand(action, day)];
  /** None in a practice hall, and none while all events are counted anew. */
  const withNotifier = (
    work: (found: Notifier, ...of: Parameters<RequestHandler>) => Promise<void>,
  ): RequestHandler => {
    return async (request, response, next) => {
      const found = notifier();
      if (found) await answerLedgerTrouble(response, () => work(found, request, response, next));
      else response.status(503).json({ error: 'not-sending' });
    };
  };

  router.get(
    '/api/robots',
    ...allow('send-reports'),
    withNotifier(async (found, _request, response) => {
      const states = await found.states();
      const robots = (await secrets.robots()).map(({ id, kind, name, station, address, secret }): RobotView => {
        const { sent = 0, failed = 0, unknown = 0, due = 0, sending = 0 } = states.get(id) ?? {};
        return {
          ...{ id, kind, name, host: new URL(address).host, isSigned: secret !== undefined },
          ...(station === undefined ? {} : { station }),
          ...{ sent, failed, unknown, waiting: due + sending },
        };
      });
      response.set('Cache-Control', 'no-store').json({ robots });
    }),
  );
  router.put(
    '/api/robots',
    ...allow('set-up'),
    readBody(newSchema),
    withNotifier(async (_found, _request, response) => {
      const robot = bodyOf(response, newSchema);
      if (robot.station !== undefined && !isStation(robot.station)) {
        response.status(404).json({ error: 'unknown-station', field: 'station' });
        return;
      }
      const isKept = await secrets.changeRobots((robots) => {
        const others = robots.filter(({ id }) => id !== robot.id);
        return others.length < MOST_ROBOTS ? [...others, { ...robot, since: now() }] : robots;
      });
      if (isKept.some(({ id }) => id === robot.id)) response.json({ id: robot.id });
      else response.status(409).json({ error: 'too-many' });
    }),
  );
  router.post(
    '/api/robots/remove',
    ...allow('set-up'),
    readBody(oneSchema),
    withNotifier(async (_found, _request, response) => {
      const { id } = bodyOf(response, oneSchema);
      await secrets.changeRobots((robots) => robots.filter((one) => one.id !== id));
      response.json({ id });
    }),
  );
  router.post(
    '/api/robots/test',
    ...allow('send-reports'),
    readBody(oneSchema),
    withNotifier(async (found, _request, response) => {
      const outcome = await found.test(bodyOf(response, oneSchema).id);
      if (outcome === 'unknown-robot') response.status(404).json({ error: outcome });
      else if (outcome === 'too-many') response.status(409).json({ error: outcome });
      else response.json(outcome);
    }),
  );
  return router;
}

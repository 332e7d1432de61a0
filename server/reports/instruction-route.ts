/** `POST /api/brief/instructions`: 批示, recorded under the name of whoever gives it. */
import { Router, type RequestHandler } from 'express';
import { may } from '../../domain/access/roles.ts';
import { instructionSchema, toInstructionEvent } from '../../domain/brief/instruction.ts';
import type { Zone } from '../../domain/calendar/zone.ts';
import { inspectEvent } from '../../domain/events/inspect.ts';
import { isInForce, type HallConfig } from '../../domain/profile/profile.ts';
import { personOf, type People } from '../access/people.ts';
import { bodyOf, readBody } from '../json-body.ts';
import { answerLedgerTrouble } from '../ledger/trouble.ts';
import { withTime, type RecordEvents } from '../record.ts';

export interface InstructionRouteOptions {
  readonly people: Pick<People, 'gate'>;
  readonly config: () => HallConfig;
  readonly zone: Zone;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
  /** The hall's day. */
  readonly day: () => string;
  readonly record: RecordEvents;
  /** Whether somebody works here today. */
  readonly isOwner: (staff: string) => boolean;
}

export function createInstructionRouter(options: InstructionRouteOptions): Router {
  const { people, config, zone, now, day, record, isOwner } = options;
  const router = Router();
  const demand: RequestHandler = (_request, response, next) => {
    if (may(personOf(response).assignments, 'instruct', day())) next();
    else response.status(403).json({ error: 'not-allowed' });
  };
  const body = readBody(instructionSchema);
  router.post('/api/brief/instructions', people.gate, demand, body, async (_request, response) => {
    const person = personOf(response);
    const asked = bodyOf(response, instructionSchema);
    const refuse = (status: number, error: string, field?: string) =>
      response.status(status).json({ error, ...(field === undefined ? {} : { field }) });
    const station = config().stations.get(asked.station);
    if (!station || !isInForce(station, day())) return refuse(404, 'unknown-station', 'station');
    if (!isOwner(asked.owner)) return refuse(404, 'unknown-owner', 'owner');
    if (asked.dueOn !== undefined && asked.dueOn < day()) return refuse(422, 'past', 'dueOn');
    const event = toInstructionEvent(asked, now(), zone);
    const flaw = inspectEvent({ ...event, at: undefined }, config().roster);
    if (flaw) return refuse(422, flaw.reason, flaw.field.replace(/^data\./, ''));
    await answerLedgerTrouble(response, async () => {
      // The page draws the id: whoever asks again after a lost answer is told that it is there.
      const [outcome] = await record(withTime([event]), { kind: 'staff', id: person.staff });
      if (outcome === 'conflict') refuse(409, 'conflict');
      else response.json({ followup: event.data.followup });
    });
    return;
  });
  return router;
}

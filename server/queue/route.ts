/** `POST /api/desk/queue/:command`: the queue's commands from the desks of whoever is signed in. */
import { Router, type RequestHandler, type Response } from 'express';
import { may } from '../../domain/access/roles.ts';
import { QUEUE_COMMANDS, type QueueCommand, type QueueRefusal } from '../../domain/wire/desk.ts';
import { personOf, type People } from '../access/people.ts';
import { bodyOf, readBody } from '../asked.ts';
import { answerLedgerTrouble } from '../ledger/trouble.ts';
import { commandSchemas } from './commands.ts';
import type { Queue } from './queue.ts';
import type { Done } from './turn.ts';

export interface QueueRouteOptions {
  readonly people: Pick<People, 'gate'>;
  readonly queue: Queue;
  /** The hall's day. */
  readonly day: () => string;
  /** A person's name by the staff id. */
  readonly nameOf: (staff: string) => string;
}

const BY_LEADS = new Set<QueueCommand>(['end', 'reopen']);

/** What is not named is a conflict with how things stand. */
const STATUS: Partial<Record<QueueRefusal, number>> = {
  'unknown-station': 404,
  'unknown-window': 404,
  'unknown-ticket': 404,
  'unknown-line': 404,
  'unknown-appointment': 404,
  'not-allowed': 403,
  identity: 422,
  text: 422,
};

export function createQueueRouter(options: QueueRouteOptions): Router {
  const router = Router();
  for (const command of QUEUE_COMMANDS)
    router.post(
      `/api/desk/queue/${command}`,
      options.people.gate,
      readBody(commandSchemas[command]),
      obey(command, options),
    );
  router.post('/api/desk/queue/:command', options.people.gate, (_request, response) => {
    response.status(404).json({ error: 'unknown-command' });
  });
  return router;
}

function obey(command: QueueCommand, { queue, day, nameOf }: QueueRouteOptions): RequestHandler {
  return async (_request, response) => {
    const { staff, assignments } = personOf(response);
    const asked = bodyOf(response, commandSchemas[command]);
    // A station that nobody knows is told to whoever may ask anywhere; to others it is one more that is not theirs.
    if (!may(assignments, BY_LEADS.has(command) ? 'end-queue' : 'serve', day(), asked.station)) {
      response.status(403).json({ error: 'not-allowed' });
      return;
    }
    await answerLedgerTrouble(response, async () => {
      answer(response, await queue.command(command, asked as never, { kind: 'staff', id: staff }), nameOf);
    });
  };
}

function answer(response: Response, done: Done, nameOf: (staff: string) => string): void {
  if (done.ok) {
    const { ok: _ok, ...told } = done;
    response.json(told);
    return;
  }
  const { reason, holder, field } = done;
  response.status(STATUS[reason] ?? 409).json({
    error: reason,
    ...(holder === undefined ? {} : { holder: { staff: holder, name: nameOf(holder) } }),
    ...(field === undefined ? {} : { field }),
  });
}

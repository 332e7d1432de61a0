/** 批示 over HTTP: given (`POST /api/brief/instructions`), listed for whom they concern, reported on by their owner, closed by whoever gave them. */
import { Router, type Response } from 'express';
import { may } from '../../domain/access/roles.ts';
import { createView, nameStaff, nameStation, type BoardView } from '../../domain/board/topics/view.ts';
import {
  BRIEF_SOURCE,
  closingSchema,
  instructionSchema,
  reportSchema,
  toClosingEvent,
  toInstructionEvent,
  toReportEvent,
} from '../../domain/brief/instruction.ts';
import {
  readInstruction,
  rightsOver,
  type OpenInstruction,
  type Standing,
  type Told,
} from '../../domain/brief/open-instruction.ts';
import type { Zone } from '../../domain/calendar/zone.ts';
import { compareText, type EventOf } from '../../domain/events/event.ts';
import { inspectEvent } from '../../domain/events/inspect.ts';
import type { EventType } from '../../domain/events/schema.ts';
import { isInForce, type HallConfig } from '../../domain/profile/profile.ts';
import type { InstructionView, InstructionViews } from '../../domain/wire/brief.ts';
import { demand, personOf, type People } from '../access/people.ts';
import type { Person } from '../access/person.ts';
import type { Board } from '../board/board.ts';
import { bodyOf, readBody } from '../asked.ts';
import type { Ledger } from '../ledger/port.ts';
import { answerLedgerTrouble } from '../ledger/trouble.ts';
import type { RecordEvents } from '../record.ts';
import { refuse } from '../refuse.ts';

/** A page that is glanced at lists no more. */
const MOST_LISTED = 60;

export interface InstructionRouteOptions {
  readonly people: Pick<People, 'gate'>;
  readonly board: Board;
  readonly ledger: Pick<Ledger, 'lifeOf'>;
  readonly config: () => HallConfig;
  readonly zone: Zone;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
  /** The hall's day. */
  readonly day: () => string;
  readonly record: RecordEvents;
  /** Whether somebody works here today. */
  readonly isOwner: (staff: string) => boolean;
  /** What a staff id is called, where an account says it. */
  readonly nameOf: (staff: string) => string | undefined;
}

export function createInstructionRouter(options: InstructionRouteOptions): Router {
  const { people, board, ledger, config, zone, now, day, record, isOwner, nameOf } = options;
  const router = Router();

  router.get('/api/brief/instructions', people.gate, async (_request, response) => {
    await board.caughtUp();
    await answerLedgerTrouble(response, async () => void response.json(await list(personOf(response))));
  });
  router.post(
    '/api/brief/instructions',
    people.gate,
    demand('instruct', day),
    readBody(instructionSchema),
    async (_request, response) => {
      const asked = bodyOf(response, instructionSchema);
      const station = config().stations.get(asked.station);
      if (!station || !isInForce(station, day())) return refuse(response, 404, 'unknown-station', 'station');
      if (!isOwner(asked.owner)) return refuse(response, 404, 'unknown-owner', 'owner');
      if (asked.dueOn !== undefined && asked.dueOn < day()) return refuse(response, 422, 'past', 'dueOn');
      await answerLedgerTrouble(response, () => write(response, toInstructionEvent(asked, now(), zone)));
    },
  );
  router.post('/api/brief/instructions/:id/notes', people.gate, readBody(reportSchema), async (request, response) => {
    const asked = bodyOf(response, reportSchema);
    const followup = String(request.params['id']);
    await answerLedgerTrouble(response, async () => {
      if (await demandOf(followup, asked.id, 'report', response))
        await write(response, toReportEvent(followup, asked, now()));
    });
  });
  router.post('/api/brief/instructions/:id/close', people.gate, readBody(closingSchema), async (request, response) => {
    const asked = bodyOf(response, closingSchema);
    const followup = String(request.params['id']);
    await answerLedgerTrouble(response, async () => {
      if (await demandOf(followup, asked.id, 'close', response))
        await write(response, toClosingEvent(followup, asked, now()));
    });
  });
  return router;

  /** Whether whoever asks may do this; else the answer is given. What concerns them in no way is not there for them. */
  async function demandOf(
    followup: string,
    asked: string,
    deed: 'report' | 'close',
    response: Response,
  ): Promise<boolean> {
    const told = await read(followup);
    // Whoever asks again after a lost answer finds the instruction as it was before.
    const before = told.filter(({ event }) => event.source !== BRIEF_SOURCE || event.id !== asked);
    const open = readInstruction(followup, before, zone);
    const rights = open && rightsOver(open, standingOf(personOf(response)));
    if (!rights?.see) refuse(response, 404, 'unknown-instruction');
    else if (!rights[deed]) refuse(response, 403, 'not-allowed');
    else return true;
    return false;
  }

  async function write<T extends EventType>(
    response: Response,
    event: EventOf<T> & { readonly data: { readonly followup: string } },
  ): Promise<void> {
    const flaw = inspectEvent({ ...event, at: undefined }, config().roster);
    if (flaw) return refuse(response, 422, flaw.reason, flaw.field.replace(/^data\./, ''));
    // The page draws the id and names no moment: whoever asks again after a lost answer is told that it is there.
    const actor = { kind: 'staff' as const, id: personOf(response).staff };
    const [outcome] = await record([{ event, timeGiven: false }], actor);
    if (outcome === 'conflict') refuse(response, 409, 'conflict');
    else response.json({ followup: event.data.followup });
  }

  async function list(person: Person): Promise<InstructionViews> {
    const standing = standingOf(person);
    const open = [...board.state.entries.followup]
      .filter(([, { instruction, owner }]) => instruction && (standing.mayInstruct || owner === person.staff))
      .sort(
        ([idA, a], [idB, b]) =>
          (a.dueBy ?? Infinity) - (b.dueBy ?? Infinity) || a.openedAt - b.openedAt || compareText(idA, idB),
      );
    const found = await Promise.all(
      open.slice(0, MOST_LISTED).map(async ([id]) => ({ id, of: readInstruction(id, await read(id), zone) })),
    );
    const view = createView(board.state, config(), zone, false);
    return {
      timeZone: config().profile.timeZone,
      now: now(),
      instructions: found.flatMap(({ id, of }) =>
        of && rightsOver(of, standing).see ? [toView(id, of, standing, view)] : [],
      ),
      more: Math.max(0, open.length - MOST_LISTED),
    };
  }

  function toView(followup: string, open: OpenInstruction, standing: Standing, view: BoardView): InstructionView {
    const { entry, by, reports } = open;
    const name = (staff: string): string => nameOf(staff) ?? nameStaff(view, staff);
    return {
      followup,
      matter: entry.instruction.matter,
      stationName: nameStation(view, entry.station).name,
      note: entry.instruction.note,
      openedAt: entry.openedAt,
      ...(entry.dueBy === undefined ? {} : { dueAt: entry.dueBy }),
      ...(by === undefined ? {} : { by: name(by) }),
      ...(entry.owner === undefined ? {} : { owner: name(entry.owner) }),
      isOwn: entry.owner === standing.staff,
      mayClose: rightsOver(open, standing).close,
      reports: reports.map(({ by: author, ...report }) => ({
        ...report,
        ...(author === undefined ? {} : { by: name(author) }),
      })),
    };
  }

  async function read(followup: string): Promise<Told[]> {
    const life = await ledger.lifeOf(`followup:${followup}`);
    return (life?.events ?? [])
      .filter(({ voided }) => !voided)
      .map(({ event, actor }) => ({ event, ...(actor?.kind === 'staff' ? { by: actor.id } : {}) }));
  }

  function standingOf({ staff, assignments }: Person): Standing {
    return {
      staff,
      mayInstruct: may(assignments, 'instruct', day()),
      maySeeAll: may(assignments, 'see-instructions', day()),
    };
  }
}

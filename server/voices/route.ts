/** `/api/suggestions`: what citizens say, for whoever reads and answers it; and slips of paper, typed in at a desk. */
import { Router } from 'express';
import * as v from 'valibot';
import { may, mayAnywhere } from '../../domain/access/roles.ts';
import { MATTER_DAYS } from '../../domain/board/state.ts';
import type { Zone } from '../../domain/calendar/zone.ts';
import { dayOf } from '../../domain/calendar/zone.ts';
import { isInForce, KEEP_DAYS, listStations, type HallConfig } from '../../domain/profile/profile.ts';
import { deedSchema, isVoiceKind, saySchema } from '../../domain/voices/events.ts';
import { VOICE_KINDS } from '../../domain/voices/voice.ts';
import { VOICE_LISTS, type VoicesState } from '../../domain/wire/voices.ts';
import { personOf, type People } from '../access/people.ts';
import { BODY_LIMIT, bodyOf, queryOf, readBody, readQuery } from '../asked.ts';
import { answerLedgerTrouble } from '../ledger/trouble.ts';
import { refuse } from '../refuse.ts';
import type { VoiceDesk } from './desk.ts';
import type { VoiceForm } from './form.ts';
import { answerReceipt } from './say-route.ts';

/** The longest words in Chinese, with room for the rest. */
const BODY_BYTES = 2 * BODY_LIMIT;

const day = v.pipe(v.string(), v.isoDate());
const querySchema = v.object({
  list: v.optional(v.picklist(VOICE_LISTS), 'waiting'),
  station: v.optional(v.pipe(v.string(), v.maxLength(200))),
  kind: v.optional(v.picklist(VOICE_KINDS)),
  q: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(100))),
  from: v.optional(day),
  to: v.optional(day),
});

export interface VoiceRouteOptions {
  readonly people: Pick<People, 'gate'>;
  readonly desk: VoiceDesk;
  readonly form: VoiceForm;
  readonly config: () => HallConfig;
  readonly zone: Zone;
  readonly now: () => number;
  readonly demo: boolean;
  readonly isPractice: boolean;
  readonly owners: () => VoicesState['owners'];
}

export function createVoiceRouter(options: VoiceRouteOptions): Router {
  const { people, desk, form, config, zone, now, owners } = options;
  const router = Router();
  const today = () => dayOf(zone, now());

  router.get('/api/suggestions', people.gate, readQuery(querySchema), async (_request, response) => {
    const asked = queryOf(response, querySchema);
    const person = personOf(response);
    const stations = listStations(config(), today());
    const typed = stations.filter(({ id }) => may(person.assignments, 'record', today(), id));
    const mayAnswer = mayAnywhere(person.assignments, 'answer-voices', today());
    if (!mayAnswer && typed.length === 0) return void response.status(403).json({ error: 'not-allowed' });
    await answerLedgerTrouble(response, async () => {
      const found = await desk.list(asked, person);
      const { profile } = config();
      const state: VoicesState = {
        hall: {
          name: profile.name.zh,
          ...(options.isPractice ? { practice: true } : options.demo ? { demo: true } : {}),
        },
        ...{ timeZone: profile.timeZone, now: now(), today: today(), keepDays: profile.voices?.keepDays ?? KEEP_DAYS },
        openDays: MATTER_DAYS,
        ...{ mayAnswer, list: asked.list, ...found, stations: typed },
        owners: mayAnswer ? owners() : [],
        staff: mayAnswer
          ? profile.staff.filter((one) => isInForce(one, today())).map(({ id, name }) => ({ id, name }))
          : [],
      };
      response.json(state);
    });
  });
  router.get('/api/suggestions/own', people.gate, async (_request, response) => {
    await answerLedgerTrouble(response, async () => void response.json(await desk.own(personOf(response))));
  });
  router.post('/api/suggestions', people.gate, readBody(saySchema, BODY_BYTES), async (_request, response) => {
    const said = bodyOf(response, saySchema);
    const person = personOf(response);
    const station = config().stations.get(said.station ?? '');
    if (!station || !isInForce(station, today())) return refuse(response, 404, 'unknown-station', 'station');
    if (!may(person.assignments, 'record', today(), station.id)) return refuse(response, 403, 'not-allowed');
    await answerLedgerTrouble(response, async () => {
      const actor = { kind: 'staff' as const, id: person.staff };
      answerReceipt(response, await form.receive({ ...said, station: station.id }, 'slip', actor));
    });
  });
  router.post(
    '/api/suggestions/:kind/:id',
    people.gate,
    readBody(deedSchema, BODY_BYTES),
    async (request, response) => {
      const person = personOf(response);
      // Whoever records may be given one to answer.
      const isStaff = (['answer-voices', 'record'] as const).some((one) =>
        mayAnywhere(person.assignments, one, today()),
      );
      if (!isStaff) return refuse(response, 403, 'not-allowed');
      const { kind, id } = request.params as { kind: string; id: string };
      if (!isVoiceKind(kind)) return refuse(response, 404, 'unknown-voice');
      await answerLedgerTrouble(response, async () => {
        const done = await desk.act(kind, id, bodyOf(response, deedSchema), person);
        if (done.ok) response.json({ ok: true });
        else refuse(response, done.status, done.error, done.field);
      });
    },
  );
  return router;
}

/** Reconciliation over HTTP: a file is laid against a day, its findings are read and explained, the stamps are told. */
import { Router, type RequestHandler } from 'express';
import * as v from 'valibot';
import { may, mayAnywhere, assignmentsOn, type Action } from '../../domain/access/roles.ts';
import { addDays, dayOf, type Zone } from '../../domain/calendar/zone.ts';
import { identityInText } from '../../domain/events/identity.ts';
import { FEED_FACTS } from '../../domain/profile/feeds.ts';
import { listStations, type HallConfig } from '../../domain/profile/profile.ts';
import { CAUSE_IN_WORDS, CAUSES } from '../../domain/reconcile/causes.ts';
import { FINDING_KINDS } from '../../domain/reconcile/finding.ts';
import { openOf, sayDay } from '../../domain/reconcile/stamp.ts';
import { refuse } from '../refuse.ts';
import { latestOf } from './say-day.ts';
import type { ReconcileDay, ReconcileDays } from '../../domain/wire/reconcile.ts';
import { personOf, type People } from '../access/people.ts';
import type { Person } from '../access/person.ts';
import { bodyOf, queryOf, readBody, readQuery } from '../asked.ts';
import { answerLedgerTrouble } from '../ledger/trouble.ts';
import { daySchema } from '../reports/days.ts';
import { FILE_LIMIT, withFile } from '../receive-file.ts';
import type { Reconciliations } from './reconciliations.ts';

/** Findings of one answer, and of one note. */
const PAGE_LIMIT = 200;
const NOTE_BODY_LIMIT = 16_384;
const DAYS_TOLD = 31;

const word = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const whole = v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number));
const runQuery = v.object({ day: daySchema, mapping: word, kind: v.optional(v.picklist(FEED_FACTS)) });
const dayQuery = v.object({ day: v.optional(daySchema) });
const findingsQuery = v.object({
  run: word,
  kind: v.optional(v.picklist(FINDING_KINDS)),
  state: v.optional(v.picklist(['open', 'settled'])),
  owner: v.optional(word),
  station: v.optional(word),
  after: v.optional(whole),
  limit: v.optional(v.pipe(whole, v.minValue(1), v.maxValue(PAGE_LIMIT)), '50'),
});
const noteSchema = v.strictObject({
  run: word,
  findings: v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0))), v.minLength(1), v.maxLength(PAGE_LIMIT)),
  owner: v.optional(word),
  cause: v.optional(v.picklist(CAUSES)),
  note: v.optional(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(500))),
});

export interface ReconcileRouteOptions {
  readonly people: People;
  readonly reconciliations: Reconciliations;
  readonly config: () => HallConfig;
  readonly zone: Zone;
  readonly now: () => number;
  /** What a staff id is called; `undefined` for whoever has no account. */
  readonly nameOf: (staff: string) => string | undefined;
  /** Who has an account now, by staff id. */
  readonly staff: () => readonly { readonly staff: string; readonly name: string }[];
}

export function createReconcileRouter(options: ReconcileRouteOptions): Router {
  const { people, reconciliations, config, zone, now, nameOf } = options;
  const router = Router();
  const today = () => dayOf(zone, now());
  const allow =
    (action: Action): RequestHandler =>
    (_request, response, next) => {
      if (mayAnywhere(personOf(response).assignments, action, today())) next();
      else response.status(403).json({ error: 'not-allowed' });
    };
  /** The stations whose findings somebody may see or settle; `undefined` where it is all of them. */
  const stationsOf = ({ assignments }: Person, action: Action): readonly string[] | undefined =>
    may(assignments, action, today())
      ? undefined
      : assignmentsOn(assignments, today()).flatMap(({ role, station }) =>
          station !== undefined && may([{ role, station }], action, today(), station) ? [station] : [],
        );

  router.post('/api/reconcile', people.gate, allow('reconcile'), readQuery(runQuery), async (request, response) => {
    const query = queryOf(response, runQuery);
    const { day, mapping: id, kind } = query;
    if (day > today()) return refuse(response, 422, 'future-day');
    const mapping = (await reconciliations.mappings()).find((one) => one.id === id);
    if (mapping === undefined) return refuse(response, 404, 'unknown-mapping');
    if (mapping.problem !== undefined) return refuse(response, 422, 'mapping');
    await answerLedgerTrouble(response, async () => {
      const { staff: by } = personOf(response);
      const done = await withFile(request, (file) => reconciliations.run({ file, day, mapping, kind, by }));
      if (done === 'too-large') {
        // What is still under way of the body is nobody's any more.
        response.set('Connection', 'close').status(413).json({ error: 'too-large', bytes: FILE_LIMIT });
      } else if (done === 'empty') refuse(response, 422, 'empty');
      else if (done.ok) response.status(201).json({ stamp: done.stamp });
      else {
        const { ok: _ok, ...fault } = done;
        response.status(422).json(fault);
      }
    });
  });

  router.get('/api/reconcile', people.gate, allow('see-findings'), readQuery(dayQuery), async (_request, response) => {
    const query = queryOf(response, dayQuery);
    const day = query.day ?? today();
    const { assignments } = personOf(response);
    const systems = (await reconciliations.mappings()).map(({ input: _input, ...system }) => system);
    const stamps = reconciliations.stamps(day, day);
    const latest = latestOf(stamps);
    const usable = systems.filter(({ problem }) => problem === undefined);
    response.json({
      day,
      now: now(),
      systems,
      stamps: [...latest, ...stamps.filter((one) => !latest.includes(one))].map((stamp) => ({
        ...stamp,
        isLatest: latest.includes(stamp),
        byName: nameOf(stamp.by) ?? stamp.by,
      })),
      saying: { zh: sayDay(usable, latest, 'zh'), en: sayDay(usable, latest, 'en') },
      people: options.staff(),
      stations: listStations(config(), day),
      items: config().catalogue.items.map((item) => ({ id: item.code, name: item.name })),
      mayReconcile: may(assignments, 'reconcile', today()),
      maySettle: mayAnywhere(assignments, 'settle-finding', today()),
    } satisfies ReconcileDay);
  });

  router.get('/api/reconcile/days', people.gate, allow('see-findings'), async (_request, response) => {
    const to = today();
    const systems = (await reconciliations.mappings()).filter(({ problem }) => problem === undefined);
    const stamps = reconciliations.stamps(addDays(to, 1 - DAYS_TOLD), to);
    const days = [...new Set(stamps.map(({ day }) => day))].map((day) => {
      const latest = latestOf(stamps.filter((one) => one.day === day));
      const open = latest.reduce((sum, stamp) => sum + openOf(stamp), 0);
      return { day, open, zh: sayDay(systems, latest, 'zh'), en: sayDay(systems, latest, 'en') };
    });
    response.json({ days } satisfies ReconcileDays);
  });

  router.get(
    '/api/reconcile/findings',
    people.gate,
    allow('see-findings'),
    readQuery(findingsQuery),
    (_request, response) => {
      const query = queryOf(response, findingsQuery);
      const { run, after = -1, limit, ...filter } = query;
      if (reconciliations.stamp(run) === undefined) return refuse(response, 404, 'unknown-run');
      const list = reconciliations.findings(run, filter, stationsOf(personOf(response), 'see-findings'), {
        after,
        limit: Number(limit),
      });
      const rows = list.rows.map((row) =>
        row.noted === undefined ? row : { ...row, noted: { ...row.noted, by: nameOf(row.noted.by) ?? row.noted.by } },
      );
      response.json({ ...list, rows });
    },
  );

  router.post(
    '/api/reconcile/findings',
    people.gate,
    allow('settle-finding'),
    readBody(noteSchema, NOTE_BODY_LIMIT),
    async (_request, response) => {
      const { run, findings, owner, cause, note } = bodyOf(response, noteSchema);
      const person = personOf(response);
      const stamp = reconciliations.stamp(run);
      if (stamp === undefined) return refuse(response, 404, 'unknown-run');
      const numbers = [...new Set(findings)];
      const found = reconciliations.stationsOf(run, numbers);
      if (found.size < numbers.length) return refuse(response, 404, 'unknown-finding');
      const mine = stationsOf(person, 'settle-finding');
      if (mine !== undefined && [...found.values()].some((station) => station === null || !mine.includes(station)))
        return refuse(response, 403, 'not-allowed');
      if (owner !== undefined && !options.staff().some(({ staff }) => staff === owner))
        return refuse(response, 422, 'unknown-account', 'owner');
      if (cause === CAUSE_IN_WORDS && note === undefined) return refuse(response, 422, 'form', 'note');
      if (note !== undefined && identityInText(note, 'full') !== undefined)
        return refuse(response, 422, 'identity', 'note');
      await answerLedgerTrouble(response, async () => {
        await reconciliations.note(run, numbers, { owner, cause, note }, person.staff);
        response.json({ stamp: reconciliations.stamp(run) });
      });
    },
  );
  return router;
}

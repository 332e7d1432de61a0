/** 督办 over HTTP: listed for whom they concern, each with what may be done; told of with all that was said; and everything that people do about them. */
import { Router, type Response } from 'express';
import * as v from 'valibot';
import { may } from '../../domain/access/roles.ts';
import { readFollowup } from '../../domain/board/parts/followup.ts';
import { findDeadline, readFollowups } from '../../domain/board/topics/followups.ts';
import {
  createView,
  nameStaff,
  nameStation,
  toCountdownBasis,
  type BoardView,
} from '../../domain/board/topics/view.ts';
import type { LitLamp } from '../../domain/board/entries.ts';
import { addDays, dayOf, lastDayOf, momentOf, type Zone } from '../../domain/calendar/zone.ts';
import { compareEvents, type LedgerEvent } from '../../domain/events/event.ts';
import { inspectEvent } from '../../domain/events/inspect.ts';
import { ID_LIMIT } from '../../domain/events/schema.ts';
import { countLamps } from '../../domain/followups/count-lamps.ts';
import { followupDeedSchema, toDeedEvent, type DeedType } from '../../domain/followups/deeds.ts';
import { standing as standingLamps, stateOfLamp, type WorkingTime } from '../../domain/followups/lamps.ts';
import {
  findBar,
  findRefusal,
  maySee,
  type DeedRefusal,
  type Matter,
  type Standing,
} from '../../domain/followups/rights.ts';
import { FOLLOWUPS_SOURCE } from '../../domain/followups/source.ts';
import { followupSettings } from '../../domain/profile/followups.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import type {
  FollowupLamp,
  FollowupLife,
  FollowupList,
  FollowupRow,
  FollowupSaid,
  OwnFollowups,
} from '../../domain/wire/followups.ts';
import { personOf, type People } from '../access/people.ts';
import type { Person } from '../access/person.ts';
import type { Board } from '../board/board.ts';
import { readServing } from '../desk/review.ts';
import { bodyOf, queryOf, readBody, readQuery } from '../asked.ts';
import type { Ledger } from '../ledger/port.ts';
import { answerLedgerTrouble } from '../ledger/trouble.ts';
import type { RecordEvents } from '../record.ts';

/** A page lists no more; what is due first stands first. */
const MOST_LISTED = 150;
const DEEDS: readonly DeedType[] = [
  ...(['note', 'submit', 'return', 'close', 'remind', 'ask', 'extend', 'cause', 'settle', 'review', 'assign'] as const),
];

const oneSchema = v.object({ followup: v.pipe(v.string(), v.minLength(1), v.maxLength(ID_LIMIT)) });

export interface Owner {
  readonly id: string;
  readonly name: string;
  /** Of somebody who belongs to stations: which. */
  readonly stations: readonly string[];
}

export interface FollowupRouteOptions {
  readonly people: Pick<People, 'gate'>;
  readonly board: Board;
  readonly ledger: Pick<Ledger, 'lifeOf' | 'historyOf' | 'entitiesOf' | 'head'>;
  readonly config: () => HallConfig;
  readonly zone: Zone;
  readonly demo: boolean;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
  /** The hall's day. */
  readonly day: () => string;
  readonly record: RecordEvents;
  /** Whoever works here today. */
  readonly owners: () => readonly Owner[];
  /** What a staff id is called, where an account says it. */
  readonly nameOf: (staff: string) => string | undefined;
}

const statusOf: Partial<Record<DeedRefusal, number>> = {
  'unknown-followup': 404,
  'unknown-owner': 404,
  'not-allowed': 403,
  own: 403,
};

export function createFollowupRouter(options: FollowupRouteOptions): Router {
  const { people, board, ledger, config, zone, demo, now, day, record, owners, nameOf } = options;
  const router = Router();

  router.get('/api/followups', people.gate, async (_request, response) => {
    await board.caughtUp();
    await answerLedgerTrouble(response, async () => {
      response.set('Cache-Control', 'no-store').json(await list(personOf(response)));
    });
  });
  router.get('/api/followups/mine', people.gate, async (_request, response) => {
    await board.caughtUp();
    response.set('Cache-Control', 'no-store').json(readOwn(personOf(response).staff));
  });
  router.get('/api/followups/one', people.gate, readQuery(oneSchema), async (_request, response) => {
    const { followup } = queryOf(response, oneSchema);
    await answerLedgerTrouble(response, async () => {
      const told = await readTold(followup);
      const matter = told && (await toMatter(told, look()));
      const who = personOf(response);
      if (!matter || !maySee(matter, standingOf(who, matter.facts.station)))
        response.status(404).json({ error: 'unknown-followup' });
      else response.set('Cache-Control', 'no-store').json(toLife(followup, told));
    });
  });
  router.post('/api/followups', people.gate, readBody(followupDeedSchema), async (_request, response) => {
    await board.caughtUp();
    await answerLedgerTrouble(response, () => act(response));
  });
  return router;

  function look(): BoardView {
    return createView(board.state, config(), zone, demo);
  }

  async function act(response: Response): Promise<void> {
    const { id, followup, deed } = bodyOf(response, followupDeedSchema);
    const person = personOf(response);
    const view = look();
    const told = await readTold(followup);
    // Whoever asks again after a lost answer finds the matter as it was before.
    const before = told?.filter(({ event }) => event.source !== FOLLOWUPS_SOURCE || event.id !== id);
    const matter = before && (await toMatter(before, view));
    const at = now();
    const who = matter && standingOf(person, matter.facts.station);
    const refusal =
      matter && who
        ? findRefusal(matter, who, deed, {
            now: at,
            endOf: (on) => endOf(view, on),
            lampOf: (lamp) => countedLamps(matter).find((one) => one.lamp === lamp),
            isOwner: (staff) => ownersFor(who, matter.facts.station).some((one) => one.id === staff),
          })
        : 'unknown-followup';
    if (refusal !== undefined) {
      response.status(statusOf[refusal] ?? 409).json({ error: refusal });
      return;
    }
    const event = toDeedEvent(followup, id, deed, (on) => endOf(view, on), at);
    const flaw = inspectEvent({ ...event, at: undefined }, config().roster);
    if (flaw) {
      response.status(422).json({ error: flaw.reason, field: flaw.field.replace(/^data\./, 'deed.') });
      return;
    }
    // The page draws the id and names no moment: whoever asks again is told that it is there.
    const [outcome] = await record([{ event, timeGiven: false }], { kind: 'staff', id: person.staff });
    if (outcome === 'conflict') response.status(409).json({ error: 'conflict' });
    else response.json({ followup });
  }

  /** The end of hours on a day; of one without hours the end of the day. */
  function endOf({ workingHours }: BoardView, on: string): number {
    return momentOf(zone, on, workingHours(on).at(-1)?.[1] ?? 1440);
  }

  function countedLamps({ facts, due }: Matter): readonly LitLamp[] {
    const { counted } = followupSettings(config().profile).lamps;
    return standingLamps(facts, due).filter(({ lamp }) => counted.includes(lamp));
  }

  async function list(person: Person): Promise<FollowupList> {
    const view = look();
    const at = now();
    const concerned = readFollowups(view).filter(([, { entry }]) => {
      const { isManager, isLead, readsAll } = standingOf(person, entry.station);
      return entry.owner === person.staff || isManager || isLead || readsAll;
    });
    const found = await Promise.all(
      concerned.slice(0, MOST_LISTED).map(async ([followup]) => {
        const told = await readTold(followup);
        const matter = told && (await toMatter(told, view));
        return matter && maySee(matter, standingOf(person, matter.facts.station))
          ? [toRow(followup, matter, person, view, at)]
          : [];
      }),
    );
    const lamps = await readLamps(view, at);
    const seen = lamps.filter(({ station }) => {
      const { isManager, isLead, readsAll } = standingOf(person, station);
      return isManager || isLead || readsAll;
    });
    const mayKeep = may(person.assignments, 'keep-followups', day()) || leads(person).length > 0;
    const readsOthers = may(person.assignments, 'see-followups', day()) || leads(person).length > 0;
    const own = lamps.filter(({ lit }) => lit.owner === person.staff);
    return {
      hall: { name: config().profile.name.zh, demo },
      timeZone: config().profile.timeZone,
      now: at,
      rows: found.flat(),
      more: Math.max(0, concerned.length - MOST_LISTED),
      ...toCountdownBasis(view),
      month: dayOf(zone, at).slice(0, 7),
      ownLamps: countLamps(own.map(toCount)),
      ...(readsOthers ? { lamps: countLamps(seen.map(toCount)) } : {}),
      why: own.map(({ lit, state, followup, about }) => ({ ...toLamp(lit, state, person, view), followup, about })),
      ...(mayKeep ? { owners: ownersFor(standingOf(person, undefined), leads(person)[0]) } : {}),
    };
  }

  /** The stations that somebody leads today. */
  function leads({ assignments }: Person): string[] {
    return [...config().stations.keys()].filter((station) => may(assignments, 'keep-followups', day(), station));
  }

  /** To whom somebody may give a matter of a station: a lead to the people of the station and to managers. */
  function ownersFor({ isManager }: Standing, station: string | undefined): { id: string; name: string }[] {
    return owners()
      .filter(({ stations }) => isManager || stations.length === 0 || stations.some((one) => one === station))
      .map(({ id, name }) => ({ id, name }));
  }

  function toRow(followup: string, matter: Matter, person: Person, view: BoardView, at: number): FollowupRow {
    const { facts, openedBy, due } = matter;
    const { about, station, owner, openedAt, case: of, area, submitted, asked, reminded, misrated } = facts;
    const who = standingOf(person, station);
    const names = nameStation(view, station);
    const dueOf = findDeadline(view, facts);
    const time = { zone, hoursOn: view.workingHours };
    const { lamps } = followupSettings(config().profile);
    const mayDo = DEEDS.filter((type) => findBar(matter, who, type) === undefined && isTimely(type, matter, at));
    return {
      followup,
      about,
      station,
      stationName: names.name,
      ...(names.nameEn === undefined ? {} : { stationNameEn: names.nameEn }),
      isOwn: owner === person.staff,
      ...(owner === undefined ? {} : { owner: { id: owner, name: name(owner, view) } }),
      ...(openedBy === undefined ? {} : { openedBy: name(openedBy, view) }),
      openedAt,
      ...(dueOf ? { due: dueOf } : {}),
      ...(of === undefined ? {} : { case: of }),
      ...(area === undefined ? {} : { area }),
      ...(facts.openedNote === undefined ? {} : { note: facts.openedNote }),
      ...(submitted ? { submitted } : {}),
      ...(asked ? { asked } : {}),
      lamps: standingLamps(facts, due).map((lit) => toLamp(lit, stateOfLamp(lit, at, lamps, time), person, view)),
      ...(reminded ? { reminded } : {}),
      ...(misrated === undefined ? {} : { misrated }),
      may: mayDo,
    };
  }

  /** Whether the matter stands so that a deed of this kind could be done: what is offered at all. */
  function isTimely(type: DeedType, matter: Matter, at: number): boolean {
    const { submitted, asked } = matter.facts;
    switch (type) {
      case 'submit':
        return !submitted;
      case 'return':
      case 'close':
        return submitted !== undefined;
      case 'ask':
        return !submitted && !asked && matter.due !== undefined && at <= matter.due;
      case 'extend':
        return asked !== undefined;
      case 'cause':
        return countedLamps(matter).some(({ causeAt, counts }) => causeAt === undefined && counts === undefined);
      case 'settle':
        return countedLamps(matter).some(({ causeAt, counts }) => causeAt !== undefined && counts === undefined);
      default:
        return true;
    }
  }

  function toLamp(lit: LitLamp, state: FollowupLamp['state'], { staff }: Person, view: BoardView): FollowupLamp {
    const { lamp, at, cause, owner } = lit;
    return {
      ...{ lamp, at, state, isOwn: owner === staff },
      ...(cause === undefined ? {} : { cause }),
      ...(owner === undefined ? {} : { owner: name(owner, view) }),
    };
  }

  /** Lamps of this month, those of closed follow-ups too, from the events alone. */
  async function readLamps(view: BoardView, at: number) {
    const month = dayOf(zone, at).slice(0, 7);
    const from = momentOf(zone, `${month}-01`);
    const until = momentOf(zone, addDays(lastDayOf(month), 1));
    const upTo = ledger.head();
    const keys = await ledger.entitiesOf({ types: ['hall.followup.lit'], from, until, upTo });
    const histories = await ledger.historyOf(keys, upTo);
    const time: WorkingTime = { zone, hoursOn: view.workingHours };
    const { lamps: settings } = followupSettings(config().profile);
    return keys.flatMap((key) => {
      const facts = readFollowup([...histories.get(key)!].sort(compareEvents));
      if (!facts) return [];
      const { station, about } = facts;
      const followup = key.slice(key.indexOf(':') + 1);
      return standingLamps(facts, findDeadline(view, facts)?.at)
        .filter((lit) => lit.at >= from && lit.at < until)
        .map((lit) => ({ followup, station, about, lit, state: stateOfLamp(lit, at, settings, time) }));
    });
  }

  function readOwn(staff: string): OwnFollowups {
    const own = readFollowups(look()).filter(([, { entry }]) => entry.owner === staff && !entry.submitted);
    const at = now();
    const moments = own.flatMap(([, { entry }]) => [
      ...(entry.reminded ? [entry.reminded.at] : []),
      ...(entry.lamps ?? []).map((lit) => lit.at),
    ]);
    return {
      open: own.length,
      late: own.filter(([, { due }]) => due !== undefined && due.at < at).length,
      ...(moments.length === 0 ? {} : { remindedAt: Math.max(...moments) }),
    };
  }

  function toLife(followup: string, told: readonly Told[]): FollowupLife {
    const view = look();
    const said = told.map(({ event, by }): FollowupSaid => {
      const fields = Object.entries(event.data).filter(([field]) => field !== 'followup');
      const data = fields.map(([field, value]) => [field, field === 'owner' ? name(String(value), view) : value]);
      return {
        type: event.type.slice('hall.followup.'.length),
        at: event.at,
        ...(by === undefined ? {} : { by: name(by, view) }),
        data: Object.fromEntries(data) as FollowupSaid['data'],
      };
    });
    return { followup, said };
  }

  function name(staff: string, view: BoardView): string {
    return nameOf(staff) ?? nameStaff(view, staff);
  }

  async function toMatter(told: readonly Told[], view: BoardView): Promise<Matter | undefined> {
    const facts = readFollowup(told.map(({ event }) => event));
    if (!facts) return undefined;
    const openedBy = told.find(({ event }) => event.type === 'hall.followup.opened')?.by;
    const due = findDeadline(view, facts)?.at;
    const rated = await readRated(facts.about, facts.staff, facts.case);
    return {
      facts,
      ...(openedBy === undefined ? {} : { openedBy }),
      ...(due === undefined ? {} : { due }),
      ...(rated === undefined ? {} : { rated }),
    };
  }

  async function readRated(about: string, staff: string | undefined, of: string | undefined) {
    if (about !== 'rating' || (staff === undefined && of === undefined)) return undefined;
    const read = async (key: string) => (await ledger.historyOf([key], ledger.head())).get(key)!;
    const serving = of === undefined ? [] : await readServing(of, read);
    return new Set([...serving, ...(staff === undefined ? [] : [staff])]);
  }

  async function readTold(followup: string): Promise<Told[] | undefined> {
    const life = await ledger.lifeOf(`followup:${followup}`);
    return life?.events
      .filter(({ voided }) => !voided)
      .map(({ event, actor }) => ({ event, ...(actor?.kind === 'staff' ? { by: actor.id } : {}) }))
      .sort((a, b) => compareEvents(a.event, b.event));
  }

  function standingOf({ staff, assignments }: Person, station: string | undefined): Standing {
    const isManager = may(assignments, 'keep-followups', day());
    return {
      staff,
      isManager,
      isLead: !isManager && station !== undefined && may(assignments, 'keep-followups', day(), station),
      readsAll: may(assignments, 'see-followups', day()),
    };
  }
}

function toCount({ lit, state }: { readonly lit: LitLamp; readonly state: FollowupLamp['state'] }) {
  return { lamp: lit.lamp, state };
}

/** A living event, with the staff id of whoever recorded it. */
interface Told {
  readonly event: LedgerEvent;
  readonly by?: string;
}

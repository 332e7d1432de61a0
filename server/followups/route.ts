/** 督办 over HTTP: listed for whom they concern, each with what may be done; told of with all that was said; and everything that people do about them. */
import { Router, type Response } from 'express';
import * as v from 'valibot';
import { assignmentsOn, may } from '../../domain/access/roles.ts';
import { readFollowup, type FollowupFacts } from '../../domain/board/parts/followup.ts';
import {
  findDeadline,
  listMonthLamps,
  readFollowups,
  type DueFollowup,
  type MonthLamp,
} from '../../domain/board/topics/followups.ts';
import {
  createView,
  nameStaff,
  nameStation,
  toCountdownBasis,
  type BoardView,
} from '../../domain/board/topics/view.ts';
import type { FollowupEntry, LitLamp } from '../../domain/board/entries.ts';
import { dayOf, momentOf, type Zone } from '../../domain/calendar/zone.ts';
import { compareEvents, type LedgerEvent } from '../../domain/events/event.ts';
import { inspectEvent } from '../../domain/events/inspect.ts';
import { idSchema } from '../../domain/events/schema.ts';
import { countLamps } from '../../domain/followups/count-lamps.ts';
import { followupDeedSchema, toDeedEvent, type DeedType } from '../../domain/followups/deeds.ts';
import { standing as standingLamps, stateOfLamp } from '../../domain/followups/lamps.ts';
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
import {
  FOLLOWUP_LISTS,
  FOLLOWUPS_PAGE,
  type FollowupLamp,
  type FollowupLife,
  type FollowupList,
  type FollowupRow,
  type FollowupSaid,
} from '../../domain/wire/followups.ts';
import { personOf, type People } from '../access/people.ts';
import type { Person } from '../access/person.ts';
import type { Board } from '../board/board.ts';
import { bodyOf, queryOf, readBody, readQuery } from '../asked.ts';
import { readServing, type ReadHistory } from '../desk/review.ts';
import type { Ledger } from '../ledger/port.ts';
import { answerLedgerTrouble } from '../ledger/trouble.ts';
import type { RecordEvents } from '../record.ts';
import { refuse } from '../refuse.ts';
import type { MonthLamps } from './month-lamps.ts';

/** Of their own lamps of the month, the latest. */
const MOST_LAMPS = 50;
const DEEDS: readonly DeedType[] = [
  ...(['note', 'submit', 'return', 'close', 'remind', 'ask', 'extend', 'cause', 'settle', 'review', 'assign'] as const),
];

/** What is said to a word of the owner's. */
const DECISIONS = ['close', 'extend', 'settle'] as const satisfies readonly DeedType[];

const oneSchema = v.object({ followup: idSchema });

export interface Owner {
  readonly id: string;
  readonly name: string;
  /** Of somebody who belongs to stations: which. */
  readonly stations: readonly string[];
}

export interface FollowupRouteOptions {
  readonly people: Pick<People, 'gate'>;
  readonly board: Board;
  readonly ledger: Pick<Ledger, 'head' | 'historyOf' | 'actorsOf'>;
  readonly config: () => HallConfig;
  readonly zone: Zone;
  readonly demo: boolean;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
  /** The hall's day. */
  readonly day: () => string;
  readonly record: RecordEvents;
  readonly lamps: MonthLamps;
  /** Whoever works here today. */
  readonly owners: () => readonly Owner[];
  /** What a staff id is called, where an account says it. */
  readonly nameOf: (staff: string) => string | undefined;
}

const querySchema = v.object({
  list: v.optional(v.picklist(FOLLOWUP_LISTS), 'all'),
  /** So many of the list are left out before. */
  from: v.optional(v.pipe(v.string(), v.regex(/^\d{1,6}$/), v.transform(Number)), '0'),
});
type ListQuery = v.InferOutput<typeof querySchema>;

const statusOf: Partial<Record<DeedRefusal, 403 | 404>> = {
  'unknown-followup': 404,
  'unknown-owner': 404,
  'not-allowed': 403,
  own: 403,
};

export function createFollowupRouter(options: FollowupRouteOptions): Router {
  const { people, board, ledger, config, zone, demo, now, day, record, owners, nameOf, lamps } = options;
  const router = Router();

  router.get('/api/followups', people.gate, readQuery(querySchema), async (_request, response) => {
    await board.caughtUp();
    await answerLedgerTrouble(response, async () => {
      response.set('Cache-Control', 'no-store').json(await list(personOf(response), queryOf(response, querySchema)));
    });
  });
  router.get('/api/followups/one', people.gate, readQuery(oneSchema), async (_request, response) => {
    const { followup } = queryOf(response, oneSchema);
    await answerLedgerTrouble(response, async () => {
      const told = (await readTold([followup])).get(followup)!;
      const matter = (await toMatters(new Map([[followup, told]]), look())).get(followup);
      const who = personOf(response);
      if (!matter || !maySee(matter, standingOf(who, matter.facts.station))) refuse(response, 404, 'unknown-followup');
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
    const told = (await readTold([followup])).get(followup)!;
    // Whoever asks again after a lost answer finds the matter as it was before.
    const before = told.filter(({ event }) => event.source !== FOLLOWUPS_SOURCE || event.id !== id);
    const matter = (await toMatters(new Map([[followup, before]]), view)).get(followup);
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
    if (refusal !== undefined) return refuse(response, statusOf[refusal] ?? 409, refusal);
    const event = toDeedEvent(followup, id, deed, (on) => endOf(view, on), at);
    const flaw = inspectEvent({ ...event, at: undefined }, config().roster);
    if (flaw) return refuse(response, 422, flaw.reason, { field: flaw.field.replace(/^data\./, 'deed.') });
    // The page draws the id and names no moment: whoever asks again is told that it is there.
    const [outcome] = await record([{ event, timeGiven: false }], { kind: 'staff', id: person.staff });
    if (outcome === 'conflict') refuse(response, 409, 'conflict');
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

  async function list(person: Person, { list: chosen, from }: ListQuery): Promise<FollowupList> {
    const view = look();
    const at = now();
    const standingAt = standingsOf(person);
    const lists = await sortLists(person, standingAt, view);
    const listed = lists[chosen] ?? [];
    const told = await readTold(listed.slice(from, from + FOLLOWUPS_PAGE));
    const matters = await toMatters(told, view);
    const lit = await readLamps(view, at);
    const seen = lit.filter(({ station }) => {
      const { isManager, isLead, readsAll } = standingAt(station);
      return isManager || isLead || readsAll;
    });
    const mayKeep = may(person.assignments, 'keep-followups', day()) || leads(person).length > 0;
    const readsOthers = may(person.assignments, 'see-followups', day()) || leads(person).length > 0;
    const own = lit.filter(({ lit: one }) => one.owner === person.staff);
    return {
      hall: { name: config().profile.name.zh, demo },
      timeZone: config().profile.timeZone,
      now: at,
      rows: [...matters].map(([followup, matter]) => toRow(followup, matter, person, view, at)),
      list: chosen,
      from,
      lists: {
        mine: lists.mine.length,
        ...(mayKeep || lists.decide.length > 0 ? { decide: lists.decide.length } : {}),
        ...(lists.station ? { station: lists.station.length } : {}),
        ...(may(person.assignments, 'see-followups', day()) ? { all: lists.all.length } : {}),
      },
      ...toCountdownBasis(view),
      month: dayOf(zone, at).slice(0, 7),
      ownLamps: countLamps(own.map(toCount)),
      ...(readsOthers ? { lamps: countLamps(seen.map(toCount)) } : {}),
      why: own
        .sort((a, b) => b.lit.at - a.lit.at)
        .slice(0, MOST_LAMPS)
        .map(({ lit: one, state, followup, about }) => ({ ...toLamp(one, state, person, view), followup, about })),
      ...(mayKeep ? { owners: ownersFor(standingOf(person, undefined), leads(person)[0]) } : {}),
    };
  }

  /** What is open and concerns somebody, those due first; their stations' where they read of others than themselves. */
  async function sortLists(
    person: Person,
    standingAt: (station: string) => Standing,
    view: BoardView,
  ): Promise<Readonly<Record<'mine' | 'decide' | 'all', string[]>> & { readonly station?: string[] }> {
    const open = readFollowups(view).filter(([, { entry }]) => {
      const { isManager, isLead, readsAll } = standingAt(entry.station);
      return entry.owner === person.staff || isManager || isLead || readsAll;
    });
    // Who gave an instruction stands beside its events alone, and decides whether somebody sees it.
    const hidden = open.filter(
      ([, { entry }]) =>
        entry.about === 'instruction' && entry.owner !== person.staff && !standingAt(entry.station).isManager,
    );
    const told = await readTold(hidden.map(([followup]) => followup));
    const foreign = new Set(
      [...told].filter(([, one]) => openerOf(one) !== person.staff).map(([followup]) => followup),
    );
    const all = open.filter(([followup]) => !foreign.has(followup));
    const toIds = (some: readonly DueFollowup[]) => some.map(([followup]) => followup);
    const stations = new Set(
      assignmentsOn(person.assignments, day()).flatMap(({ station }) => (station === undefined ? [] : [station])),
    );
    const readsStation = [...stations].some((one) => standingAt(one).isLead || standingAt(one).readsAll);
    return {
      mine: toIds(all.filter(([, { entry }]) => entry.owner === person.staff)),
      decide: await findUndecided(person, toIds(all.filter(([, { entry }]) => isUndecided(entry))), view),
      ...(readsStation ? { station: toIds(all.filter(([, { entry }]) => stations.has(entry.station))) } : {}),
      all: toIds(all),
    };
  }

  /** Those of which something waits for a decision that is theirs. */
  async function findUndecided(person: Person, followups: readonly string[], view: BoardView): Promise<string[]> {
    const matters = await toMatters(await readTold(followups), view);
    return [...matters].flatMap(([followup, matter]) => {
      const who = standingOf(person, matter.facts.station);
      const isTheirs = DECISIONS.some(
        (type) => findBar(matter, who, type) === undefined && isTimely(type, matter, now()),
      );
      return isTheirs ? followup : [];
    });
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
    const { lamps: settings } = followupSettings(config().profile);
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
      lamps: standingLamps(facts, due).map((lit) => toLamp(lit, stateOfLamp(lit, at, settings, time), person, view)),
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
  async function readLamps(view: BoardView, at: number): Promise<MonthLamp[]> {
    return listMonthLamps(view, await lamps.read(dayOf(zone, at).slice(0, 7)), at);
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

  /** Those that were ever opened. */
  async function toMatters(
    told: ReadonlyMap<string, readonly Told[]>,
    view: BoardView,
  ): Promise<ReadonlyMap<string, Matter>> {
    const known = [...told].flatMap(([followup, one]) => {
      const facts = readFollowup(one.map(({ event }) => event));
      return facts ? [{ followup, facts, openedBy: openerOf(one) }] : [];
    });
    const read = await readCases(known.flatMap(({ facts }) => (facts.about === 'rating' ? (facts.case ?? []) : [])));
    const matters = new Map<string, Matter>();
    for (const { followup, facts, openedBy } of known) {
      const due = findDeadline(view, facts)?.at;
      const rated = await readRated(facts, read);
      matters.set(followup, {
        facts,
        ...(openedBy === undefined ? {} : { openedBy }),
        ...(due === undefined ? {} : { due }),
        ...(rated === undefined ? {} : { rated }),
      });
    }
    return matters;
  }

  /** What was said of cases and of the tickets that they name. */
  async function readCases(cases: readonly string[]): Promise<ReadHistory> {
    const histories = new Map(await ledger.historyOf(cases.map(toCaseKey), ledger.head()));
    const tickets = [...histories.values()].flat().flatMap(({ data }) => ('ticket' in data ? (data.ticket ?? []) : []));
    const more = await ledger.historyOf(tickets.map(toTicketKey), ledger.head());
    return (key) => Promise.resolve(histories.get(key) ?? more.get(key) ?? []);
  }

  /** Of a rating whoever served; of what a check found whom it names. */
  async function readRated({ about, staff, case: of }: FollowupFacts, read: ReadHistory) {
    if ((about !== 'rating' && about !== 'check') || (staff === undefined && of === undefined)) return undefined;
    const serving = of === undefined || about !== 'rating' ? [] : await readServing(of, read);
    return new Set([...serving, ...(staff === undefined ? [] : [staff])]);
  }

  /** All that was said of each and stands, in the order of C1. */
  async function readTold(followups: readonly string[]): Promise<ReadonlyMap<string, readonly Told[]>> {
    const keys = followups.map((followup) => `followup:${followup}`);
    const histories = await ledger.historyOf(keys, ledger.head());
    const actors = await ledger.actorsOf([...histories.values()].flat().map(({ seq }) => seq));
    return new Map(
      followups.map((followup, i) => [
        followup,
        [...histories.get(keys[i]!)!].sort(compareEvents).map((event): Told => {
          const actor = actors.get(event.seq);
          return { event, ...(actor?.kind === 'staff' ? { by: actor.id } : {}) };
        }),
      ]),
    );
  }

  /** Who somebody is at each station, asked once. */
  function standingsOf(person: Person): (station: string) => Standing {
    const known = new Map<string, Standing>();
    return (station) => {
      let one = known.get(station);
      if (!one) known.set(station, (one = standingOf(person, station)));
      return one;
    };
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

const toCaseKey = (of: string): string => `case:${of}`;
const toTicketKey = (ticket: string): string => `ticket:${ticket}`;

/** Whether its owner has said something that nobody has decided. */
function isUndecided({ submitted, asked, lamps }: FollowupEntry): boolean {
  const isCauseOpen = lamps?.some(({ causeAt, counts }) => causeAt !== undefined && counts === undefined);
  return submitted !== undefined || asked !== undefined || isCauseOpen === true;
}

/** The staff id of whoever opened it; nobody where the hall itself or another system did. */
function openerOf(told: readonly Told[]): string | undefined {
  return told.find(({ event }) => event.type === 'hall.followup.opened')?.by;
}

function toCount({ lit, state }: { readonly lit: LitLamp; readonly state: FollowupLamp['state'] }) {
  return { lamp: lit.lamp, state };
}

/** A living event, with the staff id of whoever recorded it. */
interface Told {
  readonly event: LedgerEvent;
  readonly by?: string;
}

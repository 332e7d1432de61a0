/** 每日核查 over HTTP: what every station owes and what was found (`GET /api/checks`), and what a checker says (`POST /api/checks`). */
import { Router, type Response } from 'express';
import { may } from '../../domain/access/roles.ts';
import { itemName, nameStaff, nameStation, nameWindow, toHallHead } from '../../domain/board/topics/view.ts';
import { mayCheck } from '../../domain/checks/rights.ts';
import { checksSchema, toCheckEvents, type Check, type Checks } from '../../domain/checks/to-events.ts';
import { addDays, momentOf } from '../../domain/calendar/zone.ts';
import type { HallEvent } from '../../domain/events/event.ts';
import { inspectEvent } from '../../domain/events/inspect.ts';
import type { FindingKind } from '../../domain/events/schema.ts';
import { checkSettings } from '../../domain/profile/profile.ts';
import type { AreaCheck, ChecksState, StationChecks } from '../../domain/wire/checks.ts';
import { personOf, type People } from '../access/people.ts';
import type { Person } from '../access/person.ts';
import { bodyOf, readBody } from '../asked.ts';
import { createTurns } from '../in-turn.ts';
import { answerLedgerTrouble } from '../ledger/trouble.ts';
import type { RecordEvents } from '../record.ts';
import { refuse } from '../refuse.ts';
import { shareLooks, type CheckedArea, type Look, type LookOptions } from './look.ts';

/** A morning's answers of fourteen stations. */
const BODY_LIMIT = 1_048_576;
/** No calendar has so many days off in a row. */
const MOST_DAYS_AHEAD = 400;

export interface ChecksRouteOptions extends LookOptions {
  readonly people: Pick<People, 'gate'>;
  readonly record: RecordEvents;
  /** What a staff id is called, where an account says it. */
  readonly nameOf: (staff: string) => string | undefined;
  readonly owners: () => ChecksState['owners'];
}

/** Why nothing of what was sent is kept, and of which of a check's answers. */
interface Refusal {
  readonly status: 403 | 409 | 422;
  readonly error: string;
  readonly answer?: number;
  readonly field?: string;
}

export function createChecksRouter(options: ChecksRouteOptions): Router {
  const { people, board, ledger, config, zone, now, day, record, nameOf, owners } = options;
  const router = Router();
  /** What two people say at once of one area is said by one of them first. */
  const inTurn = createTurns();
  const readLook = shareLooks(options);

  router.get('/api/checks', people.gate, async (_request, response) => {
    const person = personOf(response);
    if (listSeen(person).length === 0) return refuse(response, 403, 'not-allowed');
    await board.caughtUp();
    await answerLedgerTrouble(response, async () => void response.json(toState(await readLook(), person)));
  });
  router.post('/api/checks', people.gate, readBody(checksSchema, BODY_LIMIT), async (_request, response) => {
    const asked = bodyOf(response, checksSchema);
    await inTurn(() => answerLedgerTrouble(response, () => take(asked, response)));
  });
  return router;

  async function take(asked: Checks, response: Response): Promise<void> {
    const person = personOf(response);
    await board.caughtUp();
    const look = await readLook();
    const here = new Set(owners().map(({ id }) => id));
    const events: HallEvent[] = [];
    for (const [at, check] of asked.checks.entries()) {
      // Asked first: whether a check is owed changes from day to day, and who may make it does not.
      const can = mayOf(person, check.station, check.area);
      if (can !== 'yes') return refuse(response, 403, can === 'no' ? 'not-allowed' : can, { at });
      const area = look.stations.get(check.station)?.get(check.area);
      if (!area) return refuse(response, 404, 'not-owed', { at });
      const context = {
        by: person.staff,
        day: look.day,
        hadIssue: area.done?.isIssue ?? false,
        now: now(),
        endOf: (on: string) => endOf(on, check.station),
        aboutOf(kind: FindingKind, thing: string) {
          const about = area.findings.find((one) => one.kind === kind && one.thing === thing)?.about;
          // Whoever gives away what is about themselves is the one who may not decide of it.
          return about?.find((one) => one === person.staff) ?? about?.[0];
        },
      };
      const made = toCheckEvents(check, { ...context, name: `${asked.id}-${at}` });
      const refusal = findRefusal(check, area, person, here);
      // What was found is in hand by what the first asking recorded.
      if (refusal && (refusal.status === 403 || !(await areKnown(made)))) {
        const { status, error, ...where } = refusal;
        return refuse(response, status, error, { at, ...where });
      }
      const flaw = made.map((event) => inspectEvent({ ...event, at: undefined }, config().roster)).find(Boolean);
      if (flaw) {
        const field = flaw.field.replace(/^data\./, '');
        return refuse(response, 422, flaw.reason, { at, field });
      }
      events.push(...made);
    }
    // The page draws the id: whoever asks again after a lost answer is told that it is there.
    const outcomes = await record(
      events.map((event) => ({ event, timeGiven: false })),
      { kind: 'staff', id: person.staff },
    );
    if (outcomes.includes('conflict')) return refuse(response, 409, 'conflict');
    await board.caughtUp();
    response.json(toState(await readLook(), person));
  }

  async function areKnown(events: readonly HallEvent[]): Promise<boolean> {
    for (const { source, id } of events) if (!(await ledger.find(source, id, ledger.head()))) return false;
    return true;
  }

  function findRefusal(
    { station, answers, only }: Check,
    checked: CheckedArea,
    person: Person,
    here: ReadonlySet<string>,
  ): Refusal | undefined {
    for (const [answer, said] of answers.entries()) {
      const { owner, dueOn } = said;
      if (owner !== undefined && !here.has(owner))
        return { status: 422, error: 'unknown-owner', answer, field: 'owner' };
      if (dueOn !== undefined) {
        const flaw = findDayFlaw(dueOn, station);
        if (flaw !== undefined) return { status: 422, error: flaw, answer, field: 'dueOn' };
      }
      const isFinding =
        said.finding === 'seen' ||
        checked.findings.some(({ kind, thing }) => kind === said.finding && thing === said.thing);
      // It was settled meanwhile, by somebody else or by itself.
      if (!isFinding) return { status: 409, error: 'finding-gone', answer };
      // Whom it is about finds neither that it is in order nor why: somebody else is to follow it up.
      const isOwn = checked.findings.some(
        ({ kind, thing, about }) => kind === said.finding && thing === said.thing && about?.includes(person.staff),
      );
      if (isOwn && said.answer !== 'follow-up') return { status: 403, error: 'own', answer };
      if (isOwn && owner === person.staff) return { status: 403, error: 'own', answer, field: 'owner' };
    }
    if (only === 'answers') return undefined;
    const open = checked.findings.find(
      (finding) =>
        finding.isOpen &&
        !answers.some(
          (said) =>
            said.finding === finding.kind &&
            said.thing === finding.thing &&
            (said.thing !== undefined || (said.count ?? 1) >= finding.count),
        ),
    );
    return open === undefined ? undefined : { status: 409, error: 'finding-open', field: open.kind };
  }

  function mayOf({ assignments }: Person, station: string, area: string): AreaCheck['may'] {
    const place = { area, station, day: day() };
    if (mayCheck(assignments, place, config().profile)) return 'yes';
    return mayCheck(assignments, { ...place, area: '' }, config().profile) ? 'own-conduct' : 'no';
  }

  function listSeen({ assignments }: Person): string[] {
    const { stations } = config().profile;
    return stations.map(({ id }) => id).filter((id) => may(assignments, 'see-checks', day(), id));
  }

  function toState(look: Look, person: Person): ChecksState {
    const { view } = look;
    const { profile, calendar } = config();
    const seen = new Set(listSeen(person));
    const { name, nameEn, demo } = toHallHead(view);
    const names = new Map(checkSettings(profile).areas?.map((one) => [one.id, one]));
    return {
      hall: { name, ...(nameEn ? { nameEn } : {}), demo },
      timeZone: profile.timeZone,
      staff: person.staff,
      day: look.day,
      now: now(),
      areas: look.areas.map((id) => {
        const named = names.get(id);
        return { id, ...(named ? { zh: named.zh } : {}), ...(named?.en ? { en: named.en } : {}) };
      }),
      stations: profile.stations
        .filter(({ id }) => seen.has(id) && (look.stations.has(id) || !calendar.isWorkingDay(look.day, id)))
        .map(({ id }) => toStation(id, look, person)),
      owners: owners(),
      isCut: look.isCut,
    };
  }

  function toStation(id: string, look: Look, person: Person): StationChecks {
    const { name, nameEn } = nameStation(look.view, id);
    const areas = look.stations.get(id);
    return {
      id,
      name,
      ...(nameEn === undefined ? {} : { nameEn }),
      isOwed: areas !== undefined,
      dueOn: dueDay(look.day, id),
      areas: Object.fromEntries([...(areas ?? [])].map(([area, checked]) => [area, toArea(id, area, checked)])),
    };

    function toArea(station: string, area: string, { done, findings }: CheckedArea): AreaCheck {
      return {
        state: done === undefined ? 'open' : done.isIssue ? 'issue' : 'ok',
        ...(done === undefined ? {} : { doneAt: done.at }),
        ...(done?.by === undefined ? {} : { byName: nameOf(done.by) ?? nameStaff(look.view, done.by) }),
        may: mayOf(person, station, area),
        findings: findings.map(({ about, ...finding }) => ({
          ...finding,
          ...(about?.includes(person.staff) ? { isOwn: true as const } : {}),
          ...(finding.item === undefined ? {} : { itemName: itemName(look.view, finding.item) }),
          ...(finding.window === undefined ? {} : { windowName: nameWindow(look.view, finding.window) }),
        })),
      };
    }
  }

  /** So many working days of the station from today. */
  function dueDay(from: string, station: string): string {
    const { calendar, profile } = config();
    let left = checkSettings(profile).dueDays;
    let on = from;
    for (let i = 0; left > 0 && i < MOST_DAYS_AHEAD; i++) {
      on = addDays(on, 1);
      if (calendar.isWorkingDay(on, station)) left--;
    }
    return on;
  }

  /** Nobody of a station is there to do anything on its day off, nor once its doors have shut. */
  function findDayFlaw(on: string, station: string): 'past' | 'day-off' | undefined {
    if (on < day()) return 'past';
    if (!config().calendar.isWorkingDay(on, station)) return 'day-off';
    return endOf(on, station) <= now() ? 'past' : undefined;
  }

  /** When the station's doors shut on a day. */
  function endOf(on: string, station: string): number {
    return momentOf(zone, on, config().calendar.minutesOf(on, station).at(-1)?.[1] ?? 1440);
  }
}

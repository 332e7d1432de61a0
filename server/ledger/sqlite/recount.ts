/** A second way to every measure: counted anew by SQL from the ledger's events, past the fold and its stored cells. */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { toWorkingDays } from '../../../domain/measures/build.ts';
import {
  addDays,
  createZone,
  DAY_MS,
  dayOf,
  endOfDay,
  MINUTE_MS,
  minuteOf,
  momentOf,
  type Zone,
} from '../../../domain/calendar/zone.ts';
import type { Breakdown } from '../../../domain/measures/breakdown.ts';
import type { Measures, SpreadDays, SpreadMs } from '../../../domain/measures/measures.ts';
import { listUncounted } from '../../../domain/measures/uncounted.ts';
import type { HallConfig } from '../../../domain/profile/profile.ts';
import { recountBreakdown } from './recount-breakdown.ts';
import { readRecountCalendar, type RecountCalendar } from './recount-calendar.ts';
import { FACTS, FACT_TABLES, LIVING } from './recount-facts.ts';
import { SERVICES, SPREADS, SUMS, UNKNOWN_ITEMS, UNKNOWN_STATIONS } from './recount-sums.ts';

export interface RecountQuestion {
  readonly config: HallConfig;
  /** IANA name of the ledger's zone. */
  readonly zone: string;
  /** First and last day, both included. */
  readonly from: string;
  readonly to: string;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly station?: string | undefined;
  /** What the fold could not count (spec C16), as the board's state has it: it is left out here as well. */
  readonly uncounted?: Iterable<string>;
}

/** The facts of a ledger up to one position, ready to be asked about any span. */
export interface Recount {
  readonly seq: number;
  measure(span: Pick<RecountQuestion, 'from' | 'to' | 'now' | 'station'>): Measures;
  /** What it is made of; of stations nothing, whose measures can be asked for one by one. */
  breakDown(span: Pick<RecountQuestion, 'from' | 'to' | 'now' | 'station'>): Omit<Breakdown, 'stations'>;
  /** Drops what was made beside the ledger; the connection stays open. */
  dispose(): void;
}

/**
 * Reads the ledger once. What is appended meanwhile plays no part: rows never change, and only those up to `upTo`
 * (by default the head at the call) are read. Uses temporary tables, so one recount a connection at a time.
 */
export function createRecount(
  db: DatabaseSyncInstance,
  {
    config,
    zone: zoneName,
    uncounted = [],
    upTo,
  }: Pick<RecountQuestion, 'config' | 'zone' | 'uncounted'> & { readonly upTo?: number },
): Recount {
  const zone = createZone(zoneName);
  const seq = upTo ?? askHead(db);
  const calendar = readRecountCalendar(config, zone);
  registerFunctions(db, calendar, zone);
  dropTables(db);
  fillMidnights(db, zone, seq);
  fillConfig(db, config);
  fillLeftOut(db, uncounted);
  const left = listUncounted(uncounted);
  for (const statement of LIVING) run(db, statement, { upTo: seq });
  for (const statements of FACTS) db.exec(statements);
  return {
    seq,
    measure: ({ from, to, now, station }) => ({
      ...measure(db, {
        from,
        to,
        station: station ?? null,
        upTo: seq,
        begins: momentOf(zone, from),
        ends: endOfDay(zone, to),
        now,
        moment: Math.min(now, endOfDay(zone, to)),
        targetMs: config.profile.targets.waitMinutes * MINUTE_MS,
        areas: JSON.stringify(config.profile.dailyChecks),
      }),
      unknownYears: calendar.unknownYears(from, to),
      uncounted: left,
    }),
    breakDown: ({ from, to, now, station }) => ({
      from,
      to,
      ...(station === undefined ? {} : { station }),
      ...recountBreakdown(
        (sql) =>
          askAll(db, sql, {
            from,
            to,
            station: station ?? null,
            today: dayOf(zone, now),
            items: JSON.stringify(config.catalogue.items),
            windows: JSON.stringify(config.profile.windows),
          }),
        config,
      ),
      seq,
    }),
    dispose: () => dropTables(db),
  };
}

type Parameters = Readonly<Record<string, string | number | null>>;
type Row = Readonly<Record<string, number>>;

function askHead(db: DatabaseSyncInstance): number {
  return (db.prepare('SELECT coalesce(max(seq), 0) AS head FROM main.events').get() as { head: number }).head;
}

function registerFunctions(db: DatabaseSyncInstance, calendar: RecountCalendar, zone: Zone): void {
  const pure = { deterministic: true };
  db.function('is_working', pure, (day: string, station: string) => Number(calendar.isWorking(day, station)));
  db.function('working_ms', pure, (from: number, to: number, station: string) => calendar.workingMs(from, to, station));
  db.function('clock_minute', pure, (at: number) => minuteOf(zone, at));
  db.function('instant', pure, (moment: string | null) => moment && Date.parse(moment.toUpperCase()));
}

/** Every local day from the first event's to the last one's, with the moment at which it begins. */
function fillMidnights(db: DatabaseSyncInstance, zone: Zone, seq: number): void {
  db.exec('CREATE TEMP TABLE midnight (begins INTEGER PRIMARY KEY, day TEXT)');
  const { first, last } = db
    .prepare('SELECT min(at) AS first, max(at) AS last FROM main.events WHERE seq <= ?')
    .get(seq) as {
    first: number | null;
    last: number | null;
  };
  if (first === null || last === null) return;
  const insert = db.prepare('INSERT INTO midnight VALUES (?, ?)');
  const until = dayOf(zone, last);
  let day = dayOf(zone, first);
  for (; day < until; day = addDays(day, 1)) insert.run(momentOf(zone, day), day);
  insert.run(momentOf(zone, day), day);
}

function fillConfig(db: DatabaseSyncInstance, config: HallConfig): void {
  db.exec(`
    CREATE TEMP TABLE place (id TEXT PRIMARY KEY, tickets_from TEXT, since TEXT, until TEXT) WITHOUT ROWID;
    CREATE TEMP TABLE item (
      code TEXT PRIMARY KEY, line TEXT, licence INTEGER, kind TEXT,
      allowed_ms INTEGER, promised_ms INTEGER, since TEXT, until TEXT
    ) WITHOUT ROWID;
  `);
  const place = db.prepare('INSERT OR REPLACE INTO place VALUES (?, ?, ?, ?)');
  for (const { id, ticketsFrom, from, until } of config.profile.stations) {
    place.run(id, ticketsFrom ?? null, from ?? null, until ?? null);
  }
  const item = db.prepare('INSERT OR REPLACE INTO item VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const toMs = (days = -1): number | null => (days < 0 ? null : Math.round(days * DAY_MS));
  for (const { code, line, yieldsLicence, kind, statutoryDays, promisedDays, from, until } of config.catalogue.items) {
    // A statutory time of nothing is none.
    const allowedMs = toMs(statutoryDays) || null;
    item.run(code, line, yieldsLicence ? 1 : 0, kind, allowedMs, toMs(promisedDays), from ?? null, until ?? null);
  }
}

/** Entities by their key, single events by source and id. */
function fillLeftOut(db: DatabaseSyncInstance, uncounted: Iterable<string>): void {
  db.exec('CREATE TEMP TABLE left_out (entity TEXT, source TEXT, id TEXT)');
  const insert = db.prepare('INSERT INTO left_out VALUES (?, ?, ?)');
  for (const key of uncounted) {
    const single = /^event:(\d+):/.exec(key);
    if (!single) insert.run(key, null, null);
    else {
      const rest = key.slice(single[0].length);
      const length = Number(single[1]);
      insert.run(null, rest.slice(0, length), rest.slice(length));
    }
  }
}

function dropTables(db: DatabaseSyncInstance): void {
  db.exec(FACT_TABLES.map((table) => `DROP TABLE IF EXISTS temp.${table};`).join('\n'));
}

function run(db: DatabaseSyncInstance, sql: string, parameters: Parameters): void {
  const statement = db.prepare(sql);
  statement.setAllowUnknownNamedParameters(true);
  statement.run(parameters);
}

function askAll<T>(db: DatabaseSyncInstance, sql: string, parameters: Parameters): T[] {
  const statement = db.prepare(sql);
  statement.setAllowUnknownNamedParameters(true);
  return statement.all(parameters) as T[];
}

function measure(db: DatabaseSyncInstance, parameters: Parameters): Omit<Measures, 'uncounted' | 'unknownYears'> {
  const sums: Record<string, number> = {};
  for (const sql of SUMS) Object.assign(sums, askAll<Row>(db, sql, parameters)[0]);
  const ask = (name: string): number => sums[name]!;
  const spread = (name: keyof typeof SPREADS): SpreadMs => askAll<SpreadMs>(db, SPREADS[name], parameters)[0]!;
  const wait = spread('wait');
  const days = (name: keyof typeof SPREADS): SpreadDays => {
    const { medianMs, n } = spread(name);
    return { medianDays: medianMs === null ? null : toWorkingDays(medianMs), n };
  };
  const toDays = (ms: number): number => Math.round((ms / DAY_MS) * 10_000) / 10_000;
  const services = askAll<{ kind: string; n: number }>(db, SERVICES, parameters);
  const scores = { 1: ask('score1'), 2: ask('score2'), 3: ask('score3'), 4: ask('score4'), 5: ask('score5') };
  const poor = scores[1] + scores[2];
  const toCall = Math.max(poor, ask('opened'));
  const homeVisits = services.find(({ kind }) => kind === 'home-visit')?.n ?? 0;
  return {
    accepted: ask('accepted'),
    windowCases: ask('windowCases'),
    onlineCases: ask('onlineCases'),
    selfServiceCases: ask('selfServiceCases'),
    otherCases: ask('otherCases'),
    medicalCases: ask('medicalCases'),
    medicalApproved: ask('medicalApproved'),
    medicalConsultations: ask('medicalConsultations'),
    consultations: { visit: ask('visit'), phone: ask('phone') },
    peopleServed: ask('ticketTurns') + ask('windowTurns') + ask('withoutTicket') + homeVisits,
    deferredCases: ask('deferredCases'),
    medicalItems: ask('medicalItems'),
    deferredItems: ask('deferredItems'),
    instantApprovals: ask('instantApprovals'),
    legalPersons: ask('legalPersons'),
    green: ask('green'),
    byAppointment: ask('byAppointment'),
    finished: ask('finished'),
    open: ask('open'),
    overdueOpen: ask('overdueOpen'),
    voided: ask('voided'),
    onTime: { n: ask('punctual'), of: ask('judged') + ask('overdueOpen') },
    completion: { n: ask('completed'), of: ask('accepted') },
    rated: { n: ask('rated'), of: ask('finished') },
    activelyRated: { n: ask('activelyRated'), of: ask('finished') },
    satisfied: { n: scores[3] + scores[4] + scores[5], of: ask('active') + ask('byDefault') },
    activelySatisfied: { n: ask('activelySatisfied'), of: ask('active') },
    satisfiedLowerBound: lowerBound(ask('activelySatisfied'), ask('active')),
    byDefault: ask('byDefault'),
    scores,
    poor,
    rectified: { n: ask('rectified'), of: toCall - ask('misrated') },
    calledBack: { n: ask('closed'), of: toCall },
    misrated: ask('misrated'),
    licences: { n: ask('uploaded'), of: ask('licensed') },
    checks: { n: ask('checksDone'), of: ask('checksDue') },
    tickets: {
      taken: ask('taken'),
      called: ask('called'),
      served: ask('served'),
      passed: ask('passed'),
      left: ask('left'),
    },
    wait: { ...wait, within: { n: ask('within'), of: wait.n } },
    greenWait: { ...spread('greenWait') },
    appointmentWait: { ...spread('appointmentWait') },
    service: { ...spread('service') },
    turnaround: days('turnaround'),
    promiseCut: { n: toDays(ask('promiseCutMs')), of: toDays(ask('promiseAllowedMs')) },
    speedUp: { n: toDays(ask('speedUpMs')), of: toDays(ask('speedAllowedMs')) },
    instantShare: { n: ask('instantCases'), of: ask('accepted') },
    promisedShare: { n: ask('promisedCases'), of: ask('accepted') },
    suppliedInTime: { n: ask('suppliedInTime'), of: ask('suppliesDue') },
    windowTimePerCase: { sumMs: ask('windowMs'), cases: ask('timedCases') },
    services: Object.fromEntries(services.map(({ kind, n }) => [kind, n])),
    trained: ask('trained'),
    appointments: { booked: ask('booked'), kept: ask('kept'), missed: ask('missed') },
    requests: {
      received: ask('requestsReceived'),
      answered: ask('requestsAnswered'),
      onTime: ask('requestsOnTime'),
      late: ask('requestsLate'),
    },
    complaints: {
      received: ask('complaintsReceived'),
      answered: ask('complaintsAnswered'),
      upheld: ask('complaintsUpheld'),
    },
    requestAnswer: days('requestAnswer'),
    suggestionAnswer: days('suggestionAnswer'),
    followupAnswer: days('followupAnswer'),
    followupClosing: days('followupClosing'),
    onlineShare: { n: ask('onlineCases'), of: ask('accepted') },
    corrected: ask('corrected'),
    unknown: {
      stations: askAll<{ station: string }>(db, UNKNOWN_STATIONS, parameters).map(({ station }) => station),
      items: askAll<{ item: string }>(db, UNKNOWN_ITEMS, parameters).map(({ item }) => item),
      reusedTickets: ask('reusedTickets'),
    },
    seq: parameters['upTo'] as number,
  };
}

/** M9: the smaller root of (p − n/of)² = z²·p·(1 − p)/of, which is how the Wilson interval is defined. */
function lowerBound(n: number, of: number): number | null {
  if (of === 0) return null;
  const zSquared = 1.959963984540054 ** 2;
  const a = of + zSquared;
  const b = -(2 * n + zSquared);
  const c = (n * n) / of;
  return (-b - Math.sqrt(Math.max(0, b * b - 4 * a * c))) / (2 * a);
}

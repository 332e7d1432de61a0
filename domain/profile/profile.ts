/** The hall's profile and item catalogue: dated configuration that people edit, read only when something is shown. */
import * as v from 'valibot';
import { createCalendar, type Calendar } from '../calendar/calendar.ts';
import { DEFAULT_CALENDAR, type CalendarDocument } from '../calendar/calendar-document.ts';
import { officialCalendar } from '../calendar/official.ts';
import { isInForce } from './in-force.ts';
import { SCORES } from '../events/kinds.ts';
import { FORBIDDEN_NAMES } from '../events/inspect.ts';
import { areaId } from '../events/schema.ts';
import { FEED_FACTS } from './feeds.ts';
import { followupsSchema } from './followups.ts';
import { REPORT_KINDS, SECTION_IDS } from '../report/kinds.ts';
import { DEFAULT_NOTICEBOARD, type Noticeboard } from './noticeboard.ts';
import { queueSchema, TICKET_KINDS } from './queue.ts';
import { DEFAULT_SENDING, type SendingDocument } from '../sending/document.ts';
import { DEFAULT_SCENES, type Scenes } from './scenes.ts';
import { starRulesSchema } from '../stars/rules.ts';

export { isInForce };

/** What the door refuses as an id (`FORBIDDEN_NAMES`) names nothing here. */
const id = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(200),
  v.check((value) => !FORBIDDEN_NAMES.includes(value), 'The name cannot be an id.'),
);
const day = v.pipe(v.string(), v.isoDate());
const clock = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/), v.metadata({ format: 'clock' }));
const minutes = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1440));
/** `from` and `until` are days, both included; absent means since ever, for ever. */
const dated = { from: v.optional(day), until: v.optional(day) };

const name = v.object({ zh: v.pipe(v.string(), v.minLength(1)), en: v.optional(v.string()), ...dated });

const station = v.object({
  id,
  kind: v.picklist(['hall', 'community']),
  /** A station that changes its name keeps its id: the names are dated. */
  names: v.pipe(v.array(name), v.minLength(1)),
  /** The short name that fits a tile on the wall, such as 梅丰. */
  short: v.optional(v.string()),
  shortEn: v.optional(v.string()),
  code: v.optional(v.string()),
  /** Days since which tickets are taken here; where absent, window cases stand for people served. */
  ticketsFrom: v.optional(day),
  ...dated,
});

const window = v.object({
  id,
  station: id,
  label: v.string(),
  /** Lines of business that it calls tickets of, and the kinds of ticket; absent: all. */
  lines: v.optional(v.pipe(v.array(id), v.minLength(1))),
  kinds: v.optional(v.pipe(v.array(v.picklist(TICKET_KINDS)), v.minLength(1))),
  ...dated,
});
const staff = v.object({
  id,
  name: v.string(),
  station: id,
  role: v.optional(v.string()),
  roleEn: v.optional(v.string()),
  ...dated,
});

/** A self-service terminal; `name` is what people call it, such as 社保自助机. */
const terminal = v.object({ id, station: id, name: v.string(), nameEn: v.optional(v.string()), ...dated });

const seconds = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(86_400));

export const ALARM_KINDS = [
  'window-overtime',
  'queue',
  'poor-rating',
  'station-unheard',
  'terminal-broken',
  'promise-lapsing',
] as const;
export type AlarmKind = (typeof ALARM_KINDS)[number];

/** When alarms are raised and end; the thresholds themselves are the targets. Everything may be left out. */
const alarmSchema = v.object({
  /** Kinds that are raised; one that is not named is. */
  kinds: v.optional(v.record(v.picklist(ALARM_KINDS), v.boolean()), {}),
  /** So long a thing must be wrong before it is an alarm. */
  raiseAfterSeconds: v.optional(seconds, 30),
  /** So long it must be well again before the alarm ends by itself. */
  endAfterSeconds: v.optional(seconds, 60),
  /** So long after its end the same alarm is not raised again; at least a minute. */
  restSeconds: v.optional(v.pipe(seconds, v.minValue(60)), 600),
  /** Opening hours for which a poor rating stays an alarm; its follow-up goes on without it. */
  ratingHours: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(24)), 2),
  /** Opening hours before a promise lapses at which its open case becomes an alarm. */
  lapsingHours: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(24)), 3),
  /** A short tone at a new alarm. */
  sound: v.optional(v.boolean(), false),
  /** A new alarm is spoken, in Chinese. */
  speech: v.optional(v.boolean(), false),
});
export type AlarmSettings = v.InferOutput<typeof alarmSchema>;

/** What citizens are asked at a window's tablet. */
const ratingsSchema = v.object({
  /** What a round that nobody rated is recorded as, marked as such (`byDefault`); absent: it is not recorded at all. */
  default: v.optional(v.object({ score: v.picklist(SCORES) })),
  /** What may be said after a poor rating; absent: a sample of the product's own, shown as one. */
  reasons: v.optional(
    v.pipe(
      v.array(v.object({ id, zh: v.pipe(v.string(), v.minLength(1), v.maxLength(40)), en: v.optional(v.string()) })),
      v.maxLength(20),
      v.check((list) => new Set(list.map((one) => one.id)).size === list.length),
    ),
  ),
});

/** How the daily checks are done. */
const checksSchema = v.object({
  /** What areas of the hall's own are called, such as a duty lead's patrol; those that every hall has need no name. */
  areas: v.optional(
    v.pipe(
      v.array(
        v.object({ id: areaId, zh: v.pipe(v.string(), v.minLength(1), v.maxLength(12)), en: v.optional(v.string()) }),
      ),
      v.maxLength(20),
    ),
  ),
  /** `leads`: each lead their own station, and managers all; `managers`: these alone. */
  by: v.optional(v.picklist(['leads', 'managers']), 'leads'),
  /** Working days within which what a check found is to be put right, where the checker names no day. */
  dueDays: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(60)), 2),
});
export type CheckSettings = v.InferOutput<typeof checksSchema>;

/** What citizens tell the hall, and their words until somebody has read them. */
const voicesSchema = v.object({
  /** Words that nobody has read are deleted after so many days. */
  keepDays: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(365)), 30),
  /** Whether the management wall names whoever sees to a suggestion. */
  ownerOnWall: v.optional(v.boolean(), false),
});
export const KEEP_DAYS = v.getDefaults(voicesSchema).keepDays;

/** The sections of each kind of report, in their order; of a kind that is absent the product's own. */
const sections = v.optional(v.pipe(v.array(v.picklist(SECTION_IDS)), v.minLength(1)));
const reportsSchema = v.object(v.entriesFromList(REPORT_KINDS, sections));

/** A system that alone sends a kind of fact: for a station, or for all where none is named. */
const feed = v.object({ fact: v.picklist(FEED_FACTS), source: id, station: v.optional(id), ...dated });

export const profileSchema = v.object({
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  hall: id,
  /** Whether whoever set the hall up said that it is whole; until then the page for it is offered. */
  setUp: v.optional(v.literal('done')),
  name: v.object({ zh: v.string(), en: v.optional(v.string()) }),
  timeZone: v.string(),
  /** When the books of a day close in the night after it, `HH:MM` before eight; 02:00 if absent. */
  closesAt: v.optional(v.pipe(v.string(), v.regex(/^0[0-7]:[0-5]\d$/), v.metadata({ format: 'clock' }))),
  /** Opening hours of a working day, in order. */
  hours: v.pipe(v.array(v.tuple([clock, clock])), v.minLength(1)),
  stations: v.pipe(v.array(station), v.minLength(1)),
  windows: v.array(window),
  staff: v.array(staff),
  terminals: v.optional(v.array(terminal)),
  /** Areas that every station checks on every working day. */
  dailyChecks: v.array(areaId),
  checks: v.optional(checksSchema),
  medicalPilot: v.optional(v.object({ from: day, station: id, line: id })),
  targets: v.object({
    /** A wait up to this long is within the target. */
    waitMinutes: minutes,
    /** A ticket in service for longer than this puts its window in trouble. */
    serviceMinutes: minutes,
    /** People waiting in the street hall beyond this count are a queue too long. */
    queue: v.pipe(v.number(), v.integer(), v.minValue(1)),
    /** An open case whose promise ends within this many hours is about to lapse (即将超期). */
    dueSoonHours: v.pipe(v.number(), v.minValue(1)),
    /** A station not heard from for this long during opening hours is marked. */
    unheardMinutes: minutes,
    /** Working days in which a poor rating must be followed up where the follow-up states no deadline; 5 if absent. */
    poorRatingDays: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(60))),
  }),
  alarms: v.optional(alarmSchema),
  ratings: v.optional(ratingsSchema),
  queue: v.optional(queueSchema),
  followups: v.optional(followupsSchema),
  /** Where none is named for a kind of fact, any system may send it, and the desk as well. */
  feeds: v.optional(v.array(feed)),
  reports: v.optional(reportsSchema),
  /** By what stars are ranked; of what is absent the product's own. */
  stars: v.optional(starRulesSchema),
  voices: v.optional(voicesSchema),
  supervisionTelephone: v.optional(v.string()),
});
export type Profile = v.InferOutput<typeof profileSchema>;
export type Station = Profile['stations'][number];

const item = v.object({
  code: id,
  name: v.string(),
  nameEn: v.optional(v.string()),
  initials: v.optional(v.string()),
  line: id,
  kind: v.picklist(['instant', 'promised']),
  statutoryDays: v.optional(v.number()),
  promisedDays: v.optional(v.number()),
  tags: v.optional(v.array(v.string())),
  deferrable: v.optional(v.object({ days: v.number() })),
  instantApproval: v.optional(v.picklist(['none', 'being-built', 'live'])),
  yieldsLicence: v.optional(v.boolean()),
  difficulty: v.optional(v.number()),
  /** True for everything that the source document does not name. */
  sample: v.optional(v.boolean()),
  ...dated,
});

export const catalogueSchema = v.object({
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  lines: v.array(v.object({ id, name: v.string() })),
  items: v.array(item),
});
export type Catalogue = v.InferOutput<typeof catalogueSchema>;
export type Item = Catalogue['items'][number];

/** Everything that people configure about a hall, checked, with look-ups ready. */
export interface HallConfig {
  readonly profile: Profile;
  readonly catalogue: Catalogue;
  readonly scenes: Scenes;
  readonly noticeboard: Noticeboard;
  readonly calendar: Calendar;
  /** The hall's own part of it, as it was written. */
  readonly calendarDocument: CalendarDocument;
  readonly sending: SendingDocument;
  readonly stations: ReadonlyMap<string, Station>;
  readonly items: ReadonlyMap<string, Item>;
  /** Names of the hall's own staff, of all times. */
  readonly roster: ReadonlySet<string>;
}

export function createHallConfig(
  profile: Profile,
  catalogue: Catalogue,
  scenes: Scenes = DEFAULT_SCENES,
  noticeboard: Noticeboard = DEFAULT_NOTICEBOARD,
  calendar: CalendarDocument = DEFAULT_CALENDAR,
  sending: SendingDocument = DEFAULT_SENDING,
): HallConfig {
  return {
    profile,
    catalogue,
    scenes,
    noticeboard,
    calendarDocument: calendar,
    sending,
    calendar: createCalendar({ document: calendar, hours: profile.hours, official: officialCalendar }),
    stations: new Map(profile.stations.map((entry) => [entry.id, entry])),
    items: new Map(catalogue.items.map((entry) => [entry.code, entry])),
    roster: new Set(profile.staff.map((entry) => entry.name)),
  };
}

const CHECK_DEFAULTS = v.parse(checksSchema, {});

export function checkSettings(profile: Profile): CheckSettings {
  return profile.checks ?? CHECK_DEFAULTS;
}

const ALARM_DEFAULTS = v.parse(alarmSchema, {});

export function alarmSettings(profile: Profile): AlarmSettings {
  return profile.alarms ?? ALARM_DEFAULTS;
}

/** The names that a station bore on `day`, the Chinese one and, where there is one, the English. */
export function stationNames(station: Station, on: string): { zh: string; en?: string | undefined } {
  return station.names.find((entry) => isInForce(entry, on)) ?? station.names[station.names.length - 1]!;
}

/** The name that a station bore on `day`, in Chinese; its id where the profile does not know it. */
export function stationName(config: HallConfig, stationId: string, on: string): string {
  const found = config.stations.get(stationId);
  return found ? stationNames(found, on).zh : stationId;
}

/** The stations in force on a day, in the profile's order, as people call them. */
export function listStations(config: HallConfig, on: string): { readonly id: string; readonly name: string }[] {
  const here = config.profile.stations.filter((station) => isInForce(station, on));
  return here.map(({ id }) => ({ id, name: stationName(config, id, on) }));
}

/**
 * The line of business that an event belongs to: the one it names, else its item's in the catalogue.
 * `undefined` where neither is known.
 */
export function lineOf(config: HallConfig, line: string | undefined, itemCode: string | undefined): string | undefined {
  if (line) return line;
  return itemCode ? config.items.get(itemCode)?.line : undefined;
}

/** Random days of a small hall: events of every type over few ids, so that they meet, tie, repeat and void each other. */
import fc from 'fast-check';
import { HALL_DAY_SOURCE } from '../../domain/calendar/hall-day.ts';
import { addDays, dayNumber, momentOf } from '../../domain/calendar/zone.ts';
import { DESK_SOURCE } from '../../domain/desk/entry.ts';
import type { HallEvent } from '../../domain/events/event.ts';
import {
  ACCESS_CHANGES,
  ALARM_END_REASONS,
  CHANNELS,
  CHECK_AREAS,
  FINDING_ANSWERS,
  CHAIN_REASONS,
  EVENT_TYPES,
  FEED_STATUSES,
  RUN_STATUSES,
  SENT_RESULTS,
  FOLLOWUP_ABOUT,
  FOLLOWUP_RESULTS,
  LAMP_CAUSES,
  LAMPS,
  NOTICE_RESULTS,
  OUTCOMES,
  SERVICE_KINDS,
  STAR_KINDS,
  TERMINAL_STATUSES,
  WINDOW_STATUSES,
  type EventData,
  type EventType,
} from '../../domain/events/schema.ts';
import { FEED_FACTS } from '../../domain/profile/feeds.ts';
import { ITEMS, KNOWN_STATIONS, STATIONS } from './hall.ts';
import { QUEUE_SOURCE } from '../../domain/queue/source.ts';
import { RATINGS_SOURCE } from '../../domain/ratings/source.ts';
import { spoiling } from './spoil.ts';
import { zoneOf } from './zones.ts';

/** Days that are played through in a zone; each window holds something that goes wrong easily. */
export const WINDOWS = [
  // National Day, with a working Sunday before it and a working Saturday after it.
  { zone: 'Asia/Shanghai', from: '2019-09-28', to: '2019-10-13' },
  { zone: 'Asia/Shanghai', from: '2019-09-28', to: '2019-10-02' },
  // Where the calendar ends.
  { zone: 'Asia/Shanghai', from: '2026-12-29', to: '2027-01-02' },
  // A day of 25 hours.
  { zone: 'Europe/Amsterdam', from: '2019-10-24', to: '2019-10-29' },
  // A day of 23 hours that is a working day.
  { zone: 'Pacific/Auckland', from: '2019-09-27', to: '2019-10-01' },
  // A day that begins at one o'clock.
  { zone: 'America/Asuncion', from: '2019-10-04', to: '2019-10-09' },
] as const;
/** Months enough that more than a year of them change between two questions, and others do not. */
export const LONG_WINDOW = { zone: 'Asia/Shanghai', from: '2017-02-01', to: '2019-11-30' } as const;
export type Window = (typeof WINDOWS)[number] | typeof LONG_WINDOW;

export const MINUTE = 60_000;
/** Fields of other types, in forms that no type has. */
const UNDECLARED = { station: { id: 'hall' }, owner: 7, toString: 'x', dueBy: 'never', line: ['x'], onTime: 'yes' };
const maybe = <T>(arb: fc.Arbitrary<T>): fc.Arbitrary<T | null | undefined> =>
  fc.oneof({ weight: 4, arbitrary: arb }, { weight: 3, arbitrary: fc.constantFrom(null, undefined) });
export const pick = <T>(values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const flag = maybe(fc.boolean());

const caseId = pick(['c1', 'c2', 'c3']);
const ticketId = pick(['t1', 't2', 't3/%']);
const pair = pick(['p1', 'p2']);
const windowId = pick(['w01', 'w02', 'w99']);
const staffId = pick(['s1', 's2']);
const sentence = pick(['已联系', '多设座位', 'x'.repeat(300), '\u{1f600}'.repeat(120), '\u0001\n']);
const release = { text: maybe(fc.oneof(sentence, fc.constant(''))), edited: flag };
const reading = fc.record({ waiting: pick([0, 12]), longestMinutes: pick([0, 45]), things: maybe(pick([1, 3])) });
const station = fc.oneof({ weight: 5, arbitrary: pick(KNOWN_STATIONS) }, { weight: 1, arbitrary: pick(STATIONS) });
const item = pick(ITEMS);
const line = maybe(pick(['medical-insurance', 'tenancy', '其/他']));
const score = pick([1, 2, 3, 4, 5] as const);
/** Two of outsiders order differently by code unit and by code point; the last is what staff write down. */
export const source = pick(['//a', '//\uffee', '//\u{1f600}', DESK_SOURCE]);
const count = maybe(fc.integer({ min: 1, max: 40 }));

/** Times of a window: few enough to tie, many of them at the edges of days. */
export function momentsOf({ zone: name, from, to }: Window): fc.Arbitrary<number> {
  const zone = zoneOf(name);
  const first = momentOf(zone, from);
  const minutes = Math.floor((momentOf(zone, addDays(to, 1)) - first) / MINUTE);
  const midnights = daysOf(from, to).map((day) => momentOf(zone, day));
  return fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 0, max: minutes - 1 }).map((minute) => first + minute * MINUTE) },
    {
      weight: 3,
      arbitrary: fc.integer({ min: 0, max: 40 }).map((n) => first + Math.floor((n * minutes) / 41) * MINUTE),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(pick(midnights), pick([-1, 0, 1, MINUTE]))
        .map(([midnight, by]) => Math.max(first, midnight + by)),
    },
  );
}

export function daysOf(from: string, to: string): string[] {
  return Array.from({ length: dayNumber(to) - dayNumber(from) + 1 }, (_, i) => addDays(from, i));
}

/** The same instant in the spellings that RFC 3339 allows. */
export function spell(at: number, style: number): string {
  const local = (hours: number): string => new Date(at + hours * 3_600_000).toISOString().slice(0, -1);
  switch (style) {
    case 0:
      return `${local(0)}z`;
    case 1:
      return `${local(8)}+08:00`;
    case 2:
      return `${local(-5).toLowerCase()}-05:00`;
    default:
      return `${local(0)}999999+00:00`;
  }
}

export function dataOf(window: Window): { [T in EventType]: fc.Arbitrary<EventData[T]> } {
  const moment = fc.oneof(
    {
      weight: 9,
      arbitrary: fc.tuple(momentsOf(window), fc.integer({ min: 0, max: 3 })).map(([at, style]) => spell(at, style)),
    },
    // Far from everything: promises outside the window, at the ends of the calendar, and of no time at all.
    pick(['9999-12-31T23:59:59Z', '0001-01-01T00:00:00Z', '0099-12-31T00:00:00Z', '1969-12-31T23:59:59.999Z']),
    pick([`${addDays(window.to, 20)}T00:00:00Z`, `${addDays(window.from, -20)}T00:00:00Z`]),
  );
  const step = fc.record({ ticket: ticketId, station, window: maybe(windowId) });
  const stop = fc.record({ case: caseId });
  const appointment = fc.record({ appointment: pair, station, item: maybe(item), at: maybe(moment) });
  const star = fc.record({
    month: pick(['2018-09', '2019-09', '2019-10']),
    kind: pick(STAR_KINDS),
    staff: staffId,
    window: windowId,
    citation: maybe(sentence),
    citationEn: maybe(sentence),
    reasons: maybe(fc.array(sentence, { maxLength: 8 })),
  });
  const plannedStar = fc.tuple(star, moment).map(([planned, publishAt]) => ({ ...planned, publishAt }));
  const assignment = { owner: maybe(staffId), dueBy: maybe(moment) };
  const hallDay = fc.record({ day: pick(daysOf(window.from, window.to)), hours: fc.constant<[string, string][]>([]) });
  return {
    'hall.ticket.taken': fc.record({
      ticket: ticketId,
      station,
      line,
      green: flag,
      appointment: maybe(fc.oneof(fc.boolean(), pair)),
    }),
    'hall.ticket.called': step,
    'hall.ticket.recalled': step,
    'hall.ticket.transferred': step,
    'hall.ticket.served': step,
    'hall.ticket.passed': step,
    'hall.ticket.left': step,
    'hall.case.accepted': fc.record({
      case: caseId,
      station,
      channel: pick(CHANNELS),
      item,
      line,
      window: maybe(windowId),
      ticket: maybe(ticketId),
      handling: maybe(pick(['instant', 'promised'] as const)),
      promisedBy: maybe(moment),
      deferredDocuments: maybe(
        fc.oneof<fc.Arbitrary<boolean | string | string[]>[]>(
          fc.boolean(),
          pick([[], ['户口本'], ['']]),
          pick(['', '0', '[]', '身份证明']),
        ),
      ),
      supplyBy: maybe(moment),
      instantApproval: flag,
      appointment: maybe(fc.oneof(fc.boolean(), pair)),
      green: flag,
      applicant: maybe(pick(['individual', 'legal-person'] as const)),
    }),
    'hall.case.supplemented': stop,
    'hall.case.paused': stop,
    'hall.case.resumed': stop,
    'hall.case.finished': fc.record({ case: caseId, outcome: pick(OUTCOMES), onTime: flag }),
    // Voids name events that exist, that come later, that never come, and other voids.
    'hall.event.voided': fc.record({ source, id: eventId(24), reason: maybe(fc.constant('录错')), undo: flag }),
    'hall.licence.uploaded': fc.record({ case: caseId }),
    'hall.consultation.given': fc.record({
      station,
      medium: pick(['visit', 'phone'] as const),
      line,
      item: maybe(item),
      ticket: maybe(ticketId),
      count,
    }),
    'hall.rating.given': fc.record({
      score,
      station,
      window: maybe(windowId),
      case: maybe(caseId),
      ticket: maybe(ticketId),
      medium: pick(['pad', 'qr', 'sms', 'online', 'phone'] as const),
      byDefault: flag,
      round: maybe(pick([1, 2] as const)),
    }),
    'hall.rating.explained': fc.record({
      rating: pair,
      station,
      tags: fc.array(pick(['等候时间长', '态度好']), { maxLength: 2 }),
    }),
    'hall.service.given': fc.record({ station, kind: pick(SERVICE_KINDS), count }),
    'hall.appointment.booked': appointment,
    'hall.appointment.kept': appointment,
    'hall.appointment.missed': appointment,
    'hall.window.changed': fc.record({
      window: windowId,
      station,
      status: pick(WINDOW_STATUSES),
      reason: maybe(sentence),
    }),
    'hall.queue.ended': fc.record({ queue: pair, station }),
    'hall.terminal.changed': fc.record({ terminal: pair, station, status: pick(TERMINAL_STATUSES) }),
    'hall.request.received': fc.record({ request: pair, station }),
    'hall.request.released': fc.record({ request: pair, ...release }),
    'hall.request.assigned': fc.record({ request: pair, ...assignment }),
    'hall.request.declined': fc.record({ request: pair, reason: sentence }),
    'hall.request.answered': fc.record({
      request: pair,
      station: maybe(station),
      onTime: flag,
      timeUnknown: flag,
      answer: maybe(sentence),
    }),
    'hall.complaint.received': fc.record({ complaint: pair, station, staff: maybe(staffId) }),
    'hall.complaint.released': fc.record({ complaint: pair, staff: maybe(staffId), ...release }),
    'hall.complaint.assigned': fc.record({ complaint: pair, ...assignment }),
    'hall.complaint.declined': fc.record({ complaint: pair, reason: sentence }),
    'hall.complaint.answered': fc.record({
      complaint: pair,
      station: maybe(station),
      upheld: flag,
      answer: maybe(sentence),
    }),
    'hall.followup.opened': fc.record({
      followup: pair,
      about: fc.oneof(pick(FOLLOWUP_ABOUT), fc.constant('rating' as const)),
      case: maybe(caseId),
      station,
      owner: maybe(fc.constant('s1')),
      dueBy: maybe(moment),
    }),
    'hall.followup.assigned': fc.record({ followup: pair, owner: maybe(staffId), dueBy: maybe(moment) }),
    'hall.followup.noted': fc.record({
      followup: pair,
      note: maybe(fc.constant('已联系')),
      owner: maybe(fc.constant('s1')),
    }),
    'hall.followup.submitted': fc.record({ followup: pair, result: pick(FOLLOWUP_RESULTS) }),
    'hall.followup.returned': fc.record({ followup: pair, note: fc.constant('请补充') }),
    'hall.followup.reminded': fc.record({ followup: pair, term: maybe(moment), step: maybe(fc.constant(1)) }),
    'hall.followup.extension-asked': fc.record({ followup: pair, until: moment, note: fc.constant('等材料') }),
    'hall.followup.extension-decided': fc.record({ followup: pair, granted: fc.boolean(), until: maybe(moment) }),
    'hall.followup.lit': fc.record({ followup: pair, lamp: pick(LAMPS), term: moment }),
    'hall.followup.cause-given': fc.record({ followup: pair, lamp: pick(LAMPS), cause: pick(LAMP_CAUSES) }),
    'hall.followup.cause-decided': fc.record({ followup: pair, lamp: pick(LAMPS), counts: fc.boolean() }),
    'hall.followup.reviewed': fc.record({ followup: pair, misrated: fc.boolean() }),
    'hall.notice.sending': fc.record({ notice: sentence, robot: fc.constant('office'), attempt: fc.constant(1) }),
    'hall.notice.sent': fc.record({
      notice: sentence,
      robot: fc.constant('office'),
      attempt: fc.constant(1),
      result: pick(NOTICE_RESULTS),
    }),
    'hall.followup.closed': fc.record({ followup: pair, result: pick(FOLLOWUP_RESULTS) }),
    'hall.alarm.raised': fc.record({
      alarm: pair,
      kind: pick(['queue', 'window-overtime', '停电']),
      station,
      window: maybe(windowId),
      proposal: maybe(fc.oneof(sentence, pick(['open-window:w01', 'open-window:w99', 'send-lead']))),
      since: maybe(moment),
      reading: maybe(reading),
    }),
    'hall.alarm.taken': fc.record({ alarm: pair, by: maybe(staffId), measure: maybe(sentence) }),
    'hall.alarm.ended': fc.record({
      alarm: pair,
      by: maybe(staffId),
      effect: maybe(sentence),
      reason: maybe(pick(ALARM_END_REASONS)),
      reading: maybe(reading),
    }),
    'hall.check.done': fc.record({ station, area: pick(CHECK_AREAS), result: pick(['ok', 'issue'] as const) }),
    'hall.check.answered': fc.record({
      station,
      area: pick(CHECK_AREAS),
      day: pick(['2019-11-28', '2019-11-29']),
      finding: pick(['skipped', 'skipped', 'overdue', 'seen'] as const),
      thing: maybe(fc.constant('case:c1')),
      count: maybe(fc.constant(3)),
      answer: pick(FINDING_ANSWERS),
      note: maybe(sentence),
      followup: maybe(pair),
    }),
    'hall.suggestion.received': fc.record({
      suggestion: pair,
      text: maybe(fc.oneof({ weight: 3, arbitrary: fc.constant('多设座位') }, sentence)),
      station: maybe(station),
    }),
    'hall.suggestion.released': fc.record({ suggestion: pair, ...release }),
    'hall.suggestion.assigned': fc.record({ suggestion: pair, ...assignment }),
    'hall.suggestion.declined': fc.record({ suggestion: pair, reason: fc.oneof(sentence, fc.constant('')) }),
    'hall.suggestion.answered': fc.record({
      suggestion: pair,
      answer: pick(['已办', '']),
      adopted: pick([true, true, false, null]),
    }),
    'hall.star.published': star,
    'hall.star.withdrawn': star,
    'hall.star.planned': plannedStar,
    'hall.star.unplanned': star,
    'hall.training.held': fc.record({ topic: fc.constant('服务礼仪'), people: pick([1, 60]), station: maybe(station) }),
    'hall.day.opened': hallDay,
    'hall.day.closed': hallDay,
    'hall.day.reconciled': fc.record({
      day: pick(daysOf(window.from, window.to)),
      run: pick(['r1', 'r2']),
      system: fc.constant('platform'),
      title: fc.constant('一窗平台'),
      mapping: fc.constant('a1'),
      file: fc.constant('b2'),
      rows: pick([0, 53]),
      matched: pick([0, 50]),
      ledgerMissing: pick([0, 1]),
      fileMissing: pick([0, 1]),
      differs: pick([0, 1]),
      unread: pick([0, 1]),
      upTo: pick([0, 9]),
    }),
    'hall.file.imported': fc.record({
      run: pick(['i1', 'i2']),
      title: fc.constant('叫号系统'),
      source: fc.constant('/import/queue'),
      mapping: fc.constant('a1'),
      file: fc.constant('b2'),
      rows: pick([0, 53]),
      newRows: pick([0, 50]),
      knownRows: pick([0, 1]),
      leftOut: pick([0, 1]),
      differing: pick([0, 1]),
      corrected: pick([0, 1]),
      refused: pick([0, 1]),
      events: pick([0, 118]),
    }),
    'hall.reconcile.noted': fc.record({
      run: pick(['r1', 'r2']),
      finding: pick([0, 1]),
      owner: maybe(staffId),
      cause: maybe(fc.constant('outage' as const)),
    }),
    'hall.day.frozen': fc.record({
      day: pick(daysOf(window.from, window.to)),
      closing: fc.constant(1),
      figures: fc.constant({ accepted: 1 }),
      stations: fc.constant({}),
      rules: fc.constant({ fold: '9', measures: '1', calendar: 'c' }),
      documents: fc.constant({ profile: DIGEST, catalogue: DIGEST, calendar: DIGEST }),
      silentFeeds: fc.constant([]),
      ...link,
    }),
    'hall.day.chain-begun': fc.record({ reason: pick(CHAIN_REASONS), ...link }),
    'hall.profile.changed': fc.record({ document: fc.constant('profile'), version: pick([1, 2]) }),
    'hall.access.changed': fc.record({
      change: pick(ACCESS_CHANGES),
      staff: maybe(staffId),
      role: maybe(fc.constant('clerk')),
      station: maybe(station),
      from: maybe(pick(daysOf(window.from, window.to))),
    }),
    'hall.report.worded': fc.record({ report: pair, text: fc.constant('工作动态') }),
    'hall.report.run': fc.record({
      report: pair,
      plan: fc.constant('morning'),
      kind: fc.constant('day'),
      from: pick(daysOf(window.from, window.to)),
      to: pick(daysOf(window.from, window.to)),
      slot: fc.constant('2019-11-22T00:30:00Z'),
      status: pick(RUN_STATUSES),
      recipients: fc.constant(['office']),
    }),
    'hall.report.sending': fc.record({
      report: pair,
      recipient: fc.constant('office'),
      attempt: pick([1, 2]),
      seq: pick([0, 7]),
    }),
    'hall.report.sent': fc.record({
      report: pair,
      recipient: fc.constant('office'),
      attempt: pick([1, 2]),
      result: pick(SENT_RESULTS),
    }),
    'hall.feed.changed': fc.record({
      station,
      facts: fc.array(pick(FEED_FACTS.slice(0, 3)), { minLength: 1, maxLength: 3 }),
      status: pick(FEED_STATUSES),
    }),
  };
}

const DIGEST = '0'.repeat(64);
const link = {
  rows: fc.constant({ after: 0, upTo: 1, digest: DIGEST }),
  key: fc.constant('k'),
  mac: fc.constant(DIGEST),
};

/** Who says most of what: the hall itself, or the people in it. */
const OWN_SOURCES: readonly (readonly [type: string, sources: readonly string[]])[] = [
  ['hall.day.', [HALL_DAY_SOURCE]],
  ['hall.access.', ['urn:hallpulse:access', 'URN:hallpulse:desk']],
  ['hall.ticket.taken', [QUEUE_SOURCE, '//a']],
  ['hall.rating.', [RATINGS_SOURCE, '//a']],
];

/** Types that decide more about the numbers come more often. */
function weightOf(type: EventType): number {
  if (type === 'hall.case.accepted' || type === 'hall.ticket.taken' || type === 'hall.event.voided') return 8;
  if (/^hall\.(case|ticket|rating|day)\./.test(type)) return 5;
  return /^hall\.(followup|request|complaint|appointment|check|licence|consultation|suggestion)\./.test(type) ? 3 : 1;
}

/** Half of them few, so that repeats, conflicts and voids of one event meet. */
function eventId(pool: number): fc.Arbitrary<string> {
  return fc.oneof(fc.integer({ min: 1, max: pool }), fc.integer({ min: 1, max: 4 })).map((n) => `e${n}`);
}

export function eventOf(window: Window, pool: number): fc.Arbitrary<HallEvent> {
  const data = dataOf(window);
  const at = momentsOf(window);
  // Days are the hall's to open and close; what others say of them, and what a type does not declare, is nobody's.
  const sourceOf = (type: EventType) => {
    const own = OWN_SOURCES.find(([begins]) => type.startsWith(begins))?.[1];
    return own === undefined ? source : fc.oneof({ weight: 9, arbitrary: pick(own) }, { weight: 3, arbitrary: source });
  };
  const beside = fc.oneof({ weight: 9, arbitrary: fc.constant({}) }, fc.constant(UNDECLARED));
  return fc.oneof(
    ...EVENT_TYPES.map((type) => ({
      weight: weightOf(type),
      arbitrary: fc
        .record({
          source: sourceOf(type),
          id: eventId(pool),
          at,
          subject: fc.option(pick(['w01', 'p1']), { nil: undefined }),
          data: fc.tuple(beside, data[type] as fc.Arbitrary<object>).map(([more, own]) => ({ ...more, ...own })),
          spoil: spoiling,
        })
        .map(({ subject, spoil, ...event }) =>
          spoil({ ...event, type, ...(subject === undefined ? {} : { subject }) } as unknown as HallEvent),
        ),
    })),
  );
}

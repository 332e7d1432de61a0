/** The oracle's own table of what an event's data must look like to be counted (C16), written from docs/http.md. */
import type { HallEvent } from '../../domain/events/event.ts';

type Form = (value: unknown) => boolean;

const text: Form = (value) => typeof value === 'string' && value.length <= 2000;
const id: Form = (value) => text(value) && value !== '' && (value as string).length <= 200;
const flag: Form = (value) => value === true || value === false;
const whole =
  (least: number): Form =>
  (value) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= 1_000_000;
const count = whole(1);
const sum: Form = (value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 100_000_000;
const like =
  (pattern: RegExp): Form =>
  (value) =>
    typeof value === 'string' && pattern.test(value);
const date = like(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);
const clock = like(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/);
const instant = like(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i);
const moment: Form = (value) => instant(value) && !Number.isNaN(Date.parse((value as string).toUpperCase()));
const listOf =
  (form: Form, most: number): Form =>
  (value) =>
    Array.isArray(value) && value.length <= most && value.every(form);
const either =
  (...forms: readonly Form[]): Form =>
  (value) =>
    forms.some((form) => form(value));
const maybe = (form: Form): Form => either(form, (value) => value === null || value === undefined);
const among =
  (words: string): Form =>
  (value) =>
    words.split(' ').some((word) => word === value);
const numbered =
  (from: number, to: number): Form =>
  (value) =>
    Number.isInteger(value) && (value as number) >= from && (value as number) <= to;
const object =
  (fields: Readonly<Record<string, Form>>): Form =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(fields).every(([name, form]) => form((value as Record<string, unknown>)[name]));

const area = like(/^[a-z][a-z0-9-]{0,39}$/);
const release = { by: maybe(id), text: maybe(text), edited: maybe(flag) };
const assignment = { owner: maybe(id), dueBy: maybe(moment) };
const reading = maybe(object({ waiting: whole(0), longestMinutes: whole(0), things: maybe(count) }));
const step = { ticket: id, ticketDay: maybe(date), station: id, window: maybe(id), staff: maybe(id) };
const stop = { case: id, reason: maybe(text) };
const appointment = { appointment: id, station: id, item: maybe(id), at: maybe(moment) };
const amount: Form = (value) => typeof value === 'number' && value >= 0 && value <= 100_000_000;
const basis = object({
  ...{ score: maybe(amount), rank: maybe(count), ranked: sum, line: maybe(id), cases: sum },
  ...{ leastCases: sum, leastRatings: sum, upTo: sum },
  parts: listOf(
    object({
      part: among('volume lines satisfaction onTime consultations'),
      ...{ n: amount, of: amount, weight: amount, points: amount },
    }),
    5,
  ),
});
const star = {
  month: like(/^\d{4}-(0[1-9]|1[0-2])$/),
  kind: among('pacesetter expert window'),
  ...{
    staff: maybe(id),
    window: maybe(id),
    citation: maybe(text),
    citationEn: maybe(text),
    reasons: maybe(listOf(text, 20)),
  },
  ...{ basis: maybe(basis), overrule: maybe(text), plan: maybe(id) },
};
const place: Form = (value) => Number.isInteger(value) && (value as number) >= 0;
const digest = like(/^[0-9a-f]{64}$/);
const valuesOf =
  (form: Form): Form =>
  (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(form);
const figures = valuesOf((value) => typeof value === 'number' && !Number.isNaN(value));
const link = {
  rows: object({ after: place, upTo: place, digest }),
  previous: maybe(object({ seq: place, mac: digest })),
  key: id,
  mac: digest,
};
const hours: Form = listOf((pair) => Array.isArray(pair) && pair.length === 2 && pair.every(clock), 8);

const FORMS: Readonly<Record<string, Readonly<Record<string, Form>>>> = {
  'ticket.taken': {
    ...{ ticket: id, ticketDay: maybe(date), station: id, line: maybe(id) },
    ...{ green: maybe(flag), appointment: maybe(either(flag, id)), appointmentAt: maybe(moment) },
  },
  'queue.ended': { queue: id, station: id, staff: maybe(id) },
  'ticket.called': step,
  'ticket.recalled': step,
  'ticket.transferred': step,
  'ticket.served': step,
  'ticket.passed': step,
  'ticket.left': step,
  'case.accepted': {
    ...{ case: id, station: id, item: id, line: maybe(id), window: maybe(id), staff: maybe(id), ticket: maybe(id) },
    ...{ channel: among('window online self-service home-visit phone post'), ticketDay: maybe(date) },
    ...{ handling: maybe(among('instant promised')), promisedBy: maybe(moment), supplyBy: maybe(moment) },
    ...{ deferredDocuments: maybe(either(flag, text, listOf(text, 50))), appointment: maybe(either(flag, id)) },
    ...{ instantApproval: maybe(flag), green: maybe(flag), applicant: maybe(among('individual legal-person')) },
  },
  'case.supplemented': { case: id },
  'case.paused': stop,
  'case.resumed': stop,
  'case.finished': {
    ...{ case: id, outcome: among('approved refused not-accepted withdrawn') },
    ...{ window: maybe(id), staff: maybe(id), onTime: maybe(flag) },
  },
  'licence.uploaded': { case: id },
  'consultation.given': {
    ...{ station: id, medium: among('visit phone'), line: maybe(id), item: maybe(id), topic: maybe(text) },
    ...{ window: maybe(id), staff: maybe(id), ticket: maybe(id), ticketDay: maybe(date), count: maybe(count) },
    ...{ result: maybe(among('answered referred')) },
  },
  'rating.given': {
    ...{ score: numbered(1, 5), station: id, case: maybe(id), ticket: maybe(id), ticketDay: maybe(date) },
    ...{ window: maybe(id), staff: maybe(id), medium: among('pad qr sms online phone') },
    ...{ byDefault: maybe(flag), round: maybe(numbered(1, 2)), tags: maybe(listOf(text, 20)) },
  },
  'rating.explained': { rating: id, station: id, tags: listOf(text, 20) },
  'service.given': {
    ...{ station: id, count: maybe(count) },
    ...{ kind: among('express copying accompaniment nursing-room counselling terminal home-visit') },
  },
  'appointment.booked': appointment,
  'appointment.kept': appointment,
  'appointment.missed': appointment,
  'window.changed': {
    ...{ window: id, station: id, status: among('open paused closed'), reason: maybe(text), staff: maybe(id) },
  },
  'terminal.changed': { terminal: id, station: id, status: among('working out-of-paper broken') },
  'request.received': { request: id, station: id, topic: maybe(text), medium: maybe(id) },
  'request.answered': {
    ...{ request: id, station: maybe(id), onTime: maybe(flag), timeUnknown: maybe(flag), answer: maybe(text) },
  },
  'request.released': { request: id, ...release },
  'request.assigned': { request: id, ...assignment },
  'request.declined': { request: id, reason: text },
  'complaint.received': { complaint: id, station: id, staff: maybe(id), about: maybe(text) },
  'complaint.answered': {
    ...{ complaint: id, station: maybe(id), staff: maybe(id), upheld: maybe(flag), answer: maybe(text) },
  },
  'complaint.released': { complaint: id, staff: maybe(id), ...release },
  'complaint.assigned': { complaint: id, ...assignment },
  'complaint.declined': { complaint: id, reason: text },
  'followup.opened': {
    ...{ followup: id, station: id, case: maybe(id), owner: maybe(id), dueBy: maybe(moment) },
    ...{ note: maybe(text), matter: maybe(among('overdue rating check unheard')), of: maybe(id) },
    ...{ about: among('rating overdue licence deferred check suggestion instruction') },
    ...{ area: maybe(area), rating: maybe(id), staff: maybe(id) },
  },
  'followup.assigned': { followup: id, owner: maybe(id), dueBy: maybe(moment) },
  'followup.noted': { followup: id, note: maybe(text), owner: maybe(id) },
  'followup.submitted': {
    ...{ followup: id, result: among('called-back rectified explained misrated'), note: maybe(text) },
  },
  'followup.returned': { followup: id, note: text },
  'followup.reminded': { followup: id, note: maybe(text), term: maybe(moment), step: maybe(count) },
  'followup.extension-asked': { followup: id, until: moment, note: text },
  'followup.extension-decided': { followup: id, granted: flag, until: maybe(moment), note: maybe(text) },
  'followup.lit': { followup: id, lamp: among('blue yellow red'), term: moment },
  'followup.cause-given': {
    ...{ followup: id, lamp: among('blue yellow red'), note: maybe(text) },
    ...{ cause: among('late-entry unreachable waits-for-others difficult overlooked other') },
  },
  'followup.cause-decided': { followup: id, lamp: among('blue yellow red'), counts: flag, note: maybe(text) },
  'followup.reviewed': { followup: id, misrated: flag, note: maybe(text) },
  'followup.closed': {
    ...{ followup: id, result: among('called-back rectified explained misrated'), note: maybe(text) },
  },
  'notice.sending': { notice: id, robot: id, attempt: count },
  'notice.sent': {
    ...{ notice: id, robot: id, attempt: count, reason: maybe(id) },
    ...{ result: among('sent failed unknown expired') },
  },
  'alarm.raised': {
    ...{ alarm: id, kind: id, station: id, window: maybe(id), proposal: maybe(text) },
    ...{ since: maybe(moment), reading },
  },
  'alarm.taken': { alarm: id, by: maybe(id), measure: maybe(text) },
  'alarm.ended': {
    ...{ alarm: id, by: maybe(id), effect: maybe(text), reading },
    ...{ reason: maybe(among('cleared by-hand closing expired')) },
  },
  'check.done': { station: id, area, result: among('ok issue'), by: maybe(id) },
  'check.answered': {
    ...{ station: id, area, day: date, count: maybe(count), note: maybe(text), followup: maybe(id) },
    finding: among('overdue due-soon papers-due licence-missing unrated poor-rating complaint-open skipped seen'),
    thing: maybe((value) => typeof value === 'string' && value !== '' && value.length <= 1000),
    answer: among('in-order explained follow-up'),
  },
  'suggestion.received': { suggestion: id, text: maybe(text), station: maybe(id) },
  'suggestion.released': { suggestion: id, ...release },
  'suggestion.assigned': { suggestion: id, ...assignment },
  'suggestion.declined': { suggestion: id, reason: text },
  'suggestion.answered': { suggestion: id, answer: text, adopted: maybe(flag) },
  'star.published': star,
  'star.withdrawn': star,
  'star.unplanned': star,
  'star.planned': { ...star, publishAt: moment },
  'training.held': { topic: text, people: count, station: maybe(id) },
  'day.opened': { day: date, hours },
  'day.closed': { day: date, hours },
  'day.reconciled': {
    ...{ day: date, run: id, system: id, title: (value) => value === '' || id(value), mapping: id, file: id },
    ...{ rows: sum, matched: sum, ledgerMissing: sum, fileMissing: sum, differs: sum, unread: sum, upTo: sum },
  },
  'file.imported': {
    ...{ run: id, title: (value) => value === '' || id(value), source: id, mapping: id, file: id },
    ...{ rows: sum, newRows: sum, knownRows: sum, leftOut: sum, differing: sum, corrected: sum, refused: sum },
    events: sum,
  },
  'reconcile.noted': {
    ...{ run: id, finding: sum, owner: maybe(id), note: maybe(text) },
    cause: maybe(among('late outage entered-wrong entered-twice other-day trial other')),
  },
  'day.frozen': {
    ...{ day: date, closing: place, figures, stations: valuesOf(figures) },
    rules: object({ fold: id, measures: id, calendar: id }),
    documents: object({ profile: digest, catalogue: digest, calendar: digest }),
    silentFeeds: listOf(
      object({
        fact: among('tickets cases consultations services appointments ratings requests'),
        source: id,
        station: maybe(id),
      }),
      Infinity,
    ),
    ...link,
  },
  'day.chain-begun': {
    reason: among('first restored replaced key-lost head-lost altered'),
    outside: maybe(object({ ledger: id, seq: place, mac: digest })),
    restore: maybe(
      object({ at: moment, backup: maybe(text), by: maybe(id), answers: maybe(listOf(digest, Infinity)) }),
    ),
    ...link,
  },
  'profile.changed': { document: id, version: either(id, count), by: maybe(id), digest: maybe(id) },
  'access.changed': {
    ...{ staff: maybe(id), role: maybe(id), station: maybe(id), from: maybe(date), until: maybe(date) },
    change: either(
      among('account-added account-ended assignment-added assignment-ended password-set password-reset'),
      among('session-ended signed-in locked code-issued code-used key-added key-ended display-added display-ended'),
    ),
    note: maybe(text),
  },
  'report.worded': { report: id, text, by: maybe(id) },
  'report.run': {
    ...{ report: id, plan: id, kind: id, from: date, to: date, station: maybe(id), slot: moment },
    status: among('begun missed recalled'),
    recipients: listOf(id, 50),
    by: maybe(id),
  },
  'report.sending': {
    report: id,
    recipient: id,
    attempt: count,
    seq: (value) => Number.isInteger(value) && (value as number) >= 0,
  },
  'report.sent': {
    ...{ report: id, recipient: id, attempt: count, reason: maybe(id), lacking: maybe(listOf(id, 10)), by: maybe(id) },
    result: among('sent failed unknown again'),
  },
  'feed.changed': {
    station: id,
    facts: (value) =>
      listOf(among('tickets cases consultations services appointments ratings requests'), 20)(value) &&
      (value as unknown[]).length > 0,
    status: among('desk restored'),
  },
};

/** Whether a type is one that halls know. */
export function isKnownType(type: string): boolean {
  return type === 'hall.event.voided' || Object.hasOwn(FORMS, type.replace(/^hall\./, ''));
}

/** C16. A void is taken at its word, whatever stands beside what it names. */
export function isReadable({ type, data }: HallEvent): boolean {
  if (!isKnownType(type)) return false;
  if (type === 'hall.event.voided') return typeof data.source === 'string' && typeof data.id === 'string';
  const values = data as Readonly<Record<string, unknown>>;
  if (type.startsWith('hall.star.') && values[values['kind'] === 'window' ? 'window' : 'staff'] == null) return false;
  return Object.entries(FORMS[type.slice('hall.'.length)]!).every(
    ([name, form]) => form(values[name]) && !among('__proto__ constructor prototype')(values[name]),
  );
}

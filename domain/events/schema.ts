/** The event vocabulary: one valibot schema per type, from which every TypeScript type of an event follows. */
import * as v from 'valibot';
import { FEED_FACTS } from '../profile/feeds.ts';
import { CAUSES } from '../reconcile/causes.ts';
import { SCORES } from './kinds.ts';
import { parseMoment } from './moment.ts';

/** Longest opaque id (case, ticket, window, staff, station …) and longest free text, in UTF-16 code units. */
export const ID_LIMIT = 200;
const TEXT_LIMIT = 2_000;
/** Longest key of a row: two ids and what stands between them. */
const KEY_LIMIT = 1_000;

/** Any opaque id, as whoever says something names it. */
export const idSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(ID_LIMIT));
/** Drawn by the page, so that an answer which is lost can be asked for again. */
export const drawnIdSchema = v.pipe(v.string(), v.regex(/^[a-z]{10,64}$/));
/** `null` from a vendor's export means the same as a field that is absent. */
export const maybe = <S extends v.GenericSchema>(schema: S) => v.nullish(schema);
const id = idSchema;
const text = v.pipe(v.string(), v.maxLength(TEXT_LIMIT));
const word = id;
const flag = v.boolean();
const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000));
const score = v.picklist(SCORES);
/** A moment with its offset, as RFC 3339 writes it, of a day that the calendar has. */
const moment = v.pipe(
  v.string(),
  v.check((value) => parseMoment(value) !== undefined),
);
export { moment as momentSchema };
const day = v.pipe(v.string(), v.isoDate());
/** A day that the calendar has: cells are filed under it. */
const realDay = v.pipe(
  day,
  v.check((value) => parseMoment(`${value}T00:00:00Z`) !== undefined),
);
const month = v.pipe(v.string(), v.regex(/^\d{4}-(0[1-9]|1[0-2])$/));
const clock = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/));

export const CHANNELS = ['window', 'online', 'self-service', 'home-visit', 'phone', 'post'] as const;
export const OUTCOMES = ['approved', 'refused', 'not-accepted', 'withdrawn'] as const;
export const SERVICE_KINDS = [
  'express',
  'copying',
  'accompaniment',
  'nursing-room',
  'counselling',
  'terminal',
  'home-visit',
] as const;
export const FOLLOWUP_ABOUT = [
  'rating',
  'overdue',
  'licence',
  'deferred',
  'check',
  'suggestion',
  'instruction',
] as const;
/** What an instruction can be of. */
export const INSTRUCTED = ['overdue', 'rating', 'check', 'unheard'] as const;
/** Blue reminds that a follow-up's term is near; yellow: it has passed; red: by so much. */
export const LAMPS = ['blue', 'yellow', 'red'] as const;
/** Why a term passed. `late-entry`: it was done in time and written down late. */
export const LAMP_CAUSES = [
  'late-entry',
  'unreachable',
  'waits-for-others',
  'difficult',
  'overlooked',
  'other',
] as const;
export const FOLLOWUP_RESULTS = ['called-back', 'rectified', 'explained', 'misrated'] as const;
/** Areas of the daily check that every hall has; a hall may have others of its own. */
export const CHECK_AREAS = ['cases', 'licences', 'satisfaction', 'conduct'] as const;
/** An area's id: it stands in keys between colons. */
export const areaId = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,39}$/));
/**
 * What the hall's own figures hold against a station when an area is checked, and what the checker sees beside them
 * (`seen`); `skipped`: a check that was owed on a day before and not done.
 */
export const FINDING_KINDS = [
  'overdue',
  'due-soon',
  'papers-due',
  'licence-missing',
  'unrated',
  'poor-rating',
  'complaint-open',
  'skipped',
  'seen',
] as const;
/** Looked into and in order; in order for a reason that the note tells; somebody has to do something about it. */
export const FINDING_ANSWERS = ['in-order', 'explained', 'follow-up'] as const;
export const WINDOW_STATUSES = ['open', 'paused', 'closed'] as const;
export const TERMINAL_STATUSES = ['working', 'out-of-paper', 'broken'] as const;
/** 业务标兵, 岗位能手 and 红旗窗口: two of people, one of a window. */
export const STAR_KINDS = ['pacesetter', 'expert', 'window'] as const;
/** What a star's score is made of. */
export const STAR_PARTS = ['volume', 'lines', 'satisfaction', 'onTime', 'consultations'] as const;
/** Why an alarm ended: what it was about is over, somebody said so, the hall closed, or it had been open long enough. */
export const ALARM_END_REASONS = ['cleared', 'by-hand', 'closing', 'expired'] as const;

/** What can change about who may do what, and where it is shown. */
export const ACCESS_CHANGES = [
  'account-added',
  'account-ended',
  'assignment-added',
  'assignment-ended',
  'password-set',
  'password-reset',
  'session-ended',
  'signed-in',
  'locked',
  'code-issued',
  'code-used',
  'key-added',
  'key-ended',
  'display-added',
  'display-ended',
] as const;
/**
 * Why the chain of frozen days begins: at first; after a restore; because the key, or the note of its last entry, is
 * lost; because the ledger does not hold what that note names.
 */
export const CHAIN_REASONS = ['first', 'restored', 'replaced', 'key-lost', 'head-lost', 'altered'] as const;
/** A lead makes the desk the feed of some facts, or gives them back to their system. */
export const FEED_STATUSES = ['desk', 'restored'] as const;
/** What is said of a run; each is told where the event is. */
export const RUN_STATUSES = ['begun', 'missed', 'recalled'] as const;
/** What became of a report on its way to one recipient; `again`: a person said that it shall be sent once more. */
export const SENT_RESULTS = ['sent', 'failed', 'unknown', 'again'] as const;

/** What became of a notice on its way to a robot; `expired`: nobody could send it until it was of no use any more. */
export const NOTICE_RESULTS = ['sent', 'failed', 'unknown', 'expired'] as const;

/** The day of a ticket whose number comes again on others; the door makes it a part of the ticket's id. */
const ticketDay = maybe(day);
const ticketStep = v.object({ ticket: id, ticketDay, station: id, window: maybe(id), staff: maybe(id) });
const pause = v.object({ case: id, reason: maybe(text) });
const appointment = v.object({ appointment: id, station: id, item: maybe(id), at: maybe(moment) });
const sum = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000_000));
const amount = v.pipe(v.number(), v.minValue(0), v.maxValue(100_000_000));
/** By what somebody was chosen: it stays as it was when weights and facts are others. */
const basis = v.object({
  /** Of 100, and the place among those who were ranked; absent where too little was known of them. */
  score: maybe(amount),
  rank: maybe(count),
  ranked: sum,
  /** Of an expert: the line that it is about. */
  line: maybe(id),
  cases: sum,
  leastCases: sum,
  leastRatings: sum,
  /** The position of the ledger that it is of; absent where it was read from none. */
  upTo: maybe(sum),
  /** `n` of `of`, the part's weight, and the points that it gave. */
  parts: v.pipe(
    v.array(v.object({ part: v.picklist(STAR_PARTS), n: amount, of: amount, weight: amount, points: amount })),
    v.maxLength(STAR_PARTS.length),
  ),
});
const starFields = {
  month,
  kind: v.picklist(STAR_KINDS),
  /** Of a person's title; `window` of a window's. */
  staff: maybe(id),
  window: maybe(id),
  citation: maybe(text),
  citationEn: maybe(text),
  reasons: maybe(v.pipe(v.array(text), v.maxLength(20))),
};
const ofStar = {
  ...starFields,
  basis: maybe(basis),
  /** Why another was chosen than the first by score. */
  overrule: maybe(text),
  /** The event by which it was planned, or of the plan that is taken back. */
  plan: maybe(id),
};
const star = v.pipe(
  v.object(ofStar),
  v.forward(
    v.check(({ kind, staff }) => kind === 'window' || isNamed(staff)),
    ['staff'],
  ),
  v.forward(
    v.check(({ kind, window }) => kind !== 'window' || isNamed(window)),
    ['window'],
  ),
);
const plannedStar = v.pipe(
  v.object({ ...ofStar, publishAt: moment }),
  v.forward(
    v.check(({ kind, staff }) => kind === 'window' || isNamed(staff)),
    ['staff'],
  ),
  v.forward(
    v.check(({ kind, window }) => kind !== 'window' || isNamed(window)),
    ['window'],
  ),
);
/** The words that a person read and lets stand, and whether that person changed them. */
const release = { by: maybe(id), text: maybe(text), edited: maybe(flag) };
const assignment = { owner: maybe(id), dueBy: maybe(moment) };
const hours = v.pipe(v.array(v.tuple([clock, clock])), v.maxLength(8));
const hallDay = v.object({ day, hours });
/** A place in the ledger; of nothing before it 0. */
const position = v.pipe(v.number(), v.integer(), v.minValue(0));
/** SHA-256, or an HMAC with it, in lower-case hex. */
const digest = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const figures = v.record(v.string(), v.number());
/** What chains one entry of the frozen days to the one before it, and seals it (spec section Z). */
const link = {
  /** All rows behind `after`, up to `upTo`: a digest over one digest a row. */
  rows: v.object({ after: position, upTo: position, digest }),
  /** The entry before: its place and its seal. Absent in the first. */
  previous: maybe(v.object({ seq: position, mac: digest })),
  /** Names the key of the seal. */
  key: word,
  mac: digest,
};
/** What the waits at the station were: how many people, and how long the first of them had waited. */
const reading = v.object({
  waiting: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000)),
  longestMinutes: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000)),
  /** Of an alarm that stands for several things: how many they are. */
  things: maybe(count),
});

/** What each type's `data` holds. Fields not named here are not kept. */
export const dataSchemas = {
  'hall.ticket.taken': v.object({
    ticket: id,
    ticketDay,
    station: id,
    line: maybe(word),
    green: maybe(flag),
    appointment: maybe(v.union([flag, id])),
    /** The moment of that appointment. */
    appointmentAt: maybe(moment),
    /** What the asking was called by whoever asked the hall's own queue: the same again gets the same number. */
    asked: maybe(id),
  }),
  'hall.ticket.called': ticketStep,
  'hall.ticket.recalled': ticketStep,
  'hall.ticket.transferred': ticketStep,
  'hall.ticket.served': ticketStep,
  'hall.ticket.passed': ticketStep,
  'hall.ticket.left': ticketStep,
  'hall.case.accepted': v.object({
    case: id,
    station: id,
    channel: v.picklist(CHANNELS),
    item: id,
    line: maybe(word),
    window: maybe(id),
    staff: maybe(id),
    ticket: maybe(id),
    ticketDay,
    handling: maybe(v.picklist(['instant', 'promised'])),
    promisedBy: maybe(moment),
    /** The papers that are missing, by name or as a bare flag. */
    deferredDocuments: maybe(v.union([flag, v.pipe(v.array(text), v.maxLength(50)), text])),
    supplyBy: maybe(moment),
    instantApproval: maybe(flag),
    appointment: maybe(v.union([flag, id])),
    green: maybe(flag),
    applicant: maybe(v.picklist(['individual', 'legal-person'])),
  }),
  'hall.case.supplemented': v.object({ case: id }),
  'hall.case.paused': pause,
  'hall.case.resumed': pause,
  'hall.case.finished': v.object({
    case: id,
    outcome: v.picklist(OUTCOMES),
    window: maybe(id),
    staff: maybe(id),
    onTime: maybe(flag),
  }),
  'hall.event.voided': v.object({
    source: id,
    id,
    reason: maybe(text),
    /** Taken back within its minute by whoever wrote it down at a desk: no correction (spec L2). */
    undo: maybe(flag),
  }),
  'hall.licence.uploaded': v.object({ case: id }),
  'hall.consultation.given': v.object({
    station: id,
    medium: v.picklist(['visit', 'phone']),
    line: maybe(word),
    item: maybe(id),
    topic: maybe(text),
    window: maybe(id),
    staff: maybe(id),
    ticket: maybe(id),
    ticketDay,
    result: maybe(v.picklist(['answered', 'referred'])),
    count: maybe(count),
  }),
  'hall.rating.given': v.object({
    score,
    station: id,
    case: maybe(id),
    ticket: maybe(id),
    ticketDay,
    window: maybe(id),
    staff: maybe(id),
    medium: v.picklist(['pad', 'qr', 'sms', 'online', 'phone']),
    byDefault: maybe(flag),
    round: maybe(v.picklist([1, 2])),
    tags: maybe(v.pipe(v.array(text), v.maxLength(20))),
  }),
  /** Reasons that came after the score; `rating` is the id of its event. */
  'hall.rating.explained': v.object({ rating: id, station: id, tags: v.pipe(v.array(text), v.maxLength(20)) }),
  'hall.service.given': v.object({ station: id, kind: v.picklist(SERVICE_KINDS), count: maybe(count) }),
  'hall.appointment.booked': appointment,
  'hall.appointment.kept': appointment,
  'hall.appointment.missed': appointment,
  'hall.window.changed': v.object({
    window: id,
    station: id,
    status: v.picklist(WINDOW_STATUSES),
    reason: maybe(text),
    staff: maybe(id),
  }),
  /** `queue`: the station's of one day, `DAY/STATION`; from then on no number is given. */
  'hall.queue.ended': v.object({ queue: id, station: id, staff: maybe(id) }),
  'hall.terminal.changed': v.object({ terminal: id, station: id, status: v.picklist(TERMINAL_STATUSES) }),
  'hall.request.received': v.object({ request: id, station: id, topic: maybe(text), medium: maybe(word) }),
  'hall.request.released': v.object({ request: id, ...release }),
  'hall.request.assigned': v.object({ request: id, ...assignment }),
  'hall.request.declined': v.object({ request: id, reason: text }),
  'hall.request.answered': v.object({
    request: id,
    station: maybe(id),
    onTime: maybe(flag),
    timeUnknown: maybe(flag),
    answer: maybe(text),
  }),
  'hall.complaint.received': v.object({ complaint: id, station: id, staff: maybe(id), about: maybe(text) }),
  /** `staff`: whom it is about, as the words tell. */
  'hall.complaint.released': v.object({ complaint: id, staff: maybe(id), ...release }),
  'hall.complaint.assigned': v.object({ complaint: id, ...assignment }),
  'hall.complaint.declined': v.object({ complaint: id, reason: text }),
  'hall.complaint.answered': v.object({
    complaint: id,
    station: maybe(id),
    staff: maybe(id),
    upheld: maybe(flag),
    answer: maybe(text),
  }),
  'hall.followup.opened': v.object({
    followup: id,
    about: v.picklist(FOLLOWUP_ABOUT),
    case: maybe(id),
    station: id,
    owner: maybe(id),
    dueBy: maybe(moment),
    /** Of an instruction: its words, the kind of matter that it is of, and the follow-up where that has one. */
    note: maybe(text),
    matter: maybe(v.picklist(INSTRUCTED)),
    of: maybe(id),
    /** Of one about a check its area; of one about a rating the id of the rating's event, and whom it rated. */
    area: maybe(areaId),
    rating: maybe(id),
    staff: maybe(id),
  }),
  'hall.followup.assigned': v.object({ followup: id, owner: maybe(id), dueBy: maybe(moment) }),
  /** `score`: of the second round, where the note is of that. */
  'hall.followup.noted': v.object({ followup: id, note: maybe(text), owner: maybe(id), score: maybe(score) }),
  /** Its owner says that it is done; whoever may close it closes it, or returns it. */
  'hall.followup.submitted': v.object({ followup: id, result: v.picklist(FOLLOWUP_RESULTS), note: maybe(text) }),
  'hall.followup.returned': v.object({ followup: id, note: text }),
  /** 催办: by a person; or by the hall itself, `step` working days after the `term`. */
  'hall.followup.reminded': v.object({ followup: id, note: maybe(text), term: maybe(moment), step: maybe(count) }),
  'hall.followup.extension-asked': v.object({ followup: id, until: moment, note: text }),
  /** Granted it is due `until` then, or until what was asked for. */
  'hall.followup.extension-decided': v.object({
    followup: id,
    granted: flag,
    until: maybe(moment),
    note: maybe(text),
  }),
  /** `term`: the deadline that it is of; one that has moved since has left the lamp behind. */
  'hall.followup.lit': v.object({ followup: id, lamp: v.picklist(LAMPS), term: moment }),
  'hall.followup.cause-given': v.object({
    followup: id,
    lamp: v.picklist(LAMPS),
    cause: v.picklist(LAMP_CAUSES),
    note: maybe(text),
  }),
  'hall.followup.cause-decided': v.object({ followup: id, lamp: v.picklist(LAMPS), counts: flag, note: maybe(text) }),
  /** 误评: whether a poor rating was given by mistake or in malice. */
  'hall.followup.reviewed': v.object({ followup: id, misrated: flag, note: maybe(text) }),
  'hall.followup.closed': v.object({ followup: id, result: v.picklist(FOLLOWUP_RESULTS), note: maybe(text) }),
  /** Said before a notice leaves for a robot of a group: whoever's word this is sends it. `notice` names the event that it tells. */
  'hall.notice.sending': v.object({ notice: id, robot: id, attempt: count }),
  'hall.notice.sent': v.object({
    notice: id,
    robot: id,
    attempt: count,
    result: v.picklist(NOTICE_RESULTS),
    reason: maybe(word),
  }),
  'hall.alarm.raised': v.object({
    alarm: id,
    kind: word,
    station: id,
    window: maybe(id),
    proposal: maybe(text),
    /** Since when it has been so, where that was before the alarm. */
    since: maybe(moment),
    reading: maybe(reading),
  }),
  'hall.alarm.taken': v.object({ alarm: id, by: maybe(id), measure: maybe(text) }),
  'hall.alarm.ended': v.object({
    alarm: id,
    by: maybe(id),
    effect: maybe(text),
    reason: maybe(v.picklist(ALARM_END_REASONS)),
    reading: maybe(reading),
  }),
  'hall.check.done': v.object({
    station: id,
    area: areaId,
    result: v.picklist(['ok', 'issue']),
    by: maybe(id),
  }),
  /** What the checker says of a finding; `day`: the day of the check, of one that was skipped the day that it was. */
  'hall.check.answered': v.object({
    station: id,
    area: areaId,
    day: realDay,
    finding: v.picklist(FINDING_KINDS),
    /** The key of its row; absent where it stands for several (`count`), or for none. */
    thing: maybe(v.pipe(v.string(), v.minLength(1), v.maxLength(KEY_LIMIT))),
    count: maybe(count),
    answer: v.picklist(FINDING_ANSWERS),
    note: maybe(text),
    /** The follow-up that was opened of it, or that it has already. */
    followup: maybe(id),
  }),
  /** Without `text` its words wait beside the ledger until a person has read them. */
  'hall.suggestion.received': v.object({ suggestion: id, text: maybe(text), station: maybe(id) }),
  'hall.suggestion.released': v.object({ suggestion: id, ...release }),
  'hall.suggestion.assigned': v.object({ suggestion: id, ...assignment }),
  'hall.suggestion.declined': v.object({ suggestion: id, reason: text }),
  'hall.suggestion.answered': v.object({ suggestion: id, answer: text, adopted: maybe(flag) }),
  'hall.star.published': star,
  'hall.star.withdrawn': star,
  /** It is published by the hall itself at `publishAt`. */
  'hall.star.planned': plannedStar,
  'hall.star.unplanned': star,
  'hall.training.held': v.object({ topic: text, people: count, station: maybe(id) }),
  'hall.day.opened': hallDay,
  'hall.day.closed': hallDay,
  /** How the ledger's day agrees with what another system exported of it (spec R). */
  'hall.day.reconciled': v.object({
    day,
    run: id,
    /** The mapping's id and what it calls itself, its digest and that of the file: SHA-256, in hex. */
    system: id,
    title: v.pipe(v.string(), v.maxLength(ID_LIMIT)),
    mapping: id,
    file: id,
    rows: sum,
    matched: sum,
    ledgerMissing: sum,
    fileMissing: sum,
    differs: sum,
    unread: sum,
    /** The position of the ledger against which the file was laid. */
    upTo: sum,
  }),
  /** What became of a file that somebody brought in on a page, and how its rows came to their ends. */
  'hall.file.imported': v.object({
    run: id,
    /** What its mapping calls itself, the source under which its events stand, and digests of both: SHA-256, in hex. */
    title: v.pipe(v.string(), v.maxLength(ID_LIMIT)),
    source: id,
    mapping: id,
    file: id,
    rows: sum,
    newRows: sum,
    knownRows: sum,
    leftOut: sum,
    differing: sum,
    corrected: sum,
    refused: sum,
    events: sum,
  }),
  /** What somebody says of one finding; it replaces what was said before. */
  'hall.reconcile.noted': v.object({
    run: id,
    finding: sum,
    owner: maybe(id),
    cause: maybe(v.picklist(CAUSES)),
    note: maybe(text),
  }),
  /** What a day came to when its books were closed: in no count itself. */
  'hall.day.frozen': v.object({
    day,
    /** The place of its closing: the figures are as of there. */
    closing: position,
    /** The whole hall's, and each station's. What is 0 or blank is left out. */
    figures,
    stations: v.record(id, figures),
    /** By what they were worked out. */
    rules: v.object({ fold: word, measures: word, calendar: word }),
    /** Digests of the documents by which they were worked out; their texts are kept under these. */
    documents: v.object({ profile: digest, catalogue: digest, calendar: digest }),
    /** Feeds that the profile names and that have sent nothing of the day: what they alone send is not known to be 0. */
    silentFeeds: v.array(v.object({ fact: v.picklist(FEED_FACTS), source: id, station: maybe(id) })),
    ...link,
  }),
  /** The chain of frozen days begins, or begins anew where it cannot go on from what was known outside the ledger. */
  'hall.day.chain-begun': v.object({
    reason: v.picklist(CHAIN_REASONS),
    /** What was known outside it: of which ledger, and the last entry there. */
    outside: maybe(v.object({ ledger: id, seq: position, mac: digest })),
    /** Of `restored`: what was noted of it beside the key, by the command or by hand by `by`. Earlier versions noted nothing. */
    restore: maybe(v.object({ at: moment, backup: maybe(text), by: maybe(id), answers: maybe(v.array(digest)) })),
    ...link,
  }),
  /** `digest`: of the text that is in force since, as versions that are kept are named. */
  'hall.profile.changed': v.object({ document: id, version: v.union([id, count]), by: maybe(id), digest: maybe(id) }),
  /** What the hall writes in a report: `report` names kind, days and station; the last one holds, an empty one takes back. */
  'hall.report.worded': v.object({ report: id, text, by: maybe(id) }),
  /**
   * A run of a plan: `report` names its slot, and the last word of a slot holds. `missed`: nobody was there to send it
   * until it was too late. `recalled`: a clock that was ahead began it, and it begins in earnest at its moment.
   */
  'hall.report.run': v.object({
    report: id,
    plan: id,
    kind: word,
    from: day,
    to: day,
    station: maybe(id),
    /** The slot's moment. */
    slot: moment,
    status: v.picklist(RUN_STATUSES),
    /** By their ids in the hall's document, which alone knows addresses. */
    recipients: v.pipe(v.array(id), v.maxLength(50)),
    /** The member of staff who begins one that was missed. */
    by: maybe(id),
  }),
  /** Said before a report leaves for a recipient: whoever's word this is sends it. `seq`: the position that it is of. */
  'hall.report.sending': v.object({
    report: id,
    recipient: id,
    attempt: count,
    seq: v.pipe(v.number(), v.integer(), v.minValue(0)),
  }),
  'hall.report.sent': v.object({
    report: id,
    recipient: id,
    attempt: count,
    result: v.picklist(SENT_RESULTS),
    /** Why it failed or nobody knows: a word of the product's own, never a server's. */
    reason: maybe(word),
    /** Files that could not be made and went missing from what was sent. */
    lacking: maybe(v.pipe(v.array(word), v.maxLength(10))),
    /** The member of staff who settled it. */
    by: maybe(id),
  }),
  'hall.access.changed': v.object({
    change: v.picklist(ACCESS_CHANGES),
    /** Whom it concerns. */
    staff: maybe(id),
    role: maybe(word),
    station: maybe(id),
    /** Days of an assignment, both included. */
    from: maybe(day),
    until: maybe(day),
    note: maybe(text),
  }),
  'hall.feed.changed': v.object({
    station: id,
    facts: v.pipe(v.array(v.picklist(FEED_FACTS)), v.minLength(1), v.maxLength(20)),
    status: v.picklist(FEED_STATUSES),
    /** Of a `desk`: the first moment of the outage, where that was before somebody said so. */
    since: maybe(moment),
  }),
} satisfies Record<string, v.GenericSchema>;

export type EventType = keyof typeof dataSchemas;
export type EventData = { [T in EventType]: v.InferOutput<(typeof dataSchemas)[T]> };
export const EVENT_TYPES = Object.keys(dataSchemas) as EventType[];

export type Outcome = (typeof OUTCOMES)[number];
export type ServiceKind = (typeof SERVICE_KINDS)[number];
export type FollowupAbout = (typeof FOLLOWUP_ABOUT)[number];
export type FollowupResult = (typeof FOLLOWUP_RESULTS)[number];
export type Lamp = (typeof LAMPS)[number];
export type LampCause = (typeof LAMP_CAUSES)[number];
export type NoticeResult = (typeof NOTICE_RESULTS)[number];
export type WindowStatus = (typeof WINDOW_STATUSES)[number];
export type TerminalStatus = (typeof TERMINAL_STATUSES)[number];
export type FindingKind = (typeof FINDING_KINDS)[number];
export type FindingAnswer = (typeof FINDING_ANSWERS)[number];
export type StarKind = (typeof STAR_KINDS)[number];
export type StarPart = (typeof STAR_PARTS)[number];
export type AccessChangeKind = (typeof ACCESS_CHANGES)[number];
export type RunStatus = (typeof RUN_STATUSES)[number];
export type SentResult = (typeof SENT_RESULTS)[number];
export type FeedStatus = (typeof FEED_STATUSES)[number];
export type ChainReason = (typeof CHAIN_REASONS)[number];
export type AlarmEndReason = (typeof ALARM_END_REASONS)[number];

/** Whether a star names whom it is of. */
function isNamed(id: string | null | undefined): boolean {
  return id !== null && id !== undefined;
}

export function isEventType(value: unknown): value is EventType {
  return typeof value === 'string' && Object.hasOwn(dataSchemas, value);
}

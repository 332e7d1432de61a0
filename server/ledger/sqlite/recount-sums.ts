/** The recount's second half in SQL: from facts to the sums of one span. Each query answers with one row. */
import { BEHIND_DAYS } from '../../../domain/calendar/zone.ts';

const HERE = '(:station IS NULL OR station = :station)';
export const during = (day: string): string => `(${day} BETWEEN :from AND :to AND ${HERE})`;
export const count = (when: string): string => `count(*) FILTER (WHERE ${when})`;
export const total = (value: string, when: string): string => `coalesce(sum(${value}) FILTER (WHERE ${when}), 0)`;
export const flagged = (path: string): string => `json_type(data, '$.${path}') IS 'true'`;
const taking = (day: string, station: string): string =>
  `EXISTS (SELECT 1 FROM place WHERE place.id = ${station} AND place.tickets_from <= ${day})`;

export const ACCEPTED = during('accepted_day');
export const FINISHED = during('finished_day');
const APPROVED = `${FINISHED} AND outcome = 'approved'`;
const JUDGED = `${FINISHED} AND (promise IS NOT NULL OR flag IS NOT NULL)`;
const OPEN = `${HERE} AND accepted_day <= :to AND coalesce(finished_day, '${BEHIND_DAYS}') > :to`;
export const PAPERS_MISSING = `CASE json_type(data, '$.deferredDocuments')
    WHEN 'true' THEN 1
    WHEN 'text' THEN data ->> '$.deferredDocuments' <> ''
    WHEN 'array' THEN json_array_length(data, '$.deferredDocuments') > 0
  END`;

export const PROMISED = `${ACCEPTED} AND allowed_ms IS NOT NULL AND promised_ms IS NOT NULL`;
export const TAKEN = `${FINISHED} AND allowed_ms IS NOT NULL AND turnaround_ms IS NOT NULL`;
/** M18. */
const SUPPLY = `${HERE} AND ${PAPERS_MISSING} AND max(supply_by, accepted_at) >= :begins AND max(supply_by, accepted_at) < :ends AND supply_by < :now`;

const CASES = `SELECT
  ${count(ACCEPTED)} AS accepted,
  ${count(`${ACCEPTED} AND at_window`)} AS windowCases,
  ${count(`${ACCEPTED} AND data ->> '$.channel' = 'online'`)} AS onlineCases,
  ${count(`${ACCEPTED} AND data ->> '$.channel' = 'self-service'`)} AS selfServiceCases,
  ${count(`${ACCEPTED} AND data ->> '$.channel' IN ('phone', 'post')`)} AS otherCases,
  ${count(`${ACCEPTED} AND line = 'medical-insurance'`)} AS medicalCases,
  ${count(`${APPROVED} AND line = 'medical-insurance'`)} AS medicalApproved,
  ${count(`${ACCEPTED} AND ${PAPERS_MISSING}`)} AS deferredCases,
  count(DISTINCT data ->> '$.item') FILTER (WHERE ${APPROVED} AND line = 'medical-insurance') AS medicalItems,
  count(DISTINCT data ->> '$.item') FILTER (WHERE ${ACCEPTED} AND ${PAPERS_MISSING}) AS deferredItems,
  ${count(`${ACCEPTED} AND ${flagged('instantApproval')}`)} AS instantApprovals,
  ${count(`${ACCEPTED} AND data ->> '$.applicant' = 'legal-person'`)} AS legalPersons,
  ${count(`${ACCEPTED} AND ${flagged('green')}`)} AS green,
  ${count(`${ACCEPTED} AND json_type(data, '$.appointment') IN ('true', 'text')`)} AS byAppointment,
  ${count(FINISHED)} AS finished,
  ${count(OPEN)} AS open,
  ${count(`${OPEN} AND promise < :moment`)} AS overdueOpen,
  ${count(JUDGED)} AS judged,
  ${count(`${JUDGED} AND iif(promise IS NULL, flag, finished_at <= promise)`)} AS punctual,
  ${count(`${ACCEPTED} AND finished_day <= :to`)} AS completed,
  ${count(`${FINISHED} AND rated_day <= :to`)} AS rated,
  ${count(`${FINISHED} AND active_day <= :to`)} AS activelyRated,
  ${count(`${APPROVED} AND licence`)} AS licensed,
  ${count(`${APPROVED} AND licence AND uploaded_day <= :to`)} AS uploaded,
  ${count(`${ACCEPTED} AND at_window AND NOT ${taking('accepted_day', 'station')}`)} AS windowTurns,
  ${count(`${ACCEPTED} AND data ->> '$.channel' = 'window' AND ${taking('accepted_day', 'station')}`)} AS timedCases,
  ${count(`${ACCEPTED} AND handling = 'instant'`)} AS instantCases,
  ${count(`${ACCEPTED} AND handling = 'promised'`)} AS promisedCases,
  ${count(`${SUPPLY} AND supplied_at <= supply_by`)} AS suppliedInTime,
  ${count(SUPPLY)} AS suppliesDue,
  ${total('allowed_ms - promised_ms', PROMISED)} AS promiseCutMs,
  ${total('allowed_ms', PROMISED)} AS promiseAllowedMs,
  ${total('allowed_ms - turnaround_ms', TAKEN)} AS speedUpMs,
  ${total('allowed_ms', TAKEN)} AS speedAllowedMs
  FROM kase`;

const TICKETS = `SELECT
  ${count(during('taken_day'))} AS taken,
  ${count(during('called_day'))} AS called,
  ${count(during('served_day'))} AS served,
  ${count(`ending = 'passed' AND ${during('ended_day')}`)} AS passed,
  ${count(`ending = 'left' AND ${during('ended_day')}`)} AS "left",
  ${count(`wait_ms <= :targetMs AND ${during('called_day')}`)} AS within,
  ${count(`${during('served_day')} AND ${taking('served_day', 'station')}`)} AS ticketTurns,
  ${total('service_ms', `${during('served_day')} AND ${taking('served_day', 'station')}`)} AS windowMs
  FROM ticket`;

const REUSED = `SELECT count(*) AS reusedTickets FROM ticket_again WHERE ${during('day')}`;

const RATINGS = `SELECT
  ${[1, 2, 3, 4, 5].map((score) => `${count(`score = ${score}`)} AS score${score}`).join(', ')},
  ${count('by_default')} AS byDefault,
  ${count('NOT by_default')} AS active,
  ${count('NOT by_default AND score >= 3')} AS activelySatisfied
  FROM rating WHERE round = 1 AND ${during('day')}`;

const CONSULTATIONS = `SELECT
  coalesce(sum(n) FILTER (WHERE medium = 'visit'), 0) AS visit,
  coalesce(sum(n) FILTER (WHERE medium = 'phone'), 0) AS phone,
  coalesce(sum(n) FILTER (WHERE line = 'medical-insurance'), 0) AS medicalConsultations,
  coalesce(sum(n) FILTER (WHERE ticket IS NULL), 0) AS withoutTicket
  FROM (
    SELECT coalesce(data ->> '$.count', 1) AS n, data ->> '$.medium' AS medium, data ->> '$.ticket' AS ticket,
           coalesce(data ->> '$.line', item.line) AS line
    FROM living LEFT JOIN item ON item.code = data ->> '$.item'
    WHERE type = 'hall.consultation.given' AND ${during('day')}
  )`;

const TRAININGS = `SELECT coalesce(sum(data ->> '$.people'), 0) AS trained
  FROM living WHERE type = 'hall.training.held' AND ${during('day')}`;

const FOLLOWUPS = `SELECT
  count(*) AS opened,
  ${count('result IS NOT NULL')} AS closed,
  ${count(`result = 'rectified'`)} AS rectified,
  ${count(`result = 'misrated'`)} AS misrated
  FROM (
    SELECT iif(closed_day <= :to, closed ->> '$.result', NULL) AS result FROM followup
    WHERE opened ->> '$.about' = 'rating' AND ${during('opened_day')}
  )`;

const APPOINTMENTS = `SELECT
  ${count(during('opened_day'))} AS booked,
  ${count(`closing = 'hall.appointment.kept' AND ${during('closed_day')}`)} AS kept,
  ${count(`closing = 'hall.appointment.missed' AND ${during('closed_day')}`)} AS missed
  FROM appointment`;

const REQUESTS = `SELECT
  ${count(during('opened_day'))} AS requestsReceived,
  ${count(during('closed_day'))} AS requestsAnswered,
  ${count(`${during('closed_day')} AND closed ->> '$.onTime' = 1`)} AS requestsOnTime,
  ${count(`${during('closed_day')} AND closed ->> '$.onTime' = 0`)} AS requestsLate
  FROM request`;

const COMPLAINTS = `SELECT
  ${count(during('opened_day'))} AS complaintsReceived,
  ${count(during('closed_day'))} AS complaintsAnswered,
  ${count(`${during('closed_day')} AND closed ->> '$.upheld' = 1`)} AS complaintsUpheld
  FROM complaint`;

/** M12: what is due is every working day of a station in force, and every area. */
const CHECKS = `
  WITH RECURSIVE span (day) AS (
    SELECT :from WHERE :from <= :to UNION ALL SELECT date(day, '+1 day') FROM span WHERE day < :to
  ),
  due AS MATERIALIZED (
    SELECT span.day, place.id AS station, area.value AS area
    FROM span JOIN place JOIN (SELECT DISTINCT value FROM json_each(:areas)) area
    WHERE is_working(span.day, place.id) AND (:station IS NULL OR place.id = :station)
      AND coalesce(place.since, '') <= span.day AND coalesce(place.until, '${BEHIND_DAYS}') >= span.day
  )
  SELECT (SELECT count(*) FROM due) AS checksDue,
         (SELECT count(*) FROM due CROSS JOIN checked USING (day, station, area)) AS checksDone`;

const VOIDED = `SELECT count(*) AS voided FROM voided WHERE ${during('day')}`;
const CORRECTED = `SELECT count(*) AS corrected FROM correction WHERE ${during('day')}`;

export const SUMS = [
  CASES,
  TICKETS,
  REUSED,
  RATINGS,
  CONSULTATIONS,
  TRAININGS,
  FOLLOWUPS,
  APPOINTMENTS,
  REQUESTS,
  COMPLAINTS,
  CHECKS,
  VOIDED,
  CORRECTED,
] as const;

/** M8: `cume_dist` is the share of values that are not greater. */
const spread = (values: string): string => `
  SELECT min(ms) FILTER (WHERE share >= 0.5) AS medianMs, min(ms) FILTER (WHERE share >= 0.9) AS p90Ms, count(*) AS n
  FROM (SELECT ms, cume_dist() OVER (ORDER BY ms) AS share FROM (${values}) WHERE ms IS NOT NULL)`;

/** M20: in working time. */
const answers = (table: string, step: string): string =>
  `SELECT working_ms(opened_at, ${step}_at, station) AS ms FROM ${table}
   WHERE ${step}_at >= opened_at AND ${during(`${step}_day`)}`;

export const SPREADS = {
  wait: spread(`SELECT wait_ms AS ms FROM ticket WHERE ${during('called_day')}`),
  greenWait: spread(`SELECT wait_ms AS ms FROM ticket WHERE green AND ${during('called_day')}`),
  appointmentWait: spread(`SELECT wait_ms AS ms FROM ticket WHERE by_appointment AND ${during('called_day')}`),
  service: spread(`SELECT service_ms AS ms FROM ticket WHERE ${during('served_day')}`),
  turnaround: spread(`SELECT turnaround_ms AS ms FROM kase WHERE ${FINISHED}`),
  requestAnswer: spread(answers('request', 'closed')),
  suggestionAnswer: spread(answers('suggestion', 'closed')),
  followupAnswer: spread(answers('followup_answer', 'answered')),
  followupClosing: spread(answers('followup', 'closed')),
} as const;

export const SERVICES = `
  SELECT data ->> '$.kind' AS kind, sum(coalesce(data ->> '$.count', 1)) AS n FROM living
  WHERE type = 'hall.service.given' AND ${during('day')} GROUP BY kind ORDER BY kind`;

/** Every station at which something of the span counts, and every item named there, that nobody has told us of. */
export const UNKNOWN_STATIONS = `
  SELECT DISTINCT station FROM (
    SELECT station, accepted_day AS day FROM kase UNION ALL SELECT station, finished_day FROM kase
    UNION ALL SELECT station, taken_day FROM ticket UNION ALL SELECT station, called_day FROM ticket
    UNION ALL SELECT station, served_day FROM ticket
    UNION ALL SELECT station, ended_day FROM ticket WHERE ending IS NOT NULL
    UNION ALL SELECT station, day FROM ticket_again
    UNION ALL SELECT station, day FROM rating WHERE round = 1
    UNION ALL SELECT station, day FROM living
      WHERE type IN ('hall.consultation.given', 'hall.service.given', 'hall.check.done', 'hall.training.held')
    UNION ALL SELECT station, opened_day FROM followup WHERE opened ->> '$.about' = 'rating'
    UNION ALL SELECT station, opened_day FROM appointment UNION ALL SELECT station, closed_day FROM appointment
    UNION ALL SELECT station, opened_day FROM request UNION ALL SELECT station, closed_day FROM request
    UNION ALL SELECT station, opened_day FROM complaint UNION ALL SELECT station, closed_day FROM complaint
    UNION ALL SELECT station, day FROM voided
    UNION ALL SELECT station, day FROM correction
  ) WHERE ${during('day')} AND station <> '' AND station NOT IN (SELECT id FROM place) ORDER BY station`;

export const UNKNOWN_ITEMS = `
  SELECT DISTINCT item FROM (
    SELECT station, accepted_day AS day, item FROM kase
    UNION ALL SELECT station, day, data ->> '$.item' FROM living WHERE type = 'hall.consultation.given'
  ) WHERE ${during('day')} AND item NOT IN (SELECT code FROM item) ORDER BY item`;

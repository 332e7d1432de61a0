/** The recount's first half in SQL: from the rows of `events` to what became of each case, ticket and the like. */

import { HALL_DAY_SOURCE } from '../../../domain/calendar/hall-day.ts';
import { BEHIND_DAYS } from '../../../domain/calendar/zone.ts';
import { DESK_SOURCE } from '../../../domain/desk/entry.ts';
import { declares } from '../../../domain/events/declared.ts';
import { EVENT_TYPES } from '../../../domain/events/schema.ts';

/** The tables that the recount makes beside the ledger and drops again; none of them touches the file. */
export const FACT_TABLES = [
  'midnight',
  'place',
  'item',
  'left_out',
  'named',
  'living',
  'rating',
  'checked',
  'stop',
  'kase',
  'step',
  'ticket',
  'ticket_again',
  'appointment',
  'request',
  'complaint',
  'followup',
  'followup_answer',
  'suggestion',
  'voided',
  'closing',
  'correction',
] as const;

/** The local day of a moment, from the midnights: a function in JavaScript, called for each row, would be far slower. */
const dayOf = (at: string): string => `(SELECT day FROM midnight WHERE begins <= ${at} ORDER BY begins DESC LIMIT 1)`;

/** The winner of each entity: the nth row in order C1, counted from the end that decides. */
const winner = (type: string, id: string, direction: 'ASC' | 'DESC'): string => `
  SELECT *, data ->> '$.${id}' AS entity FROM (
    SELECT *, row_number() OVER (PARTITION BY data ->> '$.${id}' ORDER BY nth ${direction}) AS turn
    FROM living WHERE type IN (${type})
  ) WHERE turn = 1`;

/** An entity that is opened and closed: its opening's station and moment with its last closing (C4, C5). */
const openedAndClosed = (table: string, id: string, opening: string, closings: string): string => `
  CREATE TEMP TABLE ${table} AS
  SELECT o.entity, coalesce(o.station, '') AS station, o.at AS opened_at, o.day AS opened_day, o.data AS opened,
         c.type AS closing, c.at AS closed_at, c.day AS closed_day, c.data AS closed
  FROM (${winner(opening, id, 'ASC')}) o
  LEFT JOIN (${winner(closings, id, 'DESC')}) c ON c.entity = o.entity;`;

/** The station that an event names: only where its type has one, and only as a text. */
const NAMING = `(${EVENT_TYPES.filter((type) => declares(type, 'station'))
  .map((type) => `'${type}'`)
  .join(', ')})`;
const stationOf = (event: string): string =>
  `CASE WHEN ${event}.type IN ${NAMING} AND json_type(${event}.data, '$.station') = 'text' THEN ${event}.data ->> '$.station' END`;

/** C16, of single events. */
const IS_COUNTED = 'NOT EXISTS (SELECT 1 FROM left_out l WHERE l.source = e.source AND l.id = e.id)';

/** L2, in order of arrival: what came after the closing of its own day that stands. */
const DAY_TYPES = `'hall.day.opened', 'hall.day.closed', 'hall.day.frozen', 'hall.day.chain-begun',
  'hall.day.reconciled'`;
const DAYS = `(${DAY_TYPES})`;
const HOUSEKEEPING = `(${DAY_TYPES}, 'hall.reconcile.noted', 'hall.file.imported',
  'hall.profile.changed', 'hall.access.changed', 'hall.feed.changed', 'hall.star.planned', 'hall.star.unplanned',
  'hall.report.worded', 'hall.report.run', 'hall.report.sending', 'hall.report.sent', 'hall.notice.sending', 'hall.notice.sent')`;
/** What a desk took back within its minute. */
const IS_UNDO = `(v.source = '${DESK_SOURCE}' AND json_type(v.data, '$.undo') IS 'true')`;
const COMINGS = `
  SELECT ${dayOf('at')} AS day, coalesce(${stationOf('e')}, '') AS station, seq FROM main.events e
  WHERE seq <= :upTo AND type <> 'hall.event.voided' AND type NOT IN ${HOUSEKEEPING} AND ${IS_COUNTED}
  UNION ALL
  SELECT ${dayOf('e.at')}, coalesce(${stationOf('e')}, ''), v.seq
  FROM main.events v
  JOIN main.events e ON e.source = v.data ->> '$.source' AND e.id = v.data ->> '$.id'
  WHERE v.type = 'hall.event.voided' AND NOT ${IS_UNDO} AND e.type <> 'hall.event.voided' AND e.type NOT IN ${HOUSEKEEPING}
    AND e.seq <= :upTo AND v.seq <= :upTo AND ${IS_COUNTED}`;
/** Spec rules C1, C3, M13 and L2, straight from the ledger's rows. Parameters: `upTo`. */
export const LIVING = [
  `CREATE TEMP TABLE named (source TEXT, id TEXT, PRIMARY KEY (source, id)) WITHOUT ROWID`,
  `INSERT OR IGNORE INTO named SELECT data ->> '$.source', data ->> '$.id' FROM main.events
   WHERE type = 'hall.event.voided' AND seq <= :upTo`,
  `CREATE TEMP TABLE living AS
   SELECT row_number() OVER (ORDER BY at, source, id) AS nth,
          type, at, ${dayOf('at')} AS day, ${stationOf('e')} AS station, data
   FROM main.events e
   WHERE type <> 'hall.event.voided' AND seq <= :upTo
     AND NOT EXISTS (SELECT 1 FROM named n WHERE n.source = e.source AND n.id = e.id)
     -- C16: a rating is counted by itself, whatever becomes of what it is filed under.
     AND (type = 'hall.rating.given' OR NOT EXISTS (SELECT 1 FROM left_out l WHERE l.entity = e.entity))
     AND ${IS_COUNTED}`,
  `CREATE TEMP TABLE voided AS
   SELECT ${dayOf('e.at')} AS day, coalesce(${stationOf('e')}, '') AS station
   FROM main.events e JOIN named USING (source, id)
   WHERE e.type <> 'hall.event.voided' AND e.type NOT IN ${DAYS} AND ${IS_COUNTED} AND e.seq <= :upTo`,
  `CREATE TEMP TABLE closing (day TEXT PRIMARY KEY, seq INTEGER) WITHOUT ROWID`,
  // Only the hall's own days are days, and an opening undoes the closings before it.
  `INSERT INTO closing
   WITH own AS (
     SELECT seq, type, data ->> '$.day' AS day FROM main.events e
     WHERE type IN ${DAYS} AND source = '${HALL_DAY_SOURCE}' AND seq <= :upTo AND ${IS_COUNTED}
   ), opened AS (SELECT day, max(seq) AS seq FROM own WHERE type = 'hall.day.opened' GROUP BY day)
   SELECT own.day, min(own.seq) FROM own LEFT JOIN opened ON opened.day = own.day
   WHERE own.type = 'hall.day.closed' AND own.seq > coalesce(opened.seq, 0) GROUP BY own.day`,
  // CROSS JOIN keeps SQLite from walking through all comings once for each closing.
  `CREATE TEMP TABLE correction AS
   SELECT came.day, came.station FROM (${COMINGS}) came CROSS JOIN closing ON closing.day = came.day
   WHERE came.seq > closing.seq`,
] as const;

const RATINGS = `
  CREATE TEMP TABLE rating AS
  SELECT day, station, data ->> '$.score' AS score, coalesce(data ->> '$.round', 1) AS round,
         coalesce(data ->> '$.byDefault', 0) AS by_default,
         data ->> '$.case' AS kase, data ->> '$.ticket' AS ticket, data ->> '$.window' AS pane
  FROM living WHERE type = 'hall.rating.given';
  CREATE INDEX rating_by_case ON rating (kase);
  CREATE INDEX rating_by_ticket ON rating (ticket);`;

/** C14. */
const CHECKS = `
  CREATE TEMP TABLE checked (day TEXT, station TEXT, area TEXT, PRIMARY KEY (day, station, area)) WITHOUT ROWID;
  INSERT OR IGNORE INTO checked SELECT day, station, data ->> '$.area' FROM living WHERE type = 'hall.check.done';`;

/** Every pause and resumption with its place among those of its case. */
const STOPS = `
  CREATE TEMP TABLE stop AS
  SELECT data ->> '$.case' AS kase, at, type = 'hall.case.paused' AS pauses,
         row_number() OVER (PARTITION BY data ->> '$.case' ORDER BY nth) AS turn
  FROM living WHERE type IN ('hall.case.paused', 'hall.case.resumed');
  CREATE INDEX stop_by_turn ON stop (kase, turn);`;

/** C4 to C7, C10, C11, M4, M7. `promise` is what the walk through the stops leaves; 9e15 while a pause holds it open. */
const CASES = `
  CREATE TEMP TABLE kase AS
  WITH RECURSIVE
  accepted AS MATERIALIZED (${winner(`'hall.case.accepted'`, 'case', 'ASC')}),
  finished AS MATERIALIZED (${winner(`'hall.case.finished'`, 'case', 'DESC')}),
  walk (entity, turn, promise, since) AS (
    SELECT entity, 0, instant(data ->> '$.promisedBy'), NULL FROM accepted WHERE data ->> '$.promisedBy' IS NOT NULL
    UNION ALL
    SELECT w.entity, s.turn,
           w.promise + CASE WHEN NOT s.pauses AND w.since IS NOT NULL THEN s.at - w.since ELSE 0 END,
           CASE WHEN NOT s.pauses THEN NULL WHEN w.since IS NULL AND s.at < w.promise THEN s.at ELSE w.since END
    FROM walk w JOIN stop s ON s.kase = w.entity AND s.turn = w.turn + 1
  ),
  -- With max(), SQLite takes the bare columns from the row that holds it.
  promised AS (SELECT entity, max(turn), iif(since IS NULL, promise, 9e15) AS promise FROM walk GROUP BY entity),
  turning AS (
    SELECT kase, at, pauses, lag(pauses, 1, 0) OVER (PARTITION BY kase ORDER BY turn) AS paused_before, turn FROM stop
  ),
  pause AS (
    SELECT * FROM (
      SELECT kase, at AS begins, pauses, lead(at, 1, 9e15) OVER (PARTITION BY kase ORDER BY turn) AS ends
      FROM turning WHERE pauses <> paused_before
    ) WHERE pauses
  ),
  paused AS (
    SELECT p.kase, sum(working_ms(max(p.begins, a.at), min(p.ends, f.at), a.station)) AS ms
    FROM pause p JOIN accepted a ON a.entity = p.kase JOIN finished f ON f.entity = p.kase
    WHERE p.begins < f.at AND p.ends > a.at GROUP BY p.kase
  ),
  rated AS (
    SELECT entity, min(day) AS day, min(day) FILTER (WHERE NOT by_default) AS active_day FROM (
      SELECT a.entity, r.day, r.by_default FROM accepted a JOIN rating r ON r.kase = a.entity
      UNION ALL
      SELECT a.entity, r.day, r.by_default FROM accepted a
      JOIN rating r ON r.ticket = a.data ->> '$.ticket'
    ) GROUP BY entity
  ),
  uploaded AS (
    SELECT data ->> '$.case' AS entity, min(day) AS day FROM living WHERE type = 'hall.licence.uploaded' GROUP BY entity
  ),
  supplied AS (
    SELECT data ->> '$.case' AS entity, min(at) AS at FROM living WHERE type = 'hall.case.supplemented' GROUP BY entity
  )
  SELECT a.station, a.at AS accepted_at, a.day AS accepted_day, a.data,
         a.data ->> '$.channel' IN ('window', 'home-visit') AS at_window,
         a.data ->> '$.item' AS item, coalesce(a.data ->> '$.line', i.line) AS line, coalesce(i.licence, 0) AS licence,
         f.at AS finished_at, f.day AS finished_day,
         f.data ->> '$.outcome' AS outcome, f.data ->> '$.onTime' AS flag,
         promised.promise, rated.day AS rated_day, rated.active_day, uploaded.day AS uploaded_day,
         iif(f.at >= a.at, working_ms(a.at, f.at, a.station) - coalesce(paused.ms, 0), NULL) AS turnaround_ms,
         coalesce(a.data ->> '$.handling', judging.kind) AS handling, judging.allowed_ms, judging.promised_ms,
         instant(a.data ->> '$.supplyBy') AS supply_by, supplied.at AS supplied_at
  FROM accepted a
  LEFT JOIN finished f ON f.entity = a.entity
  LEFT JOIN promised ON promised.entity = a.entity
  LEFT JOIN paused ON paused.kase = a.entity
  LEFT JOIN rated ON rated.entity = a.entity
  LEFT JOIN uploaded ON uploaded.entity = a.entity
  LEFT JOIN supplied ON supplied.entity = a.entity
  LEFT JOIN item i ON i.code = a.data ->> '$.item'
  -- M15: what a case is judged by is in force on the day of its acceptance.
  LEFT JOIN item judging ON judging.code = i.code
    AND coalesce(judging.since, '') <= a.day AND coalesce(judging.until, '${BEHIND_DAYS}') >= a.day;`;

/** C9. */
const TICKETS = `
  CREATE TEMP TABLE step AS
  SELECT data ->> '$.ticket' AS ticket, nth, at, day, substr(type, 13) AS kind,
         type IN ('hall.ticket.called', 'hall.ticket.recalled') AS is_call, data ->> '$.window' AS pane
  FROM living WHERE type LIKE 'hall.ticket.%' AND type <> 'hall.ticket.taken';
  CREATE INDEX step_by_ticket ON step (ticket, nth);
  CREATE TEMP TABLE ticket AS
  WITH
  taken AS MATERIALIZED (${winner(`'hall.ticket.taken'`, 'ticket', 'ASC')}),
  call AS (SELECT ticket, min(nth), at, day FROM step WHERE is_call GROUP BY ticket),
  served AS MATERIALIZED (SELECT ticket, max(nth), at, day, pane FROM step WHERE kind = 'served' GROUP BY ticket),
  in_hand AS (
    SELECT s.ticket, max(c.nth), c.at, c.pane FROM served s JOIN step c ON c.ticket = s.ticket AND c.at <= s.at AND c.is_call
    GROUP BY s.ticket
  ),
  last AS (SELECT ticket, max(nth), kind, day FROM step GROUP BY ticket)
  SELECT t.station, t.day AS taken_day,
         json_type(t.data, '$.green') IS 'true' AS green,
         coalesce(json_type(t.data, '$.appointment') IN ('true', 'text'), 0) AS by_appointment,
         call.day AS called_day, iif(call.at >= t.at, call.at - t.at, NULL) AS wait_ms,
         served.day AS served_day, served.at - in_hand.at AS service_ms, coalesce(served.pane, in_hand.pane) AS pane,
         iif(served.ticket IS NULL AND last.kind IN ('passed', 'left'), last.kind, NULL) AS ending,
         last.day AS ended_day
  FROM taken t
  LEFT JOIN call ON call.ticket = t.entity
  LEFT JOIN served ON served.ticket = t.entity
  LEFT JOIN in_hand ON in_hand.ticket = t.entity
  LEFT JOIN last ON last.ticket = t.entity;
  CREATE TEMP TABLE ticket_again AS
  SELECT day, station FROM (
    SELECT day, station,
           row_number() OVER (PARTITION BY data ->> '$.ticket', day ORDER BY nth) AS turn_of_day,
           first_value(day) OVER (PARTITION BY data ->> '$.ticket' ORDER BY nth) AS first_day
    FROM living WHERE type = 'hall.ticket.taken'
  ) WHERE turn_of_day = 1 AND day <> first_day;`;

/** M20: with min(), SQLite takes the bare columns from the row that holds it. */
const FOLLOWUP_ANSWERS = `
  CREATE TEMP TABLE followup_answer AS
  SELECT f.station, f.opened_at, min(l.at) AS answered_at, l.day AS answered_day
  FROM followup f JOIN living l ON l.data ->> '$.followup' = f.entity AND l.at >= f.opened_at
  WHERE l.type IN ('hall.followup.noted', 'hall.followup.submitted', 'hall.followup.closed') GROUP BY f.entity;`;

export const FACTS = [
  RATINGS,
  CHECKS,
  STOPS,
  CASES,
  TICKETS,
  openedAndClosed(
    'appointment',
    'appointment',
    `'hall.appointment.booked'`,
    `'hall.appointment.kept', 'hall.appointment.missed'`,
  ),
  openedAndClosed('request', 'request', `'hall.request.received'`, `'hall.request.answered', 'hall.request.declined'`),
  openedAndClosed(
    'complaint',
    'complaint',
    `'hall.complaint.received'`,
    `'hall.complaint.answered', 'hall.complaint.declined'`,
  ),
  openedAndClosed('followup', 'followup', `'hall.followup.opened'`, `'hall.followup.closed'`),
  openedAndClosed(
    'suggestion',
    'suggestion',
    `'hall.suggestion.received'`,
    `'hall.suggestion.answered', 'hall.suggestion.declined'`,
  ),
  FOLLOWUP_ANSWERS,
] as const;

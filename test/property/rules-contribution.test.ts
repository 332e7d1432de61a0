/** One story with hand-computed numbers for each rule of docs/spec.md, section C, and for L2. */
import { describe } from 'vitest';
import { ev, moment, on, story } from './story.ts';

const accepted = (id: string, when: string, more: object = {}, identity?: string) =>
  ev('hall.case.accepted', when, { case: id, station: 'hall', channel: 'window', item: 'plain', ...more }, identity);
const finished = (id: string, when: string, more: object = {}) =>
  ev('hall.case.finished', when, { case: id, outcome: 'approved', ...more });
const taken = (id: string, when: string, more: object = {}) =>
  ev('hall.ticket.taken', when, { ticket: id, station: 'hall', ...more });
const step = (kind: 'called' | 'recalled' | 'transferred' | 'served' | 'passed' | 'left', id: string, when: string) =>
  ev(`hall.ticket.${kind}`, when, { ticket: id, station: 'meifeng' });
const rated = (when: string, more: object) =>
  ev('hall.rating.given', when, { score: 5, station: 'hall', medium: 'pad', ...more });

describe('C contribution', () => {
  story(
    'C1 ties are broken by source and id in code points, whatever came first',
    [
      accepted('c1', '29 09:00', { station: 'meifeng' }, '//\u{1f600} a'),
      accepted('c1', '29 09:00', { station: 'hall' }, '//\uffee b'),
      accepted('c2', '29 09:00', { station: 'meifeng' }, '//s b'),
      accepted('c2', '29 09:00', { station: 'hall' }, '//s B'),
    ],
    [
      { ...on('29'), station: 'hall', expect: { accepted: 2 } },
      { ...on('29'), station: 'meifeng', expect: { accepted: 0 } },
    ],
  );

  story(
    'C2 a case, a ticket and a request of one id are three',
    [
      accepted('x', '29 09:00'),
      taken('x', '29 09:00'),
      ev('hall.request.received', '29 09:00', { request: 'x', station: 'hall' }),
      step('left', 'x', '29 09:30'),
    ],
    [{ ...on('29'), expect: { accepted: 1, open: 1, tickets: { taken: 1, left: 1 }, requests: { received: 1 } } }],
  );

  story(
    'C3 a voided event is gone, whether its void came before or after, and a void of a void changes nothing',
    [
      ev('hall.event.voided', '29 08:00', { source: '//s', id: 'early' }),
      accepted('c1', '29 09:00', {}, '//s early'),
      accepted('c2', '29 09:00', {}, '//s late'),
      accepted('c3', '29 09:00', {}, '//s twice'),
      accepted('c4', '29 09:00', {}, '//s stays'),
      ev('hall.event.voided', '29 10:00', { source: '//s', id: 'late' }),
      ev('hall.event.voided', '29 10:00', { source: '//s', id: 'twice' }, '//s void'),
      ev('hall.event.voided', '29 11:00', { source: '//s', id: 'void' }),
      ev('hall.event.voided', '29 11:00', { source: '//other', id: 'stays' }),
    ],
    [{ ...on('29'), expect: { accepted: 1, open: 1, voided: 3 } }],
  );

  story(
    'C4 nothing counts before an entity is opened, and its opening says where it is',
    [
      finished('unopened', '29 10:00'),
      step('served', 'unopened', '29 10:00'),
      ev('hall.request.answered', '29 10:00', { request: 'unopened' }),
      ev('hall.complaint.answered', '29 10:00', { complaint: 'unopened' }),
      ev('hall.followup.closed', '29 10:00', { followup: 'unopened', result: 'misrated' }),
      ev('hall.appointment.kept', '29 10:00', { appointment: 'unopened', station: 'hall' }),
      accepted('c1', '29 11:00', { station: 'xinge' }),
      accepted('c1', '29 10:00', { station: 'hall' }),
      taken('t1', '29 09:00'),
      step('served', 't1', '29 09:10'),
    ],
    [
      {
        ...on('29'),
        expect: {
          finished: 0,
          tickets: { served: 1 },
          requests: { answered: 0 },
          complaints: { answered: 0 },
          appointments: { kept: 0 },
          misrated: 0,
        },
      },
      { ...on('29'), station: 'hall', expect: { accepted: 1, tickets: { taken: 1, served: 1 } } },
      { ...on('29'), station: 'meifeng', expect: { tickets: { taken: 0, served: 0 } } },
    ],
  );

  story(
    'C5 the latest closing wins',
    [
      accepted('c1', '29 09:00'),
      finished('c1', '30 10:00', { outcome: 'refused' }),
      finished('c1', '29 10:00'),
      ev('hall.request.received', '29 09:00', { request: 'r', station: 'hall' }),
      ev('hall.request.answered', '30 09:00', { request: 'r', onTime: false }),
      ev('hall.request.answered', '29 09:00', { request: 'r', onTime: true }),
    ],
    [
      { ...on('29'), expect: { finished: 0, open: 1, requests: { answered: 0, onTime: 0 } } },
      { ...on('30'), expect: { finished: 1, open: 0, requests: { answered: 1, onTime: 0, late: 1 } } },
    ],
  );

  story(
    'C6 a finish before its acceptance counts on its own day, and the case is open on none',
    [accepted('c1', '30 09:00', { station: 'meifeng' }), finished('c1', '29 16:00')],
    [
      { ...on('29'), station: 'meifeng', expect: { accepted: 0, finished: 1, open: 0 } },
      { ...on('30'), station: 'meifeng', expect: { accepted: 1, finished: 0, open: 0, completion: { n: 1, of: 1 } } },
    ],
  );

  story(
    'C7 pauses that begin before the promise move it; one that has not ended holds it open',
    [
      // Two hours are taken out: the promise moves to 14:00, which is kept to the millisecond.
      accepted('kept', '29 09:00', { promisedBy: moment('29 12:00') }),
      ev('hall.case.paused', '29 11:00', { case: 'kept' }),
      ev('hall.case.paused', '29 12:30', { case: 'kept' }),
      ev('hall.case.resumed', '29 13:00', { case: 'kept' }),
      ev('hall.case.resumed', '29 13:30', { case: 'kept' }),
      finished('kept', '29 14:00'),
      // A pause at the promise is too late.
      accepted('broken', '29 09:00', { promisedBy: moment('29 12:00') }),
      ev('hall.case.paused', '29 12:00', { case: 'broken' }),
      ev('hall.case.resumed', '29 15:00', { case: 'broken' }),
      finished('broken', '29 14:00', { onTime: true }),
      accepted('held', '29 09:00', { promisedBy: moment('29 12:00') }),
      ev('hall.case.paused', '29 11:59', { case: 'held' }),
      accepted('flagged', '29 09:00'),
      finished('flagged', '29 10:00', { onTime: false }),
      accepted('neither', '29 09:00'),
      finished('neither', '29 10:00'),
    ],
    [{ ...on('29'), expect: { finished: 4, open: 1, overdueOpen: 0, onTime: { n: 1, of: 3 } } }],
  );

  story(
    'C8 overdue is what is open past its promise at the end of the span, or at the clock where that is earlier',
    [
      accepted('c1', '29 09:00', { promisedBy: moment('29 18:00') }),
      accepted('c2', '29 09:00', { promisedBy: moment('30 00:00') }),
      accepted('c3', '29 09:00'),
      finished('c1', '30 09:00'),
    ],
    [
      { ...on('28'), expect: { open: 0, overdueOpen: 0 } },
      { ...on('29'), expect: { open: 3, overdueOpen: 1, onTime: { n: 0, of: 1 } } },
      { ...on('30'), now: '30 10:00', expect: { open: 2, overdueOpen: 1, onTime: { n: 0, of: 2 } } },
      { ...on('30'), now: '30 00:00', expect: { overdueOpen: 0 } },
    ],
  );

  // The clock stands shortly before midnight; what came ahead of it lies behind that.
  story(
    'C8, L3 what came ahead of the clock finishes a case, or begins one, before its promise has lapsed',
    [
      accepted('c1', '29 09:00', { promisedBy: moment('29 23:59') }),
      finished('c1', '30 00:01'),
      accepted('c2', '29 09:00', { promisedBy: moment('29 12:00') }),
      finished('c2', '30 00:01'),
      accepted('c3', '30 00:01', { promisedBy: moment('29 23:59') }),
      accepted('c4', '30 00:01', { promisedBy: moment('29 12:00') }),
    ],
    [
      { ...on('29'), now: '29 23:58', expect: { open: 2, overdueOpen: 1 } },
      { ...on('30'), now: '29 23:58', expect: { open: 2, overdueOpen: 1 } },
      { ...on('29', '10-08'), now: '29 23:58', expect: { open: 2, overdueOpen: 1 } },
      { ...on('30'), now: '30 00:02', expect: { open: 2, overdueOpen: 2 } },
    ],
  );

  story(
    'C9 tickets: the first call ends the wait, the latest call begins the service, the latest step ends the rest',
    [
      taken('served', '29 09:00'),
      step('called', 'served', '29 09:10'),
      step('recalled', 'served', '29 09:12'),
      step('transferred', 'served', '29 09:20'),
      step('served', 'served', '29 09:30'),
      taken('passed', '29 09:00'),
      step('called', 'passed', '29 09:30'),
      step('passed', 'passed', '29 09:31'),
      taken('back', '29 09:00'),
      step('passed', 'back', '29 09:31'),
      step('recalled', 'back', '29 09:40'),
      taken('left', '29 23:50'),
      step('left', 'left', '30 00:10'),
      taken('late', '29 10:00'),
      step('called', 'late', '29 09:59'),
    ],
    [
      {
        ...on('29'),
        expect: {
          tickets: { taken: 5, called: 4, served: 1, passed: 1, left: 0 },
          wait: { n: 3, medianMs: 30 * 60_000, p90Ms: 40 * 60_000, within: { n: 3, of: 3 } },
          service: { n: 1, medianMs: 18 * 60_000, p90Ms: 18 * 60_000 },
        },
      },
      { ...on('30'), expect: { tickets: { taken: 0, left: 1 } } },
    ],
  );

  story(
    'C9 a number that is taken again on a later day is counted there, once, at the station of its first taking',
    [
      taken('A001', '29 09:00'),
      step('served', 'A001', '29 09:30'),
      taken('A001', '29 09:05'),
      taken('A001', '30 09:10', { station: 'xinge' }),
      taken('A001', '30 09:20'),
      taken('A001', '10-08 09:00', { station: '香蜜/100%' }),
      taken('A002', '29 23:59'),
      taken('A002', '30 00:01'),
      ev('hall.event.voided', '30 10:00', { source: '//s', id: 'gone' }),
      ev('hall.ticket.taken', '30 00:02', { ticket: 'A003', station: 'hall' }, '//s gone'),
      taken('A003', '29 09:00'),
    ],
    [
      { ...on('29'), expect: { tickets: { taken: 3, served: 1 }, unknown: { reusedTickets: 0 } } },
      { ...on('30'), expect: { tickets: { taken: 0 }, unknown: { reusedTickets: 2, stations: [] } } },
      { ...on('30'), station: 'hall', expect: { unknown: { reusedTickets: 1 } } },
      { ...on('30'), station: 'xinge', expect: { unknown: { reusedTickets: 1 } } },
      { ...on('10-08'), expect: { unknown: { reusedTickets: 1, stations: ['香蜜/100%'] } } },
    ],
  );

  story(
    'C10 a case is rated by its own id or its ticket, in either round, on the day it is finished',
    [
      accepted('c1', '29 09:00', { ticket: 't1' }),
      finished('c1', '29 10:00'),
      rated('29 09:30', { score: 2, ticket: 't1', station: 'meifeng', byDefault: true }),
      rated('30 09:00', { score: 4, case: 'c1', round: 2 }),
      accepted('c2', '29 09:00'),
      finished('c2', '29 10:00'),
      rated('30 09:00', { case: 'c2', byDefault: true }),
      accepted('c3', '29 09:00', { ticket: 't3' }),
      rated('29 09:00', { case: 'nobody', ticket: 't3' }),
      finished('c3', '30 10:00'),
    ],
    [
      { ...on('29'), expect: { rated: { n: 1, of: 2 }, activelyRated: { n: 0, of: 2 }, poor: 1, byDefault: 1 } },
      { ...on('29'), station: 'meifeng', expect: { rated: { n: 0, of: 0 }, poor: 1 } },
      {
        ...on('29', '30'),
        expect: { rated: { n: 3, of: 3 }, activelyRated: { n: 2, of: 3 }, scores: { 2: 1, 4: 0, 5: 2 } },
      },
    ],
  );

  story(
    'C11 an approved case counts as uploaded as of its earliest upload',
    [
      accepted('c1', '29 09:00', { item: 'tenancy-licence' }),
      finished('c1', '29 10:00'),
      ev('hall.licence.uploaded', '10-08 09:00', { case: 'c1' }),
      ev('hall.licence.uploaded', '30 09:00', { case: 'c1' }),
    ],
    [
      { ...on('29'), expect: { licences: { n: 0, of: 1 } } },
      { ...on('29', '30'), expect: { licences: { n: 1, of: 1 } } },
      { ...on('30'), expect: { licences: { n: 0, of: 0 } } },
    ],
  );

  story(
    'C12 requests and complaints: received and answered each on its day, at the receiving station',
    [
      ...(['r1', 'r2', 'r3', 'r4'] as const).map((request) =>
        ev('hall.request.received', '29 09:00', { request, station: 'meifeng' }),
      ),
      ev('hall.request.answered', '30 09:00', { request: 'r1', station: 'hall', onTime: true }),
      ev('hall.request.answered', '30 09:00', { request: 'r2', onTime: false }),
      ev('hall.request.answered', '30 09:00', { request: 'r3', timeUnknown: true }),
      // A no with its reason is an answer, and neither on time nor late; a release and an owner are none.
      ev('hall.request.answered', '30 08:00', { request: 'r4', onTime: true }),
      ev('hall.request.declined', '30 09:00', { request: 'r4', reason: '说不清是什么事' }),
      ev('hall.complaint.received', '29 09:00', { complaint: 'k', station: 'hall' }),
      ev('hall.complaint.answered', '30 09:00', { complaint: 'k', upheld: true }),
      ev('hall.complaint.received', '29 09:00', { complaint: 'no', station: 'meifeng' }),
      ev('hall.complaint.declined', '30 09:00', { complaint: 'no', reason: '与本厅无关' }),
      ev('hall.complaint.received', '29 09:00', { complaint: 'open', station: 'meifeng' }),
      ev('hall.complaint.released', '30 09:00', { complaint: 'open', text: '解答前后不一致' }),
      ev('hall.complaint.assigned', '30 09:00', { complaint: 'open', owner: 's01' }),
    ],
    [
      { ...on('29'), expect: { requests: { received: 4, answered: 0 }, complaints: { received: 3, answered: 0 } } },
      {
        ...on('30'),
        station: 'meifeng',
        expect: {
          requests: { received: 0, answered: 4, onTime: 1, late: 1 },
          complaints: { answered: 1, upheld: 0 },
        },
      },
      { ...on('30'), expect: { complaints: { received: 0, answered: 2, upheld: 1 } } },
    ],
  );

  story(
    'C13 follow-ups about ratings count where they were opened, by their result once closed',
    [
      ev('hall.followup.opened', '29 09:00', { followup: 'f1', about: 'rating', station: 'hall' }),
      ev('hall.followup.opened', '29 09:00', { followup: 'f2', about: 'licence', station: 'hall' }),
      ev('hall.followup.closed', '30 09:00', { followup: 'f1', result: 'rectified' }),
      ev('hall.followup.closed', '29 10:00', { followup: 'f2', result: 'rectified' }),
    ],
    [
      { ...on('29'), expect: { rectified: { n: 0, of: 1 }, calledBack: { n: 0, of: 1 } } },
      { ...on('29', '30'), expect: { rectified: { n: 1, of: 1 }, calledBack: { n: 1, of: 1 } } },
      { ...on('30'), expect: { rectified: { n: 0, of: 0 } } },
    ],
  );

  story(
    'C14 a check is done once a day, however often it is reported',
    [
      ev('hall.check.done', '29 09:00', { station: 'hall', area: 'cases', result: 'issue' }),
      ev('hall.check.done', '29 17:00', { station: 'hall', area: 'cases', result: 'ok' }),
      ev('hall.check.done', '29 17:00', { station: 'meifeng', area: 'cases', result: 'ok' }),
      ev('hall.check.done', '30 09:00', { station: 'hall', area: 'cases', result: 'ok' }),
    ],
    [{ ...on('29', '30'), station: 'hall', expect: { checks: { n: 2, of: 6 } } }],
  );

  story(
    'C15 an appointment is kept or missed by the latest word, where it was booked',
    [
      ev('hall.appointment.booked', '28 09:00', { appointment: 'p', station: 'hall' }),
      ev('hall.appointment.kept', '30 09:00', { appointment: 'p', station: 'meifeng' }),
      ev('hall.appointment.missed', '29 18:00', { appointment: 'p', station: 'hall' }),
    ],
    [
      { ...on('28', '29'), expect: { appointments: { booked: 1, kept: 0, missed: 0 } } },
      { ...on('30'), station: 'hall', expect: { appointments: { booked: 0, kept: 1, missed: 0 } } },
    ],
  );
});

describe('L lateness', () => {
  story(
    'L2 corrected counts what came after its own day was closed, in order of arrival',
    [
      accepted('c1', '29 09:00', {}, '//s seen'),
      ev('hall.day.closed', '29 18:00', { day: '2019-09-29', hours: [] }),
      accepted('c2', '29 10:00', { station: 'meifeng' }),
      ev('hall.event.voided', '30 09:00', { source: '//s', id: 'seen' }, '//s void'),
      ev('hall.event.voided', '30 09:00', { source: '//s', id: 'void' }),
      ev('hall.event.voided', '30 09:00', { source: '//s', id: 'never' }),
      ev('hall.day.closed', '29 18:30', { day: '2019-09-29', hours: [] }),
      finished('c2', '30 10:00'),
    ],
    [
      { ...on('29'), expect: { corrected: 2, accepted: 1, voided: 1 } },
      { ...on('29'), station: 'meifeng', expect: { corrected: 1 } },
      { ...on('30'), expect: { corrected: 0, finished: 1 } },
    ],
  );

  const undoOf = (id: string, identity: string, undo: unknown = true) =>
    ev('hall.event.voided', '30 00:00', { source: '//s', id, undo } as never, identity);
  story(
    'L2 what a desk takes back within its minute corrects nothing; whoever else says so does',
    [
      accepted('c1', '29 23:59', {}, '//s undone'),
      accepted('c2', '29 23:59', {}, '//s both'),
      accepted('c3', '29 23:59', {}, '//s outsider'),
      accepted('c4', '29 23:59', {}, '//s queue'),
      accepted('c5', '29 23:59', {}, '//s no'),
      accepted('c6', '29 23:59', {}, '//s word'),
      ev('hall.day.closed', '29 23:59', { day: '2019-09-29', hours: [] }),
      undoOf('before', 'urn:hallpulse:desk u0'),
      undoOf('undone', 'urn:hallpulse:desk u1'),
      undoOf('both', 'urn:hallpulse:desk u2'),
      ev('hall.event.voided', '30 09:00', { source: '//s', id: 'both', reason: '录错' }, 'urn:hallpulse:desk v'),
      undoOf('outsider', '//s u3'),
      undoOf('queue', 'urn:hallpulse:queue u4'),
      undoOf('no', 'urn:hallpulse:desk u5', false),
      undoOf('word', 'urn:hallpulse:desk u6', 'true'),
      // It came late, whatever became of it: what had been published was corrected.
      accepted('c0', '29 09:00', {}, '//s before'),
    ],
    [{ ...on('29'), expect: { accepted: 0, open: 0, voided: 7, corrected: 6 } }],
  );
});

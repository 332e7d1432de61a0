/** One story with hand-computed numbers for each rule of docs/spec.md, section M, that makes a number. */
import { describe, expect } from 'vitest';
import { ev, moment, on, story } from './story.ts';

const MINUTE = 60_000;
const accepted = (id: string, when: string, more: object = {}) =>
  ev('hall.case.accepted', when, { case: id, station: 'hall', channel: 'window', item: 'plain', ...more });
const finished = (id: string, when: string, more: object = {}) =>
  ev('hall.case.finished', when, { case: id, outcome: 'approved', ...more });
const rated = (score: 1 | 2 | 3 | 4 | 5, when: string, more: object = {}) =>
  ev('hall.rating.given', when, { score, station: 'hall', medium: 'pad', ...more });
const followedUp = (id: string, when: string, result?: 'called-back' | 'rectified' | 'explained' | 'misrated') => [
  ev('hall.followup.opened', when, { followup: id, about: 'rating', station: 'hall' }),
  ...(result === undefined ? [] : [ev('hall.followup.closed', when, { followup: id, result })]),
];
const consulted = (when: string, more: object = {}) =>
  ev('hall.consultation.given', when, { station: 'hall', medium: 'visit', ...more });

describe('M measures', () => {
  story(
    'M1 ratios are sums over stations, blank where there is nothing',
    [rated(5, '29 09:00'), rated(5, '29 09:00'), rated(5, '29 09:00'), rated(1, '29 09:00', { station: 'meifeng' })],
    [
      { ...on('29'), expect: { satisfied: { n: 3, of: 4 } } },
      {
        ...on('28'),
        expect: { satisfied: { n: 0, of: 0 }, satisfiedLowerBound: null, wait: { medianMs: null, n: 0 } },
      },
    ],
  );

  story(
    'M2 a station that the profile does not know is counted, and named',
    [accepted('c1', '29 09:00', { station: '香蜜/100%', item: '未知/项' }), accepted('c2', '29 09:00')],
    [
      { ...on('29'), expect: { accepted: 2, unknown: { stations: ['香蜜/100%'], items: ['未知/项'] } } },
      { ...on('29'), station: '香蜜/100%', expect: { accepted: 1 } },
      { ...on('29'), station: 'hall', expect: { accepted: 1, unknown: { stations: [], items: [] } } },
    ],
  );

  story(
    'M2, C1 what is not known is named in the order of code points',
    ['\u{1f600}', '\uffee', 'z'].map((name, i) => accepted(`c${i}`, '29 09:00', { station: name, item: name })),
    [
      {
        ...on('29'),
        expect: { unknown: { stations: ['z', '\uffee', '\u{1f600}'], items: ['z', '\uffee', '\u{1f600}'] } },
      },
    ],
  );

  story(
    'M3 people served: window cases stand for tickets until a station takes them',
    [
      accepted('c1', '29 09:00'),
      accepted('c2', '29 09:00', { channel: 'home-visit' }),
      accepted('c3', '29 09:00', { channel: 'online' }),
      ev('hall.ticket.taken', '29 09:00', { ticket: 't1', station: 'hall' }),
      ev('hall.ticket.served', '29 09:10', { ticket: 't1', station: 'hall' }),
      // From the 30th the hall takes tickets.
      accepted('c4', '30 09:00'),
      ev('hall.ticket.taken', '30 09:00', { ticket: 't2', station: 'hall' }),
      ev('hall.ticket.served', '30 09:10', { ticket: 't2', station: 'hall' }),
      consulted('30 09:00', { count: 4 }),
      consulted('30 09:00', { ticket: 't2' }),
      ev('hall.service.given', '30 09:00', { station: 'hall', kind: 'home-visit', count: 2 }),
      ev('hall.service.given', '30 09:00', { station: 'hall', kind: 'copying', count: 9 }),
    ],
    [
      { ...on('29'), expect: { peopleServed: 2 } },
      { ...on('30'), expect: { peopleServed: 1 + 4 + 2, consultations: { visit: 5, phone: 0 } } },
      { ...on('29', '30'), expect: { peopleServed: 9, services: { 'home-visit': 2, copying: 9 } } },
    ],
  );

  story(
    'M4 a line is the one that an event names, else its item’s',
    [
      accepted('c1', '29 09:00', { item: 'medical' }),
      accepted('c2', '29 09:00', { item: 'medical', line: 'tenancy' }),
      accepted('c3', '29 09:00', { item: 'unknown', line: 'medical-insurance' }),
      finished('c1', '30 09:00'),
      finished('c3', '30 09:00', { outcome: 'refused' }),
      consulted('30 09:00', { item: 'medical', count: 3 }),
      consulted('30 09:00', { item: 'plain', medium: 'phone' }),
    ],
    [{ ...on('29', '30'), expect: { medicalCases: 2, medicalApproved: 1, medicalConsultations: 3 } }],
  );

  story(
    'M5 everything is as of the end of the last day, whatever the clock says',
    [
      accepted('c1', '29 09:00', { item: 'tenancy-licence' }),
      finished('c1', '30 09:00'),
      rated(5, '10-08 09:00', { case: 'c1' }),
      ev('hall.licence.uploaded', '10-08 09:00', { case: 'c1' }),
    ],
    [
      { ...on('29'), expect: { completion: { n: 0, of: 1 }, open: 1 } },
      {
        ...on('29', '30'),
        expect: { completion: { n: 1, of: 1 }, open: 0, rated: { n: 0, of: 1 }, licences: { n: 0, of: 1 } },
      },
      {
        ...on('30', '10-08'),
        expect: { completion: { n: 0, of: 0 }, rated: { n: 1, of: 1 }, licences: { n: 1, of: 1 } },
      },
    ],
  );

  story(
    'M6 on time: what lapsed and is still open counts against it',
    [
      accepted('c1', '29 09:00', { promisedBy: moment('29 12:00') }),
      finished('c1', '29 12:00'),
      accepted('c2', '29 09:00', { promisedBy: moment('29 12:00') }),
      finished('c2', '29 12:01'),
      accepted('c3', '29 09:00', { promisedBy: moment('29 12:00') }),
      accepted('c4', '29 09:00', { promisedBy: moment('30 12:00') }),
    ],
    [
      { ...on('29'), expect: { onTime: { n: 1, of: 3 }, overdueOpen: 1 } },
      { ...on('30'), expect: { onTime: { n: 0, of: 2 }, overdueOpen: 2 } },
      { ...on('29', '30'), now: '30 12:00', expect: { onTime: { n: 1, of: 3 }, overdueOpen: 1 } },
    ],
  );

  story(
    'M7 turnaround: only working days, pauses out, two decimals',
    [
      // 15 hours of the 30th, no holiday, 9 of 8 October, less 3 paused: 21 of 24 hours.
      accepted('c1', '30 09:00'),
      ev('hall.case.paused', '30 21:00', { case: 'c1' }),
      ev('hall.case.resumed', '10-07 12:00', { case: 'c1' }),
      finished('c1', '10-08 09:00'),
      // Before its acceptance.
      accepted('c2', '10-08 09:00'),
      finished('c2', '10-08 08:00'),
      // On a day off.
      accepted('c3', '10-01 09:00'),
      finished('c3', '10-02 09:00'),
      // 20 minutes are 0.0139 of a day.
      accepted('c4', '10-09 09:00'),
      finished('c4', '10-09 09:20'),
    ],
    [
      { ...on('10-08'), expect: { finished: 2, turnaround: { n: 1, medianDays: 0.88 } } },
      { ...on('10-02'), expect: { turnaround: { n: 1, medianDays: 0 } } },
      { ...on('10-09'), expect: { turnaround: { n: 1, medianDays: 0.01 } } },
      { ...on('10-01', '10-09'), expect: { turnaround: { n: 3, medianDays: 0.01 } } },
    ],
  );

  story(
    'M8 spreads are values that occurred: the 5th and 9th of ten, the 6th and 10th of eleven',
    [
      ...[10, 20, 30, 40, 50, 60, 70, 80, 90, 100].flatMap((minutes, i) => [
        ev('hall.ticket.taken', '29 08:00', { ticket: `t${i}`, station: 'hall', green: i < 2, appointment: i === 9 }),
        ev('hall.ticket.called', `29 ${clock(minutes)}`, { ticket: `t${i}`, station: 'hall' }),
      ]),
      ev('hall.ticket.taken', '29 08:00', { ticket: 'eleventh', station: 'meifeng' }),
      ev('hall.ticket.called', '29 11:00', { ticket: 'eleventh', station: 'meifeng' }),
    ],
    [
      {
        ...on('29'),
        station: 'hall',
        expect: {
          wait: { n: 10, medianMs: 50 * MINUTE, p90Ms: 90 * MINUTE, within: { n: 6, of: 10 } },
          greenWait: { n: 2, medianMs: 10 * MINUTE, p90Ms: 20 * MINUTE },
          appointmentWait: { n: 1, medianMs: 100 * MINUTE },
        },
      },
      { ...on('29'), expect: { wait: { n: 11, medianMs: 60 * MINUTE, p90Ms: 100 * MINUTE } } },
    ],
  );

  story(
    'M9 satisfaction: first round only, defaults apart, the Wilson bound of 9 in 10 is 0.596',
    [
      ...[3, 3, 3, 4, 4, 4, 5, 5, 5, 2].map((score) => rated(score as 2 | 3 | 4 | 5, '29 09:00')),
      rated(3, '29 09:00', { byDefault: true }),
      rated(1, '29 09:00', { round: 2 }),
    ],
    [
      {
        ...on('29'),
        expect: {
          satisfied: { n: 10, of: 11 },
          activelySatisfied: { n: 9, of: 10 },
          satisfiedLowerBound: expect.closeTo(0.59585, 5),
          byDefault: 1,
          poor: 1,
          scores: { 1: 0, 2: 1, 3: 4, 4: 3, 5: 3 },
        },
      },
    ],
  );

  story(
    'M10 poor ratings: misrated ones leave the rectified, and every closing was a call',
    [
      ...[1, 1, 2, 2, 2].map((score) => rated(score as 1 | 2, '29 09:00')),
      ...followedUp('f1', '29 10:00', 'rectified'),
      ...followedUp('f2', '29 10:00', 'misrated'),
      ...followedUp('f3', '29 10:00', 'explained'),
      ...followedUp('f4', '29 10:00'),
      // On the 30th more follow-ups than poor ratings.
      ...followedUp('f5', '30 10:00', 'rectified'),
      ...followedUp('f6', '30 10:00', 'called-back'),
    ],
    [
      { ...on('29'), expect: { poor: 5, rectified: { n: 1, of: 4 }, calledBack: { n: 3, of: 5 }, misrated: 1 } },
      { ...on('30'), expect: { poor: 0, rectified: { n: 1, of: 2 }, calledBack: { n: 2, of: 2 }, misrated: 0 } },
      { ...on('29', '30'), expect: { rectified: { n: 2, of: 5 }, calledBack: { n: 5, of: 6 } } },
    ],
  );

  story(
    'M11 licences: approved cases of items that yield one',
    [
      ...['tenancy-licence', 'medical-licence', 'plain', 'unknown'].flatMap((item, i) => [
        accepted(`c${i}`, '29 09:00', { item }),
        finished(`c${i}`, '29 10:00'),
        ev('hall.licence.uploaded', '29 11:00', { case: `c${i}` }),
      ]),
      accepted('refused', '29 09:00', { item: 'tenancy-licence' }),
      finished('refused', '29 10:00', { outcome: 'refused' }),
    ],
    [{ ...on('29'), expect: { licences: { n: 2, of: 2 }, finished: 5 } }],
  );

  story(
    'M12 checks are due at the stations in force, on working days, beyond the official calendar by their weekdays',
    [
      ev('hall.check.done', '28 09:00', { station: 'hall', area: 'cases', result: 'ok' }),
      ev('hall.check.done', '29 09:00', { station: 'hall', area: 'cases', result: 'ok' }),
      ev('hall.check.done', '29 09:00', { station: 'hall', area: 'satisfaction', result: 'ok' }),
      ev('hall.check.done', '29 09:00', { station: 'xinge', area: 'cases', result: 'ok' }),
      ev('hall.check.done', '30 09:00', { station: 'xinge', area: 'conduct', result: 'ok' }),
      ev('hall.check.done', '30 09:00', { station: 'nowhere', area: 'cases', result: 'ok' }),
    ],
    [
      // Two stations on the 29th, three on the 30th (one's last day is another's first), three areas each.
      { ...on('28', '30'), expect: { checks: { n: 2, of: 15 } } },
      { ...on('28', '10-07'), station: 'meifeng', expect: { checks: { n: 0, of: 6 } } },
      { ...on('28', '30'), station: 'nowhere', expect: { checks: { n: 0, of: 0 } } },
      // Friday the 1st and Monday the 4th, two stations.
      { from: '2027-01-01', to: '2027-01-04', expect: { checks: { n: 0, of: 12 }, unknownYears: [2027] } },
    ],
  );

  story(
    'M13 voided events count once, on their own day and at the station they name themselves',
    [
      accepted('c1', '29 09:00', { station: 'meifeng' }),
      finished('c1', '30 09:00'),
      ev('hall.event.voided', '10-08 09:00', { source: '//s', id: 'e1' }),
      ev('hall.event.voided', '10-08 10:00', { source: '//s', id: 'e1' }),
      ev('hall.event.voided', '10-08 10:00', { source: '//s', id: 'e2' }),
      ev('hall.event.voided', '10-08 10:00', { source: '//s', id: 'e3' }),
      ev('hall.event.voided', '10-08 10:00', { source: '//s', id: 'never' }),
    ],
    [
      { ...on('29', '10-08'), expect: { voided: 2 } },
      { ...on('29'), station: 'meifeng', expect: { voided: 1 } },
      { ...on('30'), station: 'meifeng', expect: { voided: 0 } },
      { ...on('10-08'), expect: { voided: 0 } },
    ],
  );

  story(
    'M15 promise cut: of items that state both times, on the day of the acceptance; a longer promise is negative',
    [
      accepted('c1', '29 09:00', { item: 'medical-licence' }),
      accepted('c2', '29 09:00', { item: 'tenancy-licence', station: 'meifeng' }),
      // No statutory time, none of any length, and no entry at all.
      accepted('c3', '29 09:00', { item: 'plain' }),
      accepted('c4', '29 09:00', { item: 'medical' }),
      accepted('c5', '29 09:00', { item: 'toString' }),
      // The entry ends with the 30th.
      accepted('c6', '30 09:00', { item: 'old' }),
      accepted('c7', '10-08 09:00', { item: 'old' }),
    ],
    [
      { ...on('29'), expect: { promiseCut: { n: 15, of: 20.5 } } },
      { ...on('29'), station: 'meifeng', expect: { promiseCut: { n: -2.5, of: 0.5 } } },
      { ...on('30'), expect: { promiseCut: { n: 5, of: 5 } } },
      { ...on('10-08'), expect: { promiseCut: { n: 0, of: 0 }, speedUp: { n: 0, of: 0 } } },
    ],
  );

  story(
    'M16 speed-up: the time taken without pauses, judged by the day of the acceptance',
    [
      accepted('c1', '29 09:00', { item: 'medical-licence' }),
      finished('c1', '30 09:00', { outcome: 'refused' }),
      accepted('c2', '29 09:00', { item: 'tenancy-licence', station: 'meifeng' }),
      ev('hall.case.paused', '29 12:00', { case: 'c2' }),
      ev('hall.case.resumed', '29 18:00', { case: 'c2' }),
      finished('c2', '30 09:00'),
      accepted('c3', '30 10:00', { item: 'medical-licence' }),
      finished('c3', '30 09:00'),
      accepted('c4', '30 09:00', { item: 'old' }),
      finished('c4', '10-08 09:00'),
      accepted('c5', '10-08 09:00', { item: 'old' }),
      finished('c5', '10-08 10:00'),
    ],
    [
      { ...on('30'), expect: { speedUp: { n: 18.75, of: 20.5 }, turnaround: { n: 2 } } },
      { ...on('30'), station: 'meifeng', expect: { speedUp: { n: -0.25, of: 0.5 } } },
      { ...on('10-08'), expect: { speedUp: { n: 4, of: 5 }, turnaround: { n: 2 } } },
    ],
  );

  story(
    'M17 at once or by promise: as the acceptance says, else as the catalogue did on that day',
    [
      accepted('c1', '29 09:00', { item: 'medical', handling: 'promised' }),
      accepted('c2', '29 09:00', { item: 'medical' }),
      accepted('c3', '29 09:00', { item: 'valueOf' }),
      accepted('c4', '29 09:00', { item: 'valueOf', handling: 'instant' }),
      accepted('c5', '10-08 09:00', { item: 'old' }),
    ],
    [
      { ...on('29'), expect: { instantShare: { n: 2, of: 4 }, promisedShare: { n: 1, of: 4 } } },
      { ...on('10-08'), expect: { instantShare: { n: 0, of: 1 }, promisedShare: { n: 0, of: 1 } } },
    ],
  );

  const lacking = (id: string, by: string, more: object = {}) =>
    accepted(id, '29 09:00', { deferredDocuments: true, supplyBy: moment(by), ...more });
  const supplied = (id: string, when: string) => ev('hall.case.supplemented', when, { case: id });
  story(
    'M18 missing papers count on the day on which they are due, once that moment is over, whether they came or not',
    [
      lacking('c1', '30 12:00'),
      supplied('c1', '30 12:00'),
      supplied('c1', '30 12:04'),
      lacking('c2', '30 12:00'),
      supplied('c2', '30 12:01'),
      lacking('c3', '30 12:00'),
      // A finish supplies nothing.
      lacking('c4', '30 12:00'),
      finished('c4', '30 09:00'),
      // Nothing was missing.
      lacking('c5', '30 12:00', { deferredDocuments: [] }),
      // Due before it was accepted.
      lacking('c6', '28 09:00'),
      // Supplied before its day.
      lacking('c7', '10-08 09:00'),
      supplied('c7', '30 09:00'),
    ],
    [
      { ...on('29'), expect: { suppliedInTime: { n: 0, of: 1 } } },
      { ...on('30'), expect: { suppliedInTime: { n: 1, of: 4 } } },
      { ...on('30'), now: '30 12:00', expect: { suppliedInTime: { n: 0, of: 0 } } },
      { ...on('29', '30'), now: '30 12:00', station: 'hall', expect: { suppliedInTime: { n: 0, of: 1 } } },
      { ...on('10-08'), now: '30 12:00', expect: { suppliedInTime: { n: 0, of: 0 } } },
      { ...on('10-08'), now: '10-08 09:01', expect: { suppliedInTime: { n: 1, of: 1 } } },
      { ...on('10-07'), expect: { suppliedInTime: { n: 0, of: 0 } } },
    ],
  );

  const served = (ticket: string, day: string) => [
    ev('hall.ticket.taken', `${day} 08:50`, { ticket, station: 'hall' }),
    ev('hall.ticket.called', `${day} 09:00`, { ticket, station: 'hall' }),
    ev('hall.ticket.served', `${day} 09:10`, { ticket, station: 'hall' }),
  ];
  story(
    'M19 window time per case: where tickets are taken, of cases at windows',
    [
      ...served('t1', '29'),
      accepted('c1', '29 09:00'),
      ...served('t2', '30'),
      accepted('c2', '30 09:00'),
      accepted('c3', '30 09:05'),
      accepted('c4', '30 09:05', { channel: 'home-visit' }),
      accepted('c5', '30 09:05', { channel: 'online' }),
      accepted('c6', '30 09:05', { station: 'meifeng' }),
    ],
    [
      { ...on('29'), expect: { windowTimePerCase: { sumMs: 0, cases: 0 } } },
      { ...on('29', '30'), expect: { windowTimePerCase: { sumMs: 10 * MINUTE, cases: 2 } } },
      { ...on('30'), station: 'meifeng', expect: { windowTimePerCase: { sumMs: 0, cases: 0 } } },
    ],
  );

  story(
    'M20 answers: working days from what is answered to what answers it',
    [
      ev('hall.request.received', '29 09:00', { request: 'r1', station: 'hall' }),
      ev('hall.request.answered', '29 10:00', { request: 'r1' }),
      ev('hall.request.answered', '30 21:00', { request: 'r1' }),
      ev('hall.request.received', '30 12:00', { request: 'r2', station: 'hall' }),
      ev('hall.request.answered', '30 11:00', { request: 'r2' }),
      ev('hall.suggestion.received', '30 09:00', { suggestion: 's1', text: '多设座位' }),
      ev('hall.suggestion.answered', '10-08 09:00', { suggestion: 's1', answer: '已办' }),
      // Declined, with a reason, at the station that it names.
      ev('hall.suggestion.received', '29 09:00', { suggestion: 's2', station: 'meifeng' }),
      ev('hall.suggestion.declined', '30 09:00', { suggestion: 's2', reason: '场地所限' }),
      ev('hall.followup.opened', '29 09:00', { followup: 'f1', about: 'overdue', station: 'meifeng' }),
      ev('hall.followup.noted', '29 08:00', { followup: 'f1' }),
      ev('hall.followup.noted', '29 21:00', { followup: 'f1' }),
      ev('hall.followup.closed', '30 09:00', { followup: 'f1', result: 'rectified' }),
      ev('hall.followup.opened', '30 09:00', { followup: 'f2', about: 'rating', station: 'meifeng' }),
      ev('hall.followup.closed', '30 15:00', { followup: 'f2', result: 'explained' }),
    ],
    [
      { ...on('29'), expect: { requestAnswer: { medianDays: null, n: 0 }, followupAnswer: { medianDays: 0.5, n: 1 } } },
      {
        ...on('30'),
        expect: {
          requestAnswer: { medianDays: 1.5, n: 1 },
          followupAnswer: { medianDays: 0.25, n: 1 },
          followupClosing: { medianDays: 0.25, n: 2 },
        },
      },
      { ...on('30'), station: 'hall', expect: { followupClosing: { n: 0 }, requestAnswer: { n: 1 } } },
      { ...on('10-08'), expect: { suggestionAnswer: { medianDays: 1, n: 1 } } },
      { ...on('10-08'), station: 'hall', expect: { suggestionAnswer: { medianDays: null, n: 0 } } },
      { ...on('30'), station: 'meifeng', expect: { suggestionAnswer: { medianDays: 1, n: 1 } } },
      { ...on('30'), expect: { suggestionAnswer: { medianDays: 1, n: 1 } } },
    ],
  );
});

/** Minutes after eight o'clock. */
function clock(minutes: number): string {
  return `${String(8 + Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

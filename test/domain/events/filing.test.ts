// Which entity each type of event is filed under (C2), for the sample of every type.
import { expect, test } from 'vitest';
import { createZone } from '../../../domain/calendar/zone.ts';
import type { HallEvent } from '../../../domain/events/event.ts';
import { filingOf } from '../../../domain/events/filing.ts';
import { EVENT_TYPES } from '../../../domain/events/schema.ts';
import { samples } from './samples.ts';

const zone = createZone('Asia/Shanghai');
const AT = Date.parse('2019-11-22T23:30:00+08:00');

test('C2 every type of event is filed under its entity', () => {
  const filed = EVENT_TYPES.map((type) => {
    const event = { source: 'urn:s', id: 'e', type, at: AT, data: samples[type].good } as unknown as HallEvent;
    const { entity, link } = filingOf(event, zone);
    return [type, entity, ...(link === null ? [] : [link])];
  });
  expect(filed).toEqual([
    ['hall.ticket.taken', 'ticket:A017'],
    ['hall.ticket.called', 'ticket:A017'],
    ['hall.ticket.recalled', 'ticket:A017'],
    ['hall.ticket.transferred', 'ticket:A017'],
    ['hall.ticket.served', 'ticket:A017'],
    ['hall.ticket.passed', 'ticket:A017'],
    ['hall.ticket.left', 'ticket:A017'],
    ['hall.case.accepted', 'case:case-10011', 'ticket:A017'],
    ['hall.case.supplemented', 'case:case-1'],
    ['hall.case.paused', 'case:case-1'],
    ['hall.case.resumed', 'case:case-1'],
    ['hall.case.finished', 'case:case-1'],
    ['hall.event.voided', 'void:8:urn:teste-1'],
    ['hall.licence.uploaded', 'case:case-1'],
    ['hall.consultation.given', null],
    ['hall.rating.given', 'case:case-1'],
    ['hall.rating.explained', 'rating:r-1'],
    ['hall.service.given', null],
    ['hall.appointment.booked', 'appointment:ap-1'],
    ['hall.appointment.kept', 'appointment:ap-1'],
    ['hall.appointment.missed', 'appointment:ap-1'],
    ['hall.window.changed', 'window:w03'],
    ['hall.queue.ended', 'queue:2019-11-22/hall'],
    ['hall.terminal.changed', 'terminal:t1'],
    ['hall.request.received', 'request:r-1'],
    ['hall.request.released', 'request:r-1'],
    ['hall.request.assigned', 'request:r-1'],
    ['hall.request.declined', 'request:r-1'],
    ['hall.request.answered', 'request:r-1'],
    ['hall.complaint.received', 'complaint:co-1'],
    ['hall.complaint.released', 'complaint:co-1'],
    ['hall.complaint.assigned', 'complaint:co-1'],
    ['hall.complaint.declined', 'complaint:co-1'],
    ['hall.complaint.answered', 'complaint:co-1'],
    ['hall.followup.opened', 'followup:f-1'],
    ['hall.followup.assigned', 'followup:f-1'],
    ['hall.followup.noted', 'followup:f-1'],
    ['hall.followup.submitted', 'followup:f-1'],
    ['hall.followup.returned', 'followup:f-1'],
    ['hall.followup.reminded', 'followup:f-1'],
    ['hall.followup.extension-asked', 'followup:f-1'],
    ['hall.followup.extension-decided', 'followup:f-1'],
    ['hall.followup.lit', 'followup:f-1'],
    ['hall.followup.cause-given', 'followup:f-1'],
    ['hall.followup.cause-decided', 'followup:f-1'],
    ['hall.followup.reviewed', 'followup:f-1'],
    ['hall.followup.closed', 'followup:f-1'],
    ['hall.notice.sending', 'notice:2019-11-25:12'],
    ['hall.notice.sent', 'notice:2019-11-25:12'],
    ['hall.alarm.raised', 'alarm:a-1'],
    ['hall.alarm.taken', 'alarm:a-1'],
    ['hall.alarm.ended', 'alarm:a-1'],
    ['hall.check.done', 'check:2019-11-22:licences:meifeng'],
    ['hall.check.answered', 'check:2019-11-22:cases:meifeng'],
    ['hall.suggestion.received', 'suggestion:su-1'],
    ['hall.suggestion.released', 'suggestion:su-1'],
    ['hall.suggestion.assigned', 'suggestion:su-1'],
    ['hall.suggestion.declined', 'suggestion:su-1'],
    ['hall.suggestion.answered', 'suggestion:su-1'],
    ['hall.star.published', 'star:2019-10:pacesetter', 'plan:2019-10:pacesetter'],
    ['hall.star.withdrawn', 'star:2019-10:pacesetter', 'plan:2019-10:pacesetter'],
    ['hall.star.planned', 'plan:2019-10:window'],
    ['hall.star.unplanned', 'plan:2019-10:pacesetter'],
    ['hall.training.held', null],
    ['hall.day.opened', null],
    ['hall.day.closed', null],
    ['hall.day.reconciled', null],
    ['hall.file.imported', null],
    ['hall.reconcile.noted', null],
    ['hall.day.frozen', null],
    ['hall.day.chain-begun', null],
    ['hall.profile.changed', null],
    ['hall.report.worded', 'report:month:2019-11-01:2019-11-30'],
    ['hall.report.run', 'report:sending:2019-11-21:day:morning'],
    ['hall.report.sending', 'report:sending:2019-11-21:day:morning'],
    ['hall.report.sent', 'report:sending:2019-11-21:day:morning'],
    ['hall.access.changed', null],
    ['hall.feed.changed', 'feed:hall'],
  ]);
});

test('C2 an acceptance, and a rating of a case, are filed under their ticket as well; a rating of neither stands for itself', () => {
  const rating = { score: 5, station: 'hall', medium: 'pad' };
  const file = (data: object) =>
    filingOf({ source: 's', id: 'e', type: 'hall.rating.given', at: AT, data } as unknown as HallEvent, zone);
  expect(file({ ...rating, case: 'c', ticket: 't' })).toEqual({ entity: 'case:c', link: 'ticket:t' });
  expect(file({ ...rating, ticket: 't' })).toEqual({ entity: 'ticket:t', link: null });
  expect(file(rating)).toEqual({ entity: null, link: null });
});

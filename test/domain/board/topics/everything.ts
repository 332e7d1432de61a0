// One of everything that can bear a name, all called the same, and the names that try the language.
import { FORBIDDEN_NAMES } from '../../../../domain/events/inspect.ts';
import { event } from './fold-story.ts';

export const DAY = '2019-11-25';
export const NAMES = [
  ...Object.getOwnPropertyNames(Object.prototype).filter((name) => !FORBIDDEN_NAMES.includes(name)),
  ...Object.getOwnPropertyNames(Array.prototype).filter((name) => !FORBIDDEN_NAMES.includes(name)),
  ' ',
  '/',
  '~1',
  '%2F',
  '1',
  '-0',
  '😀',
  '\u202e',
  'x'.repeat(190),
];

/** One of everything that can bear a name, all called `name`. */
export function everything(name: string) {
  const at = (clock: string) => `${DAY} ${clock}`;
  return [
    event('hall.ticket.taken', at('09:00'), { ticket: name, station: name, line: name }),
    event('hall.ticket.called', at('09:05'), { ticket: name, station: name, window: name, staff: name }),
    event('hall.ticket.taken', at('09:06'), { ticket: `${name}2`, station: name }),
    event('hall.case.accepted', at('09:10'), {
      case: name,
      station: name,
      channel: 'window',
      item: name,
      line: name,
      window: name,
      promisedBy: '2019-11-25T18:00:00+08:00',
    }),
    event('hall.case.accepted', at('09:11'), {
      case: `${name}3`,
      station: name,
      channel: 'online',
      item: name,
      line: 'medical-insurance',
    }),
    event('hall.case.finished', at('09:20'), { case: `${name}3`, outcome: 'approved' }),
    event('hall.rating.given', at('09:21'), { score: 1, station: name, window: name, medium: 'pad' }),
    event('hall.rating.given', at('09:22'), { score: 5, station: 'hall', window: name, medium: 'pad' }),
    event('hall.consultation.given', at('09:23'), { station: name, medium: 'visit', item: name, line: name }),
    event('hall.window.changed', at('09:24'), { window: name, station: 'hall', status: 'open', reason: name }),
    event('hall.terminal.changed', at('09:25'), { terminal: name, station: name, status: 'broken' }),
    event('hall.followup.opened', at('09:26'), {
      followup: name,
      about: 'rating',
      station: name,
      owner: name,
      case: name,
    }),
    event('hall.alarm.raised', at('09:27'), { alarm: name, kind: name, station: name, window: name, proposal: name }),
    event('hall.check.done', at('09:28'), { station: name, area: 'cases', result: 'ok' }),
    event('hall.star.published', at('09:29'), { month: '2019-10', kind: 'expert', staff: name, citation: name }),
    event('hall.suggestion.received', at('09:30'), { suggestion: name, text: name }),
    event('hall.suggestion.released', at('09:31'), { suggestion: name }),
    event('hall.suggestion.answered', at('09:32'), { suggestion: name, answer: name, adopted: true }),
    event('hall.service.given', at('09:33'), { station: name, kind: 'copying' }),
    event('hall.appointment.booked', at('09:34'), { appointment: name, station: name }),
    event('hall.request.received', at('09:35'), { request: name, station: name, topic: name }),
    event('hall.complaint.received', at('09:36'), { complaint: name, station: name, staff: name }),
  ];
}

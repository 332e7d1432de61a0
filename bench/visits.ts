/** What a hall sends on a busy day: visits of six events, from the ticket to the rating, as CloudEvents. */

const ITEMS = ['yb-001', 'sb-014', 'js-003', 'ldbz-008', 'mz-002', 'zl-005'];
const LINES = ['medical-insurance', 'social-insurance', 'family-planning', 'labour', 'civil-affairs', 'tenancy'];
const SOURCE = '/hall/meilin/queue';

export type CloudEvent = Readonly<Record<string, unknown>>;

/**
 * `count` events whose ids and entities begin with `tag`, all at `at` (epoch ms) or within minutes before it.
 * With `channel` other than `window` no event of them changes the wall's figure of window cases.
 */
export function makeVisits(
  count: number,
  tag: string,
  at: number,
  channel: 'window' | 'online' = 'window',
): CloudEvent[] {
  const events: CloudEvent[] = [];
  for (let visit = 0; events.length < count; visit++)
    events.push(...makeVisit(`${tag}${visit}`, visit, at, channel).slice(0, count - events.length));
  return events;
}

function makeVisit(name: string, n: number, at: number, channel: string): CloudEvent[] {
  const ticket = `T${name}`;
  const desk = { station: 'hall', window: `w${String((n % 12) + 1).padStart(2, '0')}`, staff: `s${(n % 20) + 1}` };
  const line = LINES[n % LINES.length];
  const moment = (minutes: number) => new Date(at - minutes * 60_000).toISOString();
  const event = (step: string, type: string, minutes: number, data: CloudEvent): CloudEvent => ({
    specversion: '1.0',
    id: `${name}-${step}`,
    source: SOURCE,
    type,
    time: moment(minutes),
    datacontenttype: 'application/json',
    data,
  });
  return [
    event('a', 'hall.ticket.taken', 9, { ticket, station: 'hall', line }),
    event('b', 'hall.ticket.called', 6, { ticket, ...desk }),
    event('c', 'hall.case.accepted', 5, {
      case: `C${name}`,
      ticket,
      channel,
      item: ITEMS[n % ITEMS.length],
      line,
      handling: 'promised',
      promisedBy: new Date(at + 7 * 86_400_000).toISOString(),
      ...desk,
    }),
    event('d', 'hall.ticket.served', 2, { ticket, ...desk }),
    event('e', 'hall.rating.given', 2, { score: 5, ticket, medium: 'pad', ...desk }),
    event('f', 'hall.case.finished', 1, { case: `C${name}`, outcome: 'approved', ...desk }),
  ];
}

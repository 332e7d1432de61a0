// A hall in which every field that only the management may see holds a mark, and every public one a known text.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { wireEvent, type WireEvent } from '../../e2e/hall-client.ts';

/** No byte that a public display receives holds it. */
export const MARK = 'zqsecret';
const secret = (what: string): string => `${MARK}-${what}`;
/** Secrets that cannot bear the mark: figures, the number of somebody who is not called, names of other staff. */
export const BARE_SECRETS = ['98.7', 'B042', '暗号甲', '暗号乙'];

const HALL = secret('station-hall');
const COMMUNITY = secret('station-community');
const WINDOW = secret('window-3');
const LEAD = secret('staff-lead');
const OTHER = secret('staff-other');

const profile = {
  version: 1,
  hall: 'meilin',
  name: { zh: '梅林大厅', en: 'Meilin Hall' },
  timeZone: 'Asia/Shanghai',
  // Open round the clock: the story is told whenever the tests run.
  hours: [['00:00', '24:00']],
  stations: [
    { id: HALL, kind: 'hall', names: [{ zh: '街道大厅' }], code: secret('code'), ticketsFrom: '2019-01-01' },
    {
      id: COMMUNITY,
      kind: 'community',
      names: [{ zh: '梅丰社区', en: 'Meifeng Community' }],
      short: '梅丰',
      shortEn: 'Meifeng',
      ticketsFrom: '2019-01-01',
    },
    { id: secret('station-gone'), kind: 'community', names: [{ zh: '暗号甲社区' }], until: '2019-12-31' },
  ],
  windows: [
    { id: WINDOW, station: HALL, label: '03' },
    { id: secret('window-4'), station: HALL, label: '04' },
  ],
  staff: [
    { id: LEAD, name: '示例甲', station: HALL, role: '值班长', roleEn: 'Duty lead' },
    { id: OTHER, name: '暗号甲', station: HALL, role: secret('role'), roleEn: secret('role-english') },
    {
      id: secret('staff-star'),
      name: '示例乙',
      station: HALL,
      role: secret('role-star'),
      roleEn: secret('role-star-english'),
    },
  ],
  dailyChecks: ['cases'],
  medicalPilot: { from: '2019-06-05', station: HALL, line: 'medical-insurance' },
  targets: { waitMinutes: 15, serviceMinutes: 15, queue: 10, dueSoonHours: 24, unheardMinutes: 120 },
  supervisionTelephone: '0755-12345',
};
const catalogue = {
  version: 1,
  lines: [{ id: 'medical-insurance', name: secret('line') }],
  items: [{ code: secret('item'), name: secret('item-name'), line: 'medical-insurance', kind: 'promised' }],
};
const noticeboard = {
  version: 1,
  notices: [
    { zh: '公告正文', en: 'A notice' },
    { zh: secret('notice-over'), until: '2019-12-31' },
    { zh: secret('notice-to-come'), from: '2099-01-01' },
  ],
  duty: [{ staff: OTHER, until: '2019-12-31' }, { staff: LEAD }],
  freeServices: ['express'],
};
const scenes = {
  version: 1,
  playlist: [{ scene: 'overview', seconds: 60, when: 'always' }],
  resumeSeconds: 120,
  theme: 'deep',
  language: 'zh',
};

/** Writes the hall's documents; resolves with the folder for `HALLPULSE_HALL`. */
export function writeSeed(parent: string): string {
  const folder = join(parent, 'seed');
  mkdirSync(folder, { recursive: true });
  for (const [name, document] of Object.entries({ profile, catalogue, noticeboard, scenes }))
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(document));
  return folder;
}

type Step = readonly [type: string, data: Record<string, unknown>];

const called = (ticket: string, window = WINDOW): Step => [
  'hall.ticket.called',
  { ticket, station: HALL, window, staff: OTHER },
];
const taken = (ticket: string, station = HALL): Step => [
  'hall.ticket.taken',
  { ticket, station, line: secret('line') },
];
const star = (month: string, kind: string, staff: string, citation: string, citationEn: string): Step => [
  'hall.star.published',
  { month, kind, staff, citation, citationEn, reasons: [secret('star-reason'), '满意率 98.7%'] },
];

/** Five tickets that were served, so that there is a range to state. */
const visits: Step[] = [1, 2, 3, 4, 5].flatMap((n): Step[] => {
  const ticket = secret(`served-${n}`);
  const place = { ticket, station: HALL, window: WINDOW, staff: OTHER };
  return [taken(ticket), ['hall.ticket.called', place], ['hall.ticket.served', place]];
});

const steps: Step[] = [
  ['hall.window.changed', { window: WINDOW, station: HALL, status: 'open', staff: OTHER }],
  [
    'hall.window.changed',
    { window: secret('window-4'), station: HALL, status: 'paused', reason: secret('window-reason') },
  ],
  ...visits,
  // Called: a number alone, one behind a prefix, and three that nobody could follow.
  taken('A021'),
  called('A021'),
  taken(secret('t-A022')),
  called(secret('t-A022')),
  taken(secret('2026-5550987')),
  called(secret('2026-5550987')),
  taken(`${MARK}x-B042`),
  called(`${MARK}x-B042`, secret('window-unknown')),
  taken(secret('unspoken')),
  called(secret('unspoken')),
  // Waits, here and at the community station.
  taken(secret('waiting-one')),
  taken(secret('waiting-two'), COMMUNITY),
  [
    'hall.case.accepted',
    {
      case: secret('case'),
      station: HALL,
      channel: 'window',
      item: secret('item'),
      window: WINDOW,
      staff: OTHER,
      promisedBy: '2020-01-02T03:04:05+08:00',
      deferredDocuments: [secret('missing-paper')],
    },
  ],
  [
    'hall.rating.given',
    { score: 1, station: HALL, case: secret('case'), staff: OTHER, medium: 'pad', tags: [secret('tag')] },
  ],
  [
    'hall.followup.opened',
    { followup: secret('followup'), about: 'rating', case: secret('case'), station: HALL, owner: OTHER },
  ],
  ['hall.followup.noted', { followup: secret('followup'), note: secret('note'), owner: secret('owner') }],
  ['hall.followup.opened', { followup: secret('late'), about: 'overdue', station: HALL, owner: secret('owner') }],
  [
    'hall.alarm.raised',
    { alarm: secret('alarm'), kind: secret('kind'), station: HALL, window: WINDOW, proposal: secret('proposal') },
  ],
  ['hall.alarm.taken', { alarm: secret('alarm'), by: OTHER, measure: secret('measure') }],
  ['hall.terminal.changed', { terminal: secret('terminal'), station: HALL, status: 'broken' }],
  ['hall.consultation.given', { station: HALL, medium: 'visit', topic: secret('topic'), staff: OTHER }],
  ['hall.service.given', { station: HALL, kind: 'copying', count: 7 }],
  ['hall.request.received', { request: secret('request'), station: HALL, topic: secret('request-topic') }],
  ['hall.complaint.received', { complaint: secret('complaint'), station: HALL, staff: OTHER, about: secret('about') }],
  ['hall.check.done', { station: HALL, area: 'cases', result: 'issue', by: OTHER }],
  ['hall.training.held', { topic: secret('training'), people: 3 }],
  ['hall.suggestion.received', { suggestion: secret('s1'), text: '建议正文' }],
  ['hall.suggestion.released', { suggestion: secret('s1'), by: OTHER }],
  ['hall.suggestion.answered', { suggestion: secret('s1'), answer: '答复正文', adopted: true }],
  ['hall.suggestion.received', { suggestion: secret('s2'), text: secret('not-released') }],
  ['hall.suggestion.answered', { suggestion: secret('s2'), answer: secret('answer'), adopted: true }],
  ['hall.suggestion.received', { suggestion: secret('s3'), text: secret('not-adopted') }],
  ['hall.suggestion.released', { suggestion: secret('s3') }],
  ['hall.suggestion.answered', { suggestion: secret('s3'), answer: secret('refusal'), adopted: false }],
  star('2026-10', 'pacesetter', secret('staff-star'), '表扬正文', 'A word of praise'),
  star(
    '2026-10',
    'expert',
    secret('staff-ghost'),
    secret('citation-of-a-ghost'),
    secret('citation-english-of-a-ghost'),
  ),
  star(
    '2026-09',
    'expert',
    OTHER,
    secret('citation-of-an-earlier-month'),
    secret('citation-english-of-an-earlier-month'),
  ),
  star('2026-11', 'expert', OTHER, secret('citation-withdrawn'), secret('citation-english-withdrawn')),
  ['hall.star.withdrawn', { month: '2026-11', kind: 'expert', staff: OTHER, reasons: [secret('why-withdrawn')] }],
];

/** What happened before the display opened, a few milliseconds apart and ending at `until` (epoch ms). */
export function tellStory(until: number): WireEvent[] {
  return steps.map(([type, data], i) => wireEvent(`${MARK}-${i}`, type, data, until - (steps.length - i) * 10));
}

/** What happens while it listens: one call, and a poor rating with its follow-up. */
export function tellMore(at: number): WireEvent[] {
  const more: Step[] = [
    called(secret('waiting-one')),
    taken(secret('t-A023')),
    called(secret('t-A023')),
    ['hall.rating.given', { score: 2, station: HALL, staff: OTHER, medium: 'qr', tags: [secret('tag-two')] }],
    ['hall.followup.opened', { followup: secret('followup-two'), about: 'rating', station: HALL, owner: OTHER }],
    [
      'hall.window.changed',
      { window: secret('window-4'), station: HALL, status: 'closed', reason: secret('window-reason-two') },
    ],
  ];
  return more.map(([type, data], i) => wireEvent(`${MARK}-more-${i}`, type, data, at + i));
}

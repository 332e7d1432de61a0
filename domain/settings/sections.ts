/**
 * The parts in which a hall's documents are kept up, and who may change each: the one table for page and server. First
 * what the hall is, then its days, how its work is watched, and what its machines do.
 */
import type { Action } from '../access/roles.ts';
import type { SetupDocument } from '../wire/setup.ts';

export interface Section {
  readonly document: SetupDocument;
  /** Fields of the document's own, in the order in which they are filled in. */
  readonly fields: readonly string[];
  readonly action: Action;
}

export const SECTIONS = {
  hall: {
    document: 'profile',
    fields: ['name', 'supervisionTelephone', 'closesAt', 'medicalPilot'],
    action: 'set-up',
  },
  stations: { document: 'profile', fields: ['stations'], action: 'set-up' },
  windows: { document: 'profile', fields: ['windows', 'terminals'], action: 'set-up' },
  staff: { document: 'profile', fields: ['staff'], action: 'set-up' },
  items: { document: 'catalogue', fields: ['items', 'lines'], action: 'set-up' },
  hours: { document: 'profile', fields: ['hours'], action: 'arrange' },
  calendar: { document: 'calendar', fields: ['daysOff', 'workingDays', 'hours', 'years'], action: 'arrange' },
  duty: { document: 'noticeboard', fields: ['duty'], action: 'arrange' },
  notices: { document: 'noticeboard', fields: ['notices', 'freeServices'], action: 'arrange' },
  targets: { document: 'profile', fields: ['targets'], action: 'arrange' },
  alarms: { document: 'profile', fields: ['alarms'], action: 'arrange' },
  checks: { document: 'profile', fields: ['dailyChecks', 'checks'], action: 'set-up' },
  followups: { document: 'profile', fields: ['followups'], action: 'arrange' },
  voices: { document: 'profile', fields: ['voices'], action: 'arrange' },
  queue: { document: 'profile', fields: ['queue'], action: 'set-up' },
  ratings: { document: 'profile', fields: ['ratings'], action: 'set-up' },
  scenes: {
    document: 'scenes',
    fields: ['playlist', 'resumeSeconds', 'theme', 'language'],
    action: 'arrange',
  },
  feeds: { document: 'profile', fields: ['feeds'], action: 'set-up' },
} as const satisfies Readonly<Record<string, Section>>;
export type SectionId = keyof typeof SECTIONS;
export const SECTION_ORDER = Object.keys(SECTIONS) as SectionId[];

/** Fields that a page of their own arranges, or nobody changes. */
const ELSEWHERE: Readonly<Record<string, Action>> = {
  'profile reports': 'arrange-report',
  'profile stars': 'publish-stars',
  'noticeboard conduct': 'publish-stars',
};

/** What somebody must be allowed to do who changes a field of a document; what no section names is an administrator's. */
export function actionFor(document: SetupDocument, field: string): Action {
  const section = Object.values<Section>(SECTIONS).find(
    (one) => one.document === document && one.fields.includes(field),
  );
  return section?.action ?? ELSEWHERE[`${document} ${field}`] ?? 'set-up';
}

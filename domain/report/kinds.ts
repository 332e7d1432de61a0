/** The kinds of report, and the sections that each holds unless the hall's profile says otherwise. */

export const REPORT_KINDS = ['day', 'week', 'month', 'quarter', 'year', 'span'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/** The files that a report may be taken as. */
export const REPORT_FORMATS = ['txt', 'xlsx', 'docx', 'pdf'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export const SECTION_IDS = [
  'affairs',
  'overview',
  'channels',
  'series',
  'rhythm',
  'items',
  'timeliness',
  'efficiency',
  'speed',
  'queue',
  'waits',
  'windows',
  'ratings',
  'innovation',
  'medical',
  'services',
  'requests',
  'answers',
  'checks',
  'stations',
  'idle',
  'books',
  'work',
  'tomorrow',
] as const;
export type SectionId = (typeof SECTION_IDS)[number];

/** Those that say what the span is made of, which is one more question of the ledger. */
export const MADE_OF: ReadonlySet<SectionId> = new Set(['rhythm', 'items', 'speed', 'waits', 'windows', 'idle']);

/** A bulletin of a longer span, as halls publish them: volume, time, ratings, then by station, then what was done. */
const BULLETIN = SECTION_IDS.filter((id) => id !== 'affairs' && id !== 'tomorrow');
/** Of a week there is too little of most items for a ranking. */
const OF_A_WEEK = BULLETIN.filter((id) => !MADE_OF.has(id));

export const DEFAULT_SECTIONS: Readonly<Record<ReportKind, readonly SectionId[]>> = {
  day: [
    'overview',
    'queue',
    'channels',
    'items',
    'timeliness',
    'ratings',
    'innovation',
    'checks',
    'requests',
    'services',
    'stations',
    'idle',
    'books',
    'work',
    'tomorrow',
  ],
  week: OF_A_WEEK,
  month: BULLETIN,
  quarter: BULLETIN,
  year: ['affairs', ...BULLETIN],
  span: BULLETIN,
};

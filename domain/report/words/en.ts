/** What reports say in English. */
import type { ReportWords } from './zh.ts';

export const en: ReportWords = {
  titles: {
    day: 'Daily report',
    week: 'Weekly report',
    month: 'Monthly report',
    quarter: 'Quarterly report',
    year: 'Annual report',
    span: 'Report',
  },
  title: (place, title) => `${place}: ${title}`,
  headings: {
    affairs: 'Government services',
    overview: 'At a glance',
    channels: 'Channels',
    series: 'Accepted over time',
    timeliness: 'Time',
    queue: 'Queue',
    ratings: 'Ratings',
    innovation: 'New ways of approval',
    medical: 'Medical insurance',
    services: 'Consultations and services',
    requests: 'Requests and complaints',
    checks: 'Daily checks and licences',
    stations: 'Stations',
    books: 'Books and reconciliation',
    work: 'From the hall',
    tomorrow: 'The day ahead',
  },
  spanFree: (from, to) => (from === to ? dateOf(from) : `${dateOf(from)} to ${dateOf(to)}`),
  date: dateOf,
  measure: 'Measure',
  unit: 'Unit',
  now: 'This span',
  changed: 'Change',
  others: { weekday: 'Same weekday before', previous: 'Span before', 'year-before': 'Year before' },
  marks: {
    demo: 'This report is made of demo data, not of real work.',
    running: (moment) => `The span is not over; figures are as of ${moment}.`,
    partSpan: (since) =>
      `What the ledger heard first was of ${since}; of earlier days in the span there may be no data.`,
    corrected: (n) => `${n} entries came after their day had been closed and are counted here.`,
    unknown: (n) => `${n} stations or items are unknown to the hall’s documents; they are counted all the same.`,
    uncounted: (n) => `${n} records are damaged and in no figure.`,
  },
  compared: {
    weekday: (then) => `the same weekday before (${then})`,
    note: (name, from, to, days, daysThen) =>
      days === daysThen
        ? `${name}: ${from} to ${to}, ${days} working days each.`
        : `${name}: ${from} to ${to}; ${days} working days now and ${daysThen} then, so counts are compared by working day.`,
    running: (to) => `The span is not over; it is compared by its working days up to ${to}.`,
    day: (name, then) => `${name}: ${then}.`,
    base: 'From a base under 20 changes are told in counts.',
  },
  change: {
    same: 'no change',
    byDay: (text) => `${text} a day`,
    points: (text) => `${text} points`,
    small: 'base under 20',
    prose: (isMore, amount) => `${amount} ${isMore ? 'more' : 'fewer'}`,
  },
  overview: {
    accepted: (name, parts) => `${name}: ${parts}.`,
    total: (n, parts) => (parts.length === 0 ? `${n} cases accepted` : `${n} cases accepted, ${parts.join(', ')}`),
    window: (n) => `${n} at windows`,
    online: (n) => `${n} online`,
    selfService: (n) => `${n} at terminals`,
    other: (n) => `${n} by telephone or post`,
    finished: (n, served) => `${n} finished; ${served} people served.`,
    open: (n, overdue) => `${n} open at the end, ${overdue} of them overdue.`,
    compared: (name, change) => `Against the ${name.toLowerCase()}: ${change} accepted.`,
    nothing: (name) => `${name}: the ledger holds nothing.`,
  },
  channels: {
    column: 'Channel',
    cases: 'Cases',
    share: 'Share',
    kinds: 'Companies, green channel and appointments are inside the channels and may overlap.',
  },
  timeliness: {
    onTime: (share, n, of) => `${n} of ${of} promises kept: ${share}% on time.`,
    overdue: (n) => `The ${n} overdue and open are in the denominator.`,
    noPromise: 'No case of this span had a promise, so there is no share on time.',
  },
  queue: {
    taken: (taken, served) => `${taken} tickets taken, ${served} served.`,
    wait: (median, p90, within) => `Median wait ${median}, nine in ten within ${p90}, ${within}% within the target.`,
    p90: 'Wait, nine in ten within',
    serviceP90: 'Time at the window, nine in ten within',
    none: 'Queue: the ledger holds no tickets.',
  },
  ratings: {
    column: 'Level',
    count: 'Ratings, defaults included',
    share: 'Share',
    active: (n, share, satisfied) =>
      `Citizens gave ${n} ratings, ${satisfied} of them fairly satisfied or better: ${share}%.`,
    strict: (bound, share) =>
      `Read strictly: at least ${bound}% by the 95% interval; ${share}% of finished cases were rated by citizens, and whoever did not rate is not taken for satisfied.`,
    byDefault: (n) => `${n} more were filled in by default and are not in this share.`,
    poor: (n, closed, rectified) => `${n} poor ratings, ${closed} called back, ${rectified} put right.`,
    noPoor: 'No poor ratings.',
    onlyDefaults: 'No citizen rated in this span, so there is no share satisfied.',
    none: 'Ratings: the ledger holds none.',
  },
  services: {
    column: 'Service',
    count: 'Times',
    kinds: {
      express: 'Parcels',
      copying: 'Copying',
      accompaniment: 'Accompaniment',
      'nursing-room': 'Nursing room',
      counselling: 'Counselling',
      terminal: 'Terminals',
      'home-visit': 'Home visits',
    },
    none: 'Consultations and services: the ledger holds none.',
  },
  medicalNone: 'Medical insurance: the ledger holds nothing.',
  requestsNone: 'Requests and complaints: the ledger holds none.',
  checksNone: 'Daily checks and licences: the ledger holds none.',
  stations: { column: 'Station', note: 'Stations without entries are listed too; beside a share stand its two sums.' },
  series: {
    day: 'Day',
    month: 'Month',
    byDay: 'Accepted by day',
    byMonth: 'Accepted by month',
    part: (name) => `${name} (part)`,
    partBars: ', * in part or not over',
    monthOf: (day) => format(day, { month: 'short', year: 'numeric' }),
    dayOf: (day) => format(day, { day: 'numeric', month: 'short' }),
  },
  work: { by: (name, moment) => `written by ${name}, ${moment}` },
  books: {
    reconciled: (saying) => `Reconciled with other systems: ${saying}.`,
    silent: (day, fact, source) =>
      `When the books of ${day} closed, ${source} had sent no ${fact}: those figures are not known to be 0.`,
    changes: 'Corrections: figures that have moved since the books closed',
    day: 'Day',
    before: 'As published',
    after: 'Corrected',
    more: (n) => `${n} more have moved.`,
    part: (name, part) =>
      `${name} (${({ n: 'numerator', of: 'denominator', medianMs: 'median, ms', p90Ms: '90th percentile, ms', medianDays: 'median, days' } as Record<string, string | undefined>)[part] ?? part})`,
    facts: {
      tickets: 'tickets',
      cases: 'cases',
      consultations: 'consultations',
      services: 'services',
      appointments: 'appointments',
      ratings: 'ratings',
      requests: 'requests',
    },
  },
  tomorrow: {
    open: (date, hours) => `Open on ${date}: ${hours}.`,
    closed: (date) => `Closed on ${date}.`,
    unknown: 'The holidays of that year are not known; its weekday is taken.',
    due: (n) => `${n} open cases are promised for that day.`,
    duty: (name) => `On duty: ${name}.`,
  },
  affairs: {
    cases: (places, windows, online) =>
      `The windows of ${places} accepted ${windows} cases; ${online} more were filed online and are counted apart.`,
    places: (hall, communities) => (communities === 0 ? hall : `${hall} and ${communities} community stations`),
    served: (n) => `${capital(n)} people were served, at windows, with questions in person and by telephone.`,
    satisfied: (share, n, of, bound) =>
      `Of ${of} ratings that citizens gave, ${n} were fairly satisfied or better: ${share}%, and at least ${bound}% by the 95% interval.`,
    rated: (share, active) => `${share}% of finished cases were rated, ${active}% by the citizens themselves.`,
    medical: (approved, since) => `${capital(approved)} medical insurance cases were approved${since}`,
    pilotSince: (date) => ` since the pilot began on ${date}`,
    ofItems: (items) => `, of ${items} ${items === 1 ? 'item' : 'items'}`,
    asked: (n) => `${capital(n)} people asked about medical insurance.`,
    deferred: (n) => `${capital(n)} cases were accepted with papers missing`,
    end: '.',
    instant: (n) => `${n} cases were approved by rule.`,
    trained: (people) => `${people} people were trained.`,
    requests: (received, answered) => `${received} requests were received and ${answered} answered.`,
    noTraining: 'Training: the ledger holds none.',
  },
  missing: {
    comparisons: 'Comparisons: the ledger holds nothing earlier.',
    yearBefore: 'The year before: the ledger does not reach back so far.',
    ofStation: 'Stations side by side: this report is of one.',
  },
  none: 'no data',
};

function dateOf(day: string): string {
  return format(day, { day: 'numeric', month: 'long', year: 'numeric' });
}

function format(day: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options }).format(Date.parse(`${day}T00:00:00Z`));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What the scene of ratings says in English. */
import type { ratings as zh } from '../zh/ratings.ts';

/** Working time as figures with their units: whole working days, then hours, then minutes; the two largest. */
function spellWork(workDays: number, minutes: number): { n: number; unit: string }[] {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = [
    { n: workDays, unit: workDays === 1 ? 'work day' : 'work days' },
    { n: hours, unit: 'h' },
    { n: rest, unit: 'min' },
  ];
  const first = parts.findIndex(({ n }) => n > 0);
  if (first < 0) return parts.slice(2);
  return parts.slice(first, first + 2).filter(({ n }) => n > 0);
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export const ratings: typeof zh = {
  title: 'Ratings',
  today: 'Today',
  month: (month: number) => months[month - 1] ?? '',

  loop: {
    title: (month: string) => `Poor ratings, ${month}`,
    calledBack: 'called back',
    rectified: 'rectified',
    poor: 'Poor',
    opened: 'Follow-ups',
    closed: 'Closed',
    open: 'Open',
    given: (one: number, two: number) => [`very poor ${one}`, `poor ${two}`],
    allOpened: 'all opened',
    unopened: (n: number) => `${n} not opened`,
    more: (n: number) => `${n} more than poor`,
    results: (calledBack: number, rectified: number, explained: number, misrated: number) => [
      `called ${calledBack}`,
      `fixed ${rectified}`,
      `explained ${explained}`,
      `error ${misrated}`,
    ],
    carried: (n: number) => `and ${n} from before`,
    late: (n: number) => `${n} late`,
    inTime: 'all in time',
    nothing: 'nothing left',
    none: 'No poor rating is open',
    noneYet: (month: string) => `No poor rating in ${month}`,
    allClosed: (n: string) => `All ${n} poor ratings are closed`,
    toOpen: (n: number) => `${n} poor without a follow-up`,
    noneNote: 'A poor rating appears here with its owner and its countdown',
    left: 'Time left',
    lateBy: 'Late by',
    noDue: 'No deadline',
    noCalendar: 'No countdown',
    noCalendarNote: 'The working calendar ends with 2026',
    work: spellWork,
    running: 'in working time',
    paused: 'paused',
    target: (n: number) => `${n} work days`,
    window: (label: string) => `Window ${label}`,
    noOwner: 'No owner yet',
    owner: 'Owner',
    openedAt: (when: string) => `Opened ${when}`,
    dueAt: (when: string) => `Due ${when}`,
    sinceDue: (when: string) => `Was due ${when}`,
    today: (clock: string) => `today ${clock}`,
    onDay: (date: string, weekday: string, clock: string) => `${weekday} ${date} ${clock}`,
    page: (page: number, pages: number) => `page ${page}/${pages}`,
  },

  distribution: {
    title: 'Distribution',
    note: 'solid: given, hatched: by default',
    active: 'given',
    including: (byDefault: string) => `incl. ${byDefault} by default`,
    score: ['', 'Very poor', 'Poor', 'Fair', 'Good', 'Very good'],
    satisfied: 'Satisfied',
    satisfiedIn: (span: string) => `${span}, satisfied`,
    atLeast: 'at least',
    noRatings: 'No rating yet',
    dayOff: 'Day off, no rating',
    noActive: 'None given yet',
    months: 'Months',
    poor: 'Poor',
    rated: 'Given',
    describe: (score: string, active: string, byDefault: string) =>
      `${score}: ${active} given, ${byDefault} by default`,
  },

  places: {
    stations: 'Stations',
    windows: 'Hall windows',
    title: (of: string, month: string) => `${of}, ${month}`,
    fewer: (least: number) => `below ${least}: counts only`,
    station: 'Station',
    hall: 'Street hall',
    window: 'Window',
    rated: 'Given',
    share: 'Satisfied',
    low: 'At least',
    poor: 'Poor',
    byDefault: 'Default',
    label: (label: string) => `Window ${label}`,
    withoutWindow: 'No window',
    total: 'Total',
    unknown: 'unknown',
    others: (n: number) => `${n} others`,
    none: 'No window is registered',
  },
};

/** What the scene of ratings says in English. */
import type { ratings as zh } from '../zh/ratings.ts';

/** Working time: whole working days, then hours, then minutes; the two largest units. */
function spellWork(workDays: number, minutes: number): string {
  const hours = Math.floor(minutes / 60);
  if (workDays > 0) {
    const days = `${workDays} working ${workDays === 1 ? 'day' : 'days'}`;
    return hours > 0 ? `${days} ${hours} h` : days;
  }
  if (hours > 0) return minutes % 60 > 0 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  return `${minutes} min`;
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
    given: (one: number, two: number) => `1 star ${one} · 2 stars ${two}`,
    allOpened: 'all opened',
    unopened: (n: number) => `${n} not opened`,
    more: (n: number) => `${n} more than poor`,
    results: (calledBack: number, rectified: number, explained: number, misrated: number) =>
      `called ${calledBack} · fixed ${rectified} · explained ${explained} · misrated ${misrated}`,
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
    paused: 'paused outside hours',
    window: (label: string) => `Window ${label}`,
    noOwner: 'No owner yet',
    owner: 'Owner',
    openedAt: (when: string) => `Opened ${when}`,
    dueAt: (when: string) => `Due ${when}`,
    dueByTarget: (when: string, n: number) => `Due ${when} (${n} working days)`,
    sinceDue: (when: string) => `Was due ${when}`,
    today: (clock: string) => `today ${clock}`,
    onDay: (date: string, weekday: string, clock: string) => `${weekday} ${date} ${clock}`,
    page: (page: number, pages: number) => `page ${page}/${pages}`,
  },

  distribution: {
    title: 'Distribution',
    note: 'solid: given, hatched: by default',
    active: 'given',
    byDefault: 'default',
    score: ['', 'Very poor', 'Poor', 'Fair', 'Good', 'Very good'],
    satisfied: 'Satisfied',
    atLeast: 'at least',
    noRatings: 'No rating yet',
    dayOff: 'Day off, no rating',
    noActive: 'None given yet',
    months: 'Months',
    poor: 'Poor',
    rated: 'Given',
    describe: (score: string, active: string, byDefault: string) => `${score}: ${active} given, ${byDefault} by default`,
  },

  places: {
    stations: 'Stations',
    windows: 'Hall windows',
    title: (of: string, month: string) => `${of}, ${month}`,
    fewer: (least: number) => `below ${least}: counts only`,
    station: 'Station',
    window: 'Window',
    rated: 'Given',
    share: 'Satisfied',
    low: 'At least',
    poor: 'Poor',
    byDefault: 'Default',
    label: (label: string) => `Window ${label}`,
    withoutWindow: 'Online etc.',
    total: 'Total',
    unknown: 'unknown',
    others: (n: number) => `${n} others`,
    none: 'No window is registered',
  },
};

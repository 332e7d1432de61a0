/** What every page says in English: units, days, the header, and pages that have nothing to show. */
import type { common as zhCommon } from '../zh/common.ts';
import { spell, spellWork } from './spell.ts';

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export const common: typeof zhCommon = {
  locale: 'en',
  demo: 'Demo data',
  none: '—',
  units: { cases: '', people: '', percent: '%', minutes: ' min' },
  pick: (name: string, nameEn: string | undefined) => nameEn ?? name,

  weekday: (weekday: number) => weekdays[weekday - 1] ?? '',
  date: (day: string) => `${Number(day.slice(8, 10))} ${months[Number(day.slice(5, 7)) - 1] ?? ''}`,
  dateWithWeekday: (date: string, weekday: string) => `${weekday} ${date}`,
  when: {
    today: (clock: string) => `today ${clock}`,
    onDay: (date: string, weekday: string, clock: string) => `${weekday} ${date} ${clock}`,
  },
  workTime: spellWork,

  scenes: {
    overview: 'Overview',
    communities: 'Communities',
    medical: 'Medical insurance',
    ratings: 'Ratings',
    stars: 'Stars',
    turning: (scene: number, scenes: number) => `${scene}/${scenes}`,
    paused: 'Paused',
    fixed: '',
  },

  header: {
    lastCase: 'Last case',
    noCase: 'No case yet today',
    stations: (heard: number, total: number) =>
      heard === total ? `${total} stations online` : `${heard}/${total} stations online`,
    seq: (seq: string) => `no. ${seq}`,
    corrected: (n: number) => `${n} corrected`,
    polling: 'polling every 5 s',
    stoppedAt: (clock: string) => `Data stopped at ${clock}`,
    reconnecting: 'reconnecting',
    outageFor: (minutes: number) => (minutes < 1 ? 'for less than a minute' : `for ${spell(minutes)}`),
    otherDay: (date: string, weekday: string) => `These are the figures of ${weekday} ${date}`,
    otherDayWhy: 'today has not begun',
  },

  phase: {
    past: 'Not today',
    closed: 'Day closed',
    off: 'Day off',
    before: 'Not open yet',
    open: '',
    break: 'Lunch break',
    after: 'Closed for today',
  },

  denied: {
    title: 'This screen has not been authorised',
    lead: 'Open the wall by an address with a display token:',
    address: (origin: string) => `${origin}/?token=TOKEN`,
    how: 'The administrator issues the token on the server. Put it into the address; this page then opens by itself.',
    retry: 'Tries again every 30 seconds',
  },

  waiting: {
    title: 'Connecting to the hall',
    note: 'The picture appears by itself',
    refused: 'The server has nothing for this screen',
  },

  panel: { stoppedAt: (clock: string) => `stopped at ${clock}` },
};

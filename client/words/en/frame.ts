/** What the wall says in English around its scenes and in all of them. */
import type { frame as zhFrame } from '../zh/frame.ts';
import { common } from './common.ts';
import { spell, spellWork } from './spell.ts';

export const frame: typeof zhFrame = {
  ...common,
  none: '—',
  units: { cases: '', people: '', percent: '%', minutes: ' min' },

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
    paused: 'Paused',
    missing: (scenes: readonly string[]) => `${scenes.join(', ')}: not available now`,
  },

  header: {
    lastCase: 'Last case',
    noCase: 'No case yet today',
    stations: (heard: number, total: number, minutes: number) =>
      `${heard === total ? total : `${heard}/${total}`} stations in ${spell(minutes)}`,
    corrected: (n: number) => `${n} corrected`,
    polling: 'spare line, every 5 s',
    stoppedAt: (clock: string) => `Data stopped at ${clock}`,
    reconnecting: 'reconnecting',
    recounting: 'all data are being counted anew',
    unbuilt: 'this screen is unavailable, the others go on',
    foreign: 'the network asks for a login: sign in here',
    checking: 'the data differ, being checked',
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

  panel: { stoppedAt: (clock: string) => `stopped at ${clock}`, noChart: 'The chart has not loaded; trying again' },

  denied: {
    ...common.denied,
    lead: 'Open the wall by an address with a display token:',
    address: (origin: string) => `${origin}/?token=TOKEN`,
  },
};

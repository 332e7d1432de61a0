/** What the replay of past moments says in English. */
import type { PastWords } from '../zh/past.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export const past: PastWords = {
  mark: 'Replay',
  notNow: 'These are not the figures of now',
  date: (date, weekday) => `${weekday} ${date}`,
  day: (year, month, day) => `${day} ${months[month - 1] ?? ''} ${year}`,
  play: 'Play',
  pause: 'Pause',
  speed: 'Speed',
  times: (n) => `${n}×`,
  earlier: 'The day before',
  later: 'The day after',
  scrubber: 'Time of the day',
  scenes: 'Scene',
  backToNow: 'Back to now',
  brief: 'The brief as of then',
  loading: 'Fetching this moment',
  problems: {
    lost: (clock) => `Connection lost at ${clock}, reconnecting`,
    busy: (clock) => `The server is busy; stopped at ${clock}, trying again`,
    players: 'Two replays are running; this one goes on once one of them stops',
    denied: 'Sign in to replay',
    before: 'Nothing had been recorded at this moment',
    beforeOf: (date) => `The ledger begins on ${date}; there is nothing before`,
    skipped: 'This moment never was: the clocks were put forward past it',
    'not-yet': 'This moment has not come yet',
    moment: 'The moment in the address should be written as 2019-06-05T10:30',
  },
  signIn: 'Sign in',
  toFirst: 'To the first day',
  figures: { moment: 'By then', published: 'Published', end: 'End of day' },
  closed: (when) => `published when its books closed, ${when}`,
  corrected: (n) => (n === 1 ? '1 figure corrected since' : `${n} figures corrected since`),
  differs: (n) => (n === 1 ? '1 figure comes out otherwise now' : `${n} figures come out otherwise now`),
  uncorrected: 'not corrected since',
  otherwise: 'rules or documents have changed since',
  notFrozen: 'No figures were kept at the close; the end of the day is by what the ledger holds now',
  notClosed: 'Today’s books are not closed yet',
  publishedLost: 'The published figures could not be fetched',
};

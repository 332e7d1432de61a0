/** What the self-test says in English; no other page carries these words. */
import type { SelfTestWords } from '../zh/self-test.ts';

export const selfTest: SelfTestWords = {
  title: 'Wall self-test',
  lead: 'Photograph the whole screen, frame and corner marks included',
  hall: 'Hall',
  unknownHall: 'no server',
  takenAt: 'Taken at (this machine)',
  verdict: { good: 'fine', warning: 'to look at', trouble: 'wrong' },
  judgements: { good: 'fine', warning: 'look', trouble: 'wrong', note: '' },

  legibility: {
    title: 'Can it be read?',
    inches: 'Diagonal (inches)',
    metres: 'Distance (metres)',
    keys: '+ − distance, [ ] size',
    pages: {
      overview: 'Overview',
      communities: 'Communities',
      medical: 'Medical insurance',
      ratings: 'Ratings',
      stars: 'Stars',
      public: 'Public screen',
    },
    angle: (minutes: string) => `${minutes}′`,
    judgements: { good: 'legible', small: 'too small', unreadable: 'authorise it first', asking: 'being measured' },
    note: 'Every sign of the real pages, by its own height: read from afar at least 16′ (ISO 9241-303), the rest of the overview 12′, elsewhere 10′',
    columns: { page: 'Page', far: 'Least from afar', rest: 'Least of the rest', judgement: 'Verdict' },
  },

  proof: { title: 'Glyphs', note: 'One hand and no boxes: the fonts are here' },

  facts: {
    title: 'This machine',
    labels: {
      screen: 'Screen',
      pixelRatio: 'Pixel ratio',
      fonts: 'Fonts',
      live: 'Live push',
      clock: 'Clock',
      seq: 'Ledger number',
      zone: 'Time zone',
      calendar: 'Holidays',
      sound: 'Sound',
      wakeLock: 'Kept awake',
      heap: 'Memory',
      build: 'Build',
      browser: 'Browser',
      opened: 'Page opened',
      wall: 'Wall began',
    },
    asking: 'asking',
    calendarKnown: 'known',
    calendarUnknown: (years: readonly number[]) => `not known for ${years.join(', ')}: Monday to Friday count`,
    unknown: 'unknown',
    partly: (screen: string, page: string) => `${screen}, page only ${page}: not full screen, or zoomed`,
    scale: (ratio: string, rem: string) => `${ratio} · 1rem = ${rem}px`,
    fontsLoaded: 'loaded',
    fontsMissing: (signs: string) => `missing: ${signs}`,
    socket: (ms: number) => `WebSocket open, ${ms} ms there and back`,
    noSocket: 'WebSocket blocked: the wall takes its spare line, every 5 s',
    noServer: 'The server does not answer',
    offset: (seconds: number) =>
      seconds === 0
        ? 'agrees with the server'
        : `${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} the server`,
    demoClock: "the hall's is a demo's",
    sound: {
      free: 'heard as soon as a page opens',
      touched: 'on this page; touch the wall as well',
      locked: 'locked: press S for a tone',
      absent: 'not in this browser',
    },
    wakeLock: {
      asking: 'asking',
      held: 'held',
      refused: 'refused: turn off the system’s sleep',
      insecure: 'not over HTTP: turn off the system’s sleep',
      absent: 'not in this browser: turn off the system’s sleep',
    },
    heapOf: (used: number, limit: number) => `${used} / ${limit} MB`,
    builds: (page: string, server: string) => `page ${page}, server ${server}`,
    navigation: (type: string) => (type === 'reload' ? 'reloaded' : 'opened'),
    reasons: { opened: 'opened', reloaded: 'reloaded', 'new-version': 'took a new version' },
    noStart: 'no wall was opened here yet',
  },

  edge: (percent: number) => `${percent}%`,
  keys: 'S tone · T theme · L language',
};

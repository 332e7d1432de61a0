/** What the wall alone says of alarms in English. */
import type { alarmsWall as zh } from '../zh/alarms-wall.ts';
import { spellWork } from './spell.ts';

const at = (station: string | undefined, window: string) => `${station ? `${station}, ` : ''}window ${window}`;

export const alarmsWall: typeof zh = {
  ended: (title) => `${title}: over`,
  endedBecause: {
    cleared: 'Back to normal',
    'by-hand': 'Dealt with',
    closing: 'Ended at closing',
    expired: 'Goes on as a follow-up',
  },
  effect: (before, after, longestBefore, longestAfter) =>
    `Waiting ${before}→${after}, longest ${longestBefore}→${longestAfter} min`,
  others: (n) => `+${n}`,
  callsBack: (owner) => `${owner} calls`,
  captions: {
    'window-overtime': 'for',
    queue: 'longest wait',
    'station-unheard': 'for',
    'terminal-broken': 'for',
    left: 'left',
    late: 'late by',
    '*': 'for',
  },
  workTime: spellWork,
  minutes: 'min',
  hours: 'h',
  codeOf: (title) => `Scan to take: ${title}`,
  refused: {
    ended: 'This alarm has ended',
    'already-taken': 'Somebody has taken this alarm',
    'not-allowed': 'This screen may not take alarms',
    unreachable: 'Not delivered, press again',
  },
  spoken: (what, proposal) => `Attention: ${what}. ${proposal}.`,
  spokenWindow: at,
  spokenOf: (window, title) => `${window}: ${title}`,
  saidOf: (title, note) => `${title}. ${note}.`,
  muted: 'Muted: tap once',
};

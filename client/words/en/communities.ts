/** What the scene of communities says in English. */
import type { communities as zh } from '../zh/communities.ts';
import { spell } from './spell.ts';

const at = (station: string, what: string): string => `${station}: ${what}`;

/** In a cell the largest unit is enough. */
function spellShort(minutes: number): string {
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
}

export const communities: typeof zh = {
  title: 'Stations today',
  titleOf: (date: string, weekday: string) => `Stations on ${weekday} ${date}`,
  columns: {
    station: 'Station',
    load: 'Accepted',
    finished: 'Done',
    waiting: 'Waiting',
    onTime: 'On time',
    ratings: 'Satisfied',
    heard: 'Heard',
  },
  areas: { cases: 'Cases', licences: 'Licences', satisfaction: 'Satisfaction', conduct: 'Conduct' },
  kinds: { window: 'windows', medical: 'medical', online: 'online', other: 'other' },
  scale: (n: string) => `full bar ${n}`,
  hallScale: (n: string) => `the hall's own scale, full bar ${n}`,
  total: 'All',
  heard: (minutes: number) => (minutes < 1 ? 'just now' : `${spellShort(minutes)} ago`),
  heardOn: (date: string) => date,
  silent: (minutes: number) => `silent ${spellShort(minutes)}`,
  never: 'not yet',
  neverHeard: 'silent',
  unknown: 'unknown',
  people: (n: string) => n,
  longest: (minutes: number) => (minutes < 1 ? 'just come' : `for ${minutes} min`),
  queue: (n: string) => `${n} waiting`,
  noQueue: 'nobody waits',
  median: (minutes: number) => `median ${minutes} min`,
  noTickets: 'no tickets',
  overdue: (n: string) => `${n} late`,
  byDefault: (n: string) => `+${n} auto`,
  poor: (n: string) => `${n} poor`,
  today: 'today',
  checked: (n: string, of: string) => `today ${n}/${of}`,
  noChecks: 'none due',
  legend: { ok: 'in order', issue: 'issue', missing: 'not done', pending: 'due today' },
  describe: (area: string, ok: number, issue: number, missing: number) =>
    `${area}: ${ok} days in order, ${issue} with an issue, ${missing} not done`,
  headline: {
    overdueAt: (station: string, n: string) => at(station, `${n} overdue`),
    overdue: (stations: number, n: string) => `${n} overdue at ${stations} stations`,
    silentAt: (station: string, minutes: number) => at(station, `silent ${spell(minutes)}`),
    neverAt: (station: string) => at(station, 'silent'),
    silent: (stations: number) => `${stations} stations silent`,
    waitingAt: (station: string, minutes: number) => at(station, `${minutes} min wait`),
    waiting: (stations: number) => `long waits at ${stations} stations`,
    poorAt: (station: string, n: string) => at(station, `${n} poor`),
    poor: (stations: number, n: string) => `${n} poor at ${stations} stations`,
    missingAt: (day: string, station: string) => at(station, `not checked ${day}`),
    missing: (day: string, stations: number) => `${stations} not checked ${day}`,
    issueAt: (day: string, station: string) => at(station, `issue ${day}`),
    issue: (day: string, stations: number) => `issues at ${stations} ${day}`,
    calm: 'All in order',
    off: 'Day off',
  },
  page: (page: number, pages: number) => `${page}/${pages}`,
};

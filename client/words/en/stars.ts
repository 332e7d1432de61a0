/** What the scene of stars says in English. */
import type { stars as zh } from '../zh/stars.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export const stars: typeof zh = {
  title: 'Star wall',
  kinds: { pacesetter: 'Model', expert: 'Expert', window: 'Window of the month' },
  windowShort: 'Window',
  month: (year: number, month: number, isThisYear: boolean) =>
    isThisYear ? (months[month - 1] ?? '') : `${months[month - 1] ?? ''} ${year}`,
  monthShort: (year: number, month: number, isThisYear: boolean) =>
    isThisYear ? (months[month - 1] ?? '') : `${months[month - 1] ?? ''} ’${year % 100}`,
  of: (month: string) => `of ${month}`,
  notYet: (month: string) => `${month} not yet chosen`,
  none: 'Not chosen yet',
  noneNote: 'The photograph, the citation and the reasons appear here once a star is published',
  noneOfMonth: (month: string) => `None for ${month}`,
  why: 'Why',
  noReasons: 'No reasons were given',
  noStation: 'No station registered',
  left: 'Has left',
  conduct: 'Rules of conduct',
  samplePortrait: 'Sample',
  noPhotograph: 'No photograph',
  portrait: (name: string) => `Photograph of ${name}`,

  past: 'Earlier months',
  pastNone: 'No earlier stars',
  dash: '—',

  suggestions: {
    title: 'Suggestions',
    latest: (n: number) => `the latest ${n}`,
    states: { open: 'Being seen to', adopted: 'Adopted', declined: 'Not adopted', answered: 'Answered' },
    openWith: (owner: string) => `with ${owner}`,
    noAnswer: 'The answer follows',
    none: 'No suggestions yet',
    noneNote: 'Suggestions that were released appear here, with what became of them',
    page: (page: number, pages: number) => `page ${page}/${pages}`,
  },

  supervision: {
    title: 'Supervision telephone',
    note: 'on service and conduct',
    supervision: 'Supervision',
    duty: 'On duty today',
    noDuty: 'Nobody listed',
    complaints: 'Complaints',
    counts: (received: number, answered: number, upheld: number) =>
      `${received} · ${answered} answered · ${upheld} upheld`,
  },
};

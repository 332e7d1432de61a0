/** What a window's tablet says in English, below the Chinese. */
import { levels } from './levels.ts';
import type { RateWords } from '../zh/rate.ts';
import { noCookies } from './no-cookies.ts';

export const rate: RateWords = {
  page: 'Rate our service',
  window: (label: string) => `Window ${label}`,
  ticket: (number: string) => `Ticket ${number}`,
  question: 'How was this visit?',
  levels,
  sending: 'Sending it…',
  again: 'Not sent: please press once more',
  over: 'The time to rate this visit is over',
  thanks: 'Thank you for your rating',
  heard: 'We will look into it',
  why: 'What was not good? Choose any, or none',
  sample: 'Sample answers',
  submit: 'Send these reasons',
  skip: 'Leave it at that',
  idle: 'Please rate us here when you are done',
  idleNote: 'No name and no document number is kept',
  offline: 'Rating is not available right now',
  offlineNote: 'It opens again by itself; your business goes on',
  opening: 'Connecting to the hall, one moment please',
  denied: 'This tablet is not authorised yet',
  deniedNote: 'Staff: open it by the address with the token of this window',
  cookiesNote: noCookies,
  demo: 'Demo data',
};

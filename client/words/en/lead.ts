/** What a wall says in English to whoever is signed in and follows a figure. */
import type { LeadWords } from '../zh/lead.ts';
import { definition } from './definition.ts';

export const lead: LeadWords = {
  ...definition,
  open: (figure) => `${figure}: what it means, and its rows`,
  days: (from, to) => `${from} to ${to}`,
  whole: 'the whole hall',
  and: ' · ',
  past: 'A replay shows the definition alone: rows are listed by what the ledger holds now.',
};

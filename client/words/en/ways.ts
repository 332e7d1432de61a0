/** What the pages of the staff are called where they lead to each other, in English. */
import type { WaysWords } from '../zh/ways.ts';

export const ways: WaysWords = {
  label: 'Other pages',
  desk: 'Desk',
  brief: 'Brief',
  report: 'Reports',
  sending: 'Sending',
  suggestions: 'Suggestions',
  reconcile: 'Reconciliation',
  accounts: 'Accounts',
  setup: 'Set-up',
};

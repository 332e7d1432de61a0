/** What the pages of the staff are called where they lead to each other, in English. */
import type { WaysWords } from '../zh/ways.ts';

export const ways: WaysWords = {
  label: 'Other pages',
  desk: 'Desk',
  checks: 'Checks',
  followups: 'Follow-ups',
  brief: 'Brief',
  report: 'Reports',
  sending: 'Sending',
  stars: 'Stars',
  suggestions: 'Suggestions',
  reconcile: 'Reconciliation',
  import: 'Import',
  accounts: 'Accounts',
  settings: 'Settings',
  setup: 'First set-up',
};

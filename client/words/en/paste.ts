/** What is said of a sheet that is pasted, in English. */
import type { PasteWords } from '../zh/paste.ts';

export const paste: PasteWords = {
  label: 'Copy from a sheet and paste it here',
  hint: 'With its heading. Select and copy in Excel or WPS, or paste CSV text.',
  heading: 'Heading:',
  read: (n) => `${n} rows read`,
  bad: (n) => `${n} rows are wrong: mend them, then save`,
  line: 'Line',
  reason: 'What is wrong',
  flaws: 'Rows that are wrong',
  preview: 'Preview',
  more: (n) => `${n} rows more`,
  replace: 'In place of everything that is there',
  merge: 'Added to what is there; the same id is replaced',
  mode: 'How it is saved',
  empty: 'Nothing has been pasted yet.',
  /** Of a sheet of items. */
  columns: {
    name: 'Name',
    code: 'Code',
    line: 'Line',
    kind: 'Kind',
    promisedDays: 'Promised days',
    statutoryDays: 'Statutory days',
    deferrable: 'Deferrable',
    licence: 'Licence',
  },
  /** Of a sheet of staff. */
  staffColumns: { id: 'Staff id', name: 'Name', station: 'Station', role: 'Post' },
  reasons: {
    'no-column': 'the sheet has no such column',
    'column-twice': 'there are two such columns',
    required: 'nothing is filled in',
    'too-long': 'too long',
    'not-allowed': 'it cannot be an id or a name',
    twice: 'it stands in an earlier row',
    kind: 'instant or promised is meant',
    days: 'a number of days is meant',
    'yes-no': 'yes or no is meant',
    'beyond-law': 'more days are promised than the law gives',
    identity: 'it looks like a telephone or an identity number',
    'no-station': 'there is no such station',
    'too-many': 'too many rows',
  },
};

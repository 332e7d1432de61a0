/** The words of the page of follow-ups, in both languages. */
import { access as enAccess } from './en/access.ts';
import { followups as enFollowups } from './en/followups.ts';
import { spellWork as enSpellWork } from './en/spell.ts';
import type { Language } from './language.ts';
import { access, type AccessWords } from './zh/access.ts';
import { followups, type FollowupsOwn } from './zh/followups.ts';
import { spellWork } from './zh/spell.ts';

export interface FollowupsWords {
  readonly access: AccessWords;
  readonly followups: FollowupsOwn;
  readonly workTime: typeof spellWork;
  /** A station as this language calls it. */
  readonly pick: (of: { readonly stationName: string; readonly stationNameEn?: string }) => string;
}

export const followupsLanguages: Readonly<Record<Language, FollowupsWords>> = {
  zh: { access, followups, workTime: spellWork, pick: ({ stationName }) => stationName },
  en: {
    access: enAccess,
    followups: enFollowups,
    workTime: enSpellWork,
    pick: ({ stationName, stationNameEn }) => stationNameEn ?? stationName,
  },
};

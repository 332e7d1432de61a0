/** The words of the staff's desk, in both languages. */
import { access as enAccess } from './en/access.ts';
import { alarms as enAlarms } from './en/alarms.ts';
import { desk as enDesk } from './en/desk.ts';
import type { Language } from './language.ts';
import { access } from './zh/access.ts';
import { alarms } from './zh/alarms.ts';
import { desk } from './zh/desk.ts';

const zh = { ...alarms, access, desk };

export type DeskWords = typeof zh;
export const deskLanguages: Readonly<Record<Language, DeskWords>> = {
  zh,
  en: { ...enAlarms, access: enAccess, desk: enDesk },
};

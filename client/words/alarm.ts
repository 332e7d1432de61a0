/** The words of the telephone's page in both languages. */
import { phone as enPhone } from './en/alarms-phone.ts';
import { alarms as enAlarms } from './en/alarms.ts';
import type { Language } from './language.ts';
import { phone } from './zh/alarms-phone.ts';
import { alarms } from './zh/alarms.ts';

const zh = { ...alarms, phone };

export type PhoneWords = typeof zh;
export const phoneLanguages: Readonly<Record<Language, PhoneWords>> = { zh, en: { ...enAlarms, phone: enPhone } };

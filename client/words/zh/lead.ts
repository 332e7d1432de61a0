/** What a wall says in Chinese to whoever is signed in and follows a figure. */
import { definition } from './definition.ts';

export const lead = {
  ...definition,
  open: (figure: string) => `${figure}：看口径和明细`,
  days: (from: string, to: string) => `${from}至${to}`,
  whole: '全厅',
  /** Between days and place. */
  and: ' · ',
  past: '回放只看口径：明细按账本现有数据列出。',
};

export type LeadWords = typeof lead;

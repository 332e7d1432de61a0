/** What a hall gives in two languages, on a page in English. */
import type { given as zh } from '../zh/given.ts';

export const given: typeof zh = {
  pick: (name, nameEn) => nameEn ?? name,
  langOf: (nameEn) => (nameEn === undefined ? 'zh-CN' : undefined),
};

/** What the scene of medical says in English. */
import type { medical as zh } from '../zh/medical.ts';

export const medical: typeof zh = {
  title: 'Medical insurance pilot',
};

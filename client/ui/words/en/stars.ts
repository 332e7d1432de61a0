/** What the scene of stars says in English. */
import type { stars as zh } from '../zh/stars.ts';

export const stars: typeof zh = {
  title: 'Star wall',
};

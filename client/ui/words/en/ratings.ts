/** What the scene of ratings says in English. */
import type { ratings as zh } from '../zh/ratings.ts';

export const ratings: typeof zh = {
  title: 'Ratings',
};

/** What the scene of communities says in English. */
import type { communities as zh } from '../zh/communities.ts';

export const communities: typeof zh = {
  title: 'Communities',
};

/** Every word that the wall shows, in English. */
import type { Words } from '../zh/wall.ts';
import { alarms } from './alarms.ts';
import { common } from './common.ts';
import { communities } from './communities.ts';
import { medical } from './medical.ts';
import { overview } from './overview.ts';
import { ratings } from './ratings.ts';
import { stars } from './stars.ts';

export const en: Words = { ...common, ...overview, alarms, communities, medical, ratings, stars };

/** Every word that the wall shows, in Chinese. */
import { alarmsWall } from './alarms-wall.ts';
import { alarms } from './alarms.ts';
import { communities } from './communities.ts';
import { frame } from './frame.ts';
import { medical } from './medical.ts';
import { overview } from './overview.ts';
import { ratings } from './ratings.ts';
import { stars } from './stars.ts';

export const zh = { ...frame, ...overview, alarms: { ...alarms, ...alarmsWall }, communities, medical, ratings, stars };

export type Words = typeof zh;

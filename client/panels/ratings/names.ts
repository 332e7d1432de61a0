/** What the panels of ratings call a month and a place. */
import type { RatedStation } from '../../../domain/board/topics/data-ratings.ts';
import type { Words } from '../../words/wall.ts';

export function nameMonth(day: string, words: Words): string {
  return words.ratings.month(Number(day.slice(5, 7)));
}

/** From which the figures of the month are counted. */
export function firstOfMonth(day: string): string {
  return `${day.slice(0, 7)}-01`;
}

/** As short as a row needs it: an English name without the word that every community bears. */
export function nameStation(station: RatedStation, words: Words): string {
  if (station.merged) return words.ratings.places.others(station.merged);
  if (station.unknown) return `${station.short} ${words.ratings.places.unknown}`;
  const hall = station.kind === 'hall' ? words.ratings.places.hall : undefined;
  return words.pick(station.short, hall ?? station.shortEn ?? station.nameEn?.replace(/ Community$/, ''));
}

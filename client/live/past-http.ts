/** The question for a past moment, and the address of a page that shows one. */
import type { Scene } from '../../domain/board/topics/data.ts';
import type { BeforeFirst, PastMoment } from '../../domain/wire/past.ts';
import { askAs } from './ask.ts';
import { readJson, type Reply } from './request.ts';

/** @param at epoch ms, or what an address says */
export function fetchMoment(
  topic: Scene,
  at: number | string,
  player: string,
): Promise<Reply<PastMoment | BeforeFirst>> {
  const written = typeof at === 'number' ? new Date(at).toISOString() : at;
  const query = { at: written, topic, player };
  return askAs('GET /api/at', { query }, { answers: [404], read: readJson<PastMoment | BeforeFirst> });
}

/** The query of the address that shows this moment (`2019-06-05T10:30`) and scene; what else it says stays. */
export function writePastAddress(search: string, at: string, scene: Scene): string {
  const query = new URLSearchParams(search);
  query.set('at', at);
  query.set('scene', scene);
  return `?${query.toString()}`;
}

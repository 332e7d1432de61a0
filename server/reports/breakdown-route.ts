/** `GET /api/breakdown`: what a span is made of, by item, line, window, station and hour of the week. */
import { Router } from 'express';
import type { Breakdown } from '../../domain/measures/breakdown.ts';
import type { BreakdownAnswer } from '../../domain/wire/breakdown.ts';
import { queryOf, readQuery } from '../asked.ts';
import { figuresQuery, MOST_NAMED, type MeasuresOptions } from './measures-route.ts';
import { withoutGaps } from './without-gaps.ts';

export function createBreakdownRouter({ board, now }: MeasuresOptions): Router {
  const router = Router();
  router.get('/api/breakdown', readQuery(figuresQuery), async (_request, response) => {
    const { from, to, station } = queryOf(response, figuresQuery);
    const breakdown = await board.breakdownOf({ from, to, ...withoutGaps({ station }), now: now() });
    response.json(boundBreakdown(breakdown));
  });
  return router;
}

/** What the hall's documents know is told whole; of the others as many as `GET /api/measures` names. */
export function boundBreakdown(breakdown: Breakdown): BreakdownAnswer {
  const items = bound(breakdown.items);
  const windows = bound(breakdown.windows);
  const stations = bound(breakdown.stations);
  const { length: moreItems } = items.more;
  const { length: moreWindows } = windows.more;
  const { length: moreStations } = stations.more;
  return {
    ...breakdown,
    items: items.told,
    windows: windows.told,
    stations: stations.told,
    ...(moreItems === 0 ? {} : { moreItems: { n: moreItems, ...sumOf(items.more, ['accepted', 'finished']) } }),
    ...(moreWindows === 0 ? {} : { moreWindows: { n: moreWindows, ...sumOf(windows.more, ['accepted', 'served']) } }),
    ...(moreStations === 0
      ? {}
      : {
          moreStations: {
            n: moreStations,
            ...sumOf(
              stations.more.map(({ measures }) => measures),
              ['accepted', 'finished'],
            ),
          },
        }),
  };
}

function bound<T extends { readonly isKnown: boolean }>(
  all: readonly T[],
): { readonly told: readonly T[]; readonly more: readonly T[] } {
  const more = new Set(all.filter(({ isKnown }) => !isKnown).slice(MOST_NAMED));
  return { told: all.filter((one) => !more.has(one)), more: [...more] };
}

function sumOf<F extends string>(all: readonly Readonly<Record<F, number>>[], fields: readonly F[]): Record<F, number> {
  const entries = fields.map((field) => [field, all.reduce((sum, one) => sum + one[field], 0)]);
  return Object.fromEntries(entries) as Record<F, number>;
}

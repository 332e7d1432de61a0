/** 社区: the street hall and its stations beside one another. */
import { toSpreadMs } from '../../measures/spread.ts';
import { cellParts } from '../cells.ts';
import { TODAY } from '../residency.ts';
import type { CommunitiesData } from './data.ts';
import { toStationTiles } from './overview.ts';
import { toSceneHead } from './head.ts';
import { toSpread, type BoardView } from './view.ts';

type StationFacts = CommunitiesData['stations'][string];

export function buildCommunities(view: BoardView): CommunitiesData {
  const stations: CommunitiesData['stations'] = {};
  for (const [id, tile] of Object.entries(toStationTiles(view)))
    stations[id] = { ...tile, ...readToday(view, id), checks: readChecks(view, id) };
  return {
    ...toSceneHead(view),
    stations,
    areas: [...view.config.profile.dailyChecks],
  };
}

function readToday(view: BoardView, station: string): Pick<StationFacts, 'finished' | 'wait' | 'kept' | 'satisfied'> {
  const waits = new Map<number, number>();
  const facts = { finished: 0, kept: { n: 0, of: 0 }, satisfied: { n: 0, of: 0 } };
  for (const [name, n] of view.table(TODAY).get(station) ?? []) {
    const [head, a, b] = cellParts(name);
    if (head === 'finished') facts.finished += n;
    else if (head === 'wait') waits.set(Number(b), (waits.get(Number(b)) ?? 0) + n);
    else if (head === 'promised') {
      facts.kept.of += n;
      if (a === 'kept') facts.kept.n += n;
    } else if (head === 'score') {
      facts.satisfied.of += n;
      if (Number(a) >= 3) facts.satisfied.n += n;
    }
  }
  return { ...facts, wait: toSpread(toSpreadMs(waits)) };
}

/** Checks of the current day; earlier days come with the scene that shows them. */
function readChecks(view: BoardView, station: string): StationFacts['checks'] {
  const checks: StationFacts['checks'] = {};
  for (const [name, n] of view.table(TODAY).get(station) ?? []) {
    const [head, , area, result] = cellParts(name);
    if (head === 'check' && n > 0 && area && result) (checks[view.day] ??= {})[area] = result;
  }
  return checks;
}

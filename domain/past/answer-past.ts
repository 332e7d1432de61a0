/** Answers what is asked of a past moment. */
import { readComparison } from '../board/now.ts';
import type { CellSource } from '../board/cell-source.ts';
import { buildTopic } from '../board/topics/build.ts';
import { buildComparison, buildStationComparison } from '../board/topics/trend.ts';
import { createView, type BoardView } from '../board/topics/view.ts';
import { readDecisions } from '../brief/decisions.ts';
import { dayOf, minuteOf, type Zone } from '../calendar/zone.ts';
import type { HallConfig } from '../profile/profile.ts';
import type { Measures } from '../measures/measures.ts';
import { own } from '../wire/own.ts';
import type { PastFigures } from '../wire/past.ts';
import { lookAt } from './past-board.ts';
import { PastMeasures } from './past-measures.ts';
import type { PastAnswer, PastQuery } from './past-query.ts';
import { PastRanges } from './past-ranges.ts';
import type { PastSource } from './past-source.ts';

/** Under one configuration; what it has summed it keeps for the next moment. */
export class Past {
  readonly #ranges: PastRanges;
  readonly #measures: PastMeasures;

  constructor(
    private readonly config: HallConfig,
    private readonly zone: Zone,
  ) {
    this.#ranges = new PastRanges(config, zone);
    this.#measures = new PastMeasures(config, zone);
  }

  /** Makes ready what a look would have to wait for. @returns whether there is more */
  sumAhead(cells: CellSource): boolean {
    return this.#ranges.sumAhead(cells);
  }

  answer(source: PastSource, query: PastQuery): PastAnswer {
    const { config, zone } = this;
    const { at, topic, measures, decisions, sameMoment } = query;
    const { seq } = source.cells;
    const first = source.first();
    if (first === undefined || at < first) return { seq, ...(first === undefined ? {} : { first }) };
    return lookAt(source, at, { config, zone, ranges: this.#ranges }, ({ state, changes }) => {
      const view = createView({ ...state, since: dayOf(zone, first) }, config, zone, query.demo);
      return {
        seq,
        first,
        ...(topic === undefined
          ? {}
          : { topic: JSON.stringify(buildTopic(topic, view)), figures: readFigures(view.today) }),
        ...(measures ? { measures: this.#measures.measure(source.cells, changes, measures, at) } : {}),
        ...(decisions
          ? { decisions: readDecisions(view, at, (staff) => own(decisions.names, staff), decisions.station) }
          : {}),
        ...(sameMoment ? compareMoment(view, at, sameMoment.station) : {}),
      };
    });
  }
}

function readFigures({ accepted, windowCases, onlineCases, finished, peopleServed }: Measures): PastFigures {
  return { accepted, windowCases, onlineCases, finished, peopleServed };
}

function compareMoment(view: BoardView, at: number, station: string | undefined): Pick<PastAnswer, 'sameMoment'> {
  const comparison = station === undefined ? buildComparison(view) : buildStationComparison(view, station);
  if (!comparison) return {};
  const { day, then } = readComparison(comparison, 0, minuteOf(view.zone, at));
  return { sameMoment: { day, then } };
}

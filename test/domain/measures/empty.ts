/** The measures of a day on which nothing happened. */
import { buildMeasures } from '../../../domain/measures/build.ts';
import { emptySums } from '../../../domain/measures/sums.ts';
import { readConfig } from '../board/topics/fold-story.ts';

export const emptyMeasures = buildMeasures({
  config: readConfig(),
  sums: emptySums(),
  from: '2019-11-25',
  to: '2019-11-25',
  unknownStations: [],
  open: 0,
  overdueOpen: 0,
  supplyPending: 0,
  uncounted: [],
  seq: 0,
});

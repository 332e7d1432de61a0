/** The measures of a day on which nothing happened. */
import { buildMeasures, countChecksDue } from '../../../domain/measures/build.ts';
import { emptySums } from '../../../domain/measures/sums.ts';
import { readConfig } from '../board/topics/fold-story.ts';

const config = readConfig();
const day = { from: '2019-11-25', to: '2019-11-25' };

export const emptyMeasures = buildMeasures({
  ...day,
  config,
  sums: emptySums(),
  checksDue: countChecksDue(config, day),
  unknownStations: [],
  open: 0,
  overdueOpen: 0,
  supplyAhead: 0,
  suppliedAhead: 0,
  unknownYears: [],
  uncounted: [],
  seq: 0,
});

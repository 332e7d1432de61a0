// In which order files of tests begin: those that take longest first, so that none is left to run alone at the end.
import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

const HEAVY = ['test/e2e/', 'test/campaigns/', 'test/bench/', 'test/property/'];

export class HeaviestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const weigh = ({ moduleId }: TestSpecification): number =>
      HEAVY.some((folder) => moduleId.includes(folder)) ? 0 : 1;
    return (await super.sort(files)).sort((a, b) => weigh(a) - weigh(b));
  }
}

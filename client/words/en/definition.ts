/** What stands beside a measure's definition, in English. */
import type { DefinitionWords } from '../zh/definition.ts';

export const definition: DefinitionWords = {
  rows: 'See the rows',
  rowsOf: { n: 'Rows of the numerator', of: 'Rows of the denominator' },
  rule: (rules) => `Rules ${rules}`,
  close: 'Close',
};

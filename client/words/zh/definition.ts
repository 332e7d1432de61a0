/** What stands beside a measure's definition, in Chinese. */
export const definition = {
  rows: '看明细',
  rowsOf: { n: '看分子的明细', of: '看分母的明细' },
  rule: (rules: string) => `规则 ${rules}`,
  close: '关闭',
};

export type DefinitionWords = typeof definition;

/** What the pages of the staff are called where they lead to each other, in Chinese. */
export const ways = {
  label: '其他页面',
  desk: '窗口',
  checks: '核查',
  followups: '督办',
  brief: '简报',
  report: '报告',
  sending: '发送',
  stars: '明星墙',
  suggestions: '谏言',
  reconcile: '对账',
  import: '导入',
  accounts: '账号',
  settings: '设置',
  setup: '开办',
};

export type WaysWords = typeof ways;

/** What the pages of the staff are called where they lead to each other, in Chinese. */
export const ways = {
  label: '其他页面',
  desk: '窗口',
  brief: '简报',
  report: '报告',
  sending: '发送',
  suggestions: '谏言',
  reconcile: '对账',
  accounts: '账号',
  setup: '大厅设置',
};

export type WaysWords = typeof ways;

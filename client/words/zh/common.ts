/** What every display says in Chinese: names, days, and what it says while it has nothing to show. */

const weekdays = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'];

export const common = {
  demo: '演示数据',
  /** A name in the language of the page, where it has one. */
  pick: (name: string, _nameEn: string | undefined): string => name,

  weekday: (weekday: number) => weekdays[weekday - 1] ?? '',
  date: (day: string) => `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`,
  dateWithWeekday: (date: string, weekday: string) => `${date} ${weekday}`,

  denied: {
    title: '本屏尚未授权',
    how: '令牌由管理员在服务器上签发。放入地址后，本页会自动打开，不必再做什么。',
    retry: '每30秒自动重试',
  },

  waiting: {
    title: '正在连接大厅数据',
    note: '连上后自动显示，无需操作',
    refused: '服务器上没有这块大屏的数据',
    recounting: '正在重算全部数据，完成后自动显示，无需操作',
  },
};

/** What every page says in Chinese: units, days, the header, and pages that have nothing to show. */
import { spell, spellWork } from './spell.ts';

const weekdays = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'];

export const common = {
  locale: 'zh-CN',
  demo: '演示数据',
  none: '—',
  units: { cases: '件', people: '人', percent: '%', minutes: '分' },
  /** A name in the language of the page, where it has one. */
  pick: (name: string, _nameEn: string | undefined): string => name,

  weekday: (weekday: number) => weekdays[weekday - 1] ?? '',
  date: (day: string) => `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`,
  dateWithWeekday: (date: string, weekday: string) => `${date} ${weekday}`,
  when: {
    today: (clock: string) => `今日 ${clock}`,
    onDay: (date: string, weekday: string, clock: string) => `${date}${weekday} ${clock}`,
  },
  workTime: spellWork,

  scenes: {
    overview: '总览',
    communities: '社区',
    medical: '医保试点',
    ratings: '评价',
    stars: '明星墙',
    turning: (scene: number, scenes: number) => `${scene}/${scenes}`,
    paused: '已暂停',
    fixed: '',
  },

  header: {
    lastCase: '最近办件',
    noCase: '今日尚无办件',
    stations: (heard: number, total: number) => (heard === total ? `${total}站在线` : `${heard}/${total}站在线`),
    seq: (seq: string) => `序号 ${seq}`,
    corrected: (n: number) => `更正 ${n}`,
    polling: '5秒轮询',
    stoppedAt: (clock: string) => `数据停在 ${clock}`,
    reconnecting: '正在重连',
    outageFor: (minutes: number) => (minutes < 1 ? '中断不到1分钟' : `已中断${spell(minutes)}`),
    otherDay: (date: string, weekday: string) => `这是${date}（${weekday}）的数据`,
    otherDayWhy: '今日未开始',
  },

  phase: {
    past: '非今日数据',
    closed: '今日已结',
    off: '今日休息',
    before: '尚未开门',
    open: '',
    break: '午休',
    after: '已下班',
  },

  denied: {
    title: '本屏尚未授权',
    lead: '请用带显示令牌的地址打开大屏：',
    address: (origin: string) => `${origin}/?token=显示令牌`,
    how: '令牌由管理员在服务器上签发。放入地址后，本页会自动打开，不必再做什么。',
    retry: '每30秒自动重试',
  },

  waiting: {
    title: '正在连接大厅数据',
    note: '连上后自动显示，无需操作',
    refused: '服务器上没有这块大屏的数据',
  },

  panel: { stoppedAt: (clock: string) => `停在 ${clock}` },
};

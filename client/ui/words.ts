/** Every word that the pages show, in one table per language. */
import { createContext } from 'svelte';
import { alarms } from './words/zh/alarms.ts';

const weekdays = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'];

/** The latest of a countdown's or a duration's two largest units. */
function spell(minutes: number): string {
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  if (days > 0) return hours > 0 ? `${days}天${hours}小时` : `${days}天`;
  if (hours > 0) return minutes % 60 > 0 ? `${hours}小时${minutes % 60}分` : `${hours}小时`;
  return `${minutes}分`;
}

export const zh = {
  locale: 'zh-CN',
  demo: '演示数据',
  none: '—',
  units: { cases: '件', people: '人', percent: '%', minutes: '分' },

  weekday: (weekday: number) => weekdays[weekday - 1] ?? '',
  date: (day: string) => `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`,

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
    before: '未到开门',
    open: '',
    break: '午休',
    after: '已下班',
  },

  heroes: {
    window: '窗口受理',
    online: '网上受理',
    medical: '医保试点',
    medicalAlone: '医保受理',
    satisfied: '满意率',
    waiting: '等候',
    noComparison: '暂无同期可比',
    sameMoment: (weekday: string) => `比上${weekday}同刻`,
    sameMomentOf: (date: string) => `比${date}同刻`,
    sameDay: (weekday: string) => `比上${weekday}全天`,
    sameDayOf: (date: string) => `比${date}全天`,
    more: (n: string) => `多${n}件`,
    fewer: (n: string) => `少${n}件`,
    same: '持平',
    onlineShare: '网办率',
    approvedSince: '累计办成',
    ofAccepted: '占受理',
    ratedTimes: '主动评价',
    times: '次',
    active: '主动',
    byDefault: (n: string) => `含默认${n}`,
    poor: '差评',
    atLeast: '下限',
    noRatings: '今日尚无评价',
    median: '中位',
    most: '九成在',
    within: '分内',
    longest: '最长已等',
    noWaits: '今日尚无叫号',
    crowded: '超标',
  },

  counts: {
    finished: '办结',
    open: '在办',
    peopleServed: '服务人次',
    dueSoon: '即将超期',
    overdue: '超期',
    onTime: '按时办结率',
  },

  windows: {
    title: '窗口',
    busy: (n: number) => `${n}办理中`,
    idle: (n: number) => `${n}空闲`,
    paused: (n: number) => `${n}暂停`,
    closed: (n: number) => `${n}关闭`,
    state: { over: '超时', busy: '办理', idle: '空闲', paused: '暂停', closed: '关闭' },
    minutes: (n: number) => (n < 1 ? '1分内' : `${n}分`),
    justNow: (clock: string) => `${clock} 刚刚受理`,
    latest: (clock: string) => `${clock} 最近受理`,
    at: (label: string) => `${label}号窗`,
    quiet: '暂无办件',
    opensAt: (clock: string) => `${clock} 开门`,
    closedFor: {
      past: '非今日数据',
      closed: '今日已结',
      off: '今日休息',
      before: '未到开门',
      break: '午间休息',
      after: '已下班',
    },
    dayTotal: (accepted: string, finished: string) => `受理${accepted}件，办结${finished}件`,
    served: (n: number) => `${n}人`,
    servedNote: '各窗今日接待',
    none: '本厅没有登记窗口',
  },

  alarms,

  trend: {
    title: '今日走势',
    window: '窗口',
    medical: '医保',
    online: '网上',
    other: '其他',
    usual: (weekday: string) => `平常${weekday}`,
    lunch: '午休',
    forecast: (low: string, high: string) => `预计全天 ${low}–${high} 件`,
    total: (n: string) => `全天 ${n} 件`,
    current: '现在',
    noUsual: '尚无往日可比',
    describe: (n: string) => `今日每半小时受理件数，共${n}件`,
  },

  followups: {
    title: '督办事项',
    today: (opened: number, closed: number) => `今日${opened} · 已闭环${closed}`,
    about: {
      rating: '差评回访',
      overdue: '超期督办',
      licence: '证照未上传',
      deferred: '容缺待补',
      check: '核查问题',
      suggestion: '谏言待答复',
      instruction: '领导批示',
    },
    dueSoon: (n: number) => `即将超期${n}件`,
    overdue: (n: number) => `超期在办${n}件`,
    overdueNote: (open: string) => `在办${open}件中`,
    overdueDue: '已过承诺时限',
    dueSoonNote: (hours: number) => `${hours}小时内到期`,
    atWindow: (label: string) => `${label}号窗`,
    left: (minutes: number) => `剩${spell(minutes)}`,
    late: (minutes: number) => `已超${spell(minutes)}`,
    todayAt: (clock: string) => `今日 ${clock}`,
    noOwner: '待派单',
    noDue: '未定期限',
    none: '没有待办的督办事项',
    noneNote: '差评、超期、缺件会列在这里',
    page: (page: number, pages: number) => `${page}/${pages}页`,
  },

  stations: {
    hall: '大厅',
    communities: '社区',
    unheard: (minutes: number) => `${spell(minutes)}无讯`,
    never: '无讯',
    unknown: '未登记',
    others: (n: number) => `另${n}站`,
  },

  empty: {
    title: '等待第一件办件',
    note: '业务系统接入后，办件会在一秒内出现在这里',
    hint: '目前还没有收到任何事件',
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

export type Words = typeof zh;

const [getWords, provideWords] = createContext<Words>();
export { getWords, provideWords };

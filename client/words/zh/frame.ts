/** What the wall says in Chinese around its scenes and in all of them. */
import { common } from './common.ts';
import { spell, spellWork } from './spell.ts';

export const frame = {
  ...common,
  none: '—',
  units: { cases: '件', people: '人', percent: '%', minutes: '分' },

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
    paused: '已暂停',
    missing: (scenes: readonly string[]) => `${scenes.join('、')}暂时无法显示`,
  },

  header: {
    lastCase: '最近办件',
    noCase: '今日尚无办件',
    /** Who sent anything within so many minutes: whether their lines are up nobody can know. */
    stations: (heard: number, total: number, minutes: number) =>
      `近${spell(minutes)}${heard === total ? total : `${heard}/${total}`}站有数据`,
    corrected: (n: number) => `更正 ${n}`,
    polling: '备用连接，每5秒更新',
    stoppedAt: (clock: string) => `数据停在 ${clock}`,
    reconnecting: '正在重连',
    recounting: '正在重算全部数据',
    unbuilt: '本屏数据暂缺，其他照常',
    foreign: '网络要求登录，请在本机认证',
    checking: '数据有出入，正在核对',
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

  panel: { stoppedAt: (clock: string) => `停在 ${clock}`, noChart: '图表没有加载成功，正在重试' },

  denied: {
    ...common.denied,
    lead: '请用带显示令牌的地址打开大屏：',
    address: (origin: string) => `${origin}/?token=显示令牌`,
  },
};

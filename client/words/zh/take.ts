/** What a kiosk that gives numbers says in Chinese; the English stands below it. */
import { noCookies } from './no-cookies.ts';

export const take = {
  page: '自助取号',
  choose: '请选择要办的业务',
  general: '综合窗口',
  generalNote: '不清楚的请选这里',
  green: '绿色通道',
  greenNote: '老年人、残疾人、军人等优先',
  greenOn: '已选绿色通道，请选业务',
  waiting: (n: number) => (n === 0 ? '现在没有人等候' : `现在 ${n} 人等候`),
  taking: '正在取号…',
  yours: '您的号码',
  ahead: (n: number) => (n === 0 ? '您是第一位' : `前面有 ${n} 人`),
  wait: (low: number, high: number) => (low < 1 ? `约 ${high} 分钟以内` : `约等 ${low}–${high} 分钟`),
  slip: '请取走小票，留意叫号屏和广播',
  remember: '请记住号码，留意叫号屏和广播',
  slipPassed: '过号请到窗口说明，不用重新取号',
  early: '未到取号时间',
  earlyAt: (clock: string) => `${clock} 开始取号`,
  over: '今日已停止取号',
  overNote: '已取号的会继续办完；需要帮助请找工作人员',
  foreign: '本机不取号',
  foreignNote: '请到叫号机上取号',
  failed: '没有取到号，请再按一次',
  offline: '取号暂时不可用',
  offlineNote: '请到咨询台取号，恢复后本机会自动打开',
  opening: '正在连接大厅，请稍候',
  denied: '本机尚未授权',
  deniedNote: '请工作人员用带本站令牌的地址打开',
  cookiesNote: noCookies,
  demo: '演示数据',
};

export type TakeWords = typeof take;

/** What the wall alone says of alarms in Chinese: what they came to, the key that takes them, and what is spoken. */
import { spellWork } from './spell.ts';

/** 03号窗, 梅丰 03号窗. */
const at = (station: string | undefined, window: string) => `${station ? `${station} ` : ''}${window}号窗`;

export const alarmsWall = {
  ended: (title: string) => `${title} 已结束`,
  endedBecause: { cleared: '已恢复', 'by-hand': '已处理完毕', closing: '下班结束', expired: '转督办事项跟进' },
  effect: (before: string, after: string, longestBefore: string, longestAfter: string) =>
    `等候${before}人→${after}人，最长${longestBefore}分→${longestAfter}分`,
  others: (n: number) => `另有${n}项`,
  /** Who sees to a poor rating: as if theirs were the blame it must not read. */
  callsBack: (owner: string) => `由${owner}回访`,
  /** What the figure is. */
  captions: {
    'window-overtime': '已办理',
    queue: '最久已等',
    'station-unheard': '已',
    'terminal-broken': '已',
    left: '剩',
    late: '已超',
    '*': '已持续',
  } as Readonly<Record<string, string>>,
  workTime: spellWork,
  // Beside 收到差评 a bare 分 would be read as a score.
  minutes: '分钟',
  hours: '小时',
  codeOf: (title: string) => `用手机扫码签收：${title}`,
  /** Why the key on the wall did nothing. */
  refused: {
    ended: '这条告警已经结束',
    'already-taken': '这条告警已有人签收',
    'not-allowed': '本屏不能签收',
    unreachable: '签收没有送达，请再按一次',
  },
  spoken: (what: string, proposal: string) => `请注意，${what}，${proposal}`,
  spokenWindow: at,
  spokenOf: (window: string, title: string) => `${window}${title}`,
  /** For who listens to the page: 03号窗办理超时，示例甲 已到场. */
  saidOf: (title: string, note: string) => `${title}，${note}`,
  /** In the header while the hall wants sound and the browser waits for a touch. */
  muted: '静音，点一下屏幕',
};

/** What every display says in Chinese: names, days, and what it says while it has nothing to show. */
import { given } from './given.ts';

const weekdays = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'];

export const common = {
  demo: '演示数据',
  ...given,

  weekday: (weekday: number) => weekdays[weekday - 1] ?? '',
  /** With its year where that is not the year of `today`. */
  date: (day: string, today = day) =>
    `${day.slice(0, 4) === today.slice(0, 4) ? '' : `${Number(day.slice(0, 4))}年`}${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`,
  dateWithWeekday: (date: string, weekday: string) => `${date} ${weekday}`,

  denied: {
    title: '本屏尚未授权',
    how: '令牌由管理员在“大厅设置”的“密钥和屏幕”里新建。放入地址后，本页会自动打开，不必再做什么。',
    retry: '每30秒自动重试',
    ended: '本屏的授权已失效',
    endedHow: '令牌已停用或换新。请管理员在“大厅设置”的“密钥和屏幕”里新建一个，用新地址打开。',
    signedOut: '登录已到期',
    signedOutHow: '重新登录后，大屏接着显示。',
    signIn: '重新登录',
    cookies: '这个浏览器不保存 Cookie，授权留不住。请在浏览器设置里允许本站使用 Cookie，再打开一次。',
  },

  waiting: {
    title: '正在连接大厅数据',
    note: '连上后自动显示，无需操作',
    refused: '服务器上没有这块大屏的数据',
    recounting: '正在重算全部数据，完成后自动显示，无需操作',
    unbuilt: '其他画面照常，恢复后自动显示；请告诉管理员',
    foreign: '登录页拦住了大厅数据。请在这台机器上通过网络认证，或请网络管理员放行',
    /** Where it is known that no connecting helps. */
    titles: { unbuilt: '本屏数据暂缺', foreign: '网络要求登录' },
  },

  /** Where something cannot be drawn. */
  undrawn: {
    title: '这里暂时无法显示',
    note: '正在自动重试，其他照常；一直如此请告诉管理员',
  },
  /** Of the page as a whole. */
  undrawnPage: {
    title: '画面暂时无法显示',
    note: '正在自动重试；一直如此请告诉管理员',
  },
};

/** What a window's tablet says in Chinese; the English stands below it. */
import { levels } from './levels.ts';
import { noCookies } from './no-cookies.ts';

export const rate = {
  page: '服务评价',
  window: (label: string) => (/^[A-Za-z]?\d+$/.test(label) ? `${label} 号窗口` : label),
  ticket: (number: string) => `${number} 号`,
  question: '请评价这次服务',
  levels,
  sending: '正在提交…',
  again: '没有送出，请再按一次',
  over: '这次评价的时间已过',
  thanks: '谢谢您的评价',
  heard: '您的意见我们会认真处理',
  why: '哪里没有做好？可多选，也可不选',
  sample: '示例选项',
  submit: '提交',
  skip: '不选了',
  idle: '办完后请在这里评价',
  idleNote: '评价不记录您的姓名和证件号',
  offline: '评价暂时不可用',
  offlineNote: '恢复后会自动打开，办理业务不受影响',
  opening: '正在连接大厅，请稍候',
  denied: '本平板尚未授权',
  deniedNote: '请工作人员用带本窗口令牌的地址打开',
  cookiesNote: noCookies,
  demo: '演示数据',
};

export type RateWords = typeof rate;

/** Roles, and what goes wrong with accounts, in Chinese: on the page of signing in and on that of accounts. */
import type { Role } from '../../../domain/access/roles.ts';
import { outbox } from './outbox.ts';
import { ways } from './ways.ts';

export const access = {
  ways,
  outbox,
  demo: '演示数据',
  practice: '练习',
  practiceNote: '这里是练习大厅，做什么都不计入，每次重启清空。',
  leavePractice: '回正式大厅',
  role: {
    clerk: '窗口人员',
    lead: '站长',
    manager: '大厅管理员',
    leader: '领导',
    administrator: '系统管理员',
  } as Readonly<Record<Role, string>>,
  staff: '工号',
  name: '姓名',
  password: '密码',
  newPassword: '新密码',
  again: '再输一遍新密码',
  passwordRule: '至少 10 个字符。不用常见密码，不含工号、姓名和大厅名。',
  show: '显示',
  hide: '隐藏',
  capsLock: '大写锁定已打开',
  close: '关闭',
  cancel: '取消',
  required: '请填写。',
  differs: '两遍输入的密码不一样。',
  /** By the server's word for it. */
  errors: {
    wrong: '工号或密码不对。',
    'no-assignment': '该账号今天没有在岗的岗位，请联系大厅管理员。',
    'unknown-code': '链接已用过、已过 24 小时，或不完整。请向发给您的人重新要一个。',
    'weak-password': '这个密码太短或太容易猜到，请换一个。',
    identity: '这里像是写了电话或证件号，请改写。',
    form: '请检查这一项。',
    'bad-body': '请检查这一项。',
    exists: '这个工号已有账号。',
    'unknown-account': '没有这个账号，或已离岗。',
    'unknown-station': '没有这个站点。',
    'not-allowed': '您没有这项权限。',
    unauthorized: '登录已失效，请重新登录。',
    practice: '练习大厅里不改账号，请到正式大厅办。',
    confirm: '请先输入密码确认。',
    busy: '服务器正忙，请稍候再试。',
    'not-ready': '服务器正在启动，请稍候再试。',
  } as Readonly<Record<string, string>>,
  failed: '没有办成，请再试一次。',
  unreachable: '连不上大厅服务器，请检查网络后再试。',
  cookies: '这个浏览器不保存 Cookie，登录留不住。请在浏览器设置里允许本站使用 Cookie，再刷新本页。',
  /** After too many wrong ones. */
  locked: (minutes: number, seconds: number) =>
    `试错次数太多，请过 ${minutes > 0 ? `${minutes} 分 ` : ''}${seconds} 秒再试。`,
};

export type AccessWords = typeof access;

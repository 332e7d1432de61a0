/** What 社区 says in Chinese. */
import { spell } from './spell.ts';

/** In a cell the largest unit is enough. */
function spellShort(minutes: number): string {
  return minutes < 60 ? `${minutes}分` : `${Math.floor(minutes / 60)}小时`;
}

export const communities = {
  title: '各站今日',
  titleOf: (date: string, weekday: string) => `各站 · ${date}（${weekday}）`,
  columns: {
    station: '站点',
    load: '受理',
    finished: '办结',
    waiting: '等候',
    onTime: '按时办结',
    ratings: '满意 / 主动评价',
    heard: '最近消息',
  },
  areas: { cases: '办件核查', licences: '证照核查', satisfaction: '满意核查', conduct: '作风核查' },
  kinds: { window: '窗口', medical: '医保', online: '网上', other: '其他' },
  scale: (n: string) => `满格${n}件`,
  hallScale: (n: string) => `大厅另用标尺，满格${n}件`,
  total: '合计',
  heard: (minutes: number) => (minutes < 1 ? '刚刚' : `${spellShort(minutes)}前`),
  heardOn: (date: string) => date,
  silent: (minutes: number) => `${spellShort(minutes)}无讯`,
  never: '尚无消息',
  neverHeard: '无讯',
  unknown: '未登记',
  people: (n: string) => `${n}人`,
  longest: (minutes: number) => (minutes < 1 ? '刚到' : `已等${minutes}分`),
  queue: (n: string) => `等候${n}人`,
  noQueue: '无人等候',
  median: (minutes: number) => `今日中位${minutes}分`,
  noTickets: '不取号',
  overdue: (n: string) => `超期${n}`,
  byDefault: (n: string) => `默认${n}`,
  poor: (n: string) => `差评${n}`,
  today: '今日',
  checked: (n: string, of: string) => `今日 ${n}/${of}`,
  noChecks: '今日不查',
  legend: { ok: '正常', issue: '有问题', missing: '漏查', pending: '今日待查' },
  describe: (area: string, ok: number, issue: number, missing: number) =>
    `${area}：正常${ok}天，有问题${issue}天，漏查${missing}天`,
  headline: {
    overdueAt: (station: string, n: string) => `${station}${n}件超期`,
    overdue: (stations: number, n: string) => `${stations}站${n}件超期`,
    silentAt: (station: string, minutes: number) => `${station}${spell(minutes)}无讯`,
    neverAt: (station: string) => `${station}无讯`,
    silent: (stations: number) => `${stations}站无讯`,
    waitingAt: (station: string, minutes: number) => `${station}有人已等${minutes}分`,
    waiting: (stations: number) => `${stations}站等候超时`,
    poorAt: (station: string, n: string) => `${station}差评${n}件`,
    poor: (stations: number, n: string) => `${stations}站差评${n}件`,
    missingAt: (day: string, station: string) => `${day}${station}漏查`,
    missing: (day: string, stations: number) => `${day}${stations}站漏查`,
    issueAt: (day: string, station: string) => `${day}${station}核查有问题`,
    issue: (day: string, stations: number) => `${day}${stations}站核查有问题`,
    calm: '各站正常',
    off: '今日休息',
  },
  page: (page: number, pages: number) => `${page}/${pages}页`,
};

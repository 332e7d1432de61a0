/** What 明星墙 says in Chinese. */

export const stars = {
  title: '明星墙',
  kinds: { pacesetter: '业务标兵', expert: '岗位能手', window: '红旗窗口' },
  /** Beside the months before. */
  windowShort: '红旗窗口',
  month: (year: number, month: number, isThisYear: boolean) => (isThisYear ? `${month}月` : `${year}年${month}月`),
  monthShort: (year: number, month: number, isThisYear: boolean) =>
    isThisYear ? `${month}月` : `${year % 100}年${month}月`,
  of: (month: string) => `${month}评选`,
  notYet: (month: string) => `${month}待公布`,
  none: '待评选',
  noneNote: '评选公布后，照片、事迹与理由会显示在这里',
  noneOfMonth: (month: string) => `${month}未评选`,
  why: '评选理由',
  noReasons: '未附理由',
  noStation: '未登记站点',
  left: '已离职',
  conduct: '作风要求',
  samplePortrait: '示例',
  noPhotograph: '暂无照片',
  portrait: (name: string) => `${name}的照片`,

  past: '往月之星',
  pastNone: '尚无往月之星',
  dash: '—',

  suggestions: {
    title: '谏言墙',
    latest: (n: number) => `最近 ${n} 条`,
    states: { open: '办理中', adopted: '已采纳', declined: '未采纳', answered: '已答复' },
    openWith: (owner: string) => `承办 ${owner}`,
    noAnswer: '答复待公布',
    none: '尚无公开的谏言',
    noneNote: '审阅公开的谏言、办理情况与答复会显示在这里',
    page: (page: number, pages: number) => `${page}/${pages}页`,
  },

  supervision: {
    title: '监督电话',
    note: '欢迎监督服务与作风',
    supervision: '作风监督',
    duty: '今日值班',
    noDuty: '未排班',
    complaints: '本月作风投诉',
    counts: (received: number, answered: number, upheld: number) =>
      `受理 ${received} · 答复 ${answered} · 属实 ${upheld}`,
  },
};

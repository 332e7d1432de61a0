/** What 评价 says in Chinese. */

const days = (n: number): string => `${n}个工作日`;

/** Working time: whole working days, then hours, then minutes; the two largest units. */
function spellWork(workDays: number, minutes: number): string {
  const hours = Math.floor(minutes / 60);
  if (workDays > 0) return hours > 0 ? `${days(workDays)}${hours}小时` : days(workDays);
  if (hours > 0) return minutes % 60 > 0 ? `${hours}小时${minutes % 60}分` : `${hours}小时`;
  return `${minutes}分`;
}

export const ratings = {
  title: '评价',
  today: '今日',
  month: (month: number) => `${month}月`,

  loop: {
    title: (month: string) => `差评闭环 · ${month}`,
    calledBack: '回访率',
    rectified: '整改率',
    poor: '差评',
    opened: '回访单',
    closed: '已闭环',
    open: '在办',
    given: (one: number, two: number) => `1星 ${one} · 2星 ${two}`,
    allOpened: '均已建单',
    unopened: (n: number) => `待建单 ${n}`,
    more: (n: number) => `多于差评 ${n}`,
    results: (calledBack: number, rectified: number, explained: number, misrated: number) =>
      `回访${calledBack} 整改${rectified} 解释${explained} 误评${misrated}`,
    carried: (n: number) => `另有往月 ${n} 件`,
    late: (n: number) => `超期 ${n}`,
    inTime: '均在时限内',
    nothing: '无待办',
    none: '没有在办的差评',
    noneYet: (month: string) => `${month}尚无差评`,
    allClosed: (n: string) => `${n}件差评均已闭环`,
    toOpen: (n: number) => `${n}件差评待建回访单`,
    noneNote: '收到差评后，责任人与倒计时会显示在这里',
    left: '还剩',
    lateBy: '已超期',
    noDue: '未定期限',
    noCalendar: '无法倒计时',
    noCalendarNote: '工作日历只到2026年',
    work: spellWork,
    running: '按工作时间计',
    paused: '非工作时间 · 暂停计时',
    window: (label: string) => `${label}号窗`,
    noOwner: '待派责任人',
    owner: '责任人',
    openedAt: (when: string) => `${when} 建单`,
    dueAt: (when: string) => `${when} 前办结`,
    dueByTarget: (when: string, n: number) => `${when} 前办结（${n}个工作日）`,
    sinceDue: (when: string) => `应于 ${when} 前办结`,
    today: (clock: string) => `今日 ${clock}`,
    onDay: (date: string, weekday: string, clock: string) => `${date}${weekday} ${clock}`,
    page: (page: number, pages: number) => `${page}/${pages}页`,
  },

  distribution: {
    title: '评价分布',
    note: '实底为主动评价，斜纹为系统默认',
    active: '主动',
    byDefault: '默认',
    score: ['', '非常不满意', '不满意', '基本满意', '满意', '非常满意'],
    satisfied: '满意率',
    atLeast: '下限',
    noRatings: '尚无评价',
    dayOff: '今日休息，尚无评价',
    noActive: '尚无主动评价',
    months: '近月',
    poor: '差评',
    rated: '主动评价',
    describe: (score: string, active: string, byDefault: string) => `${score}：主动${active}，默认${byDefault}`,
  },

  places: {
    stations: '各站点',
    windows: '大厅窗口',
    title: (of: string, month: string) => `${of} · ${month}`,
    fewer: (least: number) => `不足${least}次只列次数`,
    station: '站点',
    window: '窗口',
    rated: '主动',
    share: '满意率',
    low: '下限',
    poor: '差评',
    byDefault: '默认',
    label: (label: string) => `${label}号窗`,
    withoutWindow: '网上等',
    total: '合计',
    unknown: '未登记',
    others: (n: number) => `另${n}处`,
    none: '尚无登记的窗口',
  },
};

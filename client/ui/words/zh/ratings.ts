/** What 评价 says in Chinese. */

/** Working time as figures with their units: whole working days, then hours, then minutes; the two largest. */
function spellWork(workDays: number, minutes: number): { n: number; unit: string }[] {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = [
    { n: workDays, unit: '个工作日' },
    { n: hours, unit: '小时' },
    { n: rest, unit: '分' },
  ];
  const first = parts.findIndex(({ n }) => n > 0);
  if (first < 0) return parts.slice(2);
  return parts.slice(first, first + 2).filter(({ n }) => n > 0);
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
    given: (one: number, two: number) => [`非常不满意 ${one}`, `不满意 ${two}`],
    allOpened: '均已建单',
    unopened: (n: number) => `待建单 ${n}`,
    more: (n: number) => `多于差评 ${n}`,
    results: (calledBack: number, rectified: number, explained: number, misrated: number) => [
      `回访 ${calledBack}`,
      `整改 ${rectified}`,
      `解释 ${explained}`,
      `误评 ${misrated}`,
    ],
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
    paused: '暂停计时',
    target: (n: number) => `限${n}个工作日`,
    window: (label: string) => `${label}号窗`,
    noOwner: '待派责任人',
    owner: '责任人',
    openedAt: (when: string) => `${when} 建单`,
    dueAt: (when: string) => `${when} 前办结`,
    sinceDue: (when: string) => `应于 ${when} 前办结`,
    today: (clock: string) => `今日 ${clock}`,
    onDay: (date: string, weekday: string, clock: string) => `${date}${weekday} ${clock}`,
    page: (page: number, pages: number) => `${page}/${pages}页`,
  },

  distribution: {
    title: '评价分布',
    note: '实底为主动评价，斜纹为系统默认',
    active: '主动',
    including: (byDefault: string) => `含默认 ${byDefault}`,
    score: ['', '非常不满意', '不满意', '基本满意', '满意', '非常满意'],
    satisfied: '满意率',
    satisfiedIn: (span: string) => `${span}满意率`,
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
    hall: '街道大厅',
    window: '窗口',
    rated: '主动',
    share: '满意率',
    low: '下限',
    poor: '差评',
    byDefault: '默认',
    label: (label: string) => `${label}号窗`,
    withoutWindow: '未标窗口',
    total: '合计',
    unknown: '未登记',
    others: (n: number) => `另${n}处`,
    none: '尚无登记的窗口',
  },
};

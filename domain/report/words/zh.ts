/** What reports say in Chinese: pieces of text, and none of the rules by which they are put together. */
import type { ComparisonKind } from '../../brief/periods.ts';
import { FACT_NAMES } from '../../brief/tell-caution.ts';
import type { ServiceKind } from '../../events/schema.ts';
import type { Phrase, ToldFigure } from '../../wire/report.ts';
import type { ReportKind, SectionId } from '../kinds.ts';
import { say } from '../phrases.ts';

/** Days whose published figures are counted otherwise by now. */
export interface OtherwiseCounted {
  readonly first: string;
  readonly days: number;
  readonly figures: number;
  readonly late: number | undefined;
}

export const zh = {
  titles: {
    day: '运行日报',
    week: '工作周报',
    month: '工作月报',
    quarter: '工作季报',
    year: '年度工作报告',
    span: '工作情况报告',
  } as Readonly<Record<ReportKind, string>>,
  title: (place: string, title: string) => `${place}${place.includes('政务服务') ? '' : '政务服务'}${title}`,
  headings: {
    affairs: '政务服务工作',
    overview: '总体情况',
    channels: '受理渠道',
    series: '受理走势',
    rhythm: '受理时段',
    items: '事项排行',
    timeliness: '办理时效',
    efficiency: '办事效能',
    speed: '提速排行',
    queue: '排队等候',
    waits: '等候排行',
    windows: '窗口办件',
    ratings: '评价情况',
    innovation: '审批服务创新',
    medical: '医疗保障业务',
    services: '咨询与便民服务',
    requests: '诉求与投诉',
    answers: '答复与督办用时',
    checks: '每日核查与证照上传',
    stations: '各站点情况',
    idle: '零办件',
    books: '结账与对账',
    work: '工作动态',
    tomorrow: '次日安排',
  } as Readonly<Record<SectionId, string>>,
  spanFree: (from: string, to: string) =>
    from === to
      ? dateOf(from)
      : from.slice(0, 4) === to.slice(0, 4)
        ? `${dateOf(from)}至${dateOf(to).slice(5)}`
        : `${dateOf(from)}至${dateOf(to)}`,
  date: dateOf,
  measure: '指标',
  unit: '单位',
  now: '本期',
  changed: '增减',
  notHeard: '未收到',
  withoutCase: (heading: string, names: readonly string[]) => `${heading}：没有可计的登记，未列${names.join('、')}。`,
  others: { weekday: '上次同一天', previous: '上期', 'year-before': '上年同期' } as Readonly<
    Record<ComparisonKind, string>
  >,
  marks: {
    demo: '本报告由演示数据生成，不是真实业务数字。',
    running: (moment: string) => `统计期尚未结束，数字截至${moment}。`,
    partSpan: (since: string) => `台账最先收到的是${since}的登记，统计期在此之前的部分可能没有数据。`,
    corrected: (n: number) => `统计期内有${n}条登记在当天结账之后才到，已计入本报告。`,
    unknown: (n: number) => `有${n}个站点或事项的编号在本厅档案中查不到，仍计入总数。`,
    uncounted: (n: number) => `有${n}条记录内容残缺，未计入任何数字。`,
  },
  compared: {
    weekday: (then: string) => `上次同一天（${then}）`,
    note: (name: string, from: string, to: string, days: number, daysThen: number) =>
      days === daysThen
        ? `${name}为${from}至${to}，两段同为${days}个工作日。`
        : `${name}为${from}至${to}；本期${days}个工作日，${name}${daysThen}个，数量按日均比较。`,
    running: (to: string) => `统计期未结束，比较按截至${to}的工作日计算。`,
    day: (name: string, then: string) => `${name}为${then}。`,
    base: '基数不足20的只写增减数，不写百分比。',
  },
  change: {
    same: '持平',
    byDay: (text: string) => `日均${text}`,
    points: (text: string) => `${text}个百分点`,
    small: '基数不足20',
    prose: (isMore: boolean, amount: string) => `${isMore ? '增加' : '减少'}${amount}`,
  },
  overview: {
    accepted: (name: string, parts: string) => `${name}，受理办件${parts}。`,
    total: (n: string, parts: readonly string[]) => (parts.length === 0 ? `${n}件` : `${n}件，其中${parts.join('、')}`),
    window: (n: string) => `窗口${n}件`,
    online: (n: string) => `网上${n}件`,
    selfService: (n: string) => `自助${n}件`,
    other: (n: string) => `电话邮寄${n}件`,
    finished: (n: string, served: string) => `办结${n}件，服务群众${served}人次。`,
    open: (n: string, overdue: string) => `期末在办${n}件，其中超期${overdue}件。`,
    compared: (name: string, change: string) => `受理量与${name}相比${change}。`,
    nothing: (name: string) => `${name}，台账没有任何登记。`,
    notHeard: (name: string) => `${name}，没有收到办件数据，不写受理和办结。`,
    marked: (facts: readonly string[]) => `没有收到${facts.join('、')}数据，标“未收到”的数字不能当作零。`,
  },
  channels: {
    column: '渠道',
    cases: '件数',
    share: '占比',
    kinds: '企业办件、绿色通道、预约办件已含在各渠道内，相互可能重叠。',
  },
  timeliness: {
    onTime: (share: string, n: string, of: string) => `应按承诺办结${of}件，按时办结${n}件，按时办结率${share}%。`,
    overdue: (n: string) => `超期未办${n}件已计入分母。`,
    noPromise: '本期办结和在办的办件都没有承诺期限，不计算按时办结率。',
    byItem: '期末超期在办，按事项和站点',
  },
  efficiency: {
    promised: (share: string) => `承诺时限比法定时限压缩${share}%。`,
    saved: (share: string) => `写明法定时限的办结，实际用时比法定时限少${share}%。`,
    instant: (share: string, n: string) => `受理中即办件${n}件，占${share}%。`,
    byPromise: (share: string, n: string) => `承诺件${n}件，占${share}%。`,
    windowCases: '其中计入的窗口受理',
  },
  answers: {
    requests: '其中答复的诉求',
    suggestions: '其中答复的建议',
    followups: '其中首次答复的督办',
    closings: '其中办结的督办',
    none: '答复与督办用时：台账没有答复诉求、建议和办理督办的记录。',
  },
  queue: {
    taken: (taken: string, served: string) => `取号${taken}个，办完${served}个。`,
    wait: (median: string, p90: string, within: string) =>
      `等候时间中位数${median}，九成在${p90}以内，${within}%在大厅目标时间以内。`,
    p90: '等候时间（九成以内）',
    serviceP90: '窗口办理时长（九成以内）',
    none: '排队等候：台账没有取号、叫号记录。',
  },
  ratings: {
    column: '评价等次',
    count: '评价数（含默认）',
    share: '占比',
    active: (n: string, share: string, satisfied: string) =>
      `群众主动评价${n}条，基本满意及以上${satisfied}条，满意率${share}%。`,
    strict: (bound: string, share: string) =>
      `从严看：按95%置信区间，满意率不低于${bound}%；办结的办件中由群众主动评价的占${share}%，未评价的不计作满意。`,
    byDefault: (n: string) => `另有系统默认评价${n}条，不计入满意率。`,
    poor: (n: string, closed: string, rectified: string) => `差评${n}条，已回访${closed}条，已整改${rectified}条。`,
    noPoor: '没有差评。',
    onlyDefaults: '本期没有群众主动作出的评价，不计算满意率。',
    none: '评价情况：台账没有评价记录。',
  },
  services: {
    column: '服务',
    count: '次数',
    kinds: {
      express: '免费快递',
      copying: '免费复印',
      accompaniment: '流动服务',
      'nursing-room': '母婴室',
      counselling: '心理咨询',
      terminal: '自助终端',
      'home-visit': '上门服务',
    } as Readonly<Record<ServiceKind, string>>,
    none: '咨询与便民服务：台账没有记录。',
  },
  medicalNone: '医疗保障业务：台账没有记录。',
  requestsNone: '诉求与投诉：台账没有记录。',
  checksNone: '每日核查与证照上传：台账没有记录。',
  stations: { column: '站点', note: '没有登记的站点也列出；比率旁为分子/分母。' },
  sum: '合计',
  rank: '名次',
  item: '事项',
  line: '条线',
  window: '窗口',
  unknown: (id: string) => `${id}（查不到）`,
  noLine: '未归条线',
  rest: {
    items: (n: number) => `其余${n}个事项`,
    lines: (n: number) => `其余${n}个条线`,
    windows: (n: number) => `其余${n}个窗口`,
    stations: (n: number) => `其余${n}个站点`,
    cases: '其余',
  },
  items: {
    told: (items: string, top: number, n: string, share: string) =>
      `受理的办件涉及${items}个事项，前${top}个事项共${n}件，占${share}%。`,
    ofDay: (items: string, named: readonly string[], hasMore: boolean) =>
      `受理的办件涉及${items}个事项，${hasMore ? '较多的是' : '为'}${named.join('、')}。`,
    each: (item: string, n: string) => `${item}${n}件`,
    byLine: '按条线',
    byItem: (most: number) => `按事项（受理最多的${most}个）`,
    share: '占受理',
  },
  speed: {
    told: (share: string, n: string) => `写明法定时限的办结${n}件，实际提速率${share}%（比法定时限少用的工作日占比）。`,
    byItem: (most: number) => `按事项（提速率最高的${most}个）`,
    share: '提速率',
    statutory: '法定时限合计',
    taken: '实际用时合计',
    least: (least: number) => `办结不足${least}件的事项不排名，计入“其余”；目录没有写明法定时限的事项不计。`,
    nobody: (least: number) => `没有一个事项办结满${least}件，不作排名。`,
    none: '提速排行：没有写明法定时限的办结。',
  },
  waits: {
    told: (name: string, median: string, n: string) => `${name}等候最长，中位数${median}（叫号${n}次）。`,
    called: '叫号',
    median: '等候（中位）',
    p90: '等候（九成以内）',
    within: '目标内',
    service: '窗口办理（中位）',
    least: (least: number) => `按等候中位数从长到短；叫号不足${least}次的站点不排名，列在后面。`,
  },
  windows: {
    name: (label: string) => (/^[A-Za-z]?\d+$/.test(label) ? `${label}号窗` : label),
    at: (place: string, window: string) => `${place} ${window}`,
    unnamed: '没有写明窗口',
    home: '上门受理',
    accepted: '受理',
    served: '办完的号',
    each: '每号用时',
    note: '每号用时为该窗口叫号到办完的平均时长；满意率只算写明窗口的群众主动评价。',
    none: '窗口办件：没有写明窗口的受理和叫号。',
  },
  idle: {
    items: (n: number, of: number) => `目录内的${of}个事项中，有${n}个本期没有受理。`,
    itemsOfDay: (n: number, of: number) => `目录内的${of}个事项中，有${n}个当天没有受理，名单见月报。`,
    windowsOfDay: (n: number, of: number, names: string) => `在用的${of}个窗口中，有${n}个当天没有受理：${names}。`,
    atStation: (station: string, windows: string) => `${station} ${windows}`,
    joinStations: '；',
    noItems: (of: number) => `目录内的${of}个事项本期都有受理。`,
    windows: (n: number, of: number) => `在用的${of}个窗口中，有${n}个本期没有受理。`,
    noWindows: (of: number) => `在用的${of}个窗口本期都有受理。`,
    served: (name: string, n: string) => `${name}（办完${n}个号）`,
    unnamed: (n: string) => `另有${n}件窗口受理没有写明窗口，列出的窗口可能办过其中的件。`,
    ofItems: '零办件事项',
    ofWindows: '零办件窗口',
    count: '个数',
    join: '、',
  },
  rhythm: {
    told: (weekday: string, slot: string, n: string, each: string) =>
      `窗口受理最集中的是${weekday} ${slot}，共${n}件，平均每个工作日${each}件。`,
    caption: '窗口受理（含上门，件），按星期和半小时；颜色越深件数越多',
    slot: '时段',
    weekdays: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
    days: '工作日（天）',
    each: '日均（件）',
    none: '受理时段：没有窗口受理。',
  },
  series: {
    day: '日期',
    month: '月份',
    byDay: '逐日受理（件）',
    byMonth: '逐月受理（件）',
    part: (name: string) => `${name}（未满）`,
    partBars: '，* 为未满或未结束',
    monthOf: (day: string) => `${day.slice(0, 4)}年${Number(day.slice(5, 7))}月`,
    dayOf: (day: string) => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`,
  },
  work: { by: (name: string, moment: string) => `${name} 于${moment}填写` },
  books: {
    reconciled: (saying: string) => `与其他系统对账：${saying}。`,
    silent: (day: string, fact: string, source: string) =>
      `${day}结账时没有收到 ${source} 的${fact}数据，相应数字不能当作零。`,
    changes: '更正：结账后变动的数字',
    /** `late`: events that came in after the closing, where it is known. */
    otherwise: ({ first, days, figures, late }: OtherwiseCounted) =>
      `${first}${days > 1 ? `等${days}天` : ''}结账后，统计规则或大厅资料（如办理时限、等候目标）有变，这些天有${figures}项数字现在算来与公布时不同，不作更正列出${late === undefined ? '' : late === 0 ? '；结账后没有补报或更正的记录' : `；结账后补报或更正的记录有${late}条，其影响未单独算出`}。`,
    tooLong: (days: number) => `统计期超过${days}天，不列出结账后变动的数字；可按年、按季或按月出报告查看。`,
    byMonth: '更正：结账后变动的数字，按月合计',
    daysMoved: '变动天数',
    summed: (days: number, most: number) =>
      `以上为已结账留存的${days}天的合计，公布时按各日结账时的数字；逐日的变动见${most}天以内的报告。`,
    otherwiseDays: (days: number) =>
      `有${days}天结账后统计规则或大厅资料（如办理时限、等候目标）有变，数字不同不等于更正，不计入更正。`,
    day: '日期',
    before: '公布时',
    after: '更正后',
    more: (n: number) => `另有${n}项变动。`,
    part: (name: string, part: string) =>
      `${name}（${({ n: '分子', of: '分母', medianMs: '中位数，毫秒', p90Ms: '九成内，毫秒', medianDays: '中位数，天' } as Record<string, string | undefined>)[part] ?? part}）`,
    facts: FACT_NAMES.zh,
  },
  tomorrow: {
    open: (date: string, hours: string) => `${date}开放时间：${hours}。`,
    closed: (date: string) => `${date}不开放。`,
    unknown: '该年节假日安排未知，按星期推算。',
    due: (n: string) => `承诺期限在当天到期、尚未办结的办件${n}件。`,
    papersDue: (n: string) => `容缺材料在当天到期、尚未补齐的${n}件。`,
    duty: (name: string) => `值班领导：${name}。`,
  },
  affairs: {
    cases: (places: string, windows: Phrase, online: Phrase) =>
      say`${places}窗口共受理办件${windows}件；网上申报${online}件，与窗口受理分开计算。`,
    places: (hall: string, communities: number) => (communities === 0 ? hall : `${hall}和${communities}个社区站点`),
    served: (n: ToldFigure) => say`接待办事、来访和来电咨询群众${n}人次。`,
    satisfied: (share: Phrase, n: Phrase, of: Phrase, bound: Phrase) =>
      say`群众主动评价${of}条，满意率${share}（${n}条为基本满意及以上）；按95%置信区间从严计算，满意率不低于${bound}。`,
    rated: (share: Phrase, active: Phrase) => say`办结的办件评价率${share}，其中由群众主动评价的占${active}。`,
    medical: (approved: ToldFigure, since: string) => say`医疗保障业务${since}成功办理${approved}件`,
    pilotSince: (date: string) => `自${date}试点以来`,
    ofItems: (items: ToldFigure) => say`，涉及${items}个事项`,
    asked: (n: ToldFigure) => say`医疗保障咨询${n}人次。`,
    deferred: (n: ToldFigure) => say`对材料暂缺的${n}件办件实行容缺受理`,
    end: '。',
    instant: (n: Phrase) => say`秒批${n}件。`,
    trained: (people: Phrase) => say`组织业务培训，参训${people}人次。`,
    requests: (received: Phrase, answered: Phrase) => say`收到诉求工单${received}件，答复${answered}件。`,
    noTraining: '业务培训：台账没有记录。',
  },
  missing: {
    comparisons: '环比、同比：台账没有更早的可比数据。',
    yearBefore: '同比：台账没有上年同期的数据。',
    ofStation: '各站点对比：本报告只写一个站点。',
  },
  /** Behind the definition of a figure that a sentence rounds. */
  exact: (n: string, unit: string) => `本期准确数为${n}${unit}。`,
  none: '没有数据',
};

function dateOf(day: string): string {
  return `${day.slice(0, 4)}年${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
}

export type ReportWords = typeof zh;

/** Alarms in Chinese: on the wall, spoken, and on the telephone that works one. */

/** 03号窗, 梅丰 03号窗. */
const at = (station: string | undefined, window: string) => `${station ? `${station} ` : ''}${window}号窗`;

export const alarms = {
  /** A name in the language of the page, where it has one. */
  pick: (name: string | undefined, _nameEn: string | undefined): string | undefined => name,
  title: {
    windowOvertime: '办理超时',
    queue: (n: string) => `${n}人等候`,
    queueOver: '排队过长',
    queueEased: '排队已缓解',
    poorRating: '收到差评',
    poorRatings: '收到多件差评',
    stationUnheard: (station: string) => `${station}无讯`,
    stationsUnheard: '多个站点无讯',
    terminalBroken: (terminal: string) => `${terminal}故障`,
    terminalEmpty: (terminal: string) => `${terminal}缺纸`,
    promiseLapsing: '有办件将超期',
  },
  terminal: '自助机',
  hall: '大厅',
  /** A community's own window or matter, on the wall of the street hall. */
  of: (station: string, title: string) => `${station} ${title}`,
  proposal: {
    'send-lead': '建议值班长到场',
    'call-back': '建议尽快回访',
    'call-station': '建议电话联系',
    'repair-terminal': '建议报修',
    'refill-paper': '建议加纸',
    hasten: '建议督办',
  } as Readonly<Record<string, string>>,
  openWindow: (label: string) => `建议开${label}号窗`,
  /** In place of a proposal where there is nothing left to do. */
  nobodyWaits: '现无人等候',
  measure: {
    'on-site': '已到场',
    'opened-window': '已开窗',
    contacted: '已联系',
    repairing: '已报修',
    refilled: '已加纸',
    hastened: '已督办',
  } as Readonly<Record<string, string>>,
  taken: '已签收',
  takenBy: (who: string, what: string) => `${who} ${what}`,
  ended: (title: string) => `${title} 已结束`,
  endedBecause: { cleared: '已恢复', 'by-hand': '已处理完毕', closing: '下班结束', expired: '转督办事项跟进' },
  effect: (before: string, after: string, longestBefore: string, longestAfter: string) =>
    `等候${before}人→${after}人，最长${longestBefore}分→${longestAfter}分`,
  others: (n: number) => `另有${n}项`,
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

  phone: {
    page: '告警签收',
    demo: '演示数据',
    loading: '正在打开…',
    unreachable: '连不上大厅的服务器，请确认手机接的是大厅的网络。',
    invalid: '这个二维码不对或已过期，请到大屏上重新扫码。',
    over: '这条告警已经结束，不用再处理。',
    locked: '输错次数过多，请过一分钟再扫。',
    where: '地点',
    since: '开始',
    sinceFor: (clock: string, minutes: string) => `${clock}，已 ${minutes} 分钟`,
    waits: '现在等候',
    waitsNow: (n: string) => `${n} 人`,
    waitsLongest: (n: string, minutes: string) => `${n} 人，最长 ${minutes} 分钟`,
    proposal: '下一步',
    heading: (station: string | undefined, window: string, title: string) => `${at(station, window)} ${title}`,
    staff: '工号',
    staffHint: '例如 s01',
    measure: '处理办法',
    other: '其他',
    otherWords: '一句话说明',
    noNames: '不写群众姓名、电话、证件号。',
    take: '签收',
    takenAt: (clock: string, who: string) => `${clock} ${who} 签收`,
    somebody: '大厅',
    effect: '处理结果（可不填）',
    end: '处理完毕',
    endHint: '情况恢复后会自动结束；也可以在这里结束。',
    done: '已结束，谢谢。',
    errors: {
      staff: '没有这个工号，请核对。',
      staffMissing: '请填工号。',
      wordsMissing: '请写一句话说明。',
      identity: '这句话里像有群众姓名、电话或证件号，请改写。',
      taken: '刚刚已有人签收。',
      ended: '这条告警刚刚结束。',
      code: '二维码不对或已过期，请到大屏上重新扫码。',
      locked: '试错次数太多，请过一分钟再试。',
      failed: '没有送达，请再点一次。',
    },
  },
};

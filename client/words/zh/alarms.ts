/** Alarms in Chinese, wherever they are read: what is wrong, where, what is proposed and done. */

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
    stationUnheard: (station: string) => `${station}无数据`,
    stationsUnheard: '多个站点无数据',
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
};

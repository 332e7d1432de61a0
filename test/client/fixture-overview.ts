/** A realistic overview: the moment of the reference picture, 2019-11-25 10:42 in Shenzhen, and its other states. */
import type { OverviewData, SceneHead, StationTile, WindowCard } from '../../domain/board/topics/data.ts';
import type { Json, Snapshot } from '../../domain/wire/protocol.ts';

const DAY_START = Date.UTC(2019, 10, 24, 16);
export const MINUTE = 60_000;
const HOURS: [number, number][] = [
  [540, 720],
  [840, 1080],
];

/** The moment at which the hall's clock shows `hours:minutes` on 2019-11-25. */
export function atClock(hours: number, minutes = 0, seconds = 0): number {
  return DAY_START + (hours * 60 + minutes) * MINUTE + seconds * 1000;
}

export const NOW = atClock(10, 42, 20);

function openWindow(number: number, busyMinutes?: number): WindowCard {
  const label = String(number).padStart(2, '0');
  return {
    label,
    station: 'hall',
    status: 'open',
    since: atClock(9),
    servedToday: 3,
    ...(busyMinutes !== undefined && { busySince: NOW - busyMinutes * MINUTE - 15_000 }),
  };
}

function community(name: string, accepted: number): StationTile {
  return { name: `${name}社区`, short: name, kind: 'community', accepted, waiting: 0 };
}

const COMMUNITIES = [
  'meilinyicun',
  'meifeng',
  'meidu',
  'meiting',
  'shangmei',
  'xiamei',
  'zailing',
  'longwei',
  'xinge',
  'hanling',
  'meihe',
  'meijing',
  'xinxing',
];

export function buildOverview(): OverviewData {
  return {
    hall: {
      name: '梅林街道政务服务大厅',
      nameEn: 'Meilin Sub-district Service Hall',
      demo: true,
      timeZone: 'Asia/Shanghai',
    },
    day: {
      day: '2019-11-25',
      startsAt: DAY_START,
      endsAt: DAY_START + 24 * 60 * MINUTE,
      working: true,
      closed: false,
      hours: HOURS,
    },
    countdownHours: HOURS,
    calendar: { from: '2018-11-25', to: '2020-11-25', off: [], on: [], unknownYears: [] },
    proof: {
      lastCaseAt: atClock(10, 41),
      stations: 14,
      heardAt: { hall: NOW - MINUTE, ...Object.fromEntries(COMMUNITIES.map((id) => [id, NOW - 6 * MINUTE])) },
      corrected: 0,
    },
    display: {
      theme: 'deep',
      language: 'zh',
      playlist: [
        { scene: 'overview', seconds: 60 },
        { scene: 'communities', seconds: 30 },
      ],
      resumeSeconds: 120,
    },
    counts: {
      accepted: 27,
      windowCases: 21,
      onlineCases: 6,
      selfServiceCases: 0,
      otherCases: 0,
      medicalCases: 4,
      finished: 22,
      open: 41,
      peopleServed: 97,
      deferredCases: 0,
      instantApprovals: 0,
      voided: 0,
      corrected: 0,
    },
    medicalPilot: { from: '2019-06-05', station: 'hall', approved: 968 },
    ratings: { satisfied: { n: 26, of: 27 }, activelySatisfied: { n: 26, of: 27 }, byDefault: 0, poor: 1 },
    wait: { n: 24, medianMs: 4 * MINUTE, p90Ms: 12 * MINUTE },
    queue: [],
    promises: {
      finishedOnTime: 22,
      finishedPromised: 22,
      overdueBefore: 1,
      dueToday: [atClock(18), atClock(18)],
      dueLater: [atClock(18) + 2 * 24 * 60 * MINUTE],
    },
    windows: {
      w01: openWindow(1, 3),
      w02: openWindow(2),
      w03: openWindow(3, 18),
      w04: openWindow(4, 6),
      w05: openWindow(5),
      w06: openWindow(6, 2),
      w07: openWindow(7),
      w08: openWindow(8, 11),
      w09: openWindow(9),
      w10: { ...openWindow(10), status: 'paused', since: atClock(10, 20), reason: '系统升级' },
      w11: openWindow(11, 4),
      w12: openWindow(12),
    },
    followups: {
      f1: {
        about: 'rating',
        station: 'hall',
        stationName: '街道大厅',
        openedAt: atClock(9, 50),
        owner: '示例丙',
        due: { at: NOW + 220 * MINUTE, by: 'followup' },
        window: '06',
      },
      f2: {
        about: 'licence',
        station: 'longwei',
        stationName: '龙尾社区',
        openedAt: atClock(9, 10),
        owner: '示例戊',
        due: { at: NOW + 24 * 60 * MINUTE, by: 'followup' },
      },
    },
    followupCounts: { open: 2, openedToday: 6, closedToday: 3 },
    alarms: {
      'window-overtime:w03:2019-11-25T10:40': {
        kind: 'window-overtime',
        station: 'hall',
        stationName: '梅林街道政务服务大厅',
        window: '03',
        windowId: 'w03',
        subject: 'w03',
        raisedAt: atClock(10, 40),
        since: NOW - 18 * MINUTE - 15_000,
        proposal: 'send-lead',
        before: { waiting: 0, longestMinutes: 0 },
        waiting: 0,
      },
    },
    announcing: { sound: false, speech: false },
    // The tests put stations in and take them out.
    get order() {
      return Object.keys(this.stations);
    },
    stations: {
      hall: {
        name: '梅林街道政务服务大厅',
        short: '街道大厅',
        kind: 'hall',
        accepted: 20,
        waiting: 0,
      },
      meilinyicun: community('梅林一村', 1),
      meifeng: community('梅丰', 1),
      meidu: community('梅都', 0),
      meiting: community('梅亭', 0),
      shangmei: community('上梅', 1),
      xiamei: community('下梅', 1),
      zailing: community('孖岭', 0),
      longwei: community('龙尾', 2),
      xinge: community('新阁', 0),
      hanling: community('翰岭', 0),
      meihe: community('梅河', 1),
      meijing: community('梅京', 0),
      xinxing: community('新兴', 0),
    },
    trend: {
      slotMinutes: 30,
      window: { '18': 3, '19': 6, '20': 8, '21': 4 },
      online: { '18': 1, '19': 2, '20': 2, '21': 1 },
      other: {},
      usual: {
        '18': [5, 3, 4, 2, 6, 3, 4, 3],
        '19': [7, 5, 8, 6, 9, 4, 7, 7],
        '20': [11, 8, 9, 7, 12, 9, 8, 10],
        '21': [8, 10, 9, 6, 11, 9, 10, 8],
        '22': [6, 7, 4, 5, 8, 6, 7, 6],
        '23': [3, 2, 4, 3, 5, 3, 2, 4],
        '27': [0, 1, 0, 0, 1, 0, 0, 1],
        '28': [3, 4, 2, 3, 5, 4, 3, 3],
        '29': [6, 4, 5, 5, 7, 6, 5, 5],
        '30': [7, 8, 6, 5, 9, 7, 6, 8],
        '31': [8, 6, 7, 6, 9, 7, 7, 6],
        '32': [5, 6, 4, 5, 7, 6, 5, 5],
        '33': [3, 4, 3, 2, 5, 4, 3, 3],
        '34': [2, 1, 3, 1, 2, 2, 3, 1],
        '35': [1, 2, 0, 1, 2, 1, 1, 2],
      },
      usualDays: 8,
    },
    comparison: {
      day: '2019-11-18',
      windowCases: [
        [545, 1],
        [570, 5],
        [600, 11],
        [630, 17],
        [641, 19],
        [655, 22],
        [1075, 54],
      ],
      total: 54,
    },
    recent: [
      { at: atClock(10, 41), station: '街道大厅', item: '少儿医保参保登记', channel: 'window', window: 'w06' },
      { at: atClock(10, 38), station: '龙尾', item: '计划生育情况证明', channel: 'window' },
      { at: atClock(10, 36), station: '街道大厅', item: '异地就医备案', channel: 'online' },
    ],
    thresholds: { waitMinutes: 15, serviceMinutes: 15, queue: 8, dueSoonHours: 8, unheardMinutes: 30 },
  };
}

/** A snapshot of `data` as the server would send it. */
export function buildSnapshot(data: OverviewData = buildOverview(), asOf = NOW, seq = 48_213): Snapshot {
  const wire = data as unknown as Json;
  return { hall: 'meilin', topic: 'overview', epoch: 'fixture.1', seq, asOf, build: 'dev', data: wire };
}

/** No window in trouble: the space of the alarm shows the latest case. */
export function buildCalm(): OverviewData {
  const data = buildOverview();
  data.windows['w03'] = openWindow(3, 5);
  return data;
}

/** A crowded morning: a queue, three windows in trouble, defaults, corrections, a silent station, a stranger. */
export function buildTrouble(): OverviewData {
  const data = buildOverview();
  data.counts = {
    ...data.counts,
    accepted: 1323,
    windowCases: 1284,
    onlineCases: 36,
    otherCases: 3,
    medicalCases: 146,
    finished: 1107,
    open: 2096,
    peopleServed: 3380,
    corrected: 3,
  };
  data.ratings = { satisfied: { n: 812, of: 830 }, activelySatisfied: { n: 640, of: 658 }, byDefault: 172, poor: 18 };
  data.queue = Array.from({ length: 23 }, (_, index) => NOW - (31 - index) * MINUTE);
  data.wait = { n: 1207, medianMs: 17 * MINUTE, p90Ms: 31 * MINUTE };
  data.windows['w05'] = openWindow(5, 22);
  data.windows['w08'] = openWindow(8, 41);
  data.windows['w12'] = { ...openWindow(12), status: 'closed' };
  data.promises.overdueBefore = 14;
  data.promises.dueToday = [atClock(9, 30), ...Array.from({ length: 9 }, () => atClock(18))];
  data.stations['xinge'] = community('新阁', 3);
  data.proof.corrected = 3;
  data.proof.heardAt['xinge'] = NOW - 47 * MINUTE;
  delete data.proof.heardAt['hanling'];
  data.stations['s-77'] = { name: 's-77', short: 's-77', kind: 'community', unknown: true, accepted: 2, waiting: 0 };
  data.followups['f3'] = {
    about: 'instruction',
    station: 'hall',
    stationName: '街道大厅',
    openedAt: atClock(9),
    owner: '示例乙',
    due: { at: NOW - 70 * MINUTE, by: 'followup' },
  };
  data.trend.other = { '20': 3 };
  data.trend.window = { '18': 241, '19': 432, '20': 454, '21': 160 };
  data.trend.online = { '3': 2, '18': 6, '19': 12, '20': 10, '21': 3 };
  data.trend.usual = Object.fromEntries(
    Object.entries(data.trend.usual).map(([slot, counts]) => [slot, counts.map((n) => n * 42)]),
  );
  return data;
}

/** After six: the hours are over, and the day's books stay open until the next day opens. */
export function buildEvening(): OverviewData {
  const data = buildOverview();
  data.counts = {
    ...data.counts,
    accepted: 68,
    windowCases: 55,
    onlineCases: 13,
    medicalCases: 9,
    finished: 61,
    open: 43,
    peopleServed: 231,
  };
  data.ratings = { satisfied: { n: 61, of: 61 }, activelySatisfied: { n: 58, of: 58 }, byDefault: 3, poor: 0 };
  data.wait = { n: 78, medianMs: 5 * MINUTE, p90Ms: 13 * MINUTE };
  data.windows = Object.fromEntries(
    Object.entries(data.windows).map(([id, { label, station }]) => [
      id,
      { label, station, status: 'closed' as const, since: atClock(18), servedToday: 6 },
    ]),
  );
  data.promises = { finishedOnTime: 60, finishedPromised: 61, overdueBefore: 0, dueToday: [], dueLater: [] };
  data.followups = {};
  data.followupCounts = { open: 0, openedToday: 6, closedToday: 6 };
  data.trend.window = { 18: 3, 19: 6, 20: 8, 21: 6, 22: 4, 23: 2, 28: 3, 29: 6, 30: 6, 31: 5, 32: 4, 33: 1, 34: 1 };
  data.trend.online = { 18: 1, 19: 2, 20: 2, 21: 1, 22: 1, 24: 1, 29: 1, 30: 1, 31: 2, 34: 1 };
  data.recent = [{ at: atClock(17, 52), station: '街道大厅', item: '居住证签注', channel: 'window', window: 'w04' }];
  for (const id of Object.keys(data.proof.heardAt)) data.proof.heardAt[id] = atClock(18, 2);
  return data;
}

/** A hall that was opened without the demo and has heard nothing yet. */
export function buildEmpty(): OverviewData {
  const data = buildOverview();
  data.hall.demo = false;
  data.counts = Object.fromEntries(Object.keys(data.counts).map((key) => [key, 0])) as unknown as typeof data.counts;
  data.ratings = { satisfied: { n: 0, of: 0 }, activelySatisfied: { n: 0, of: 0 }, byDefault: 0, poor: 0 };
  data.medicalPilot = { from: '2019-06-05', station: 'hall', approved: 0 };
  data.wait = { n: 0 };
  data.promises = { finishedOnTime: 0, finishedPromised: 0, overdueBefore: 0, dueToday: [], dueLater: [] };
  data.windows = Object.fromEntries(
    Object.entries(data.windows).map(([id, { label, station }]) => [
      id,
      { label, station, status: 'closed' as const, servedToday: 0 },
    ]),
  );
  data.followups = {};
  data.followupCounts = { open: 0, openedToday: 0, closedToday: 0 };
  data.recent = [];
  delete data.comparison;
  data.trend = { slotMinutes: 30, window: {}, online: {}, other: {}, usual: {}, usualDays: 0 };
  for (const tile of Object.values(data.stations)) tile.accepted = 0;
  data.proof = { stations: 14, heardAt: {}, corrected: 0 };
  return data;
}

/** What every scene holds beside its own. */
export function buildHead(): SceneHead {
  const { hall, day, proof, thresholds, display, alarms, announcing, countdownHours, calendar } = buildOverview();
  return { hall, day, proof, thresholds, display, alarms, announcing, countdownHours, calendar };
}

// The worst morning that a hall may have, as events: everything long, many, late or broken at once.
import { readDemoSeed } from '../demo-seed.ts';
import { wireEvent, type WireEvent } from './hall-client.ts';
import type { Documents } from './told-hall.ts';

const DAY = '2019-11-25';
/** The moment at which it is looked at. */
export const CROWDED_AT = `${DAY}T10:42:20+08:00`;
const MINUTE_MS = 60_000;

/** Who and what the hall has, before it is crowded. */
export function readDocuments(): Pick<Documents, 'profile' | 'catalogue'> {
  return { profile: readDemoSeed('profile'), catalogue: readDemoSeed('catalogue') } as Pick<
    Documents,
    'profile' | 'catalogue'
  >;
}

/** Tickets at every station, names as long as halls have them, a noticeboard without room to spare. */
export function crowdDocuments({ profile, catalogue, noticeboard }: Documents): void {
  profile.name.zh = '福田区梅林街道政务服务大厅';
  for (const station of profile.stations) station.ticketsFrom = '2019-01-01';
  profile.staff[0] = {
    ...profile.staff[0]!,
    name: '欧阳示例甲',
    role: '大厅值班长兼医保专窗负责人',
    roleEn: 'Duty lead and health insurance window',
  };
  profile.supervisionTelephone = '0755-12345';
  profile.alarms = { ...profile.alarms!, raiseAfterSeconds: 0 };
  catalogue.items[0] = {
    ...catalogue.items[0]!,
    name: '城乡居民基本医疗保险参保登记',
    nameEn: 'Health insurance: enrolment',
  };
  noticeboard.notices.unshift({
    zh: '因社保系统升级，11月29日（周五）下午15:00至12月2日（周一）上午9:00暂停办理社会保险、医疗保险和就业登记业务，请提前安排时间或改到网上办理；其他业务照常办理，不便之处敬请谅解。',
    en: 'From 15:00 on 29 November to 9:00 on 2 December social insurance is closed for an upgrade.',
  });
}

/** The events of that morning; all of them lie before `CROWDED_AT`. */
export function tellCrowdedMorning({ profile, catalogue }: Pick<Documents, 'profile' | 'catalogue'>): WireEvent[] {
  const events: WireEvent[] = [];
  const tell = (type: string, data: Record<string, unknown>, minutesAgo: number) =>
    void events.push(wireEvent(`m${events.length}`, type, data, Date.parse(CROWDED_AT) - minutesAgo * MINUTE_MS));
  const stations = profile.stations.map(({ id }) => id);
  const communities = stations.filter((id) => id !== 'hall');
  const windows = profile.windows.filter(({ station }) => station === 'hall').map(({ id }) => id);
  const { items } = catalogue;
  const medical = items.filter(({ line }) => line === 'medical-insurance');

  const accept = (id: string, data: Record<string, unknown>, ago: number) =>
    tell('hall.case.accepted', { case: id, station: 'hall', channel: 'window', item: 'ot-03', ...data }, ago);
  const rate = (id: string, score: number, ago: number, more: Record<string, unknown> = {}) =>
    tell('hall.rating.given', { score, station: 'hall', case: id, medium: 'pad', ...more }, ago);

  // Four digits at the windows, five in all: most of a district's online cases come to one hall.
  for (let i = 0; i < 1284; i++) {
    const item = i % 3 === 0 ? medical[(i / 3) % medical.length]! : items[i % items.length]!;
    const id = `window-${i}`;
    accept(id, { item: item.code, line: item.line, window: windows[i % windows.length] }, 102 - (i % 100));
    if (i % 5 > 0) tell('hall.case.finished', { case: id, outcome: 'approved' }, 101 - (i % 100));
    if (i % 2 === 0) rate(id, i % 50 === 0 ? 1 : 5, 1, { window: windows[i % windows.length], byDefault: i % 7 === 0 });
  }
  for (let i = 0; i < 9_750; i++) accept(`online-${i}`, { channel: 'online' }, (i % 640) + 1);
  communities.forEach((station, s) => {
    for (let i = 0; i < 90 + s; i++) {
      const id = `${station}-${i}`;
      accept(id, { station, item: items[(i + s) % items.length]!.code }, 100 - (i % 99));
      if (i % 4 > 0) tell('hall.case.finished', { case: id, outcome: 'approved' }, 1);
      if (i % 3 === 0) rate(id, i % 30 === 0 ? 2 : 4, 1, { station });
    }
  });
  for (let i = 0; i < 24; i++)
    accept(`late-${i}`, { handling: 'promised', promisedBy: new Date(Date.parse(CROWDED_AT) - i * 3_000_000) }, 100);

  for (const station of stations) {
    tell('hall.consultation.given', { station, medium: 'visit', line: 'medical-insurance', count: 1_834 }, 8);
    tell('hall.consultation.given', { station, medium: 'phone', line: 'medical-insurance', count: 962 }, 8);
    tell('hall.service.given', { station, kind: 'copying', count: 12_345 }, 8);
    tell('hall.check.done', { station, area: 'cases', result: 'issue', by: 's01' }, 8);
  }

  // Seven people came through each station; twenty-three wait in the hall, and some everywhere.
  for (const station of stations) {
    const own = profile.windows.filter((window) => window.station === station).map(({ id }) => id);
    for (let i = 0; i < 7; i++) {
      const step = { ticket: `${station}-served-${i}`, station, window: own[i % own.length] };
      tell('hall.ticket.taken', { ticket: step.ticket, station }, 99 - i);
      tell('hall.ticket.called', step, 70 - i);
      tell('hall.ticket.served', step, 50 - i);
    }
    for (let i = 0; i < (station === 'hall' ? 123 : 12); i++)
      tell('hall.ticket.taken', { ticket: `${station}-20191125-A${String(100 + i)}`, station }, 47 - (i % 40));
  }
  // Every window is busy beyond its time or paused; two stand closed.
  windows.forEach((window, i) => {
    const ticket = `20191125-B${String(901 + i)}`;
    if (i === 9 || i === 10)
      tell('hall.window.changed', { window, station: 'hall', status: 'paused', reason: '医保系统升级，暂停办理' }, 25);
    else {
      tell('hall.ticket.taken', { ticket, station: 'hall' }, 60);
      tell('hall.window.changed', { window, station: 'hall', status: 'open' }, 95);
      tell('hall.ticket.called', { ticket, station: 'hall', window }, 3 + i * 9);
    }
  });
  for (const { id, station } of profile.terminals ?? [])
    tell('hall.terminal.changed', { terminal: id, station, status: 'broken' }, 30);

  const abouts = ['rating', 'overdue', 'licence', 'deferred', 'check', 'suggestion', 'instruction'];
  for (let i = 0; i < 40; i++) {
    const dueBy = new Date(Date.parse(CROWDED_AT) + (i - 12) * 1000 * MINUTE_MS);
    const station = stations[i % stations.length];
    const about = abouts[i % abouts.length];
    tell('hall.followup.opened', { followup: `f${i}`, about, case: `window-${i}`, station, owner: 's01', dueBy }, 9);
    if (i % 5 === 0) tell('hall.followup.closed', { followup: `f${i}`, result: 'rectified' }, 2);
  }

  for (const [kind, staff] of [
    ['pacesetter', 's01'],
    ['expert', 's02'],
  ])
    for (const month of ['2019-08', '2019-09', '2019-10'])
      tell(
        'hall.star.published',
        {
          month,
          kind,
          staff,
          citation:
            '连续三个月群众评价满意，主动为行动不便的老人上门办理高龄津贴和社保卡业务一百二十余次，耐心细致，从不让群众多跑一趟；带教新同事六名，整理医保报销常见问题手册，得到群众和同事一致好评。',
          citationEn:
            'Three months of satisfied ratings; has gone to the homes of more than a hundred older people for allowances and cards, patiently, so that nobody came twice; trained six newcomers, and wrote a handbook of reimbursements that all now use.',
          reasons: ['办件 1,284 件，难度加权第一', '主动评价满意率 100%，下限 98.7%', '无超期、无有效投诉'],
        },
        60,
      );
  for (let i = 0; i < 9; i++) {
    const suggestion = `suggestion-${i}`;
    const text = '建议在等候区增加一台饮水机和几把带扶手的椅子，方便老人起身；叫号声音也请再大一些，坐在后排听不清。';
    const answer = '已增设饮水机一台、带扶手座椅八把，后排加装音箱一只，叫号时屏幕同步闪烁提示。感谢您的建议。';
    tell('hall.suggestion.received', { suggestion, text }, 90 - i);
    tell('hall.suggestion.released', { suggestion, by: 's01' }, 60);
    tell('hall.suggestion.answered', { suggestion, answer, adopted: true }, 30);
  }
  return events;
}

/** The same day at its end: whoever was called was served, whoever waited was seen or went home, and windows closed. */
export function tellEvening(morning: readonly WireEvent[]): WireEvent[] {
  const closing = Date.parse(`${DAY}T18:05:00+08:00`);
  const of = (type: string) => morning.filter((event) => event.type === type).map(({ data }) => data);
  const done = new Set(of('hall.ticket.served').map(({ ticket }) => ticket));
  const called = of('hall.ticket.called').filter(({ ticket }) => !done.has(ticket));
  for (const { ticket } of called) done.add(ticket);
  const waiting = of('hall.ticket.taken').filter(({ ticket }) => !done.has(ticket));
  const steps = [
    ...called.map((data) => ['hall.ticket.served', data] as const),
    ...waiting.map(({ ticket, station }) => ['hall.ticket.left', { ticket, station }] as const),
    ...called.map(({ window }) => ['hall.window.changed', { window, station: 'hall', status: 'closed' }] as const),
  ];
  return steps.map(([type, data], i) => wireEvent(`v${i}`, type, { ...data }, closing));
}

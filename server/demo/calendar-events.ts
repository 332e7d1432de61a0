/** What the year brings apart from the daily round: the training in May, requests, complaints, suggestions. */
import { dayNumber } from '../../domain/calendar/zone.ts';
import type { HallEvent } from '../../domain/events/event.ts';
import { staffInRole, type DemoHall } from './demo-hall.ts';
import { demoEvent, createNumbering } from './demo-event.ts';
import type { Random } from './random.ts';

const REQUEST_TOPICS = ['窗口等候时间', '办理进度查询', '自助终端故障', '停车与指引', '政策咨询', '预约名额'];
const COMPLAINTS = ['服务态度', '解答前后不一致', '午间无人值守', '叫号秩序'];
/** What people suggest, what they are told, and whether the hall does it. */
const SUGGESTIONS: readonly (readonly [text: string, answer: string, adopted: boolean])[] = [
  ['建议等候区增加充电插座', '已在等候区增设充电位，欢迎使用。', true],
  ['填表台老花镜度数偏少', '已补充多种度数的老花镜，放在填表台右侧。', true],
  ['希望午休时段安排值班窗口', '正在研究错峰值班安排，确定后在大厅公示。', false],
  ['建议把医保报销材料清单贴在取号机旁', '清单已张贴，扫码也可下载。', true],
  ['社区站点的开放时间请在公众号公布', '已在公众号菜单中公布各社区站点时间。', true],
  ['建议增加无障碍通道指示牌', '指示牌已更换，并在两处入口增设。', true],
  ['叫号屏字太小，坐在后排看不清', '已放大叫号屏字号，并增加语音叫号音量。', true],
  ['希望周末也能办理业务', '周末可走网上办理和自助终端，暂不增开窗口。', false],
  ['建议复印处放一台装订机', '已在免费复印处配备装订机和文件袋。', true],
  ['母婴室希望有温奶器', '母婴室已配备温奶器，请向咨询台领取消毒奶瓶刷。', true],
  ['自助终端旁能否安排人员指导', '已安排流动服务人员在上午高峰时段指导。', true],
  ['建议少儿医保缴费季增设专窗', '九月起高峰时段增开一个少儿医保窗口。', true],
  ['办事指南能否有大字版', '大字版办事指南已放在绿色专窗和咨询台。', true],
  ['建议提供寄递办理结果的服务', '办理结果可免费寄递，受理时告知窗口即可。', true],
  ['就业专区的招聘信息更新太慢', '招聘信息改为每周一更新，并注明发布日期。', true],
  ['希望大厅设置儿童等候角', '场地有限，暂以绘本架代替，后续改造时一并考虑。', false],
];
/** The events born on the working day `day`; some of them happen on the working days that follow. */
export function writeCalendar(hall: DemoHall, day: string): HallEvent[] {
  const random = hall.random('calendar', day);
  return [
    ...writeTraining(hall, day),
    ...writeRequests(hall, random, day),
    ...writeComplaint(hall, random, day),
    ...writeSuggestion(hall, random, day),
  ];
}

function writeTraining(hall: DemoHall, day: string): HallEvent[] {
  if (day !== '2019-05-16') return [];
  const topic = '计生、租赁、劳动保障、民政业务技能培训';
  const at = hall.work.at(day, 930);
  return [
    demoEvent('hall.training.held', 'training/2019-05', at, hall.main, { topic, people: 60, station: hall.main }),
  ];
}

function writeRequests(hall: DemoHall, random: Random, day: string): HallEvent[] {
  const { work } = hall;
  const number = createNumbering(day);
  return Array.from({ length: random.poisson(0.45) }, () => {
    const request = number('r');
    const station = random.chance(0.6) ? hall.main : random.pick(hall.communities);
    const at = work.at(day, 550 + random.next() * 150);
    const answered = work.at(work.shift(day, random.integer(1, 3)), 860 + random.next() * 180);
    const topic = random.pick(REQUEST_TOPICS);
    return [
      demoEvent('hall.request.received', `${request}/received`, at, request, {
        request,
        station,
        topic,
        medium: '数字城管',
      }),
      demoEvent('hall.request.answered', `${request}/answered`, answered, request, { request, station, onTime: true }),
    ];
  }).flat();
}

function writeComplaint(hall: DemoHall, random: Random, day: string): HallEvent[] {
  if (!random.chance(0.03)) return [];
  const { work } = hall;
  const complaint = createNumbering(day)('x');
  const station = random.chance(0.6) ? hall.main : random.pick(hall.communities);
  const at = work.at(day, 860 + random.next() * 150);
  const answered = work.at(work.shift(day, random.integer(1, 2)), 600 + random.next() * 90);
  const about = random.pick(COMPLAINTS);
  const upheld = random.chance(0.3);
  // Of what turned out to be true it is known whom it was about.
  const staff = upheld ? hall.random('complaint', day).pick(staffInRole(hall, station, '窗')).id : undefined;
  const data = { complaint, station, about, ...(staff ? { staff } : {}) };
  return [
    demoEvent('hall.complaint.received', `${complaint}/received`, at, complaint, data),
    demoEvent('hall.complaint.answered', `${complaint}/answered`, answered, complaint, { complaint, station, upheld }),
  ];
}

function writeSuggestion(hall: DemoHall, random: Random, day: string): HallEvent[] {
  // At most one a fortnight, and the next of the list: nobody suggests the same thing twice in a row.
  const fortnight = Math.floor(dayNumber(day) / 14);
  if (dayNumber(day) % 14 !== hall.random('suggestion', String(fortnight)).integer(0, 13)) return [];
  const { work } = hall;
  const suggestion = createNumbering(day)('s');
  const [text, answer, adopted] = SUGGESTIONS[fortnight % SUGGESTIONS.length]!;
  const by = hall.staffOf.get(hall.main)?.[0]?.id;
  const at = work.at(day, 570 + random.next() * 120);
  const released = work.at(day, 880 + random.next() * 60);
  const answered = work.at(work.shift(day, random.integer(1, 4)), 600 + random.next() * 90);
  return [
    demoEvent('hall.suggestion.received', `${suggestion}/received`, at, suggestion, { suggestion, text }),
    demoEvent('hall.suggestion.released', `${suggestion}/released`, released, suggestion, {
      suggestion,
      ...(by && { by }),
    }),
    adopted
      ? demoEvent('hall.suggestion.answered', `${suggestion}/answered`, answered, suggestion, {
          suggestion,
          answer,
          adopted,
        })
      : demoEvent('hall.suggestion.declined', `${suggestion}/answered`, answered, suggestion, {
          suggestion,
          reason: answer,
        }),
  ];
}

/** What every measure is called, in what unit it is told, and what it counts, in plain words: the one table for brief, reports, exports and the API's documentation. */
import type { Ratio } from '../board/topics/data.ts';
import { own } from '../wire/own.ts';
import * as names from './names.ts';
import type { Said } from './names.ts';
import type { Measures, SpreadDays, SpreadMs, TimePerCase } from './measures.ts';

/** How a value is read: a number of things, two sums, milliseconds, days, or time per case. */
export type TermKind = 'count' | 'ratio' | 'share' | 'spread' | 'days' | 'perCase';

export interface Term {
  readonly name: Said;
  readonly kind: TermKind;
  /** What is counted; of a ratio what its parts are. */
  readonly unit: Said;
  readonly definition: Said;
  /** The rules of docs/spec.md that say it exactly. */
  readonly rule: string;
}

const CASES: Said = { zh: '件', en: 'cases' };
const PEOPLE: Said = { zh: '人次', en: 'visits' };
const TIMES: Said = { zh: '次', en: 'times' };
const TICKETS: Said = { zh: '个', en: 'tickets' };
const RATINGS: Said = { zh: '条', en: 'ratings' };
const EVENTS: Said = { zh: '条', en: 'events' };
const DAYS: Said = { zh: '个工作日', en: 'working days' };
const FOLLOWUPS: Said = { zh: '件', en: 'follow-ups' };
const SUGGESTIONS: Said = { zh: '条', en: 'suggestions' };
const REQUESTS: Said = { zh: '件', en: 'requests' };
const ITEMS: Said = { zh: '项', en: 'checks' };
const KINDS: Said = { zh: '项', en: 'items' };

const term = (
  kind: TermKind,
  name: Said | readonly [string, string],
  unit: Said,
  rule: string,
  [meant, meantEn]: readonly [string, string],
): Term => {
  const said = 'zh' in name ? name : { zh: name[0], en: name[1] };
  return { kind, name: said, unit, rule, definition: { zh: meant, en: meantEn } };
};

/** By the path of the value in `Measures`. */
export const TERMS = {
  accepted: term('count', names.accepted, CASES, 'C4 C6', [
    '这段时间内受理的办件，按受理那天计，各种渠道都算。',
    'Cases accepted in the span, on the day of acceptance, whatever the channel.',
  ]),
  windowCases: term('count', names.windowCases, CASES, 'C6', [
    '受理中由工作人员当面办理的：窗口和上门。',
    'Of those accepted: before a member of staff, at a window or at home.',
  ]),
  onlineCases: term('count', names.onlineCases, CASES, 'C6', [
    '受理中由网上申请的。',
    'Of those accepted: applied for online.',
  ]),
  selfServiceCases: term('count', ['自助受理', 'Self-service'], CASES, 'C6', [
    '受理中在自助机上办理的。',
    'Of those accepted: at a self-service terminal.',
  ]),
  otherCases: term('count', ['电话邮寄受理', 'By telephone or post'], CASES, 'C6', [
    '受理中由电话或邮寄来的。',
    'Of those accepted: by telephone or by post.',
  ]),
  medicalCases: term('count', names.medicalCases, CASES, 'M4', [
    '受理中属于医疗保障条线的，已含在受理总数内。',
    'Of those accepted: of the line medical insurance. They are inside the total.',
  ]),
  medicalApproved: term('count', ['医保办成', 'Medical insurance approved'], CASES, 'M4 C6', [
    '这段时间内以“准予”办结的医保办件，按办结那天计。',
    'Medical insurance cases finished as approved in the span, on the day of the finish.',
  ]),
  medicalConsultations: term('count', ['医保咨询', 'Medical insurance asked about'], PEOPLE, 'M4', [
    '医疗保障条线的咨询，来访和电话合计。',
    'Consultations about medical insurance, in person and by telephone.',
  ]),
  'consultations.visit': term('count', ['来访咨询', 'Consultations in person'], PEOPLE, 'C2', [
    '当面咨询的人次。',
    'People who came to ask.',
  ]),
  'consultations.phone': term('count', ['电话咨询', 'Consultations by telephone'], PEOPLE, 'C2', [
    '电话咨询的人次。',
    'People who asked by telephone.',
  ]),
  peopleServed: term('count', names.peopleServed, PEOPLE, 'M3', [
    '叫号办完的号，加上没有取号的咨询，加上上门服务；不取号的站点以窗口受理代替号。',
    'Tickets served, consultations without a ticket, and visits at home; where a station gives no tickets its window cases stand for them.',
  ]),
  deferredCases: term('count', ['容缺受理', 'Accepted with papers missing'], CASES, 'C6', [
    '材料暂缺、先行受理的办件，按受理那天计。',
    'Cases accepted although papers were missing, on the day of acceptance.',
  ]),
  medicalItems: term('count', ['医保办成事项', 'Medical insurance items'], KINDS, 'M22', [
    '医保办成的办件涉及多少个不同的事项。',
    'How many different items the approved medical insurance cases are of.',
  ]),
  deferredItems: term('count', ['容缺事项', 'Items with papers missing'], KINDS, 'M22', [
    '容缺受理的办件涉及多少个不同的事项。',
    'How many different items the cases accepted with papers missing are of.',
  ]),
  instantApprovals: term('count', ['秒批', 'Approved by rule'], CASES, 'C6', [
    '由系统按规则自动审批、没有人工环节的办件。',
    'Cases approved by rule, without a human step.',
  ]),
  legalPersons: term('count', ['企业办件', 'From companies'], CASES, 'C6', [
    '申请人是企业或其他法人的受理。',
    'Of those accepted: from companies and other legal persons.',
  ]),
  green: term('count', ['绿色通道', 'By the green channel'], CASES, 'C6', [
    '经绿色通道受理的办件。',
    'Of those accepted: by the green channel.',
  ]),
  byAppointment: term('count', ['预约办件', 'By appointment'], CASES, 'C6', [
    '经预约受理的办件。',
    'Of those accepted: by appointment.',
  ]),
  finished: term('count', names.finished, CASES, 'C5 C6', [
    '这段时间内办结的办件，不论结果，按办结那天计。',
    'Cases finished in the span, whatever the outcome, on the day of the finish.',
  ]),
  open: term('count', names.open, CASES, 'M5', [
    '到这段时间末已受理、还没有办结的办件。',
    'Cases accepted by the end of the span and not finished by then.',
  ]),
  overdueOpen: term('count', names.overdueOpen, CASES, 'C8 M5', [
    '在办中承诺期限已过的，补正暂停的时间已扣除。',
    'Of those open: past their promise, pauses taken out.',
  ]),
  voided: term('count', ['作废', 'Voided'], EVENTS, 'M13', [
    '被作废的登记，按原登记那天计；一分钟内自己撤销的也在内。',
    'Entries that were voided, on the day of the entry; those undone within their minute are among them.',
  ]),
  onTime: term('ratio', names.onTime, CASES, 'M6 C7', [
    '在承诺期限内办结的 ÷（有承诺的办结 + 超期在办）。超期未办的算在分母里。',
    'Finished by the promise ÷ (finished with a promise + overdue and open). Those still overdue are in the denominator.',
  ]),
  completion: term('ratio', ['办结率', 'Completion'], CASES, 'M5', [
    '这段时间受理的办件中，到期末已办结的。',
    'Of the cases accepted in the span, those finished by its end.',
  ]),
  rated: term('ratio', ['评价率（含默认）', 'Rated, defaults included'], CASES, 'C10 M5', [
    '办结的办件中有评价的，系统默认评价也算。',
    'Of the cases finished, those with any rating, defaults included.',
  ]),
  activelyRated: term('ratio', ['主动评价率', 'Rated by the citizen'], CASES, 'C10 M5', [
    '办结的办件中，由群众自己作出评价的。',
    'Of the cases finished, those that a citizen rated.',
  ]),
  activelySatisfied: term('ratio', names.activelySatisfied, RATINGS, 'M9', [
    '群众自己作出的第一次评价中，基本满意及以上的。系统默认评价不算。没有评价的不当作满意。',
    'Of the first ratings that citizens gave, those of fairly satisfied or better. Defaults do not count, and whoever did not rate is not taken for satisfied.',
  ]),
  satisfied: term('ratio', ['满意率（含默认）', 'Satisfied, defaults included'], RATINGS, 'M9', [
    '全部第一次评价中基本满意及以上的，系统默认评价也算。',
    'Of all first ratings, those of fairly satisfied or better, defaults included.',
  ]),
  satisfiedLowerBound: term('share', ['满意率下限', 'Satisfied, at least'], RATINGS, 'M9', [
    '满意率的 95 % 威尔逊区间下限：评价越少，下限越低。',
    'The lower end of the 95 % Wilson interval of the satisfied share: the fewer ratings, the lower it is.',
  ]),
  byDefault: term('count', ['默认评价', 'Ratings by default'], RATINGS, 'M9', [
    '没有人评价、由系统填入的评价。',
    'Ratings that nobody gave and the system filled in.',
  ]),
  'scores.5': term('count', ['非常满意', 'Very satisfied'], RATINGS, 'M9', [
    '第一次评价为非常满意的。',
    'First ratings of 5.',
  ]),
  'scores.4': term('count', ['满意', 'Satisfied (4)'], RATINGS, 'M9', ['第一次评价为满意的。', 'First ratings of 4.']),
  'scores.3': term('count', ['基本满意', 'Fairly satisfied'], RATINGS, 'M9', [
    '第一次评价为基本满意的。',
    'First ratings of 3.',
  ]),
  'scores.2': term('count', ['不满意', 'Not satisfied'], RATINGS, 'M9', [
    '第一次评价为不满意的。',
    'First ratings of 2.',
  ]),
  'scores.1': term('count', ['非常不满意', 'Not at all satisfied'], RATINGS, 'M9', [
    '第一次评价为非常不满意的。',
    'First ratings of 1.',
  ]),
  poor: term('count', names.poor, RATINGS, 'M9', ['第一次评价为不满意或非常不满意的。', 'First ratings of 1 and 2.']),
  rectified: term('ratio', ['差评整改率', 'Poor ratings put right'], RATINGS, 'M10', [
    '已整改的差评督办 ÷ 核实的差评；误评不算在内，没有督办的差评也在分母里。',
    'Follow-ups closed as put right ÷ poor ratings that were upheld; misrated ones are left out, and poor ratings without a follow-up are in the denominator.',
  ]),
  calledBack: term('ratio', ['差评回访率', 'Poor ratings called back'], RATINGS, 'M10', [
    '已销号的差评督办 ÷ 差评。',
    'Follow-ups of poor ratings that were closed ÷ poor ratings.',
  ]),
  misrated: term('count', ['误评', 'Misrated'], RATINGS, 'M10', [
    '经核实为误评的差评。',
    'Poor ratings that a review found to be mistakes.',
  ]),
  licences: term('ratio', ['证照上传率', 'Licences uploaded'], CASES, 'M11 C11', [
    '应出证照的办件准予办结后，已上传证照的。',
    'Of approved cases of items that yield a licence, those whose licence was uploaded.',
  ]),
  checks: term('ratio', ['核查完成率', 'Daily checks done'], ITEMS, 'M12 C14', [
    '已做的每日核查 ÷（站点 × 核查项 × 工作日）。',
    'Daily checks done ÷ (stations × areas × working days).',
  ]),
  'tickets.taken': term('count', ['取号', 'Tickets taken'], TICKETS, 'C9', ['取号的人次。', 'Numbers taken.']),
  'tickets.called': term('count', ['叫号', 'Tickets called'], TICKETS, 'C9', [
    '被叫到的号，按第一次叫号那天计。',
    'Numbers called, on the day of the first call.',
  ]),
  'tickets.served': term('count', ['办完的号', 'Tickets served'], TICKETS, 'C9', [
    '在窗口办完的号。',
    'Numbers served.',
  ]),
  'tickets.passed': term('count', ['过号', 'Tickets passed over'], TICKETS, 'C9', [
    '叫到没有来、之后也没有办的号。',
    'Numbers that were called, not there, and not served later.',
  ]),
  'tickets.left': term('count', ['离开', 'Tickets that left'], TICKETS, 'C9', [
    '取号后没有等到办理的。',
    'Numbers whose holders left unserved.',
  ]),
  wait: term('spread', ['等候时间', 'Wait'], TICKETS, 'C9 M8', [
    '从取号到第一次叫号，按叫号那天计。中位数和九成内的时间按原始值取，不用平均数。',
    'From taking a number to its first call, on the day of the call. Median and 90th percentile of the raw values, no average.',
  ]),
  'wait.within': term('ratio', ['等候达标率', 'Waits within the target'], TICKETS, 'M8', [
    '等候不超过大厅目标时间的。',
    'Waits no longer than the target of the hall.',
  ]),
  greenWait: term('spread', ['绿色通道等候', 'Wait, green channel'], TICKETS, 'C9 M8', [
    '绿色通道的号从取号到第一次叫号。',
    'The wait of numbers of the green channel.',
  ]),
  appointmentWait: term('spread', ['预约等候', 'Wait, by appointment'], TICKETS, 'C9 M8', [
    '有预约的号从取号到第一次叫号。',
    'The wait of numbers with an appointment.',
  ]),
  service: term('spread', ['窗口办理时长', 'Time at the window'], TICKETS, 'C9 M8', [
    '从最后一次叫号到办完。',
    'From the last call to the end of the service.',
  ]),
  turnaround: term('days', names.turnaround, CASES, 'M7', [
    '从受理到办结的工作日数，补正暂停已扣除；取中位数。',
    'Working days from acceptance to finish, pauses taken out; the median.',
  ]),
  promiseCut: term('ratio', ['承诺时限压缩率', 'Time cut by promise'], DAYS, 'M15', [
    '（法定时限合计 − 承诺时限合计）÷ 法定时限合计，按受理那天有效的事项目录计；两个时限都有的事项才算，承诺长于法定的按负数计。',
    'Statutory time less promised time ÷ statutory time, all by the catalogue in force on the day of acceptance; only cases of items that state both, and a promise longer than the law allows counts as negative.',
  ]),
  speedUp: term('ratio', ['实际提速率', 'Time saved in fact'], DAYS, 'M16', [
    '（法定时限合计 − 实际用时合计）÷ 法定时限合计，按办结那天计，补正暂停已扣除；有法定时限的事项才算，超过法定时限的按负数计。',
    'Statutory time less the time taken ÷ statutory time, on the day of the finish, pauses taken out; only cases of items that state a statutory time, and what took longer counts as negative.',
  ]),
  instantShare: term('ratio', ['即办件占比', 'Dealt with at once'], CASES, 'M17', [
    '受理中的即办件 ÷ 受理。以受理登记为准，没有登记的看事项目录；都不知道的不算即办件，仍算在受理内。',
    'Cases to be dealt with at once ÷ accepted, as the acceptance says, or else the catalogue; where neither does the case is in the second sum alone.',
  ]),
  promisedShare: term('ratio', ['承诺件占比', 'Dealt with by a promise'], CASES, 'M17', [
    '受理中的承诺件 ÷ 受理，判定同即办件占比。',
    'Cases dealt with by a promised day ÷ accepted, told apart in the same way.',
  ]),
  suppliedInTime: term('ratio', ['容缺按时补齐率', 'Missing papers in time'], CASES, 'M18', [
    '容缺受理的办件中，补齐期限在这段时间内的，按期补齐的占多少；期限未到的不算，已经补齐的也等到期限那一刻才算。没有登记补齐的按未补齐计，即使已经办结。',
    'Of cases accepted with papers missing whose time to supply them ended in the span: those supplied by then. What is not due yet is left out, even where it has come; what nobody recorded as supplied was not, even where the case is finished.',
  ]),
  windowTimePerCase: term('perCase', ['窗口件均用时', 'Window time per case'], CASES, 'M19', [
    '取号站点的窗口用时合计（最后一次叫号到办完）÷ 这些站点的窗口受理。一个号办几件、只咨询不办件的都在内。',
    'Time of tickets at windows, from the last call to the end, ÷ cases accepted at windows, at stations that take tickets. A ticket may bring several cases, or none.',
  ]),
  requestAnswer: term('days', ['诉求答复用时', 'Time to answer requests'], REQUESTS, 'M20', [
    '从收到到答复的工作日数，按答复那天计；取中位数。',
    'Working days from receipt to answer, on the day of the answer; the median.',
  ]),
  suggestionAnswer: term('days', ['建议答复用时', 'Time to answer suggestions'], SUGGESTIONS, 'M20', [
    '从收到意见建议到答复的工作日数，按答复那天计；取中位数。未注明站点的建议只计入全厅。',
    'Working days from receipt to answer, on the day of the answer; the median. A suggestion that names no station counts for the hall alone.',
  ]),
  followupAnswer: term('days', ['督办首次答复用时', 'Time to a first answer'], FOLLOWUPS, 'M20', [
    '督办事项从立项到第一次写明情况或办结的工作日数，按那天计；取中位数。',
    'Working days from the opening of a follow-up to its first note or its closing, on that day; the median.',
  ]),
  followupClosing: term('days', ['督办办结用时', 'Time to close follow-ups'], FOLLOWUPS, 'M20', [
    '督办事项从立项到办结的工作日数，按办结那天计；取中位数。',
    'Working days from the opening of a follow-up to its closing, on the day of the closing; the median.',
  ]),
  'appointments.booked': term('count', ['预约', 'Appointments booked'], PEOPLE, 'C15', [
    '登记的预约。',
    'Appointments booked.',
  ]),
  'appointments.kept': term('count', ['预约到场', 'Appointments kept'], PEOPLE, 'C15', [
    '按预约到场的。',
    'Appointments kept.',
  ]),
  'appointments.missed': term('count', ['预约未到', 'Appointments missed'], PEOPLE, 'C15', [
    '预约后没有来的。',
    'Appointments missed.',
  ]),
  trained: term('count', ['参训人次', 'People trained'], PEOPLE, 'M23', [
    '登记的业务培训的参加人次合计。',
    'People who took part in trainings, added up.',
  ]),
  'requests.received': term('count', ['收到诉求', 'Requests received'], CASES, 'C12', [
    '收到的诉求工单，不算在办件内。',
    'Requests received, apart from cases.',
  ]),
  'requests.answered': term('count', ['答复诉求', 'Requests answered'], CASES, 'C12', [
    '答复的诉求，按答复那天计。',
    'Requests answered, on the day of the answer.',
  ]),
  'requests.onTime': term('count', ['按时答复', 'Answered in time'], CASES, 'C12', [
    '来源系统注明按时答复的诉求。',
    'Requests that their source says were answered in time.',
  ]),
  'requests.late': term('count', ['逾期答复', 'Answered late'], CASES, 'C12', [
    '来源系统注明逾期答复的诉求。',
    'Requests that their source says were answered late.',
  ]),
  'complaints.received': term('count', ['收到作风投诉', 'Complaints received'], CASES, 'C12', [
    '收到的对工作作风的投诉。',
    'Complaints of conduct received.',
  ]),
  'complaints.answered': term('count', ['答复作风投诉', 'Complaints answered'], CASES, 'C12', [
    '答复的作风投诉，按答复那天计。',
    'Complaints of conduct answered, on the day of the answer.',
  ]),
  'complaints.upheld': term('count', ['投诉属实', 'Complaints upheld'], CASES, 'C12', [
    '经核实属实的作风投诉。',
    'Complaints of conduct that were upheld.',
  ]),
  services: term('count', ['便民服务', 'Services'], TIMES, 'C2', [
    '复印、快递、流动服务等便民服务的次数，分类列出。',
    'Copying, parcels, help outside the hall and other services, by kind.',
  ]),
  onlineShare: term('ratio', names.onlineShare, CASES, 'M1', [
    '网上受理 ÷ 受理。各地口径不同，这里按受理渠道计。',
    'Accepted online ÷ accepted. Places differ; here the channel of the acceptance decides.',
  ]),
  corrected: term('count', ['更正', 'Corrections'], EVENTS, 'L2', [
    '当天结账之后才到的登记和作废，即已公布数字之后的变动。',
    'Entries and voids that came after their day had been closed: what changed once it was published.',
  ]),
} as const satisfies Readonly<Record<string, Term>>;

export type TermId = keyof typeof TERMS;

export function isTerm(name: string): name is TermId {
  return Object.hasOwn(TERMS, name);
}

/** A measure's value as `Measures` has it; `null` where there is nothing to state. */
export type TermValue = number | Ratio | SpreadMs | SpreadDays | TimePerCase | null;

/** The value of a measure; of services the sum of all kinds. */
export function readTerm(measures: Measures, id: TermId): TermValue {
  if (id === 'services') return Object.values(measures.services).reduce((sum, n) => sum + n, 0);
  const [head, field] = id.split('.') as [keyof Measures, string | undefined];
  const value: unknown = measures[head];
  return (field === undefined ? value : own(value as Readonly<Record<string, unknown>>, field)) as TermValue;
}

/** What each column of a file is for: by its name as halls and vendors write it, and by what stands in it. */
import type { Column } from './columns.ts';
import { OF_STAFF } from './columns.ts';
import type { DraftHall } from './hall.ts';
import { findPlaces, type PlaceMatch } from './places.ts';
import { findClockFormats, findLengths, findTimeStyle, type TimeStyle } from './times.ts';
import { channelOf, handlingOf, isUnrated, scoreOf } from './words.ts';

const TIME_ROLES = [
  'booked',
  'appointmentAt',
  'arrived',
  'promised',
  'rated',
  'taken',
  'called',
  'served',
  'answered',
  'finished',
  'received',
  'accepted',
  'date',
  'moment',
] as const;
const LENGTH_ROLES = ['waitLength', 'serviceLength'] as const;
const ID_ROLES = ['requestId', 'complaintId', 'appointmentId', 'ratingId', 'caseId', 'ticketId', 'rowId'] as const;
const PLACE_ROLES = ['station', 'window', 'item', 'itemCode', 'line', 'staff'] as const;
export type TimeRole = (typeof TIME_ROLES)[number];
export type LengthRole = (typeof LENGTH_ROLES)[number];
export type IdRole = (typeof ID_ROLES)[number];
export type PlaceRole = (typeof PLACE_ROLES)[number];
export type WordRole = 'channel' | 'score' | 'handling' | 'onTime' | 'status' | 'topic' | 'nature' | 'ratingMedium';
export type Role = TimeRole | LengthRole | IdRole | PlaceRole | WordRole;

/** The first that fits a name; of several columns of a role the first one that holds such things has it. */
const NAMES: readonly (readonly [Role, RegExp])[] = [
  [
    'requestId',
    /(工单|诉求|来电|信访|热线|市民诉求)(编号|单号|号码|流水号|号|id)$|^(request|workorder|order|rec)(id|no|number)$/,
  ],
  ['complaintId', /(投诉|举报)(编号|单号|号码|流水号|号|id)$|^complaint(id|no|number)$/],
  ['appointmentId', /预约(编号|单号|流水号|号码?|码|id)$|^(appointment|booking)(id|no|number|code)?$/],
  ['ratingId', /(评价|评议)(编号|流水号|号|id)$|^(rating|survey|review)(id|no|number)$/],
  [
    'ticketId',
    /(排队|叫号|取号|票|号票)(编号|号码?|流水号|序号|id)$|^(排队号|票号|号票|号码)$|^(ticket|queue|token)(id|no|number)?$/,
  ],
  [
    'caseId',
    /(办件|受理|收件|申请|申办|审批|办理|案卷|案件|业务)(编号|流水号|流水|序列号|号码?|id)$|^(case|application|app|business|proj|file)(id|no|number)$|^case$|^caseconceptname$/,
  ],
  ['rowId', /^(序号|编号|流水号|主键|唯一标识|记录(编号|号|id)|id|no|number|rowid|uuid|guid|seq)$|流水号$/],
  [
    'booked',
    /预约(提交|操作|下单|登记|创建|申请|生成)(时间|日期)|^(下单|提交预约)时间|^booked(at|time|on)?$|^bookingtime$/,
  ],
  ['appointmentAt', /预约(办理|到厅|服务)?(时间|日期|时段)|^(appointment|scheduled)(at|time|date|for)$|^slot$/],
  ['arrived', /(签到|报到|到达|到厅|到号|履约|取号签到)(时间|日期)|^(checkin|arrived|arrival)(at|time)?$/],
  [
    'waitLength',
    /(等候|等待|排队)(时长|用时|耗时|分钟数?|秒数?|时间)|^wait(ing|ed)?(time|minutes|seconds|min|sec|s)?$|^queue(time|seconds|minutes)$/,
  ],
  [
    'serviceLength',
    /(办理|服务|业务|受理|处理)(时长|用时|耗时|分钟数?|秒数?)|^(service|handling|handle|serving)(time|minutes|seconds|duration|min|sec)$|^duration$/,
  ],
  [
    'promised',
    /承诺(办结|完成|办理)?(时间|日期|时限|期限|截止)|^(应|限|要求|规定)(办结|完成|答复|回复|办理)(时间|日期|时限|期限)?|(截止|到期)(时间|日期|日)?$|(办理|办结)(时限|期限)$|承诺(工作日|天数)|^(deadline|due|dueby|duedate|promised(by|at|date|days)?)$/,
  ],
  ['rated', /(评价|评分|评议|打分|回访)(时间|日期)|^(rat(ed|ing)|review(ed)?|survey)(at|time|date|on)$/],
  [
    'taken',
    /(取号|取票|领号|拿号|发号|排号|出票|入队|排队)(时间|日期|时刻)|^(taken|issued?|ticket|queued?|printed)(at|time)$|^taken$/,
  ],
  [
    'called',
    /(叫号|呼叫)(时间|日期|时刻)|^(开始|首次)(叫号|办理|服务|受理)(时间)?|(办理|服务|业务)开始(时间)?|^开始时间$|^(called?|servicestart|start|begin|serving)(at|ed|edat|time)?$/,
  ],
  [
    'served',
    /(办理|服务|业务)(结束|完成|完毕)(时间)?|^结束(办理|服务)?(时间)?$|办毕(时间)?|^(served|serviceend|end|ended|endedat)(at|time)?$/,
  ],
  [
    'answered',
    /(答复|回复|反馈|结案|归档)(时间|日期)|^(answer(ed)?|repl(y|ied)|closed?|resolved|archived?)(at|time|date|on)$/,
  ],
  [
    'finished',
    /(办结|完成|完结|审结|决定|出证|结束)(时间|日期)|^(finish(ed)?|complet(ed|ion)|decision|end)(at|time|date|on)$|^finished$|^completed$/,
  ],
  [
    'received',
    /(来电|登记|诉求|投诉|举报|创建|派单|接收|反映|建单|交办)(时间|日期)|^(created?|creation|received?|opened|registered|logged)(at|time|date|on)?$/,
  ],
  [
    'accepted',
    /(受理|收件|接件|申请|申报|申办|提交|立案)(时间|日期)|^(accepted|submitted|applied|application|submission|start)(at|time|date|on)?$/,
  ],
  ['date', /^(统计|业务|办理|营业|数据|发生)?(日期|日)$|^date$|^day$|年月日/],
  ['moment', /^(业务|发生|操作|办理|记录|服务)?(时间|时刻)$|^(time|timestamp|at|datetime)$/],
  ['itemCode', /(事项|实施|服务事项|项目)(编码|代码|编号)|业务(编码|代码)|^(item|service)(code|id|no)$/],
  ['item', /事项(名称?)?$|^(办理|服务)?(业务|服务|项目)名称$|^办理(业务|事项|项目)$|^(item|service)(name)?$/],
  ['handling', /^(办件|事项)(类型|性质)$|^办理类型$|^(handling|casetype)$/],
  ['onTime', /(按时|按期|超期|逾期|超时)(办结|答复|办理|标志)?$|^(ontime|overdue|late|intime)$/],
  ['ratingMedium', /评价(渠道|来源|方式|途径)|^rating(medium|channel|source)$/],
  [
    'channel',
    /渠道|来源|^(受理|办理|申请|申办|收件|提交|诉求|反映|取号|预约|服务)(方式|途径|终端)$|^(channel|medium|via)$|channel$|^(src|source)(name)?$/,
  ],
  [
    'score',
    /满意(度|情况|程度|等级)?$|^评价(结果|等级|星级|值|内容|情况)?$|评分|星级|^(rating|score|satisfaction|stars?|csat)$/,
  ],
  ['staff', OF_STAFF],
  ['window', /窗口(编?号|编码|名称?|id)?$|^柜台(号|编号)?$|^(window|counter)(id|no|number|name)?$/],
  [
    'topic',
    /(诉求|问题|工单|投诉|主题|事件)(类型|类别|分类|大类|小类)|^(主题|分类|类别|类型)$|^(topic|type)$|(category|subtype|topic)(name)?$/,
  ],
  ['nature', /^(诉求|工单|事件|问题|来电)(性质|种类|目的)$|(nature|property)(name)?$|^kind$/],
  ['line', /^(业务|队列|排队|服务|条线)(类型|类别|种类|名称|队列|条线)?$|^(line|queue|servicetype|queuename)(name)?$/],
  [
    'status',
    /(状态|办结结果|办理结果|审批结果|处理结果|办结方式|办结类型)$|^结果$|^(status|state|outcome|result|disposition)$/,
  ],
  [
    'station',
    /(网点|服务点|受理点|站点|服务站|工作站|大厅|分厅|分中心|中心|社区|街道|镇街|机构|单位|部门|地点)(名称|编号|编码|id)?$|^(station|branch|community|office|site|location|hall|department)(id|name|code)?$/,
  ],
];

export interface RoleColumn {
  readonly column: Column;
  /** Of times. */
  readonly style?: TimeStyle;
  /** Of times of day alone: how they are written. */
  readonly clock?: readonly string[];
  /** Of lengths of time: whether each says its unit. */
  readonly saysUnit?: boolean;
  /** Of stations, windows, items, lines and staff. */
  readonly places?: PlaceMatch;
}
export type Roles = ReadonlyMap<Role, RoleColumn>;

const isIn = <T extends Role>(roles: readonly T[], role: Role): role is T => (roles as readonly Role[]).includes(role);
export const isIdRole = (role: Role): role is IdRole => isIn(ID_ROLES, role);
export const isTimeRole = (role: Role): role is TimeRole => isIn(TIME_ROLES, role);

/** Names that speak of times, whatever they are called else: there numbers may be times. */
const SPEAKS_OF_TIME = /时间|日期|时刻|time|date|_at$|at$/;

export interface FoundRoles {
  readonly roles: Roles;
  /** Columns of times that no role was found for, in the order of the file. */
  readonly otherTimes: readonly RoleColumn[];
  /** Columns that their name says to be of a rating, and whose texts are none. */
  readonly notRead: readonly { readonly role: Role; readonly column: Column }[];
}

export function findRoles(columns: readonly Column[], hall: DraftHall): FoundRoles {
  const roles = new Map<Role, RoleColumn>();
  const otherTimes: RoleColumn[] = [];
  const notRead: { role: Role; column: Column }[] = [];
  const rest: Column[] = [];
  for (const column of columns.filter(({ access }) => access === 'named')) {
    const named = namesOf(column.plain);
    const [role, found] = firstThatFits(named, column, hall) ?? [];
    const before = role && roles.get(role);
    if (role === undefined || found === undefined || (before && !isBetter(found, before))) rest.push(column);
    else {
      roles.set(role, found);
      if (before) rest.push(before.column);
    }
    if (role === undefined && named.length > 0 && column.cells.length > 0) notRead.push({ role: named[0]!, column });
  }
  for (const column of rest) {
    const [role, found] = findByTexts(column, hall) ?? [];
    if (role === 'moment' && found) otherTimes.push(found);
    else if (role !== undefined && found && !roles.has(role)) roles.set(role, found);
  }
  if (!roles.has('moment') && otherTimes[0] && ![...roles.keys()].some(isTimeRole))
    roles.set('moment', otherTimes.shift()!);
  return { roles, otherTimes, notRead };
}

/** By the whole name, then by what stands behind the thing that it is of: `case:startdate`, `ticket_channel`. */
function namesOf(plain: string): Role[] {
  const behind = plain.replace(/^(case|ticket|request|rating|appointment|event|order)(?=..)/, '');
  const rolesOf = (name: string) => NAMES.filter(([, words]) => words.test(name)).map(([role]) => role);
  return [...new Set([...rolesOf(plain), ...(behind === plain ? [] : rolesOf(behind))])];
}

/** Of two columns of places the one that the hall knows more of; names rather than the numbers of another system. */
function isBetter({ column, places }: RoleColumn, before: RoleColumn): boolean {
  if (!places || !before.places) return false;
  const more = places.known.size - before.places.known.size;
  const isNumber = (one: Column) => one.texts.every((text) => /^\d+$/.test(text));
  return more > 0 || (more === 0 && isNumber(before.column) && !isNumber(column));
}

function firstThatFits(
  named: readonly Role[],
  column: Column,
  hall: DraftHall,
): readonly [Role, RoleColumn] | undefined {
  for (const role of named) {
    const found = fit(role, column, hall);
    if (found) return [role, found];
  }
  return undefined;
}

/** The column in the role that its name gives it, where its texts allow that. */
function fit(role: Role, column: Column, hall: DraftHall): RoleColumn | undefined {
  const { cells, texts } = column;
  if (isIn(TIME_ROLES, role)) {
    if (cells.length === 0) return undefined;
    const clock = findClockFormats(cells);
    if (clock) return { column, clock };
    const style = findTimeStyle(cells, true);
    if (style) return { column, style };
    // 承诺时限 may be so many working days: no moment, and yet to be told.
    return undefined;
  }
  if (isIn(LENGTH_ROLES, role)) {
    const lengths = findLengths(cells);
    return lengths && { column, saysUnit: lengths.saysUnit };
  }
  if (isIn(PLACE_ROLES, role))
    return cells.length === 0 ? undefined : { column, places: findPlaces(role, texts, hall) };
  switch (role) {
    case 'score':
      return texts.some((text) => scoreOf(text) !== undefined || isScale(texts)) ? { column } : undefined;
    case 'channel':
    case 'ratingMedium':
    case 'handling':
    case 'onTime':
    case 'status':
    case 'nature':
      return cells.length > 0 && texts.length <= MOST_WORDS ? { column } : undefined;
    case 'topic':
      return cells.length > 0 && texts.length <= Math.max(MOST_WORDS, cells.length / 2) ? { column } : undefined;
    default:
      return cells.length > 0 ? { column } : undefined;
  }
}

/** A list of words is no longer than this. */
const MOST_WORDS = 60;
const HALF = 0.5;
const MOST = 0.8;

/** Numbers of one digit, few of them. */
export function isScale(texts: readonly string[]): boolean {
  const marks = texts.filter((text) => !isUnrated(text));
  return marks.length > 0 && marks.length <= 6 && marks.every((text) => /^\d(\.0+)?$/.test(text));
}

function findByTexts(column: Column, hall: DraftHall): readonly [Role, RoleColumn] | undefined {
  const { cells, texts } = column;
  if (cells.length === 0) return undefined;
  const style = findTimeStyle(cells, SPEAKS_OF_TIME.test(column.plain));
  if (style) return ['moment', { column, style }];
  if (texts.every((text) => /^[\d.,]+$/.test(text))) return undefined;
  for (const role of ['station', 'window', 'item'] as const) {
    const places = findPlaces(role, texts, hall);
    if (places.known.size >= texts.length * (role === 'window' ? 1 : HALF)) return [role, { column, places }];
  }
  const share = (means: (text: string) => unknown) =>
    texts.filter((text) => means(text) !== undefined).length / texts.length;
  if (texts.length > MOST_WORDS) return undefined;
  if (share(scoreOf) >= MOST) return ['score', { column }];
  if (share(channelOf) >= MOST && texts.every((text) => text.length <= 8)) return ['channel', { column }];
  if (share(handlingOf) >= MOST) return ['handling', { column }];
  return undefined;
}

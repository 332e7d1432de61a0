/** The words by which systems say channel, rating, outcome and state: what each is likely to mean, for a person to confirm. */
import { type CHANNELS, type Outcome } from '../../events/schema.ts';

type Channel = (typeof CHANNELS)[number];
type Rule<T> = readonly [RegExp, T];

function firstOf<T>(rules: readonly Rule<T>[]): (text: string) => T | undefined {
  return (text) => {
    const folded = text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
    return rules.find(([words]) => words.test(folded))?.[1];
  };
}

export const channelOf = firstOf<Channel>([
  [/自助|终端机|self.?service|kiosk/, 'self-service'],
  [/上门|home.?visit/, 'home-visit'],
  [/邮寄|邮政|快递|寄递|^ems$|post|mail in|courier/, 'post'],
  [/电话|热线|来电|phone|call|hotline/, 'phone'],
  [
    /网|线上|在线|微信|小程序|app|公众号|支付宝|粤省事|移动端|手机端|online|internet|web|wechat|mobile|e-?mail/,
    'online',
  ],
  [/窗口|现场|大厅|线下|柜台|前台|来访|window|counter|desk|in.?person|on.?site|walk.?in|offline/, 'window'],
]);

type Score = 1 | 2 | 3 | 4 | 5;
export interface ScoreWord {
  readonly score: Score;
  /** Nobody pressed: the system filled it in. */
  readonly byDefault?: true;
}

/** Of halls: five levels in words. The three of 好评 中评 差评 are a guess. */
const scoreWord = firstOf<Score>([
  [/^(非常|很|十分|极其?)不满意?$|^(非常|很|极)差$|very (dissatisfied|unsatisfied|poor|bad)|^差评$/, 1],
  [/^不满意?$|^(较|比较)?不(太)?满意?$|^较?差$|^(dissatisfied|unsatisfied|poor|bad)$/, 2],
  [/^基本满意$|^一般(满意)?$|^还行$|^合格$|^中评?$|^(neutral|average|fair|basically satisfied|ok)$/, 3],
  [/^(非常|很|十分)满意$|^(非常|很)好$|^优秀?$|^好评$|^(very satisfied|excellent|very good)$/, 5],
  [/^(比?较)?满意$|^(较好|好|良好?)$|^(satisfied|good)$/, 4],
]);

/** `非常满意`, `默认好评`, `5分`, `五星`: `undefined` for what is none of them. */
export function scoreOf(text: string): ScoreWord | undefined {
  const folded = text.normalize('NFKC').toLowerCase().trim();
  const [, word] = /^(?:系统)?默认[-_:(]?(.*?)\)?$|^(?:系统)?自动(?:评价)?[-_:(]?(.*?)\)?$/.exec(folded) ?? [];
  const isDefault = /^(系统)?(默认|自动)/.test(folded);
  const plain = isDefault ? (word ?? folded.replace(/^(系统)?(默认|自动)(评价)?/, '')) : folded;
  const score = scoreWord(plain) ?? starsOf(plain);
  if (score === undefined) return undefined;
  return isDefault ? { score, byDefault: true } : { score };
}

function starsOf(text: string): Score | undefined {
  const [, digit] = /^([1-5一二三四五])(?:星级?|分|颗星| ?stars?)$/.exec(text) ?? [];
  if (digit === undefined) return undefined;
  const chinese = '一二三四五'.indexOf(digit);
  return (chinese < 0 ? Number(digit) : chinese + 1) as Score;
}

/** Nobody rated, in words. */
export function isUnrated(text: string): boolean {
  return /^(未|没有?|尚未|待)评价?$|^(放弃|弃)评价?$|^无评价$|^(not rated|unrated|no rating)$/i.test(text.trim());
}

export const mediumOf = firstOf<'pad' | 'qr' | 'sms' | 'online' | 'phone'>([
  [/短信|sms/, 'sms'],
  [/扫码|二维码|qr/, 'qr'],
  [/电话|回访|phone/, 'phone'],
  [/网|线上|微信|小程序|app|公众号|online|web/, 'online'],
  [/评价器|评价仪|平板|窗口|现场|一窗|pad|tablet|device/, 'pad'],
]);

export const outcomeOf = firstOf<Outcome>([
  [/不予受理|不受理|not.?accepted/, 'not-accepted'],
  [/撤(回|销|件|办)|主动终止|withdraw|cancel/, 'withdrawn'],
  [/不(予|同意|通过|准|许可|批准)|驳回|否决|拒绝|退回|退件|refus|reject|denied/, 'refused'],
  [
    /办成|办结|准予|同意|通过|批准|许可|完成|完结|成功|出证|办好|approv|granted|done|complete|finish|success|closed/,
    'approved',
  ],
]);
/** Still on its way: said of a case that has no end yet. */
export const isUnderWay = (text: string): boolean =>
  /未|待|在办|办理中|进行中|审核中|受理中|处理中|暂存|^受理$|^已受理$|补正|pending|progress|open|accepted$/i.test(text);

export type TicketState = 'waiting' | 'called' | 'served' | 'passed' | 'left';
export const ticketStateOf = firstOf<TicketState>([
  [/过号|弃号|未到|爽约|失约|空号|no.?show|passed|missed|skip/, 'passed'],
  [/离开|放弃|取消|作废|退号|left|cancel|abandon|hang/, 'left'],
  [/办结|完成|已办|结束|办毕|served|done|complete|finish/, 'served'],
  [/叫号|呼叫|办理中|服务中|受理中|called|serving/, 'called'],
  [/等待|等候|排队|未叫|waiting|queue/, 'waiting'],
]);

export const appointmentStateOf = firstOf<'kept' | 'missed' | 'open'>([
  [/爽约|失约|未到|未履约|过期|逾期|no.?show|miss|expired/, 'missed'],
  [/取消|撤销|cancel|待|预约成功|已预约|未|booked|open/, 'open'],
  [/已?(到|履约|取号|签到|办理|完成|办结)|kept|arrived|attended|done|show/, 'kept'],
]);

export const requestStateOf = firstOf<'answered' | 'open'>([
  [/未|待|在办|中$|open|pending|progress/, 'open'],
  [/答复|回复|办结|结案|归档|完成|反馈|answered|closed|resolved|done/, 'answered'],
]);

export const handlingOf = firstOf<'instant' | 'promised'>([
  [/即办|即时|马上办|instant|immediate/, 'instant'],
  [/承诺|限时|promised/, 'promised'],
]);

/** Yes and no, as files say them. */
export const yesOf = firstOf<boolean>([
  [/^(否|无|不是|未|n|no|false|0|×|x)$/, false],
  [/^(是|有|y|yes|true|1|√|✓)$/, true],
]);

/** A row that sums up others. */
export const isSum = (text: string): boolean => /^(合|总|小|共)\s*计[::]?$|^(sub)?total:?$|^sum$/i.test(text.trim());

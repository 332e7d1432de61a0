/** Names that are not built of a surname and one or two characters: transliterated ones, and names in pinyin. */
import { appeal, deed, link, owner, placeSuffix, role, title, told } from './name-contexts.ts';

/** Characters with which Uyghur, Kazakh, Mongolian, Tibetan, Yi and western names are written. */
const SOUNDS =
  '阿艾爱依衣伊买麦提古丽热合木不卜布都杜拉尔力汗江娜孜努吐逊迪帕夏巴特额勒图德格其斯钦朝鲁呼和浩乌兰苏日那扎西顿珠次仁卓玛央金旺堆多吉尼平措达瓦罗桑丹增索朗白洛曲吾加赛玉素甫' +
  '哈克司马义库班塔什沙莎萨胡因万亚比贝曼祖姆里莱约翰史密大卫安东奥杰森汤丽凯瑟琳伦詹查理露易丝弗雷奇戈登林怀亨利耶夫基娃诺维佐再艳孙萍坎别叶肯塞伯恩巧尕藏华旦才让贡买' +
  '帖铁买甸敏阔绰牧牟苦沁宝音嘎嘉措顿热娅菲奈冈铃';
const sounds = new Set(SOUNDS);
/** Usual halves of Mongolian, Tibetan, Uyghur and Yi names: 扎西多吉, 娜仁花. Two of them are a name in any place. */
const HALVES =
  '扎西 多吉 卓玛 次仁 旺堆 拉姆 央金 德吉 尼玛 达娃 平措 格桑 丹增 旦增 洛桑 白玛 仁青 顿珠 罗布 索朗 桑吉 才让 才旦 卓嘎 边巴 巴桑 普布 米玛 强巴 曲珍 旺姆 旺杰 贡布 加措 嘉措 江措 次旦 措姆 ' +
  '娜仁 其其格 格日乐 巴雅尔 苏日娜 乌云 萨仁 高娃 托娅 图雅 斯琴 塔娜 朝鲁 宝力德 满都拉 青格勒 阿古拉 额尔德 巴特尔 呼和 孟和 那日苏 阿拉坦 乌兰 牧仁 ' +
  '买买提 麦麦提 吐尔逊 古丽 阿依 阿不都 阿卜杜 迪丽 努尔 艾合 木拉提 帕提 热依 玛依 克里木 艾力 艾尼 依明 吾买尔 米热 再娜 沙拉 尼亚孜 玉素甫 ' +
  '阿呷 阿牛 曲比 吉克 沙马 尔古 莫色 吉木 日布 日古 子呷 伍呷 拉坡 阿依 木乃 色以';
const halves = new Set(HALVES.split(' '));
const half = HALVES.split(' ').join('|');
const paired = new RegExp(
  `(?=[${[...new Set(HALVES.split(' ').map((known) => known[0]))].join('')}])(?:${half})(?:${half}|[花玛木汗尔哈提江娜莲娅图][\\u4e00-\\u9fff]?)?`,
  'g',
);
const HAN = '\\u3400-\\u4dbf\\u4e00-\\u9fff';
const isHan = new RegExp(`^[${HAN}]`);
const dotted = new RegExp(`([${HAN}]{2,12})[·•・‧∙⋅]([${HAN}]{2,12})`, 'g');
const undotted = new RegExp(`[${SOUNDS}]{3,8}`, 'g');
const PLACES = new Set(
  '呼和浩特 呼伦贝尔 克拉玛依 阿里巴巴 乌兰察布 马里兰 巴塞罗那 巴布亚 马达加斯加 塞尔维亚 西西里 扎西德勒'.split(' '),
);

const SURNAMES =
  'wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang feng deng cao peng zeng xiao tian dong ' +
  'yuan pan yu jiang cai du ye cheng su wei lu ding ren shen yao cui zhong tan fan jin shi liao jia xia fu fang bai zou meng xiong qin qiu yin xue yan ' +
  'duan lei hou long tao gu mao hao gong shao wan qian dai mo kong ouyang shangguan zhuge huangfu situ murong';
const surnames = new Set(SURNAMES.split(' '));
const SYLLABLE =
  '(?:zh|ch|sh|[bpmfdtnlgkhjqxzcsryw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|a|e|i|o|u|v)';
const given = new RegExp(`^${SYLLABLE}(?:['-]?${SYLLABLE}){0,2}$`, 'i');
const longGiven = new RegExp(`^${SYLLABLE}(?:['-]?${SYLLABLE}){1,2}$`, 'i');
/** Beside a word that says who it is, any two such words are a name: Hong Kong is built like one. */
const labelled =
  /(?:人|户主|业主|市民|居民|姓名|\b(?:applicant|contact|name|citizen|customer|visitor|mr|mrs|ms|miss|dear))[^\p{L}\p{N}]{0,3}([a-z]{1,9})[ ._,-]{1,2}([a-z'-]{1,18})(?![a-z])/giu;
/** By themselves only in capitals, and with a given name of two syllables or more. */
const capitals = /(?<![A-Za-z])([A-Z][A-Za-z]{0,8})(?:, ?| )([A-Z][A-Za-z'-]{2,17})(?![A-Za-z])/g;

const latin = /[a-z]/i;

/** Whether `text` (folded) holds the name of a person of another tongue, or of one whose name is written in pinyin. */
export function holdsForeignName(text: string): boolean {
  for (const [, before = '', after = ''] of text.matchAll(dotted)) {
    if (areSounds(before.slice(-2) + after.slice(0, 2))) return true;
  }
  for (const { 0: name, index } of text.matchAll(paired)) if (isPaired(text, name, index)) return true;
  for (const match of text.matchAll(undotted)) if (standsForPerson(text, match[0], match.index)) return true;
  return holdsPinyinName(text);
}

/** Of two characters on each side of a dot at least three only stand for a sound. */
function areSounds(around: string): boolean {
  return [...around].filter((c) => sounds.has(c)).length >= 3;
}

function standsForPerson(text: string, name: string, at: number): boolean {
  const after = text.slice(at + name.length, at + name.length + 5);
  const before = text.slice(Math.max(0, at - 6), at);
  const hasDeed = deed.test(after) || title.test(after) || owner.test(after) || told.test(after);
  if (name.length > 3 && appeal.test(before) && (hasDeed || link.test(after))) return true;
  if (!hasDeed && isHan.test(after)) return false;
  if (role.test(before)) return true;
  const isFirst = at === 0 || !isHan.test(text[at - 1]!);
  return isFirst && (hasDeed || name.length > 3) && !PLACES.has(name);
}

/** Two halves; or a long half, or a half and a sound, where a word beside it says that it is a person's. */
function isPaired(text: string, name: string, at: number): boolean {
  const first = [...halves].find((known) => name.startsWith(known))!;
  const rest = name.slice(first.length);
  const isWhole = halves.has(rest);
  if (rest === '' && first.length < 3) return false;
  const end = at + first.length + (isWhole ? rest.length : Math.min(rest.length, 1));
  const after = text.slice(end, end + 7);
  if (placeSuffix.test(after) || PLACES.has(text.slice(at, end))) return false;
  if (isWhole) return true;
  const before = text.slice(Math.max(0, at - 7), at);
  return role.test(before.replace(/[^\p{L}]/gu, '')) || appeal.test(before) || deed.test(after) || told.test(after);
}

export function holdsPinyinName(text: string): boolean {
  if (!latin.test(text)) return false;
  for (const [, first = '', second = ''] of text.matchAll(labelled)) {
    if (isPinyin(first, second, given) || isPinyin(second, first, given)) return true;
  }
  for (const [, first = '', second = ''] of text.matchAll(capitals)) {
    if (isPinyin(first, second, longGiven)) return true;
  }
  return false;
}

function isPinyin(surname: string, rest: string, pattern: RegExp): boolean {
  return surnames.has(surname.toLowerCase()) && pattern.test(rest);
}

/** The columns of a file as a draft looks at them: what each is called, what stands in it, and whether it may be read at all. */
import { identityInText } from '../../events/identity.ts';
import { kindOfKey } from '../../events/identity-keys.ts';
import { FORBIDDEN_NAMES, isBroken } from '../../events/inspect.ts';
import type { Roster } from '../../events/names.ts';

/** A row of the file and the line on which it stands. */
export interface DraftRow {
  readonly line: number;
  readonly cells: readonly string[];
}

export interface Cell {
  readonly text: string;
  readonly line: number;
}

/**
 * `named`: a mapping can name it. `citizen`: it looks like a citizen's name, number, address. `words`: free text.
 * `unnamed`: a mapping cannot name it, or its name stands twice.
 */
type Access = 'named' | 'citizen' | 'words' | 'unnamed';

export interface Column {
  readonly index: number;
  /** As a mapping names it. */
  readonly name: string;
  /** As a question may name it. */
  readonly label: string;
  /** The name without case, blanks and what stands in brackets. */
  readonly plain: string;
  /** The name with what stands in brackets: it may be a unit. */
  readonly full: string;
  readonly access: Access;
  /** What stands there, without blanks and marks that mean nothing. */
  readonly cells: readonly Cell[];
  /** Each text once, in the order of the file. */
  readonly texts: readonly string[];
  /** Marks such as `-` that mean nothing. */
  readonly marks: readonly string[];
  /** Something stands in each row, and never the same. */
  readonly isUnique: boolean;
}

const MARKS = new Set('- -- — —— / \\ \\N NULL null N/A n/a None none 无 空'.split(' '));

/** Names of columns whose texts may say anything of anybody. */
const WORDS =
  /内容|备注|说明|描述|详情|标题|建议|原因|诉求要点|remark|comment|content|descri|^notes?$|title|reason|feedback|details?$/;
/** Beside what the door itself knows by its key: where people live, and for whom something is done. */
const OF_CITIZENS =
  /申请人|申办人|办事人|来电人|反映人|诉求人|投诉人|举报人|联系人|当事人|服务对象|姓名|证件|身份证|手机|电话号|^电话$|联系电话|联系方式|地址|住址|户籍|住所|企业名称|^(申请|申办|用人|参保)?单位名称$|法人|车牌|银行卡|账号|卡号|微信号|邮箱|出生|生日|性别|民族|address|email|birth|gender|applicant|citizen(name)?$|customername|callernumber/;
/** Names of the hall's own people may stand in a file: they are looked up in the roster. */
export const OF_STAFF =
  /^(经办|受理|办理|窗口|工作|服务|审批|接待|承办|叫号|被评价|被评)(人员|人|员)(工号|编号|姓名|名称|名字)?$|^(员工|职员|柜员)(工号|编号|号|姓名)?$|工号|^staff|^operator|^clerk|^teller|^employee|^agent(id|no)?$/;

/** Whether a text may be repeated: it cannot be a person's name or number, and a mapping can hold it. */
export type IsSafe = (text: string) => boolean;

const LONGEST_SAID = 60;

/** @param own names of the hall's own places and items, whatever they look like */
export function createIsSafe(roster: Roster, own: readonly string[]): IsSafe {
  const known = new Map<string, boolean>(
    own.filter((name) => !FORBIDDEN_NAMES.includes(name)).map((name) => [name, true]),
  );
  return (text) => {
    let safe = known.get(text);
    if (safe === undefined) {
      safe =
        text.length <= LONGEST_SAID &&
        !FORBIDDEN_NAMES.includes(text) &&
        !isBroken(text) &&
        !/[\p{Cc}\p{Cf}]/u.test(text) &&
        identityInText(text, 'full', undefined, roster) === undefined;
      known.set(text, safe);
    }
    return safe;
  };
}

/** `取号时间 (秒)` is `取号时间`. */
function foldName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\(.*?\)|\[.*?\]|【.*?】/g, '')
    .replace(/[\s_\-./:*#]+/g, '');
}

export function readColumns(header: readonly string[], rows: readonly DraftRow[], isSafe: IsSafe): Column[] {
  const names = header.map((name) => name.trim());
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return names.map((name, index) => {
    const all = rows.map(({ line, cells }) => ({ line, text: (cells[index] ?? '').trim() }));
    const filled = all.filter(({ text }) => text !== '');
    const cells = filled.filter(({ text }) => !MARKS.has(text));
    const texts = [...new Set(cells.map(({ text }) => text))];
    const plain = foldName(name);
    // A star stands for all columns where a mapping lists what means nothing.
    const isNamed =
      name !== '' &&
      name !== '*' &&
      counts.get(name) === 1 &&
      !/[{}]/.test(name) &&
      !/^#\d+$/.test(name) &&
      isSafe(name);
    return {
      index,
      name,
      label: name !== '' && isSafe(name) ? name : `#${index + 1}`,
      plain,
      full: name.normalize('NFKC').toLowerCase(),
      access: isNamed ? accessOf(name, plain, texts, isSafe) : 'unnamed',
      cells,
      texts,
      marks: [...new Set(filled.filter(({ text }) => MARKS.has(text)).map(({ text }) => text))],
      isUnique: rows.length > 0 && cells.length === rows.length && texts.length === rows.length,
    };
  });
}

/** So many of a column's texts look like somebody's identity, and it is no slip. */
const SHARE_OF_IDENTITIES = 0.2;

function accessOf(name: string, plain: string, texts: readonly string[], isSafe: IsSafe): Access {
  if (OF_STAFF.test(plain)) return 'named';
  if (kindOfKey(name) !== undefined || OF_CITIZENS.test(plain)) return 'citizen';
  if (WORDS.test(plain) && !/满意|评价/.test(plain)) return 'words';
  const short = texts.filter((text) => text.length <= LONGEST_SAID);
  if (texts.length > 0 && short.length < texts.length / 2) return 'words';
  const unsafe = short.filter((text) => !isSafe(text)).length;
  if (unsafe > 0 && unsafe >= short.length * SHARE_OF_IDENTITIES) return 'citizen';
  return 'named';
}

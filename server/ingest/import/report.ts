/** The end of an import in the reader's words, Chinese or English. */
import type { FormatCount } from '../../../domain/mapping/format-use.ts';
import type { Encoding } from '../../../domain/mapping/schema.ts';
import type { Language } from '../../../domain/wire/language.ts';
import type { FoundEncoding } from './encoding.ts';
import type { RowSource } from './file-row.ts';
import type { Finding, Findings, FindingTally } from './findings.ts';
import type { FirstRow } from './reading.ts';
import type { ImportReport } from './run-import.ts';

const REASONS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  missing: ['缺少内容', 'is empty and must not be'],
  value: ['内容不在对照表中', 'holds a value that the map does not know'],
  mangled: [
    '编号被电子表格改成了科学记数法，原来的数字已丢失，请重新导出',
    'holds an id that a spreadsheet has cut to a power of ten; its digits are lost: export the file anew',
  ],
  error: ['是电子表格算不出来的错误值（如 #N/A）', 'holds an error of the spreadsheet, such as #N/A'],
  number: ['不是数字', 'is no number'],
  time: ['不是可识别的时间', 'is no time of the formats given'],
  ambiguous: ['按映射的格式可读成两个不同的时间', 'is two times by the formats of the mapping'],
  duration: ['不是可识别的时长', 'is no length of time'],
  empty: [
    '映射用到的列都是空的(可能是标题、合计或合并单元格)',
    'nothing in the columns that the mapping reads: a title, a total or merged cells?',
  ],
  columns: ['列数与表头不一致', 'another number of cells than the header'],
  quote: ['有一处引号开了头却没有结束', 'a quote opens a cell and is not closed'],
  encoding: ['有字节不属于所用的编码', 'holds bytes that are not of the encoding'],
  long: ['一行过长', 'is too long for a row'],
  partly: [
    '写入途中服务器改了答复，这一行只写入了一部分，请核对',
    'only a part of it went in, because the server changed its answer meanwhile: check it',
  ],
  envelope: ['事件格式不正确', 'is not as an event must be'],
  type: ['未知的事件类型', 'is no known event type'],
  data: ['内容不符合该字段的要求', 'holds a value that the field does not allow'],
  text: ['含有不可用的字符', 'holds characters that cannot be kept'],
  identity: ['疑似姓名、证件号或电话，拒绝接收', "looks like a citizen's name, identity number or telephone"],
  future: ['时间在将来', 'lies in the future'],
  source: ['该密钥无权代表此来源', 'the key may not speak for this source'],
  reserved: ['只有大厅自己可以这样说', 'is for the hall itself to say'],
  feed: ['该岗点的这类数据由另一系统报送', 'is for another system to send for this station'],
  conflict: ['同一编号已有不同内容', 'the same id is known with other content'],
  'other-row': ['与文件中另一行编号相同而内容不同', 'has the id of another row of the file and other content'],
  dropped: [
    '疑似姓名、证件号或电话，已按映射略去这一项',
    "looks like a citizen's name, identity number or telephone; left out, as the mapping says",
  ],
  cell: ['有单元格无法读取', 'holds a cell that cannot be read'],
  size: ['内容过长', 'is too long'],
  depth: ['层次过深', 'is nested too deeply'],
  key: ['含有不允许的字段名或内容', 'has a key or value that is not allowed'],
};

export function describeReason(reason: string, language: Language): string {
  const known = Object.hasOwn(REASONS, reason) ? REASONS[reason] : undefined;
  return known?.[language === 'zh' ? 0 : 1] ?? reason;
}

const ENCODING_NAMES: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  gb18030: 'GB18030',
  'utf-16le': 'UTF-16LE',
  'utf-16be': 'UTF-16BE',
  big5: 'Big5',
  'windows-1252': 'Windows-1252',
};
const FOUND_BY: Readonly<Record<FoundEncoding['by'], readonly [zh: string, en: string]>> = {
  stated: ['映射写明', 'as the mapping says'],
  mark: ['文件开头有标记', 'by the mark at its start'],
  certain: ['由内容确定', 'by its content'],
  likely: ['由内容推测，请核对下面这一行', 'a guess by its content: look at the row below'],
};
/** More of a cell than this tells nobody more. */
const CELL_SHOWN = 40;

type Source = Pick<RowSource, 'encoding' | 'delimiter' | 'sheets' | 'unread' | 'headerLine'>;

/** How the file was read, with its first row as it was read: a wrong encoding, delimiter or sheet is seen there. */
export function describeSource(source: Source, firstRow: FirstRow | undefined, language: Language): readonly string[] {
  const zh = language === 'zh';
  const { encoding, delimiter, headerLine } = source;
  const lines: string[] = [];
  if (encoding) {
    const [name, by] = [ENCODING_NAMES[encoding.encoding], FOUND_BY[encoding.by][zh ? 0 : 1]];
    lines.push(zh ? `按 ${name} 读取（${by}）` : `read as ${name} (${by})`);
  }
  lines.push(...describeSheets(source, language));
  const names =
    headerLine === 0
      ? zh
        ? '没有列名'
        : 'no column names'
      : describeLine(source, headerLine, language) + (zh ? '是列名' : ' holds the column names');
  const cut =
    delimiter === undefined
      ? ''
      : zh
        ? `，列间是 ${JSON.stringify(delimiter)}`
        : `, cells are parted by ${JSON.stringify(delimiter)}`;
  lines.push(names + cut);
  if (firstRow) {
    const cells = firstRow.cells.map(([name, text]) => `${name}=${shorten(text)}`).join(' | ');
    const line = describeLine(source, firstRow.line, language);
    lines.push(zh ? `${line}读作：${cells}` : `${line} reads: ${cells}`);
  }
  return lines;
}

function describeSheets({ sheets, unread = [] }: Source, language: Language): readonly string[] {
  if (!sheets) return [];
  const zh = language === 'zh';
  const quote = (name: string): string => (zh ? `“${name}”` : `"${name}"`);
  const list = (names: readonly string[]): string => names.join(zh ? '、' : ', ');
  const others = unread.map(({ name, isHidden }) => quote(name) + (isHidden ? (zh ? '（隐藏）' : ' (hidden)') : ''));
  const read = list(sheets.map(({ name }) => quote(name)));
  if (zh) return [`读取工作表${read}${others.length > 0 ? `；未读：${list(others)}` : ''}`];
  return [`read sheet ${read}${others.length > 0 ? `; not read: ${list(others)}` : ''}`];
}

/** `第 5 行`; of several sheets the sheet as well. */
function describeLine({ sheets = [] }: Pick<RowSource, 'sheets'>, line: number, language: Language): string {
  const zh = language === 'zh';
  const sheet = sheets.length > 1 ? sheets.findLast(({ before }) => line > before) : undefined;
  if (!sheet) return zh ? `第 ${line} 行` : `line ${line}`;
  const own = line - sheet.before;
  return zh ? `“${sheet.name}”第 ${own} 行` : `"${sheet.name}" line ${own}`;
}

/** One line of at most forty signs. */
export function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > CELL_SHOWN ? `${line.slice(0, CELL_SHOWN)}…` : line;
}

/**
 * The lines to print, without their line ends.
 * @param source of the file, where its sheets tell more than a line
 */
export function describeReport(
  report: ImportReport,
  language: Language,
  dryRun: boolean,
  source: Pick<RowSource, 'sheets'> = {},
): readonly string[] {
  const { rows, newRows, knownRows, repeatedRows, leftOut, correctedRows, accepted, duplicates } = report;
  const { differing, refused, dropped, written, isOverLimit } = report;
  const zh = language === 'zh';
  const number = (value: number) => value.toLocaleString('en-US');
  const add = (condition: boolean, text: string) => (condition ? text : '');
  const lines = zh
    ? [
        `读取 ${number(rows)} 行，其中：`,
        `  ${written || newRows === 0 ? '新增' : '可新增'} ${number(newRows)} 行`,
        `  已有 ${number(knownRows)} 行${add(repeatedRows > 0, `（其中 ${number(repeatedRows)} 行与文件中另一行重复）`)}`,
        `  有出入 ${number(differing.count)} 行${add(correctedRows > 0, `（其中${written ? '' : '可'}更正 ${number(correctedRows)} 行）`)}`,
        `  按映射略过 ${number(leftOut)} 行`,
        `  拒收 ${number(refused.count)} 行`,
        `${written || accepted === 0 ? '接收' : '可接收'}事件 ${number(accepted)} 条`,
        `重复事件 ${number(duplicates)} 条`,
      ]
    : [
        `rows read: ${number(rows)}, of which`,
        `  new: ${number(newRows)}`,
        `  known: ${number(knownRows)}${add(repeatedRows > 0, `, ${number(repeatedRows)} of them repeats within the file`)}`,
        `  differing: ${number(differing.count)}${add(correctedRows > 0, `, ${number(correctedRows)} of them ${written ? 'corrected' : 'could be corrected'}`)}`,
        `  left out by the mapping: ${number(leftOut)}`,
        `  refused: ${number(refused.count)}`,
        `${written || accepted === 0 ? 'events accepted' : 'events that would be accepted'}: ${number(accepted)}`,
        `duplicates: ${number(duplicates)}`,
      ];
  if (isOverLimit) {
    lines.push(
      zh
        ? `${number(refused.count + differing.count)} 行拒收或有出入，超过了允许的比例，没有写入任何内容。映射与文件可能不相配；确认无误后可加 --limit 百分比 再导入。`
        : `${number(refused.count + differing.count)} rows are refused or differ, more than the share that is allowed, so nothing was written. Mapping and file may not belong together; if they do, allow more with --limit PERCENT.`,
    );
  } else if (dryRun) lines.push(zh ? '试运行，没有写入任何内容。' : 'A dry run: nothing was written.');
  if (differing.tallies.some(({ reason }) => reason === 'other-row')) {
    lines.push(
      zh
        ? '文件中有多行编号相同：若每行是同一件事的一步，请在映射中用 "once"（取第一行）或 "last"（取最后一行）；若是不同的事，请让 "id" 多带一列。'
        : 'Rows of the file share an id: if each is a step of one thing, say "once" (the first row speaks) or "last" in the mapping; if they are different things, let "id" name one more column.',
    );
  }
  if (differing.count > correctedRows && differing.tallies.some(({ reason }) => reason === 'conflict')) {
    lines.push(
      zh
        ? '有出入的行没有改动已有的内容；若文件是对的，加 --correct 作废旧的并记入新的。'
        : 'Rows that differ have changed nothing; if the file is right, --correct voids what is known and records what it says.',
    );
  }
  return [
    ...lines,
    ...report.undecided.map((count) => describeFormats(count, source, language)),
    ...describeTallies(refused, language),
    ...list(differing, source, language),
    ...list(refused, source, language),
    ...list(dropped, source, language),
  ];
}

/** More than a few refusals are understood by their kinds. */
const TALLIED_FROM = 6;

function describeTallies({ count, tallies }: Findings, language: Language): readonly string[] {
  if (count < TALLIED_FROM) return [];
  const lines = tallies.map((tally) => {
    const text = describeWhat(tally, language);
    return language === 'zh' ? `  ${tally.count} 行 ${text}` : `  ${tally.count} × ${text}`;
  });
  return [language === 'zh' ? '拒收的原因：' : 'refused because:', ...lines];
}

export function describeWhat(
  { reason, columns, field, found }: Omit<FindingTally, 'count'>,
  language: Language,
): string {
  const zh = language === 'zh';
  const names = columns.length > 0 ? columns.join(zh ? '、' : ', ') : (field ?? '');
  return `${names === '' ? '' : `${names}${zh ? '：' : ': '}`}${describeReason(reason, language)}${found === undefined ? '' : zh ? `：${found}` : `: ${found}`}`;
}

/** Which rows one format alone reads: whoever writes the mapping sees by them which one is meant. */
export function describeFormats(
  { path, patterns, isOne, rows, lines }: FormatCount,
  source: Pick<RowSource, 'sheets'>,
  language: Language,
): string {
  const zh = language === 'zh';
  const told = lines.map((line) => describeLine(source, line, language)).join(zh ? '、' : ', ');
  const named = told + (rows > lines.length ? (zh ? ' 等' : ', …') : '');
  const list = patterns.join(zh ? ' 和 ' : ' and ');
  if (zh && isOne) return `${path}：${rows} 行只能按 ${list} 读出（${named}）`;
  if (zh) return `${path}：${rows} 行按 ${list} 读出的时间不同，已拒收（${named}）`;
  const where = `${rows} ${rows === 1 ? 'row' : 'rows'} (${named})`;
  if (isOne) return `${path}: by ${list} alone: ${where}`;
  return `${path}: two times by ${list}, and refused: ${where}`;
}

function list(findings: Findings, source: Pick<RowSource, 'sheets'>, language: Language): readonly string[] {
  const lines = findings.listed.map((finding) => describeFinding(finding, language, source));
  const more = findings.count - lines.length;
  if (more > 0) lines.push(language === 'zh' ? `……另有 ${more} 处` : `… and ${more} more`);
  return lines;
}

/** @param source of the file, where its sheets tell more than the line */
export function describeFinding(finding: Finding, language: Language, source: Pick<RowSource, 'sheets'> = {}): string {
  const { line, width, otherLine, differences = [] } = finding;
  const zh = language === 'zh';
  const notes: string[] = [];
  if (width)
    notes.push(zh ? `有 ${width.cells} 列，表头 ${width.wanted} 列` : `${width.cells}, the header has ${width.wanted}`);
  if (otherLine !== undefined) notes.push(describeLine(source, otherLine, language));
  for (const { field, before, after } of differences) {
    if (before === undefined && after === undefined) notes.push(field);
    else notes.push(`${field} ${before ?? '—'} → ${after ?? '—'}`);
  }
  const added = notes.length === 0 ? '' : zh ? `（${notes.join('；')}）` : ` (${notes.join('; ')})`;
  return `${describeLine(source, line, language)}${zh ? '：' : ': '}${describeWhat(finding, language)}${added}`;
}

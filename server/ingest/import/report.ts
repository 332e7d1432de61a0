/** The end of an import in the reader's words, Chinese or English. */
import type { FormatCount } from '../../../domain/mapping/format-use.ts';
import type { Encoding } from '../../../domain/mapping/schema.ts';
import type { Language } from '../../../domain/wire/language.ts';
import type { FoundEncoding } from './encoding.ts';
import type { RowSource } from './file-row.ts';
import type { Finding, Findings } from './findings.ts';
import type { FirstRow, ImportReport } from './run-import.ts';

const REASONS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  missing: ['缺少内容', 'is empty and must not be'],
  value: ['内容不在对照表中', 'holds a value that the map does not know'],
  mangled: [
    '编号被电子表格改成了科学记数法，原来的数字已丢失，请重新导出',
    'holds an id that a spreadsheet has cut to a power of ten; its digits are lost: export the file anew',
  ],
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

/** How the file was read, with its first row as it was read: a wrong encoding or delimiter is seen there. */
export function describeSource(
  { encoding, header }: Pick<RowSource, 'encoding' | 'header'>,
  firstRow: FirstRow | undefined,
  language: Language,
): readonly string[] {
  const zh = language === 'zh';
  const lines: string[] = [];
  if (encoding) {
    const [name, by] = [ENCODING_NAMES[encoding.encoding], FOUND_BY[encoding.by][zh ? 0 : 1]];
    lines.push(zh ? `按 ${name} 读取（${by}）` : `read as ${name} (${by})`);
  }
  if (firstRow) {
    const cells = header.map((name, index) => `${name}=${shorten(firstRow.cells[index] ?? '')}`).join(' | ');
    lines.push(zh ? `第 ${firstRow.line} 行读作：${cells}` : `line ${firstRow.line} reads: ${cells}`);
  }
  return lines;
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > CELL_SHOWN ? `${line.slice(0, CELL_SHOWN)}…` : line;
}

/** The lines to print, without their line ends. */
export function describeReport(report: ImportReport, language: Language, dryRun: boolean): readonly string[] {
  const { rows, newRows, knownRows, leftOut, accepted, duplicates, conflicts, refused, written } = report;
  const zh = language === 'zh';
  const number = (value: number) => value.toLocaleString('en-US');
  const lines = zh
    ? [
        `读取 ${number(rows)} 行，其中：`,
        `  ${written || newRows === 0 ? '新增' : '可新增'} ${number(newRows)} 行`,
        `  已有 ${number(knownRows)} 行`,
        `  按映射略过 ${number(leftOut)} 行`,
        `  拒收 ${number(refused.count)} 行`,
        `  冲突 ${number(conflicts.count)} 行`,
        `${dryRun ? '将接收' : '接收'}事件 ${number(accepted)} 条`,
        `重复事件 ${number(duplicates)} 条`,
      ]
    : [
        `rows read: ${number(rows)}, of which`,
        `  new: ${number(newRows)}`,
        `  known: ${number(knownRows)}`,
        `  left out by the mapping: ${number(leftOut)}`,
        `  refused: ${number(refused.count)}`,
        `  in conflict: ${number(conflicts.count)}`,
        `${dryRun ? 'events that would be accepted' : 'events accepted'}: ${number(accepted)}`,
        `duplicates: ${number(duplicates)}`,
      ];
  if (conflicts.count > 0 && !report.written) {
    lines.push(zh ? '存在冲突，没有写入任何内容。' : 'There are conflicts, so nothing was changed.');
  } else if (dryRun) lines.push(zh ? '试运行，没有写入任何内容。' : 'A dry run: nothing was written.');
  return [
    ...lines,
    ...report.undecided.map((count) => describeFormats(count, language)),
    ...list(conflicts, language),
    ...list(refused, language),
  ];
}

/** Which rows one format alone reads: whoever writes the mapping sees by them which one is meant. */
function describeFormats({ path, patterns, isOne, rows, lines }: FormatCount, language: Language): string {
  const zh = language === 'zh';
  const named = lines.join(zh ? '、' : ', ') + (rows > lines.length ? (zh ? ' 等' : ', …') : '');
  const list = patterns.join(zh ? ' 和 ' : ' and ');
  if (zh && isOne) return `${path}：${rows} 行只能按 ${list} 读出（第 ${named} 行）`;
  if (zh) return `${path}：${rows} 行按 ${list} 读出的时间不同，已拒收（第 ${named} 行）`;
  const where = `${rows} ${rows === 1 ? 'row' : 'rows'} (line ${named})`;
  if (isOne) return `${path}: by ${list} alone: ${where}`;
  return `${path}: two times by ${list}, and refused: ${where}`;
}

function list(findings: Findings, language: Language): readonly string[] {
  const lines = findings.listed.map((finding) => describeFinding(finding, language));
  const more = findings.count - lines.length;
  if (more > 0) lines.push(language === 'zh' ? `……另有 ${more} 处` : `… and ${more} more`);
  return lines;
}

function describeWidth({ cells, wanted }: NonNullable<Finding['width']>, language: Language): string {
  return language === 'zh' ? `（有 ${cells} 列，表头 ${wanted} 列）` : ` (${cells}, the header has ${wanted})`;
}

export function describeFinding({ line, reason, columns, field, width }: Finding, language: Language): string {
  const names = columns.length > 0 ? columns.join(language === 'zh' ? '、' : ', ') : (field ?? '');
  const text = describeReason(reason, language) + (width ? describeWidth(width, language) : '');
  if (language === 'zh') return `第 ${line} 行：${names === '' ? '' : `${names}：`}${text}`;
  return `line ${line}: ${names === '' ? '' : `${names}: `}${text}`;
}

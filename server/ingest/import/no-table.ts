/** Files that hold a table and are none of the formats that are read: each is named, with what to do about it. */
import { ImportProblem } from './problem.ts';

const SAVE_ZH = '请用 WPS 或 Excel 打开，另存为 .xlsx 或“CSV UTF-8”后再导入。';
const SAVE_EN = 'Open it in a spreadsheet and save it as .xlsx or CSV (UTF-8).';

const problem = (zh: string, en: string): ImportProblem => new ImportProblem(`${zh}${SAVE_ZH}`, `${en} ${SAVE_EN}`);

/** A zip without a workbook in XML, by the parts that it has; `undefined` where they tell nothing. */
export function nameZip(names: readonly string[]): ImportProblem | undefined {
  const has = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
  if (has(/(^|\/)workbook\.bin$/))
    return problem('这是二进制工作簿（.xlsb），不能直接读取。', 'This is a binary workbook (.xlsb).');
  if (has(/^content\.xml$/))
    return problem('这是 OpenDocument 表格（.ods），不能直接读取。', 'This is an OpenDocument sheet (.ods).');
  if (has(/^word\//)) return problem('这是 Word 文档，不是表格。', 'This is a Word document, and no table.');
  if (has(/\.(csv|txt|xlsx?)$/i))
    return new ImportProblem(
      '这是压缩包，请先解压，再导入里面的文件。',
      'This is an archive: unpack it, and import the file within.',
    );
  return undefined;
}

const OLE = [0xd0, 0xcf, 0x11, 0xe0];
const GZIP = [0x1f, 0x8b];
const beginsWith = (bytes: Buffer, signs: readonly number[]): boolean => signs.every((sign, at) => bytes[at] === sign);
const holds = (bytes: Buffer, text: string): boolean => bytes.includes(Buffer.from(text, 'utf16le'));

/** A text that is marked up begins like this, behind what is blank. */
const MARKUPS: readonly (readonly [RegExp, zh: string, en: string])[] = [
  [
    /^<\?mso-application|urn:schemas-microsoft-com:office:spreadsheet/i,
    '这是 XML 表格（2003 格式），不是真正的 Excel 文件。',
    'This is an XML spreadsheet of 2003.',
  ],
  [
    /^(<!--[^]*?-->\s*)?<(!doctype html|html|head|meta|body|table|style|div)\b/i,
    '这其实是网页（HTML），只是文件名像 Excel 文件。',
    'This is a web page (HTML) under the name of a spreadsheet.',
  ],
  [
    /^mime-version:/i,
    '这是单个文件的网页（MHTML），只是文件名像 Excel 文件。',
    'This is a web page (MHTML) under the name of a spreadsheet.',
  ],
  [/^<\?xml\b/i, '这是 XML 文件，不是表格。', 'This is an XML file, and no table.'],
  [/^\{\\rtf/i, '这是 RTF 文档，不是表格。', 'This is an RTF document, and no table.'],
];

/** @param bytes the whole of a file with the mark of old Office files, or the beginning of any other */
export function nameForeign(bytes: Buffer): ImportProblem | undefined {
  if (beginsWith(bytes, OLE)) return nameOle(bytes);
  if (beginsWith(bytes, GZIP))
    return new ImportProblem('这是压缩文件（.gz），请先解压再导入。', 'This is packed (.gz): unpack it first.');
  // In UTF-16 every second byte is nothing.
  const text = bytes
    .toString('latin1')
    .replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
    .replaceAll('\0', '')
    .trimStart();
  if (/^%pdf-/i.test(text))
    return new ImportProblem(
      '这是 PDF，里面没有可读的表格。请在原系统里导出 CSV 或 XLSX。',
      'This is a PDF, which holds no table. Have the system export CSV or XLSX.',
    );
  const found = MARKUPS.find(([pattern]) => pattern.test(text));
  return found && problem(found[1], found[2]);
}

export const isOle = (bytes: Buffer): boolean => beginsWith(bytes, OLE);

function nameOle(bytes: Buffer): ImportProblem {
  if (holds(bytes, 'EncryptedPackage'))
    return new ImportProblem(
      '这个工作簿有密码，不能读取。请用 WPS 或 Excel 打开，去掉密码后另存为 .xlsx 再导入。',
      'This workbook has a password. Open it in a spreadsheet, take the password off, and save it as .xlsx.',
    );
  if (holds(bytes, 'WordDocument'))
    return problem('这是旧版 Word 文档，不是表格。', 'This is an old Word document, and no table.');
  return problem('这是旧版表格文件（.xls 或 .et），不能直接读取。', 'This is an old spreadsheet (.xls or .et).');
}

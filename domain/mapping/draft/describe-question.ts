/** A draft's questions in the reader's words: the one place that has them. */
import type { Language } from '../../wire/language.ts';
import type { FileKind } from './kind.ts';
import type { Question, QuestionKind } from './question.ts';

/** What stands in a sentence, ready to be put there: lists are empty texts where there is nothing. */
interface Parts {
  readonly columns: string;
  readonly values: string;
  readonly rows: string;
}
type Sentence = (parts: Parts) => string;

const WORDS: Readonly<Record<QuestionKind, readonly [zh: Sentence, en: Sentence]>> = {
  'no-header': [
    () => '第一行不像列名：请在映射里写明列名在第几行（file.headerRow），或先给表加上列名。',
    () =>
      'The first row does not look like column names: say in which row they stand (file.headerRow), or add them to the table.',
  ],
  'no-rows': [
    () => '列名下面没有数据，无法起草。',
    () => 'Nothing stands below the column names, so nothing can be drafted.',
  ],
  'no-times': [
    () => '没有找到时间列：每个事件都要有时间。请导出带日期或时间的列。',
    () => 'No column of times was found, and each event needs its time: export the file with dates or times.',
  ],
  'kind-unknown': [
    () => '看不出这是哪类数据（取号叫号、办件、评价、诉求工单、预约、每日合计）：缺少编号、事项、评价等列。',
    () =>
      'It cannot be told what the file is of (tickets, cases, ratings, requests, appointments, totals): there is no column of ids, items or ratings.',
  ],
  'totals-not-kept': [
    ({ columns }) =>
      `${columns}是合计数，系统不收：受理、办结、取号、评价等由逐条记录数出来。请改为导出明细，一行一件。`,
    ({ columns }) =>
      `${columns}: a total, which is not taken. Cases, tickets and ratings are counted from single records: export one row for each.`,
  ],
  unusable: [
    () => '起草的映射不能通过检查，请手工编写，参见 docs/mappings.md。',
    () => 'What was drafted does not pass the check: write the mapping by hand, by docs/mappings.md.',
  ],
  source: [
    ({ values }) => `请把 source 的“${values}”改成这个系统的名字，例如 /import/queue-hall-1；导入以后不能再改。`,
    ({ values }) =>
      `Replace "${values}" in source by a name for this system, such as /import/queue-hall-1; once something is imported it must never change.`,
  ],
  'kind-close': [
    ({ values }) => `两种读法都说得通（${values}），这里按第一种起草：对吗？`,
    ({ values }) => `Two readings are possible (${values}); the first was drafted: is it right?`,
  ],
  'name-unreadable': [
    ({ columns }) => `${columns}没有读：列名为空、重复、含花括号，或像个人信息。需要时请在文件里改名。`,
    ({ columns }) =>
      `${columns}: not read, because the column's name is empty, stands twice, holds a brace or looks like a person's. Rename it in the file if it is needed.`,
  ],
  citizen: [
    ({ columns }) => `${columns}像群众的个人信息，不会读取。`,
    ({ columns }) => `${columns}: looks like what identifies a citizen, and is never read.`,
  ],
  'free-text': [
    ({ columns }) => `${columns}是自由填写的文字，里面可能写到群众，没有读取。`,
    ({ columns }) => `${columns}: free text, which may speak of citizens, and is not read.`,
  ],
  'rows-left-out': [
    ({ columns, values, rows }) => `${columns}为“${values}”的是合计行，已略过${rows}：对吗？`,
    ({ columns, values, rows }) => `Rows with ${values} in ${columns} are sums and are left out${rows}: is that right?`,
  ],
  'times-ambiguous': [
    ({ columns, values, rows }) =>
      `${columns}的日期有几种读法（${values}），分不清日和月${rows}。请只留下正确的格式，否则这些行会被拒收。`,
    ({ columns, values, rows }) =>
      `The dates of ${columns} can be read in more than one way (${values})${rows}. Keep the right format alone, or these rows are refused.`,
  ],
  'times-unread': [
    ({ columns, rows }) => `${columns}有不像时间的内容${rows}：这些行会被拒收，除非补上格式。`,
    ({ columns, rows }) =>
      `${columns}: some texts are no times${rows}; their rows are refused unless a format for them is added.`,
  ],
  'times-as-numbers': [
    ({ columns, values }) => `${columns}是数字，按 ${values} 读作时间：请核对几行是否正确。`,
    ({ columns, values }) => `${columns} holds numbers, read as times by ${values}: compare some rows with the system.`,
  ],
  'day-only': [
    ({ columns }) => `${columns}只有日期，没有几点，记为当天零点：同一天里会早于带钟点的时间，用时算不准。`,
    ({ columns }) =>
      `${columns} holds days without a time and is taken for midnight: within a day that is before times that have an hour, and lengths of time are not exact.`,
  ],
  century: [
    ({ columns, values }) => `${columns}的年份只有两位，按 ${values} 年起的一百年理解：对吗？`,
    ({ columns, values }) =>
      `The years of ${columns} have two digits and are taken for the hundred years from ${values}: is that right?`,
  ],
  'length-unit': [
    ({ columns }) => `${columns}没有写明单位，按分钟理解：是秒、分还是小时？`,
    ({ columns }) => `${columns} names no unit and is read as minutes: are they seconds, minutes or hours?`,
  ],
  'promise-days': [
    ({ columns }) => `${columns}不是时间（可能是工作日数），没有读取。要算按时办结，请导出承诺办结的日期。`,
    ({ columns }) =>
      `${columns} holds no times (working days, perhaps) and is not read. For what is finished on time, export the day by which it was promised.`,
  ],
  'id-guessed': [
    ({ columns }) => `没有认出编号列，用了每行都不同的${columns}：它在下次导出里还会一样吗？`,
    ({ columns }) =>
      `No column of ids was recognised; ${columns} was taken, which is different in each row: will it be the same in the next export?`,
  ],
  'id-built': [
    ({ columns }) => `编号由${columns}拼成，在看过的行里不重复：整份文件里也不重复吗？`,
    ({ columns }) => `The id is made of ${columns}, and no two rows looked at share it: is that so in the whole file?`,
  ],
  'id-repeats': [
    ({ columns, rows }) => `${columns}有重复${rows}：只按每个编号的第一行读。如果后面的行才是最新的，请改。`,
    ({ columns, rows }) =>
      `${columns} repeats${rows}: the first row of each id is read alone. Change that if a later row holds what is true.`,
  ],
  'id-not-unique': [
    ({ columns, rows }) => `没有任何列能把每一行分开：${columns}相同的行${rows}会当作同一件。请导出带编号的列。`,
    ({ columns, rows }) =>
      `No columns tell all rows apart: rows that share ${columns}${rows} count as one. Export the file with its ids.`,
  ],
  'id-mangled': [
    ({ columns, rows }) => `${columns}被电子表格改成了科学记数法${rows}，原来的编号已丢失，请重新导出。`,
    ({ columns, rows }) =>
      `A spreadsheet has cut ids of ${columns} to powers of ten${rows}; their digits are lost: export the file anew.`,
  ],
  'tickets-restart': [
    ({ columns }) => `${columns}看来每天从头编号，已按天区分：如果号码从不重复，请删去 tickets。`,
    ({ columns }) =>
      `The numbers of ${columns} seem to begin again each day and are told apart by day: if they never come again, remove tickets.`,
  ],
  'station-assumed': [
    ({ values }) => `文件没有写明站点，全部记到 ${values}：对吗？`,
    ({ values }) => `The file names no station; everything goes to ${values}: is that right?`,
  ],
  'station-unknown': unknown('站点', 'a station'),
  'station-foreign': foreign('站点', 'a station'),
  'station-likely': likely('站点', 'stations'),
  'window-unknown': unknown('窗口', 'a window'),
  'window-foreign': foreign('窗口', 'a window'),
  'window-likely': likely('窗口', 'windows'),
  'item-unknown': unknown('事项', 'an item'),
  'item-foreign': foreign('事项', 'an item'),
  'item-missing': [
    ({ values }) => `没有找到事项列，事项记为“${values}”。`,
    ({ values }) => `No column of items was found; the item is "${values}".`,
  ],
  'staff-unknown': [
    ({ columns, rows }) => `${columns}有大厅名册以外的人${rows}，不记到人。需要时请先在名册里加上。`,
    ({ columns, rows }) =>
      `${columns} names people who are not on the hall's roster${rows}; nobody is named for them. Add them to the roster if they are staff.`,
  ],
  'channel-assumed': [
    ({ values }) => `没有找到渠道列，全部记为 ${values}（窗口）：对吗？`,
    ({ values }) => `No column of channels was found; everything is ${values}: is that right?`,
  ],
  'channel-unknown': strange('渠道', 'a channel'),
  'outcome-assumed': [
    ({ columns, values }) =>
      columns === ''
        ? `文件没有写明办结结果，一律记为 ${values}（准予）：对吗？`
        : `${columns}里的 ${values} 是怎么办结的，靠猜：请核对 outcome，不予许可、撤回的不要算作准予。`,
    ({ columns, values }) =>
      columns === ''
        ? `The file does not say how cases ended; all are ${values}: is that right?`
        : `What ${values} in ${columns} mean as an outcome is a guess: check it, so that what was refused or withdrawn is not taken for approved.`,
  ],
  'outcome-unknown': strange('办结结果', 'an outcome'),
  'handling-unread': [
    ({ columns, values }) =>
      `${columns}的 ${values} 哪个是即办件、哪个是承诺件，各家不同，没有读取：请查厂商说明后补上 handling。`,
    ({ columns, values }) =>
      `Which of ${values} in ${columns} is dealt with at once and which by promise differs from vendor to vendor, and is not read: look it up and add handling.`,
  ],
  'handling-unknown': strange('即办件或承诺件', 'instant or promised'),
  'score-scale': [
    ({ columns, values }) => `${columns}是数字（${values}），按数字越大越满意理解，1 至 5 分：请对照厂商说明核对。`,
    ({ columns, values }) =>
      `${columns} holds numbers (${values}), read as 1 to 5 with more for better: compare with the vendor's manual.`,
  ],
  'score-unknown': strange('评分', 'a score'),
  'score-unread': [
    ({ columns }) => `${columns}看名字是评价，内容却不是评分，没有读取。`,
    ({ columns }) => `${columns} is called a rating, but holds no scores, and is not read.`,
  ],
  'default-rating': [
    ({ columns, values }) => `${columns}中的“${values}”记为系统默认评价（byDefault），不算群众主动评价：对吗？`,
    ({ columns, values }) =>
      `${values} in ${columns} count as filled in by the system (byDefault), and not by a person: is that right?`,
  ],
  'medium-assumed': [
    ({ values }) =>
      `文件没有写明群众怎么评价的，一律记为 ${values}（窗口评价器）；短信是 sms，扫码是 qr，网上是 online，电话是 phone。`,
    ({ values }) =>
      `The file does not say by what people rated; ${values}, a tablet at the window, is assumed. Others are sms, qr, online and phone.`,
  ],
  'medium-unknown': strange('评价方式', 'a medium'),
  'status-unknown': [
    ({ columns, values, rows }) =>
      `${columns}有不认识的状态：${join([values, rows])}。它们没有当作过号、离开、履约或爽约；如果是，请补进条件。`,
    ({ columns, values, rows }) =>
      `${columns} holds states that are not known: ${join([values, rows])}. They are taken for no ticket passed over or left, and no appointment kept or missed; add them to the conditions where they are.`,
  ],
  'no-taken': [
    () => '没有取号时间，等候时间算不出来，只记办理人次。',
    () => 'Nothing says when tickets were taken: waits cannot be told, and people served are counted alone.',
  ],
  'no-end': [
    () => '没有找到结束时间（办结、答复或办理结束），只记开始。',
    () => 'Nothing says when things ended (finished, answered, served): their beginnings are read alone.',
  ],
  'answer-time-unknown': [
    ({ columns, values }) =>
      `没有答复时间，按${columns}为“${values}”认作已答复，时间按来件时间记，答复用时会算作 0 天：对吗？`,
    ({ columns, values }) =>
      `Nothing says when requests were answered; ${values} in ${columns} mean that they were. The answers carry the time of the requests and count as given at once: is that right?`,
  ],
  'request-or-complaint': [
    ({ columns, values }) =>
      `${join([columns, values])}：针对大厅自身作风的投诉用 hall.complaint，其他诉求用 hall.request。请按行分开，参见 docs/mapping-examples.md。`,
    ({ columns, values }) =>
      `${join([columns, values])}: complaints of the hall's own conduct are hall.complaint, all else that citizens ask for is hall.request. Tell the rows apart, as docs/mapping-examples.md does.`,
  ],
  'booking-assumed': [
    () => '没有预约提交时间，用预约的时间代替：将来的预约会被拒收，到了那天再导入。',
    () =>
      'Nothing says when appointments were made; their own time stands for it. Those that lie ahead are refused until their day.',
  ],
};

const KINDS: Readonly<Record<FileKind, readonly [zh: string, en: string]>> = {
  tickets: ['看来是排队叫号记录，一行一个号。', 'It looks like the tickets of a queue system, one a row.'],
  cases: ['看来是办件记录，一行一件。', 'It looks like the cases of a platform, one a row.'],
  ratings: ['看来是评价记录，一行一条。', 'It looks like ratings, one a row.'],
  requests: ['看来是诉求工单，一行一件。', 'It looks like requests, one a row.'],
  appointments: ['看来是预约记录，一行一条。', 'It looks like appointments, one a row.'],
  totals: ['看来是合计表，一行一天。', 'It looks like totals, a row for each day.'],
};

/** What the file seems to be. */
export function describeKind(kind: FileKind, language: Language): string {
  return KINDS[kind][language === 'zh' ? 0 : 1];
}

/** @param question one of a draft's @returns a sentence or two, without a line end */
export function describeQuestion(question: Question, language: Language): string {
  const zh = language === 'zh';
  const list = (texts: readonly string[]) => texts.join(zh ? '、' : ', ');
  const columns = list(question.columns.map((column) => (zh ? `“${column}”` : `"${column}"`)));
  const rows = question.rows?.length
    ? zh
      ? `（第 ${list(question.rows.map(String))} 行）`
      : ` (line ${list(question.rows.map(String))})`
    : '';
  return WORDS[question.kind][zh ? 0 : 1]({ columns, values: list(question.values ?? []), rows });
}

function unknown(zh: string, en: string): readonly [Sentence, Sentence] {
  return [
    ({ columns, values, rows }) =>
      `${columns}有大厅资料里没有的${zh}：${join([values, rows])}。请补进对照表或大厅资料，否则这些行会被拒收。`,
    ({ columns, values, rows }) =>
      `${columns} holds what is not ${en} of the hall's documents: ${join([values, rows])}. Add it to the map or to the documents; until then these rows are refused.`,
  ];
}

function foreign(zh: string, en: string): readonly [Sentence, Sentence] {
  return [
    ({ columns, values, rows }) =>
      `${columns}里没有一个是大厅资料里的${zh}：${join([values, rows])}。按原文记下，各处会标为未知；请写一个对照表，或补进大厅资料。`,
    ({ columns, values, rows }) =>
      `Nothing in ${columns} is ${en} of the hall's documents: ${join([values, rows])}. It is kept as it stands and marked as unknown everywhere; write a map, or add it to the documents.`,
  ];
}

function likely(zh: string, en: string): readonly [Sentence, Sentence] {
  return [
    ({ columns, values }) => `${columns}里的 ${values} 按相近的名称对到了${zh}，请核对对照表。`,
    ({ columns, values }) => `${values} in ${columns} were matched to ${en} by a likeness of names: check the map.`,
  ];
}

function strange(zh: string, en: string): readonly [Sentence, Sentence] {
  return [
    ({ columns, values, rows }) =>
      `${columns}有不认识的内容：${join([values, rows])}。它们各是什么${zh}？没有对上的行会被拒收。`,
    ({ columns, values, rows }) =>
      `${columns} holds texts that are not known: ${join([values, rows])}. Say of each what it is as ${en}; rows with others are refused.`,
  ];
}

function join(parts: readonly string[]): string {
  return parts
    .filter((part) => part !== '')
    .join(' ')
    .replace('  ', ' ')
    .replace(' （', '（');
}

/** What is said of a sheet that is pasted, in Chinese. */
import type { FlawReason } from '../../../domain/profile/sheet.ts';

export const paste = {
  label: '从表格复制，粘贴在这里',
  hint: '连表头一起粘贴。Excel、WPS 里选中后复制，或粘贴 CSV 文本。',
  heading: '表头：',
  read: (n: number) => `认出 ${n} 行`,
  bad: (n: number) => `${n} 行有问题，改好才能保存`,
  line: '行',
  reason: '问题',
  flaws: '有问题的行',
  preview: '预览',
  more: (n: number) => `还有 ${n} 行`,
  replace: '替换现有的全部内容',
  merge: '加到现有内容里，编号相同的以新的为准',
  mode: '保存方式',
  empty: '还没有粘贴内容。',
  /** Of a sheet of items. */
  columns: {
    name: '事项名称',
    code: '编码',
    line: '条线',
    kind: '类型',
    promisedDays: '承诺工作日',
    statutoryDays: '法定工作日',
    deferrable: '容缺',
    licence: '出证',
  },
  /** Of a sheet of staff. */
  staffColumns: { id: '工号', name: '姓名', station: '站点', role: '岗位' },
  reasons: {
    'no-column': '表里没有这一列',
    'column-twice': '这一列有两个',
    required: '没有填',
    'too-long': '太长',
    'not-allowed': '不能用作编号或名称',
    twice: '与前面的行重复',
    kind: '要写“即办”或“承诺”',
    days: '要写天数',
    'yes-no': '要写“是”或“否”',
    'beyond-law': '承诺的天数超过了法定天数',
    identity: '像是电话或证件号',
    'no-station': '没有这个站点',
    'too-many': '行数太多',
  } as Readonly<Record<FlawReason, string>>,
};

export type PasteWords = typeof paste;

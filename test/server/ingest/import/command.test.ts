// The command as a hall's clerk runs it, from the build, with the sample of docs/mappings.md.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand, type CommandRun } from '../../run-command.ts';
import { createFileFolder, encodeGb18030, type FileFolder } from './sample-files.ts';

const root = join(import.meta.dirname, '../../../..');
const guide = readFileSync(join(root, 'docs/mappings.md'), 'utf8');
const sampleFile = /```\n(办件编号,[\s\S]+?)```/.exec(guide)![1]!;
const sampleMapping = /```json\n([\s\S]+?)```/.exec(guide)![1]!;

let folder: FileFolder;
beforeAll(() => {
  folder = createFileFolder();
});
afterAll(() => folder.dispose());

const runImport = (args: readonly string[], env: Record<string, string> = {}): Promise<CommandRun> =>
  runCommand('import', args, { HALLPULSE_DATA: join(folder.path, 'store'), ...env });

test("the guide's own sample: a row refused in Chinese, then mended, then known", async () => {
  const file = folder.write('办件.csv', encodeGb18030(sampleFile.replace('002,YB-07,1,网上', '002,YB-07,1,微信')));
  const mapping = folder.write('mapping.json', sampleMapping);
  const first = await runImport([file, '--mapping', mapping], { LC_ALL: '', LANG: 'zh_CN.UTF-8' });
  expect(first).toMatchObject({ code: 1 });
  expect(first.out.split('\n')).toEqual([
    '按 GB18030 读取（由内容推测，请核对下面这一行）',
    '第 1 行是列名，列间是 ","',
    '第 2 行读作：办件编号=20190605-001 | 事项编码=YB-03 | 办件类型=2 | 渠道=窗口 | 受理时间=2019/6/5 9:03 | 办结时间=2019/6/5 9:31 | 满意度=4',
    '读取 3 行，其中：',
    '  新增 2 行',
    '  已有 0 行',
    '  有出入 0 行',
    '  按映射略过 0 行',
    '  拒收 1 行',
    '接收事件 6 条',
    '重复事件 0 条',
    '第 3 行：渠道：内容不在对照表中：微信',
    '',
  ]);
  expect(first.err).toContain('写入 100% · 2 行');

  folder.write('mapping.json', sampleMapping.replace('"网上": "online"', '"微信": "online"'));
  const mended = await runImport([file, '--mapping', mapping, '--dry-run']);
  expect(mended).toMatchObject({ code: 0 });
  expect(mended.out).toContain('events that would be accepted: 1\nduplicates: 6\n');
  expect(mended.out).toContain('A dry run: nothing was written.');
  expect((await runImport([file, '--mapping', mapping])).out).toContain('events accepted: 1\nduplicates: 6\n');
  const again = await runImport([file, '--mapping', mapping]);
  expect(again).toMatchObject({ code: 0 });
  expect(again.out).toContain('events accepted: 0\nduplicates: 7\n');
});

test.each<[string, string[], RegExp]>([
  ['no mapping', ['a.csv'], /^Usage: npm run import/],
  ['an unknown option', ['a.csv', '--mapping', 'm.json', '--quick'], /--quick/],
  ['an address without a key', ['a.csv', '--mapping', 'm.json', '--to', 'http://127.0.0.1:1'], /^Usage/],
  ['a mapping that is not there', ['a.csv', '--mapping', 'absent.json'], /mapping cannot be read/],
  ['a look with a mapping', ['a.csv', '--preview', '--mapping', 'm.json'], /^Usage/],
  ['a share that is none', ['a.csv', '--mapping', 'm.json', '--limit', '120'], /--limit must be a percentage/],
])('%s ends with code 2 and says why', async (_name, args, message) => {
  const { code, err } = await runImport(args);
  expect(code).toBe(2);
  expect(err).toMatch(message);
});

test('a wrong mapping is told where, before any file is opened', async () => {
  const mapping = folder.write('wrong.json', sampleMapping.replace('hall.case.accepted', 'hall.case.done'));
  const { code, err } = await runImport(['absent.csv', '--mapping', mapping]);
  expect(code).toBe(2);
  expect(err).toContain('events[0].type: wanted: one of the event types');
});

test('a look at a file says how it reads and what stands in its columns, never a citizen, and writes nothing', async () => {
  const lines = ['梅林街道办件明细;;;;', '编号;姓名;联系电话;受理时间;备注', 'B1;王小明;13912345678;2019/6/5 9:03;'];
  const file = folder.write('预览.csv', encodeGb18030([...lines, 'B2;李小红;13800000000;2019/6/5 9:10;'].join('\n')));
  const look = await runImport([file, '--preview', '--lang', 'zh'], { HALLPULSE_DATA: join(folder.path, 'untouched') });
  expect(look).toMatchObject({ code: 0, err: '' });
  expect(look.out.trimEnd().split('\n')).toEqual([
    '按 GB18030 读取（由内容推测，请核对下面这一行）',
    '第 2 行是列名，列间是 ";"',
    '共 5 列，前 2 行中的内容：',
    '  #1 编号：B1 | B2',
    '  #2 姓名：＊＊＊',
    '  #3 联系电话：＊＊＊',
    '  #4 受理时间：2019/6/5 9:03 | 2019/6/5 9:10',
    '  #5 备注：（前面的行里没有内容）',
  ]);
  expect(existsSync(join(folder.path, 'untouched'))).toBe(false);
});

test('the help says what there is, and ends well', async () => {
  const { code, out } = await runImport(['--help', '--lang', 'en']);
  expect(code).toBe(0);
  for (const option of ['preview', 'draft', 'dry-run', 'correct', 'limit', 'sheet', 'demo', 'to', 'key', 'lang'])
    expect(out).toContain(`--${option}`);
});

test('a mapping that is not UTF-8 is no mapping, and a fault that stands in two places is told once', async () => {
  const gb = folder.write('gb.json', encodeGb18030(sampleMapping));
  expect(await runImport(['absent.csv', '--mapping', gb])).toMatchObject({ code: 2 });
  expect((await runImport(['absent.csv', '--mapping', gb])).err).toContain('The mapping is not UTF-8');
  const twice = folder.write('twice.json', sampleMapping.replace('yyyy/M/d H:mm', 'yyyy/M/d 上午 h:mm'));
  expect((await runImport(['absent.csv', '--mapping', twice])).err.match(/write a for AM/g)).toHaveLength(1);
});

test('a draft is a mapping that reads its own file, with what a person must still decide beside it', async () => {
  const lines = ['办件编号;事项编码;渠道;受理时间;办结时间', 'B1;YB-01;窗口;2019/6/5 9:03;2019/6/5 9:31'];
  const rows = Array.from({ length: 20 }, (_, n) => `B${n + 2};YB-01;网上;2019/6/${n + 5} 9:1${n % 10};`);
  const file = folder.write('办件.csv', encodeGb18030([...lines, ...rows].join('\n')));
  const drafted = await runImport([file, '--draft', '--lang', 'zh'], { HALLPULSE_DATA: join(folder.path, 'new') });
  expect(drafted.code).toBe(0);
  expect(drafted.err).toContain('按 GB18030 读取');
  expect(drafted.err).toMatch(/^1\. /m);
  expect(existsSync(join(folder.path, 'new'))).toBe(false);
  const mapping = folder.write('drafted.json', drafted.out);
  const tried = await runImport([file, '--mapping', mapping, '--dry-run']);
  expect(tried).toMatchObject({ code: 0 });
  expect(tried.out).toContain('  new: 21\n');
  expect(tried.out).toContain('"type":"hall.case.accepted"');
  const none = await runImport([folder.write('空.csv', '甲,乙\n1,2\n'), '--draft', '--lang', 'zh']);
  expect(none).toMatchObject({ code: 1, out: '' });
});

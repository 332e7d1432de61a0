/** Promise 12: what looks like a citizen's name, identity number or telephone is found, and nothing else is. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { identityInNumber, identityInText, readKey } from '../../../domain/events/identity.ts';
import { inspectEvent } from '../../../domain/events/inspect.ts';

const kindOf = (text: string) => identityInText(text, 'full');
const flawOf = (event: Readonly<Record<string, unknown>>) => inspectEvent(event);
const identityAt = (field: string) => ({ field, reason: 'identity' });

describe('telephones', () => {
  test.each([
    '13800138000',
    '19912345678',
    '电话13800138000',
    'tel:13800138000.',
    '+8613800138000',
    '+86 138 0013 8000',
    '0086-13800138000',
    '8613800138000',
    '138-0013-8000',
    '138 0013 8000',
    '138.0013.8000',
    '１３８００１３８０００',
    '138​0013​8000',
    '138–0013–8000',
    '请回电 13800138000，谢谢',
    '2019-11-25 10:30:00 13800138000',
    'case-13800138000',
    'call13800138000back',
    '0755-83123456',
    '0755 8312345',
    '(0755)83123456',
    '（0755）83123456',
    '010-62345678',
    '+86-755-83123456',
    '021-12345678-801',
  ])('%s is one', (text) => {
    expect(kindOf(text)).toBe('telephone');
    expect(flawOf({ data: { note: text } })).toEqual(identityAt('data.note'));
    expect(flawOf({ id: text })).toEqual(identityAt('id'));
    expect(flawOf({ data: { station: text } })).toEqual(identityAt('data.station'));
  });

  test('a number that was sent as a JSON number is one too', () => {
    expect(flawOf({ data: { deep: [{ x: 13800138000 }] } })).toEqual(identityAt('data.deep.0.x'));
    expect(identityInNumber(13800138000)).toBe('telephone');
    expect(identityInNumber(8613800138000)).toBe('telephone');
  });
});

describe('identity numbers', () => {
  test.each([
    '440304199001011234',
    '44030419900101123X',
    '44030419900101123x',
    '证件440304199001011234号',
    '440304 19900101 1234',
    '440304-19900101-123X',
    '4403 0419 9001 0112 34',
    '４４０３０４１９９００１０１１２３４',
    '110101200002291234',
    '820000201912311234',
    'id_440304199001011234_1',
    '440304900101123',
  ])('%s is one, whatever its checksum', (text) => {
    expect(kindOf(text)).toBe('identity-number');
    expect(readKey(text).identity).toBe('identity-number');
    expect(flawOf({ data: { note: text } })).toEqual(identityAt('data.note'));
    expect(flawOf({ data: { [text]: true } })).toEqual(identityAt('data.*'));
  });

  test.each([
    '440304199013011234',
    '440304199001321234',
    '990304199001011234',
    '4403041990010112345',
    '440304209901011234',
  ])('%s is none: no such date, place or length', (text) => expect(flawOf({ data: { note: text } })).toBeUndefined());
});

test.each(['2010-08-01/AA0204/43678/1-taken', '2010-08-02/AA0215/23121/2-called'])('%s is the id of a call', (id) => {
  expect(flawOf({ id, data: { ticket: id } })).toBeUndefined();
});

describe('papers and bank cards', () => {
  test.each([
    '我的卡号是4367420012345678',
    '工行卡 6222 0240 0001 2345 678',
    '存折 400012345678901',
    '6228480402564890018',
    '护照 E 1234 5678',
    '護照號碼E12345678',
    'E73482916这本护照过期了',
    '永久居留证USA310198703120',
    '44030419690823152443',
  ])('%s is one', (note) => {
    expect(kindOf(note)).toBe('identity-number');
  });

  test.each([
    '6228480402564890019',
    '订单号 6228480402564890018',
    '银行卡补贴发放，受理号4403042024061900321',
    '缴款账户4000023001012345678(财政专户)',
    '护照办理 2024-05-06 预约',
    '房屋编码4403040070080600012',
  ])('%s is none', (note) => {
    expect(kindOf(note)).toBeUndefined();
  });
});

describe("an office's line", () => {
  test.each([
    '派出所值班室0755-83110110',
    '咨询电话：0755-8331 2000',
    '0755-83312000公开电话',
    '街道办服务电话010-66550012',
  ])('passes in %s', (note) => {
    expect(kindOf(note)).toBeUndefined();
  });

  test.each([
    '市民来电咨询，电话0755-83110110',
    '我家电话0755-83110110',
    '宅电83557210',
    '办公电话 010-66550012',
    '办公室电话0755-83110110转8005',
    '咨询电话13800138000',
  ])('is none in %s', (note) => {
    expect(kindOf(note)).toBe('telephone');
  });
});

test.each(['tel0755-83116033', 'call 0755-83116033', '020/4436781'])('%s is a telephone', (note) => {
  expect(kindOf(note)).toBe('telephone');
  expect(flawOf({ data: { note } })).toEqual(identityAt('data.note'));
});

describe('names in values', () => {
  test.each([
    '张三',
    '李四',
    '王五',
    '张伟',
    '王芳',
    '刘洋',
    '王小明',
    '李建国',
    '陈静怡',
    '欧阳娜娜',
    '司马相如',
    '诸葛明',
    '黃志強',
    '陈林丽华',
    '张 伟',
    '张　三',
    'case-张伟',
    '张伟-20191125',
    '回访 王小明 已处理',
    '已致电李建国，本人满意',
    '张三/李四',
    '李芳女士来电催办',
    '昨日王建军先生到窗口',
    '陈桂英老人行动不便',
    '姓名：张伟',
    '申请人:欧阳娜娜',
    '联系人： 高博 窗口已告知',
    '当事人：王某某，实为王建国',
    '户主：林阿香',
    '本人：周杰',
    '市民王芳来电反映排队时间长',
    '王小明反映窗口态度不好',
  ])('%s is found', (text) => {
    expect(kindOf(text)).toBe('name');
    expect(flawOf({ data: { note: text } })).toEqual(identityAt('data.note'));
  });

  test('in ids, subjects and keys as well, and a key is never repeated', () => {
    expect(flawOf({ id: '张伟' })).toEqual(identityAt('id'));
    expect(flawOf({ subject: 'ticket/王小明' })).toEqual(identityAt('subject'));
    expect(flawOf({ data: { 李建国: true } })).toEqual(identityAt('data.*'));
    expect(flawOf({ data: { tags: ['快', '张三'] } })).toEqual(identityAt('data.tags.1'));
    for (const text of ['张伟', 'ticket/王小明', '李建国', '张三']) expect(kindOf(text)).toBe('name');
  });

  test('fields that refer to the hall itself may hold the names of its staff', () => {
    for (const field of ['station', 'window', 'item', 'line', 'terminal', 'staff', 'owner', 'by']) {
      expect(flawOf({ data: { [field]: '张伟' } })).toBeUndefined();
    }
    expect(flawOf({ data: { topic: '高明' } })).toBeUndefined();
    expect(flawOf({ data: { topic: '张伟' } })).toEqual(identityAt('data.topic'));
  });
});

describe('names of fields', () => {
  test.each([
    ['name', 'name'],
    ['fullName', 'name'],
    ['full_name', 'name'],
    ['applicantName', 'name'],
    ['Applicant-Name', 'name'],
    ['citizen name', 'name'],
    ['姓名', 'name'],
    ['申请人', 'name'],
    ['申请人姓名', 'name'],
    ['联系人', 'name'],
    ['idCard', 'identity-number'],
    ['ID_NUMBER', 'identity-number'],
    ['applicantIdNumber', 'identity-number'],
    ['身份证', 'identity-number'],
    ['申请人身份证号码', 'identity-number'],
    ['phone', 'telephone'],
    ['Mobile', 'telephone'],
    ['contactPhone', 'telephone'],
    ['tel.', 'telephone'],
    ['手机', 'telephone'],
    ['手机号', 'telephone'],
    ['联系电话', 'telephone'],
    ['ｐｈｏｎｅ', 'telephone'],
  ])('%s says that it holds one', (key, kind) => {
    expect(readKey(key).telling).toBe(kind);
    expect(flawOf({ data: { [key]: 'x' } })).toEqual(identityAt(`data.${key}`));
    expect(flawOf({ data: { [key]: 7 } })).toEqual(identityAt(`data.${key}`));
    expect(flawOf({ data: { [key]: ['x'] } })).toEqual(identityAt(`data.${key}.0`));
    expect(flawOf({ data: { [key]: { value: 'x' } } })).toEqual(identityAt(`data.${key}.value`));
    for (const empty of ['', ' ', null, true, {}]) expect(flawOf({ data: { [key]: empty } })).toBeUndefined();
  });

  test.each(['stationName', 'itemName', 'windowName', 'staffName', 'lineName', 'EVENT_TYPE_NAME', 'filename', 'hotel'])(
    '%s says nothing of the kind',
    (key) => expect(flawOf({ data: { [key]: '医保' } })).toBeUndefined(),
  );
});

describe('what is no identity passes', () => {
  test.each([
    '550e8400-e29b-41d4-a716-446655440000',
    'f47ac10b-58cc-4372-a567-a13812345678',
    '3f2a9c1e0b7d4f6a8e5c13812345678a9b0c1d2e',
    'case-10011',
    'task-42933',
    'A017',
    'evt-1574649000000-17',
    '1574649000000',
    '1574649000',
    '20191125000017',
    '20180704172441',
    '440304007-20191125-0001',
    '440304007201911250000017',
    '2019-11-25T10:30:00.138+08:00',
    '2019-11-25T10:30:00.123456789+08:00',
    '2018-07-04 17:24:41',
    '2019-11-25/2019-12-25',
    '12345',
    '0755-20191125-001',
    '192.168.110.120',
    '10:30-11:30',
    '01KB3ZQ8V9P7R5T2X4Y6W8N0M1',
  ])('%s', (text) => {
    expect(flawOf({ id: text, data: { case: text, note: text } })).toBeUndefined();
  });

  test.each([0, 1, -5, 3.14, 1574649000, 1574649000000, 1574649000000000, 20191125, 20180704172441, 1e300])(
    'the number %d',
    (value) => expect(flawOf({ data: { value } })).toBeUndefined(),
  );

  const vocabulary = (
    '高龄津贴 少儿医保 产检报销 门诊报销 住院报销 异地备案 施工扰民 黄赌毒 乱摆卖 市容环卫 城市管理 计划生育证明 安全生产 康复辅具 ' +
    '办件 受理 办结 容缺受理 秒批 满意 不满意 基本满意 非常满意 马上办 网上办 就近办 一次办 谏言墙 明星墙 监督墙 业务标兵 岗位能手 ' +
    '医保 计生 租赁 劳动保障 民政 社保 其他 综合窗口 预约专窗 上门服务 绿色专窗 就业专区 咨询台 高龄 高龄老人 独居老人 残疾人 ' +
    '梅林 梅丰 梅京 梅河 梅亭 梅都 上梅 下梅 梅林一村 孖岭 龙尾 新兴 翰岭 新阁 金河 景田 莲花 华富 福田 龙华 龙岗 罗湖 南山 宝安 光明 ' +
    '文明 文明礼貌 高效 热情 耐心 周到 安静 安全 方便 高兴 平静 明确 成功 康复 和气 态度好 效率高 速度快 资料齐全 温馨 严谨 ' +
    '户口本 身份证 身份证复印件 结婚证 出生证 居住证 房产证 申请表 授权委托书 照片 银行卡 社保卡 毕业证 诊断证明 发票 费用清单 ' +
    '补正 特别程序 材料不全 系统故障 午休 交接班 设备维修 培训 会议 加开窗口 时间 时长 周一 周三 周五 周日 周末 元旦 国庆 春节 ' +
    '单位 管理 管理员 应急 任务 项目 许可证 计划 水费 水电 路灯 车辆 车位 房屋 石油 马路 党建 党群 党员 游客 向导 商场 费用 章程 江山 ' +
    '上网慢 排队久 叫号 过号 取号 回访 督办 批示 超期 差评 整改 误评 已整改 已解释 已回电 王女士 张先生 李某 张某某 王** 雷锋 志愿者 ' +
    '全国 江苏 江门 贵州 广州 深圳 桂林 宁波 沈阳 温州 韩国 陆丰 石家庄 白云 高明 孕妇 老人 学生 军人 退役军人 居民 市民 群众 企业 法人 个人'
  ).split(' ');
  test.each(vocabulary)('%s', (word) => {
    expect(flawOf({ data: { topic: word, note: word, tags: [word], deferredDocuments: [word] } })).toBeUndefined();
  });

  test.each([
    '窗口排队时间较长，建议增加窗口。',
    '联系人：待定；申请人：个人',
    '当事人不在场，改日再办',
    '市民反映停车难，建议延时服务',
    '高龄老人行动不便，安排上门服务',
    '一位女士建议增设母婴室，两位老人表示感谢',
    '群众安全第一，文明服务，热情周到',
    '请于周三上午到梅林街道政务服务大厅，带齐资料',
    '办理时间：周一至周五 9:00-12:00，14:00-18:00',
    '咨询热线 12345；第 3 号窗口；共 128 人次',
  ])('%s', (text) => {
    expect(flawOf({ data: { note: text, text, answer: text } })).toBeUndefined();
  });
});

const realData = process.env['HALLPULSE_REAL_DATA'] ?? join(import.meta.dirname, '../../../../shared/data');
const requests = join(realData, 'pingshan_requests_2018.csv');
const isHere = existsSync(requests);
test.skipIf(!isHere)(
  isHere
    ? 'every word of a real district’s requests passes'
    : 'SKIPPED, the real data is not here (set HALLPULSE_REAL_DATA): every word of a real district’s requests passes',
  () => {
    const rows = parse(readFileSync(requests), { columns: true, bom: true }) as Record<string, string>[];
    expect(rows.length).toBe(6952);
    const columns = (
      'EVENT_PROPERTY_NAME EVENT_TYPE_NAME SUB_TYPE_NAME MAIN_TYPE_NAME COMMUNITY_NAME STREET_NAME DISPOSE_UNIT_NAME ' +
      'EVENT_SRC_NAME REC_ID CREATE_TIME'
    ).split(' ');
    const words = new Set(rows.flatMap((row) => columns.map((column) => row[column]!)));
    expect([...words].filter((word) => flawOf({ data: { note: word, topic: word } }) !== undefined)).toEqual([]);
    expect(rows.filter((row) => flawOf(row)?.reason === 'identity')).toEqual([]);
  },
);

test('random UUIDs and sequence numbers are never taken for one', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.nat({ max: 9_999_999 }), (uuid, n) => {
      expect(flawOf({ id: uuid, data: { case: `case-${n}`, n, compact: uuid.replaceAll('-', '') } })).toBeUndefined();
    }),
    { numRuns: 2_000 },
  );
});

test('a mobile number is found wherever it stands, and the answer never holds it', () => {
  const number = fc
    .tuple(fc.integer({ min: 3, max: 9 }), fc.integer({ min: 0, max: 999_999_999 }))
    .map(([second, rest]) => `1${second}${String(rest).padStart(9, '0')}`);
  const around = fc.constantFrom('', ' ', '，', '电话', 'x', '(', '/', '：');
  fc.assert(
    fc.property(number, around, around, (digits, before, after) => {
      const text = before + digits + after;
      expect(kindOf(text)).toBe('telephone');
      expect(flawOf({ a: [{ b: text }] })).toEqual(identityAt('a.0.b'));
      expect(flawOf({ [digits]: 1 })).toEqual(identityAt('*'));
    }),
  );
});

test('hostile input never throws', () => {
  let deep: unknown = '13800138000';
  for (let i = 0; i < 100_000; i++) deep = [deep];
  expect(flawOf({ deep })).toMatchObject({ reason: 'depth' });
  fc.assert(fc.property(fc.anything(), (value) => void flawOf({ value })));
});

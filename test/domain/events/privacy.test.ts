/** Promise 12, both ways: what got past the identity check before, what it refused in vain, and whose names may be told. */
import { describe, expect, test } from 'vitest';
import { identityInText } from '../../../domain/events/identity.ts';
import { inspectEvent } from '../../../domain/events/inspect.ts';
import { frequentSurnames, oddSurnames, rareSurnames } from '../../../domain/events/surnames.ts';
import { dataSchemas } from '../../../domain/events/schema.ts';

const kindOf = (text: string) => identityInText(text, 'full');
const flawOf = (data: unknown, roster?: ReadonlySet<string>) => inspectEvent({ id: 'e-1', data }, roster);

describe('numbers are read through every disguise', () => {
  test.each([
    ['我叫王建国,电话是013800138000,身份证440301_19900101_1237', 'telephone'],
    ['440301_19900101_1237', 'identity-number'],
    ['138,0013,8000', 'telephone'],
    ['138 - 0013 - 8000', 'telephone'],
    ['１３８００１３８０００', 'telephone'],
    ['١٣٨٠٠١٣٨٠٠٠', 'telephone'],
    ['一三八零零一三八〇〇〇', 'telephone'],
    ['壹叁捌零零壹叁捌零零零', 'telephone'],
    ['①③⑧⓪⓪①③⑧⓪⓪⓪', 'telephone'],
    ['138零零一三八000', 'telephone'],
    ['13800138000三次未接', 'telephone'],
    ['四四零三零一一九九零零一零一一二三七', 'identity-number'],
    ['075583123456', 'telephone'],
    ['座机83123456', 'telephone'],
    ['护照E12345678', 'identity-number'],
    ['通行证 H12345678', 'identity-number'],
    ['社保卡号：6212345678', 'identity-number'],
    ['证件号440304201911250001', 'identity-number'],
  ])('%s', (text, kind) => expect(kindOf(text)).toBe(kind));

  test('a number that was cut into the elements of a list', () => {
    expect(flawOf({ tags: ['138', '0013', '8000'] })).toEqual({ field: 'data.tags', reason: 'identity' });
    expect(flawOf({ tags: [...'440301199001011237'] })).toEqual({ field: 'data.tags', reason: 'identity' });
    expect(flawOf({ tags: [1, 3, 8, 0, 0, 1, 3, 8, 0, 0, 0] })).toEqual({ field: 'data.tags', reason: 'identity' });
    expect(flawOf({ tags: ['王', '建国'] })).toEqual({ field: 'data.tags', reason: 'identity' });
    expect(flawOf({ tags: ['态度好', '办得快', '13 件'] })).toBeUndefined();
  });

  test.each([
    '13712262456.96',
    '¥13,712,262,456',
    '13712262456 元',
    '440304201911250001',
    '440304-20191125-0001',
    '440304191125001',
    '192.168.131.38',
    '1997-10-17 083',
    '2019-10-15 13:58:00 001',
    '12345、12315、12366',
    '服务热线 400-830-1234',
    '138****8000',
  ])('%s is none', (text) => expect(kindOf(text)).toBeUndefined());
});

describe('names are found by what stands around them', () => {
  test.each([
    '感谢王建国',
    '请联系刘志强补材料',
    '已通知周海燕',
    '举报人赵铁柱要求保密',
    '我叫唐小军，想问进度',
    '找陈小龙签字',
    '转告娜仁花',
    '次仁卓玛的材料',
    '那位姓冯名永强的同志',
    '殷琪真的很耐心',
    '投诉李国强态度差',
  ])('%s', (text) => expect(kindOf(text)).toBe('name'));

  test.each([
    '黄梅',
    '彭浦镇',
    '黄花镇',
    '濮阳市',
    '石龙镇',
    '联系彭浦镇',
    '通知梅林街道',
    '请万科物业配合',
    '户籍地黄梅县',
  ])('the place %s is none', (text) => expect(kindOf(text)).toBeUndefined());

  const surnames = [...frequentSurnames, ...rareSurnames, ...oddSurnames];
  test('a surname and a title name nobody, whatever the surname', () => {
    expect(surnames.length).toBeGreaterThan(190);
    const texts = surnames.flatMap((surname) =>
      ['先生来电', '女士来电', '女士', '先生反映排队时间长', '某来电', '老师咨询', '阿姨带错证了', '经理'].flatMap(
        (title) => [surname + title, `请${surname}${title}`, `感谢${surname}${title}`],
      ),
    );
    expect(texts.filter((text) => kindOf(text) !== undefined)).toEqual([]);
  });
});

describe('the hall’s own staff', () => {
  const roster = new Set(['王建国', '欧阳娜娜']);
  test('may be named in any text', () => {
    for (const text of ['王建国', '感谢王建国', '王建国女士来电', '本月之星欧阳娜娜', '王 建 国']) {
      expect(flawOf({ citation: text })).toMatchObject({ reason: 'identity' });
      expect(flawOf({ citation: text }, roster)).toBeUndefined();
    }
    expect(flawOf({ tags: ['王', '建国'] }, roster)).toBeUndefined();
  });

  test('does not cover for anybody or anything else in the same text', () => {
    expect(flawOf({ citation: '王建国帮助李志强' }, roster)).toMatchObject({ field: 'data.citation' });
    expect(flawOf({ citation: '王建国 13800138000' }, roster)).toMatchObject({ field: 'data.citation' });
  });
});

/** Fields that refer to the hall's configuration or hold a word from a list, and what is no text at all. */
const NO_TEXT = new Set(
  'station window item line terminal staff owner by area channel handling outcome result status document'.split(' '),
);

test('every field of every type that can hold a sentence is read as text', () => {
  const fields = new Set(
    Object.values(dataSchemas).flatMap((schema) =>
      Object.keys((schema as { entries: Record<string, unknown> }).entries),
    ),
  );
  for (const field of fields) {
    const flaw = flawOf({ [field]: '感谢王建国' });
    if (NO_TEXT.has(field)) expect(flaw, field).toBeUndefined();
    else expect(flaw, field).toEqual({ field: `data.${field}`, reason: 'identity' });
    expect(flawOf({ [field]: '13800138000' }), field).toEqual({ field: `data.${field}`, reason: 'identity' });
  }
});

describe('a path repeats no name', () => {
  test.each([
    [{ note: { 王建国电话: '13800138000' } }, 'data.note.*'],
    [{ note: { 王建国: { x: 1 } } }, 'data.note.*'],
    [{ note: { 某个谁: '13800138000' } }, 'data.note.*'],
    [{ note: { 联系电话: '13800138000' } }, 'data.note.联系电话'],
    [{ reasons: ['办件多', '感谢王建国'] }, 'data.reasons.1'],
  ])('%j', (data, field) => expect(flawOf(data)).toEqual({ field, reason: 'identity' }));
});

/** What is put out of sight in words that a person releases: everything that the check would refuse, over all its attack texts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { foldText, toAsciiDigits } from '../../../domain/events/digits.ts';
import { identityInText } from '../../../domain/events/identity.ts';
import { MASK, maskIdentity } from '../../../domain/events/mask.ts';

interface Entry {
  readonly kind: 'number' | 'name' | 'clean';
  readonly text: string;
}
const corpus = ['blind', 'own', 'blind-then-read'].flatMap(
  (name) => JSON.parse(readFileSync(join(import.meta.dirname, 'corpus', `${name}.json`), 'utf8')) as Entry[],
);
const holds = (text: string): boolean => identityInText(text, 'full') !== undefined;
/** No date has so many digits, in any script. */
const longRun = /\d{9,}/;

describe('a text', () => {
  test.each([
    ['请打 13812345678 给我', `请打 ${MASK} 给我`],
    ['回电138-1234-5678或0755-83123456，谢谢', `回电${MASK}或${MASK}，谢谢`],
    ['身份证11010519491231002X办不了', `身份证${MASK}办不了`],
    ['我叫王小明，住三栋，空调太冷', `我叫${MASK}，住三栋，空调太冷`],
    ['电话：１３８００１３８０００', `电话：${MASK}`],
  ])('%s', (text, masked) => {
    expect(maskIdentity(text)?.text).toBe(masked);
  });
  test('of the hall’s own staff is none of a citizen’s', () => {
    const text = '示例乙丑很耐心，王小明女士作证';
    expect(maskIdentity('王建国很耐心', new Set(['王建国']))).toBeUndefined();
    expect(maskIdentity(text, new Set(['示例乙丑']))!.text).toContain('示例乙丑');
  });
  test('that holds nothing has nothing to be put out', () => {
    for (const { text } of corpus.filter(({ kind, text: one }) => kind === 'clean' && !holds(one)))
      expect(maskIdentity(text), text).toBeUndefined();
  });
});

test('nothing that the check would refuse is left of any attack text, alone, in a sentence, or two at once', () => {
  const attacks = corpus.filter(({ text }) => holds(text)).map(({ text }) => text);
  expect(attacks.length).toBeGreaterThan(400);
  const other = attacks.map((_, i) => attacks[(i * 7 + 3) % attacks.length]!);
  const unmasked: string[] = [];
  for (const [i, text] of attacks.entries())
    for (const whole of [text, `等候区太冷。${text}。请改进`, `${text}，${other[i]!}`]) {
      if (!holds(whole)) continue;
      const masked = maskIdentity(whole);
      if (!masked || holds(masked.text) || longRun.test(toAsciiDigits(foldText(masked.text))))
        unmasked.push(`${whole} → ${masked?.text}`);
    }
  expect(unmasked).toEqual([]);
});

test('a long text of nothing but numbers is done within a moment, or is told to be beyond it', () => {
  const text = '13812345678 王小明先生 '.repeat(36).slice(0, 800);
  const masked = maskIdentity(text);
  expect(masked === undefined || !holds(masked.text)).toBe(true);
});

/** Whatever a text holds, the identity check's work grows with its length and not with its square. */
import { expect, test } from 'vitest';
import { identityInText } from '../../../domain/events/identity.ts';
import { runToEnd } from '../../setup/break-off.ts';

/** A hundred times what is ever read: work that grows with the square of this never ends. */
const LENGTH = 400_000;

test.each([
  ['姓名 and blanks', (n: number) => '姓名' + ' '.repeat(n)],
  ['labels', (n: number) => '姓名'.repeat(n / 2)],
  ['surnames', (n: number) => '张'.repeat(n)],
  ['surnames and places', (n: number) => '黄花镇'.repeat(n / 3)],
  ['characters with blanks', (n: number) => '王 '.repeat(n / 2)],
  ['sounds', (n: number) => '阿·'.repeat(n / 2)],
  ['sounds without a dot', (n: number) => '阿依'.repeat(n / 2)],
  ['capitals', (n: number) => '人' + 'Zhang '.repeat(n / 6)],
  ['pinyin', (n: number) => '人 ' + 'angang'.repeat(n / 6)],
  ['zeros', (n: number) => '0'.repeat(n)],
  ['single digits', (n: number) => '2 '.repeat(n / 2)],
  ['digits and signs', (n: number) => '1,'.repeat(n / 2)],
  ['numerals', (n: number) => '电话' + '一'.repeat(n)],
  ['dots', (n: number) => '1.'.repeat(n / 2)],
  ['currency', (n: number) => '¥1,'.repeat(n / 3)],
  ['lookalikes', (n: number) => '电话' + '0O'.repeat(n / 2)],
  ['hexadecimals', (n: number) => 'a1'.repeat(n / 2)],
  ['brackets', (n: number) => '(0'.repeat(n / 2)],
  ['dates', (n: number) => '2019-11-25 '.repeat(n / 11)],
  ['documents', (n: number) => '护照号'.repeat(n / 3)],
  ['cards', (n: number) => '银行卡62'.repeat(n / 5)],
  ['accounts', (n: number) => '账号' + '6217 '.repeat(n / 5)],
  ['offices', (n: number) => '办公电话0755-8'.repeat(n / 10)],
  ['halves', (n: number) => '扎西'.repeat(n / 2)],
  ['owners', (n: number) => '殷琪的旧'.repeat(n / 4)],
  ['signs', (n: number) => '电话1' + '—。'.repeat(n / 2)],
  ['blanks', (n: number) => '电话1' + ' \t'.repeat(n / 2)],
])('%s', (_, build) => {
  const text = build(LENGTH);
  expect(() => runToEnd(() => identityInText(text, 'full'))).not.toThrow();
});

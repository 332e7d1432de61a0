/** Texts that people wrote: where a line may end. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { splitMoments } from '../../client/ui/measure.ts';

const moments = (text: string) => splitMoments(text).flatMap(({ text, isMoment }) => (isMoment ? [text] : []));

it.each([
  ['周一至周五9:00–12:00、14:00–18:00办理业务', ['9:00–12:00', '14:00–18:00']],
  ['9：00至12：00', ['9：00至12：00']],
  ['9:00 - 12:00', ['9:00 - 12:00']],
  ['因升级，11月29日（周五）下午15:00至12月2日', ['11月29日', '15:00', '12月2日']],
  ['2026年1月5日起', ['2026年1月5日']],
  ['From 15:00 on 29 November to 9:00 on 2 Dec', ['15:00', '29 November', '9:00', '2 Dec']],
  ['窗口12号，比分3:1', []],
  ['', []],
])('keeps times and dates whole: %s', (text, expected) => expect(moments(text)).toEqual(expected));

it('loses no letter of any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'129:：–-月日年 至toNovJan。') }), (text) => {
      expect(
        splitMoments(text)
          .map((part) => part.text)
          .join(''),
      ).toBe(text);
    }),
  );
});

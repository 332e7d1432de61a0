/** What GB/T 9704 asks of an official document's paper, faces and sizes, in Word's units. */
import { LineRuleType, convertMillimetersToTwip, type IFontAttributesProperties } from 'docx';

/** Named as offices have them; what stands in their place where a machine does not is in the font table. */
export const FACES = {
  title: face('方正小标宋简体'),
  heading: face('黑体'),
  body: face('仿宋_GB2312'),
  kai: face('楷体_GB2312'),
  song: face('宋体'),
};

/** The family is for programs that read no other names: 仿宋 and 宋体 have serifs, 黑体 has none. */
const INSTEAD: readonly (readonly [name: string, instead: string, family: 'roman' | 'swiss' | 'script'])[] = [
  ['方正小标宋简体', '方正小标宋_GBK,小标宋,华文中宋,STZhongsong,宋体,SimSun,Noto Serif CJK SC', 'roman'],
  ['黑体', 'SimHei,Noto Sans CJK SC', 'swiss'],
  ['仿宋_GB2312', '仿宋,FangSong,STFangsong,华文仿宋,方正仿宋_GBK,Noto Serif CJK SC', 'roman'],
  ['楷体_GB2312', '楷体,KaiTi,STKaiti,华文楷体,方正楷体_GBK,Noto Serif CJK SC', 'script'],
  ['宋体', 'SimSun,STSong,Noto Serif CJK SC', 'roman'],
  ['Times New Roman', 'Liberation Serif', 'roman'],
];
/** GB 2312, as Word numbers it. */
const CHINESE = '86';

/** Sizes by their Chinese numbers, in half points: 2号, 3号, 4号, 小四, 五号, 小五. */
export const SIZE = { 2: 44, 3: 32, 4: 28, small4: 24, 5: 21, small5: 18 };

export const PAGE = { width: 210, height: 297 };
export const MARGIN = { top: 37, bottom: 35, left: 28, right: 26 };
export const TEXT_WIDTH = convertMillimetersToTwip(PAGE.width - MARGIN.left - MARGIN.right);

/** Twenty-two lines a page: of 29 points there is room for twenty-one. */
export const LINE = { line: 579, lineRule: LineRuleType.EXACT };
export const NOTE_LINE = { line: 240, lineRule: LineRuleType.AT_LEAST };
export const SMALL_LINE = { line: 400, lineRule: LineRuleType.AT_LEAST };
/** Twenty-eight signs of 3号 a line are a little more than there is room for: each gives way by a quarter of a point. */
export const CHARACTER_SPACING = -5;
const CHARACTER = SIZE[3] * 10 + CHARACTER_SPACING;
/** So many signs of 3号, in twips. */
export const signs = (count: number): number => Math.round(count * CHARACTER);
export const INDENT = { firstLine: signs(2) };

function face(name: string): IFontAttributesProperties {
  return { ascii: 'Times New Roman', hAnsi: 'Times New Roman', cs: 'Times New Roman', eastAsia: name };
}

export function writeFontTable(): string {
  const fonts = INSTEAD.map(
    ([name, instead, family]) =>
      `<w:font w:name="${name}"><w:altName w:val="${instead}"/>` +
      `<w:charset w:val="${name === 'Times New Roman' ? '00' : CHINESE}"/><w:family w:val="${family}"/>` +
      '<w:pitch w:val="variable"/></w:font>',
  );
  const namespace = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="${namespace}">${fonts.join('')}</w:fonts>`;
}

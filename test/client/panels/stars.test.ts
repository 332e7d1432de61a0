/** The star wall as what it says: whose month it is, who came before, and long texts that are parted and never cut. */
import { describe, expect, it } from 'vitest';
import { measureText, splitText } from '../../../client/panels/stars/split.ts';
import { buildStarWall, buildSuggestions, readStar } from '../../../client/panels/stars/wall.ts';
import { languages, zh } from '../../../client/words/wall.ts';
import type { StarCard, StarsData } from '../../../domain/board/topics/data-stars.ts';
import { buildHead } from '../fixture-overview.ts';

const { en } = languages;

const star = (month: string, kind: StarCard['kind'], staff: string): StarCard => {
  return { month, kind, staff, staffId: staff, stationName: '梅丰社区', role: '综合窗口', reasons: ['按时办结'] };
};
function buildData(cards: readonly StarCard[]): StarsData {
  const stars = Object.fromEntries(cards.map((card) => [`${card.month}:${card.kind}`, card]));
  return { ...buildHead(), stars, suggestions: {}, complaints: { received: 0, answered: 0, upheld: 0 }, conduct: [] };
}

describe('the stars', () => {
  it('are this month’s where they are published', () => {
    const wall = buildStarWall(buildData([star('2019-11', 'expert', '甲'), star('2019-10', 'expert', '乙')]), zh);
    expect(wall.stars.map(({ title, note, star, none }) => [title, note, star?.card.staff ?? none])).toEqual([
      ['业务标兵', '11月评选', '11月未评选'],
      ['岗位能手', '11月评选', '甲'],
    ]);
    expect(wall.past).toEqual([{ key: '2019-10', label: '10月', pacesetter: '—', expert: '乙', window: '—' }]);
  });

  it('are else the latest, and say which month is still to come', () => {
    const wall = buildStarWall(buildData([star('2018-12', 'pacesetter', '甲')]), zh);
    expect(wall.stars[0]).toMatchObject({
      note: '2018年12月评选 · 11月待公布',
      star: { station: { text: '梅丰社区' } },
    });
  });

  it('are not invented where none was ever published', () => {
    const wall = buildStarWall(buildData([]), zh);
    expect(wall.stars.map(({ star, none, note }) => [star, none, note])).toEqual([
      [undefined, '待评选', ''],
      [undefined, '待评选', ''],
    ]);
    expect(wall.past).toEqual([]);
  });
});

describe('post and citation', () => {
  const both = { roleEn: 'General window', citation: '按时办结', citationEn: 'Always on time' };
  const given = { ...star('2019-11', 'expert', '甲'), ...both, stationNameEn: 'Meifeng Community' };

  it('are in English on an English wall, and in no Chinese one', () => {
    expect(readStar(given, en)).toMatchObject({
      station: { text: 'Meifeng Community', lang: undefined },
      role: { text: 'General window', lang: undefined },
      ...{ citation: ['Always on time'], citationLang: undefined },
    });
    expect(readStar(given, zh)).toMatchObject({
      station: { text: '梅丰社区', lang: undefined },
      role: { text: '综合窗口', lang: undefined },
      ...{ citation: ['按时办结'], citationLang: undefined },
    });
    const { citation: _citation, role: _role, ...english } = given;
    expect(readStar(english, zh)).toMatchObject({ role: { text: '' }, citation: [] });
  });

  it('are else in Chinese, and marked as such', () => {
    const { roleEn: _roleEn, citationEn: _citationEn, stationNameEn: _stationNameEn, ...chinese } = given;
    expect(readStar(chinese, en)).toMatchObject({
      station: { text: '梅丰社区', lang: 'zh-CN' },
      role: { text: '综合窗口', lang: 'zh-CN' },
      ...{ citation: ['按时办结'], citationLang: 'zh-CN' },
    });
  });

  it('of an English citation of full length lose nothing', () => {
    const citationEn = 'Listens before answering, and explains every paper that is needed once. '
      .repeat(4)
      .slice(0, 240);
    const { citation } = readStar({ ...given, citationEn }, en);
    expect(citation.join(' ')).toBe(citationEn.trim());
    expect(citation.length).toBeGreaterThan(1);
  });
});

describe('long texts', () => {
  const long =
    '建议在等候区增加充电插座，并在取号机旁贴出办理流程；另外希望叫号屏的字再大一些，坐在后排的老人看不清楚。';

  it.each([[long], ['a plain English sentence that somebody wrote at some length'], ['一'.repeat(100)]])(
    'are parted so that every part fits and nothing is lost: %s',
    (text) => {
      const parts = splitText(text, 20);
      expect(parts.length).toBeGreaterThan(1);
      for (const part of parts) expect(measureText(part)).toBeLessThanOrEqual(20);
      expect(parts.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    },
  );

  it('keep their suggestion in view while the answer goes on', () => {
    const slots = buildSuggestions({ s: { text: '短', receivedAt: 1, state: 'adopted', answer: long } }, zh);
    expect(slots.length).toBeGreaterThan(1);
    expect(slots.every(({ text }) => text === '短')).toBe(true);
    expect(slots.map(({ answer }) => answer).join('')).toBe(long);
  });
});

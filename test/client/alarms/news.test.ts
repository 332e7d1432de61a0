/** What a screen reader is told of the alarms: each thing once, and a running minute never. */
import { describe, expect, it } from 'vitest';
import { tellNews, type Told } from '../../../client/alarms/news.ts';
import { en as enWords } from '../../../client/words/en/wall.ts';
import { zh as zhWords } from '../../../client/words/zh/wall.ts';
import type { AlarmCard } from '../../../domain/board/topics/data-alarms.ts';
import { createZone } from '../../../domain/calendar/zone.ts';
import { buildOverview, MINUTE, NOW } from '../fixture-overview.ts';

const zone = createZone('Asia/Shanghai');

const { alarms: en } = enWords;
const { alarms: zh } = zhWords;

const overtime: AlarmCard = {
  kind: 'window-overtime',
  station: 'hall',
  stationName: '梅林街道政务服务大厅',
  window: '03',
  proposal: 'send-lead',
  raisedAt: NOW,
  since: NOW - 15 * MINUTE,
};
const queue = (waiting: number): AlarmCard => ({
  kind: 'queue',
  station: 'hall',
  stationName: '梅林街道政务服务大厅',
  proposal: 'send-lead',
  raisedAt: NOW,
  waiting,
});

/** One look after another, a minute apart unless said otherwise; what was said at each. */
function listen(looks: readonly (AlarmCard | undefined)[], words = zh): string[][] {
  let told: Told = new Map();
  return looks.map((card, minute) => {
    const news = tellNews(told, card ? { a: card } : {}, NOW + minute * MINUTE, words, { ...buildOverview(), zone });
    told = news.told;
    return [...news.urgent.map((text) => `! ${text}`), ...news.calm];
  });
}

describe('a screen reader', () => {
  it('hears of a window once, and again when it has taken twice as long', () => {
    const said = listen(Array.from({ length: 31 }, () => overtime));
    expect(said[0]).toEqual(['! 请注意，03号窗办理超时，建议值班长到场']);
    expect(said.flatMap((texts, minute) => (texts.length > 0 ? [minute] : []))).toEqual([0, 15]);
    expect(listen([overtime], en)).toEqual([['! Attention: window 03: Overtime. Send a lead.']]);
  });

  it('hears of a queue again when it has doubled, not when one more has come', () => {
    const said = listen([queue(11), queue(12), queue(21), queue(22), queue(23)]);
    expect(said.map((texts) => texts.length)).toEqual([1, 0, 0, 1, 0]);
    expect(said[3]).toEqual(['! 请注意，22人等候，建议值班长到场']);
  });

  it('hears in a pause who took it and how it ended, and nothing of what grows in good hands', () => {
    const taken = { ...overtime, takenAt: NOW, takenBy: '示例甲', measure: 'on-site' };
    const ended = { ...taken, endedAt: NOW + 3 * MINUTE, endReason: 'cleared' as const };
    expect(listen([overtime, taken, taken, ended, ended])).toEqual([
      ['! 请注意，03号窗办理超时，建议值班长到场'],
      ['办理超时，示例甲 已到场'],
      [],
      ['办理超时 已结束，已恢复'],
      [],
    ]);
  });

  it('is not told the morning by a page that was just opened', () => {
    const old = { ...overtime, raisedAt: NOW - 10 * MINUTE };
    const taken = { ...overtime, takenAt: NOW };
    expect(listen([old, old])).toEqual([[], []]);
    expect(listen([taken, taken])).toEqual([[], []]);
  });
});

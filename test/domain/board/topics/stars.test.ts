/** 明星墙 as it is told from events: what was published stands, what was withdrawn is gone. */
import { expect, it } from 'vitest';
import { buildStars } from '../../../../domain/board/topics/stars.ts';
import { event, foldStory, readConfig } from './fold-story.ts';

const DAY = '2019-11-25';
const star = (month: string, kind: 'pacesetter' | 'expert', staff: string, when = `${month}-28 17:00`) =>
  event('hall.star.published', when, {
    month,
    kind,
    staff,
    citation: '办得好',
    citationEn: 'Well done',
    reasons: ['办件量'],
  });

it('names the star as the roster does, with role, station and reasons', async () => {
  const { stars } = buildStars(await foldStory(DAY, [star('2019-10', 'pacesetter', 's46')]));
  expect(stars['2019-10:pacesetter']).toEqual({
    month: '2019-10',
    kind: 'pacesetter',
    staff: '示例己亥',
    staffId: 's46',
    role: '综合窗口',
    roleEn: 'General window',
    stationName: '孖岭社区',
    stationNameEn: 'Zailing Community',
    citation: '办得好',
    citationEn: 'Well done',
    reasons: ['办件量'],
  });
});

it('takes a withdrawn star from the wall, and shows one that the roster does not know by its id', async () => {
  const { stars } = buildStars(
    await foldStory(DAY, [
      star('2019-10', 'pacesetter', 's46'),
      star('2019-10', 'expert', 'somebody'),
      event('hall.star.withdrawn', '2019-11-02 10:00', { month: '2019-10', kind: 'pacesetter', staff: 's46' }),
    ]),
  );
  expect(Object.values(stars)).toEqual([
    {
      month: '2019-10',
      kind: 'expert',
      staff: 'somebody',
      staffId: 'somebody',
      citation: '办得好',
      citationEn: 'Well done',
      reasons: ['办件量'],
    },
  ]);
});

it('S9 leaves what is published where its planned successor is taken back, whichever of them is known first', async () => {
  const of = { month: '2019-10', kind: 'pacesetter' } as const;
  const plan = (when: string, at: string) =>
    event('hall.star.planned', when, { ...of, staff: 's11', publishAt: `2019-11-${at}T09:00:00+08:00` });
  const story = [
    star('2019-10', 'pacesetter', 's46'),
    plan('2019-11-01 10:00', '04'),
    event('hall.star.unplanned', '2019-11-02 10:00', { ...of, staff: 's11', plan: 'plan', reasons: ['换人'] }),
  ];
  for (const events of [story, [...story].reverse()]) {
    const view = await foldStory(DAY, events);
    expect(Object.values(buildStars(view).stars).map(({ staffId }) => staffId)).toEqual(['s46']);
    expect([...view.state.entries.plan]).toEqual([]);
  }
  // A later plan is another.
  const later = await foldStory(DAY, [...story, plan('2019-11-03 10:00', '05')]);
  expect([...later.state.entries.plan.values()]).toMatchObject([{ at: Date.parse('2019-11-05T09:00:00+08:00') }]);
});

it('keeps the newest month and the twelve before it', async () => {
  const months = Array.from(
    { length: 15 },
    (_, i) => `${2018 + Math.floor((i + 8) / 12)}-${String(((i + 8) % 12) + 1).padStart(2, '0')}`,
  );
  const { stars } = buildStars(
    await foldStory(
      DAY,
      months.map((month) => star(month, 'expert', 's11')),
    ),
  );
  expect(Object.values(stars).map(({ month }) => month)).toEqual(months.slice(2).reverse());
});

it('shows suggestions that were released, the latest first, with what became of them', async () => {
  const suggest = (suggestion: string, when: string, released: boolean, adopted?: boolean) => [
    event('hall.suggestion.received', when, { suggestion, text: `建议${suggestion}` }),
    ...(released ? [event('hall.suggestion.released', when, { suggestion })] : []),
    ...(adopted === undefined
      ? []
      : [event('hall.suggestion.answered', when, { suggestion, answer: '已办', adopted })]),
  ];
  const { suggestions } = buildStars(
    await foldStory(DAY, [
      ...suggest('a', '2019-11-01 10:00', true, true),
      ...suggest('b', '2019-11-02 10:00', true, false),
      ...suggest('c', '2019-11-03 10:00', false, true),
      ...suggest('d', '2019-11-04 10:00', true),
      ...suggest('e', '2019-11-05 10:00', true, true),
    ]),
  );
  expect(Object.entries(suggestions).map(([id, { text, state, answer }]) => [id, text, state, answer])).toEqual([
    ['e', '建议e', 'adopted', '已办'],
    ['d', '建议d', 'open', undefined],
    ['b', '建议b', 'declined', '已办'],
    ['a', '建议a', 'adopted', '已办'],
  ]);
});

it('states the supervision telephone only where the profile has one', async () => {
  expect(buildStars(await foldStory(DAY, []))).not.toHaveProperty('supervisionTelephone');
  const config = readConfig((profile) => ({ ...profile, supervisionTelephone: '0755-00000000' }));
  expect(buildStars(await foldStory(DAY, [], config)).supervisionTelephone).toBe('0755-00000000');
});

/** What citizens wrote is shown in public only once a person released those very words (spec C17). */
import { expect, it } from 'vitest';
import { buildPublic } from '../../../../domain/board/topics/public.ts';
import { buildStars } from '../../../../domain/board/topics/stars.ts';
import { event, foldStory } from './fold-story.ts';

const DAY = '2019-11-25';
const received = (time: string, text: string) =>
  event('hall.suggestion.received', `${DAY} ${time}`, { suggestion: 'su-1', text });
const released = (time: string) =>
  event('hall.suggestion.released', `${DAY} ${time}`, { suggestion: 'su-1', by: 's01' });
const answered = (time: string) =>
  event('hall.suggestion.answered', `${DAY} ${time}`, { suggestion: 'su-1', answer: '已采纳', adopted: true });

const shown = async (events: Parameters<typeof foldStory>[1]) => {
  const view = await foldStory(DAY, events);
  const texts = buildPublic(view).suggestions.map(({ text }) => text);
  expect(Object.values(buildStars(view).suggestions).map(({ text }) => text)).toEqual(texts);
  return texts;
};

it('C17 shows a suggestion that was received, released and adopted', async () => {
  expect(await shown([received('09:00', '多设座位'), released('10:00'), answered('11:00')])).toEqual(['多设座位']);
  expect(await shown([received('09:00', '多设座位'), answered('11:00')])).toEqual([]);
});

it('C17 does not take an earlier release for the release of a text', async () => {
  expect(await shown([released('08:00'), received('09:00', '多设座位'), answered('11:00')])).toEqual([]);
});

it('C17 lets no other text slip in under a release', async () => {
  const story = [received('09:00', '多设座位'), released('10:00'), answered('11:00')];
  expect(await shown([...story, received('08:00', '谁也没有读过')])).toEqual([]);
  expect(await shown([...story, received('12:00', '谁也没有读过')])).toEqual([]);
  expect(await shown([...story, received('08:00', '多设座位')])).toEqual(['多设座位']);
});

/** What citizens wrote is shown in public only once a person released those very words (spec C17). */
import { expect, it } from 'vitest';
import { buildPublic } from '../../../../domain/board/topics/public.ts';
import { buildStars } from '../../../../domain/board/topics/stars.ts';
import { at, event, foldStory, readConfig } from './fold-story.ts';

const DAY = '2019-11-25';
const received = (time: string, text: string) =>
  event('hall.suggestion.received', `${DAY} ${time}`, { suggestion: 'su-1', text });
const released = (time: string) =>
  event('hall.suggestion.released', `${DAY} ${time}`, { suggestion: 'su-1', by: 's01' });
const answered = (time: string) =>
  event('hall.suggestion.answered', `${DAY} ${time}`, { suggestion: 'su-1', answer: '已采纳', adopted: true });

type Story = Parameters<typeof foldStory>[1];
const cardsOf = async (events: Story, config = readConfig()) =>
  Object.values(buildStars(await foldStory(DAY, events, config)).suggestions);
const shown = async (events: Story) => {
  const texts = buildPublic(await foldStory(DAY, events)).suggestions.map(({ text }) => text);
  expect((await cardsOf(events)).map(({ text }) => text)).toEqual(texts);
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

const wordless = event('hall.suggestion.received', `${DAY} 09:00`, { suggestion: 'su-1', station: 'hall' });
const readOut = (time: string, text: string) =>
  event('hall.suggestion.released', `${DAY} ${time}`, { suggestion: 'su-1', text });
const declined = (time: string) =>
  event('hall.suggestion.declined', `${DAY} ${time}`, { suggestion: 'su-1', reason: '场地所限' });

it('C17 shows the words that somebody read and released, and the last of them', async () => {
  expect(await shown([wordless, released('10:00'), answered('11:00')])).toEqual([]);
  expect(await shown([wordless, readOut('10:00', '多设座位'), answered('11:00')])).toEqual(['多设座位']);
  const twice = [wordless, readOut('10:00', '多设座位'), readOut('10:30', '请多设座位'), answered('11:00')];
  expect(await shown(twice)).toEqual(['请多设座位']);
  expect(await shown([wordless, readOut('08:00', '谁也没有读过'), answered('11:00')])).toEqual([]);
  // Whoever shortened it has read it, whatever a sender's receipts hold.
  expect(await shown([received('09:00', '很长的话'), readOut('10:00', '短话'), answered('11:00')])).toEqual(['短话']);
});

it('C17 tells the management what became of each: open, adopted, or not and why', async () => {
  const told = { text: '多设座位', receivedAt: at(`${DAY} 09:00`) };
  const story = [wordless, readOut('10:00', '多设座位')];
  const owner = event('hall.suggestion.assigned', `${DAY} 10:10`, { suggestion: 'su-1', owner: 's01' });
  expect(await cardsOf([...story, owner])).toEqual([{ ...told, state: 'open' }]);
  const showing = readConfig((profile) => ({ ...profile, voices: { keepDays: 30, ownerOnWall: true } }));
  const [{ owner: name } = {}] = await cardsOf([...story, owner], showing);
  expect(name).toBe(showing.profile.staff.find(({ id }) => id === 's01')!.name);
  expect(await cardsOf([...story, answered('11:00')])).toEqual([{ ...told, state: 'adopted', answer: '已采纳' }]);
  const no = { ...told, state: 'declined', answer: '场地所限' };
  expect(await cardsOf([...story, answered('11:00'), declined('11:30')])).toEqual([no]);
  expect(buildPublic(await foldStory(DAY, [...story, declined('11:30')])).suggestions).toEqual([]);
});

it('C17 forgets what was declined unread', async () => {
  const view = await foldStory(DAY, [wordless, declined('10:00')]);
  expect(view.state.entries.suggestion.size).toBe(0);
  expect((await foldStory(DAY, [wordless])).state.entries.suggestion.size).toBe(1);
});

// Edits made by hand while the hall is open: noticed whenever they were made, and never lost.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDocuments, type DocumentProblem, type Documents } from '../../../server/documents/documents.ts';

const seedFolder = fileURLToPath(new URL('../../../data/halls/meilin', import.meta.url));
let folder = '';
let documents: Documents;
let stop = () => {};
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hallpulse-watch-'));
  documents = await openDocuments({ folder, seedFolder });
});
afterEach(async () => {
  stop();
  await documents.close();
  await rm(folder, { recursive: true, force: true });
});

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 10));
}

async function editQueue(to: number): Promise<void> {
  const file = join(folder, 'profile.json');
  await writeFile(file, (await readFile(file, 'utf8')).replace(/"queue": \d+/, `"queue": ${to}`));
}

it('notices an edit that was made before its first look', async () => {
  await editQueue(23);
  const changed: string[] = [];
  stop = documents.watch({ onChange: (name) => changed.push(name), onProblem: () => {}, everyMs: 20 });
  await until(() => changed.length > 0);
  expect(changed).toEqual(['profile']);
  expect(documents.config.profile.targets.queue).toBe(23);
});

it('tells an edit that could not be kept once, tries again, and then takes it', async () => {
  const changed: string[] = [];
  const problems: DocumentProblem[] = [];
  const lastGood = join(folder, 'profile.last-good.json');
  await rm(lastGood);
  // A folder in its place is what no rename replaces.
  await mkdir(join(lastGood, 'in-the-way'), { recursive: true });
  await editQueue(23);
  const watcher = {
    onChange: (name: string) => changed.push(name),
    onProblem: (one: DocumentProblem) => problems.push(one),
  };
  stop = documents.watch({ ...watcher, everyMs: 20 });
  await until(() => problems.length > 0);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(problems.map(({ document, reason }) => [document, reason])).toEqual([['profile', 'unreadable']]);
  expect(changed).toEqual([]);
  await rm(lastGood, { recursive: true });
  await until(() => changed.length > 0);
  expect(documents.config.profile.targets.queue).toBe(23);
});

it('refuses a playlist in which a scene stands twice', async () => {
  const { scenes } = documents.config;
  const twice = { ...scenes, playlist: [...scenes.playlist, scenes.playlist[0]!] };
  await expect(documents.save('scenes', twice)).rejects.toThrow(/playlist/);
});

it('keeps what is saved while it looks', async () => {
  const changed: string[] = [];
  stop = documents.watch({ onChange: (name) => changed.push(name), onProblem: () => {}, everyMs: 5 });
  const { profile } = documents.config;
  for (let queue = 1; queue <= 40; queue++) {
    await documents.save('profile', { ...profile, targets: { ...profile.targets, queue } });
    expect(documents.config.profile.targets.queue).toBe(queue);
    await new Promise((resolve) => setTimeout(resolve, queue % 7));
    expect(documents.config.profile.targets.queue).toBe(queue);
  }
  expect(changed).toEqual([]);
});

/** A new version is picked up only from a server that is well, and at most once. */
import { afterEach, describe, expect, it } from 'vitest';
import { fetchHealth } from '../../client/live/board-http.ts';
import { guardMemory, type Memory } from '../../client/live/memory.ts';
import { createRenewal } from '../../client/live/renewal.ts';
import { readEmbeddedSnapshot } from '../../client/live/snapshot-in-page.ts';
import { buildSnapshot } from './fixture-overview.ts';
import { startFixtureServer, type FixtureServer } from './fixture-server.ts';

let server: FixtureServer | undefined;
afterEach(() => server?.close());

function createMemory() {
  const held = new Map<string, string>();
  return {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
  };
}

/** How often a page reloads that hears of a build; where it is to, that is waited for. */
async function renew(
  expected: number,
  [served, heard]: readonly [string, string],
  memory: Memory = createMemory(),
  now = () => 1_000_000,
) {
  server = await startFixtureServer(buildSnapshot());
  server.build = served;
  let reloads = 0;
  let settle = () => {};
  const reloaded = new Promise<void>((resolve) => (settle = resolve));
  const take = createRenewal({
    origin: server.origin,
    build: 'old',
    memory,
    mostDelayMs: 0,
    now,
    reload: () => {
      reloads++;
      settle();
    },
  });
  take(heard);
  take(heard);
  if (expected > 0) await reloaded;
  // With no delay to draw, it has asked after one turn of the timers, and read its answer before two later ones.
  await new Promise((resolve) => setTimeout(resolve, 1));
  for (let i = 0; i < 2; i++) expect((await fetchHealth(server))?.build).toBe(served);
  return reloads;
}

describe('createRenewal', () => {
  it('reloads once for a new build that the health check confirms', async () => {
    expect(await renew(1, ['new', 'new'])).toBe(1);
  });
  it('stays where the server runs the page’s own build', async () => {
    expect(await renew(0, ['old', 'old'])).toBe(0);
  });
  it('stays where the health check does not confirm the build', async () => {
    expect(await renew(0, ['old', 'new'])).toBe(0);
  });
  it('does not reload again for a build that a reload did not bring', async () => {
    const memory = createMemory();
    expect(await renew(1, ['new', 'new'], memory)).toBe(1);
    await server?.close();
    expect(await renew(0, ['new', 'new'], memory)).toBe(0);
  });
  it('does not reload where nothing is kept that would tell the next page of it', async () => {
    const forbidden = guardMemory(() => {
      throw new Error('the browser keeps nothing');
    });
    expect(await renew(0, ['new', 'new'], forbidden)).toBe(0);
  });
  it('tries once more after an hour, when the cache or the other server may have caught up', async () => {
    const memory = createMemory();
    expect(await renew(1, ['new', 'new'], memory)).toBe(1);
    await server?.close();
    expect(await renew(0, ['new', 'new'], memory, () => 1_000_000 + 3_599_000)).toBe(0);
    await server?.close();
    expect(await renew(1, ['new', 'new'], memory, () => 1_000_000 + 3_601_000)).toBe(1);
  });
});

describe('readEmbeddedSnapshot', () => {
  const snapshot = buildSnapshot();
  it.each([
    ['a snapshot', JSON.stringify(snapshot), snapshot],
    ['an unfilled template', '<!--snapshot-->', undefined],
    ['nothing', undefined, undefined],
    ['null', 'null', undefined],
  ])('%s', (_name, text, expected) => {
    expect(readEmbeddedSnapshot(text)).toEqual(expected);
  });
});

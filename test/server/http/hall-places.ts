// Data folders for tests of whole processes: empty places, copies of a hall that has run, and a start that is refused.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { acceptance, postEvents } from '../../e2e/hall-client.ts';
import { beginProduct, startProduct } from '../../e2e/product.ts';

export interface HallPlaces {
  readonly parent: string;
  /** A hall that has run, holds one case, and was stopped. */
  readonly whole: string;
  /** A path at which there is nothing. */
  emptyPlace(): string;
  copyOfWhole(): string;
  dispose(): void;
}

export async function createHallPlaces(): Promise<HallPlaces> {
  const parent = mkdtempSync(join(tmpdir(), 'hallpulse-places-'));
  const whole = join(parent, 'whole');
  const product = await startProduct({ folder: whole });
  expect((await postEvents(product.url, acceptance('kept'))).body).toMatchObject({ accepted: 1 });
  expect(await product.stop()).toBe(0);
  let count = 0;
  const emptyPlace = (): string => join(parent, `place-${count++}`);
  return {
    parent,
    whole,
    emptyPlace,
    copyOfWhole() {
      const folder = emptyPlace();
      cpSync(whole, folder, { recursive: true });
      return folder;
    },
    dispose: () => rmSync(parent, { recursive: true, force: true }),
  };
}

/** What the process says before it ends, and its code. */
async function startRefused(folder: string, env: Record<string, string>): Promise<{ code: number; said: string }> {
  const refusal = (await beginProduct({ folder, env: { HALLPULSE_LOG: 'fatal', ...env } }).ready.then(
    async (product) => {
      await product.stop();
      return new Error('it started');
    },
    (error: unknown) => error,
  )) as Error;
  const [, code, said] = /ended with (\d+) before it served:\n([\s\S]*)$/.exec(refusal.message) ?? [];
  if (said === undefined) throw refusal;
  return { code: Number(code), said: said.trim() };
}

/** A start that ends with one sentence and no stack. */
export async function expectSentence(
  folder: string,
  sentence: RegExp,
  env: Record<string, string> = {},
  expected = 2,
): Promise<void> {
  const { code, said } = await startRefused(folder, env);
  expect(said).toMatch(sentence);
  expect(said.split('\n'), said).toHaveLength(1);
  expect(said).not.toMatch(/node:internal|\.js:\d/);
  expect(code).toBe(expected);
}

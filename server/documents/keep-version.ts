/** Documents as they were before each change that the product made to them: for people to look up, and to put back by hand. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from './atomic-file.ts';

const VERSIONS_FOLDER = 'versions';

/** @param folder the hall's folder of documents */
export async function keepVersion(folder: string, name: string, value: { readonly version: number }): Promise<void> {
  const text = `${JSON.stringify(value, null, 2)}\n`;
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 8);
  const versions = join(folder, VERSIONS_FOLDER);
  await mkdir(versions, { recursive: true, mode: 0o700 });
  // One that was edited by hand may still bear its old number.
  const file = join(versions, `${name}-${value.version}-${digest}.json`);
  if (!existsSync(file)) await writeAtomically(file, text);
}

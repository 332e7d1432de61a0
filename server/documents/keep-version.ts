/** Documents as they were before each change: kept beside those in force, to be looked at, compared and brought back. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from './atomic-file.ts';

const VERSIONS_FOLDER = 'versions';

interface Numbered {
  readonly version: number;
}

/** Of what a document says, since one that was edited by hand may still bear its old number; hexadecimal. */
export function digestOf(value: Numbered): string {
  return createHash('sha256').update(toText(value)).digest('hex').slice(0, 8);
}

/** Names one version of a document: its number and its digest. */
export function markOf(value: Numbered): string {
  return `${value.version}-${digestOf(value)}`;
}

/** @param folder the hall's folder of documents */
export async function keepVersion(folder: string, name: string, value: Numbered): Promise<void> {
  const versions = join(folder, VERSIONS_FOLDER);
  await mkdir(versions, { recursive: true, mode: 0o700 });
  const file = join(versions, `${name}-${markOf(value)}.json`);
  if (!existsSync(file)) await writeAtomically(file, toText(value));
}

/** The marks of the versions of a document that are kept, in no order. */
export async function listKept(folder: string, name: string): Promise<string[]> {
  const files = await readdir(join(folder, VERSIONS_FOLDER)).catch(() => []);
  return files.flatMap((file) => {
    const mark = file.startsWith(`${name}-`) && file.endsWith('.json') ? file.slice(name.length + 1, -5) : '';
    return isMark(mark) ? [mark] : [];
  });
}

/** The bytes of a version; `undefined` where it is not kept. */
export async function readKept(folder: string, name: string, mark: string): Promise<Uint8Array | undefined> {
  if (!isMark(mark)) return undefined;
  return readFile(join(folder, VERSIONS_FOLDER, `${name}-${mark}.json`)).catch(() => undefined);
}

function isMark(text: string): boolean {
  return /^\d{1,15}-[0-9a-f]{8}$/.test(text);
}

function toText(value: Numbered): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

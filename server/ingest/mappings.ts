/** The mappings in a hall's folder: each says how the export of one system is read. */
import { access, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseMapping } from '../../domain/mapping/mapping.ts';
import { factOf } from '../../domain/profile/feed-of.ts';
import { FEED_FACTS } from '../../domain/profile/feeds.ts';
import type { ReconcileSystem } from '../../domain/wire/reconcile.ts';
import { writeAtomically } from '../documents/atomic-file.ts';
import { MAPPINGS_FOLDER } from '../hall-files.ts';

/** In bytes; what is larger is no mapping. */
export const MAPPING_LIMIT = 256 * 1024;
const ENDING = '.json';
const ID_LIMIT = 100;
/** Left for what ends a name in a folder. */
const NAME_LIMIT = 60;

export interface FoundMapping extends ReconcileSystem {
  /** As JSON; absent where it cannot be used. */
  readonly input?: unknown;
}

/** By their ids; read anew each time, as people put them there by hand. */
export async function findMappings(folder: string, zone: string): Promise<FoundMapping[]> {
  const place = join(folder, MAPPINGS_FOLDER);
  const names = await readdir(place).catch(() => []);
  const ids = names
    .filter((name) => name.endsWith(ENDING) && !name.startsWith('.') && name.length <= ID_LIMIT)
    .map((name) => name.slice(0, -ENDING.length))
    .sort();
  return Promise.all(ids.map((id) => readMapping(id, join(place, `${id}${ENDING}`), zone)));
}

async function readMapping(id: string, file: string, zone: string): Promise<FoundMapping> {
  const broken = (problem: string): FoundMapping => ({ id, name: id, facts: [], problem });
  let input: unknown;
  try {
    if ((await stat(file)).size > MAPPING_LIMIT) return broken('the file is too large for a mapping');
    input = JSON.parse((await readFile(file, 'utf8')).replace(/^\uFEFF/, ''));
  } catch {
    return broken('the file is not JSON');
  }
  const parsed = parseMapping(input, zone);
  if (!parsed.ok) {
    const [{ path, message } = { path: '', message: '' }] = parsed.problems;
    return broken(`${path}: ${message}`);
  }
  const { name, events } = parsed.mapping.spec;
  const told = new Set(events.map(({ type }) => factOf(type)));
  return { id, name, facts: FEED_FACTS.filter((fact) => told.has(fact)), input };
}

/**
 * Keeps a mapping for next month, under its name as far as a folder takes that.
 * @param replace whether one of that name may be replaced
 * @returns the mapping's id; `exists` where one of that name is there
 */
export async function keepMapping(
  folder: string,
  { name, mapping, replace }: { readonly name: string; readonly mapping: unknown; readonly replace: boolean },
): Promise<{ readonly id: string } | 'exists'> {
  const place = join(folder, MAPPINGS_FOLDER);
  const stem = [...name.normalize('NFC')]
    .slice(0, NAME_LIMIT)
    .join('')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  const id = stem === '' ? 'mapping' : stem;
  const file = join(place, `${id}${ENDING}`);
  await mkdir(place, { recursive: true, mode: 0o700 });
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (isThere && !replace) return 'exists';
  await writeAtomically(file, `${JSON.stringify(mapping, null, 2)}\n`);
  return { id };
}

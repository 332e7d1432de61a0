/** The documents by which frozen figures were worked out, kept beside those in force under the digests of their texts. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { calendarSchema } from '../../domain/calendar/calendar-document.ts';
import { documentTexts, type FrozenData } from '../../domain/frozen/chain.ts';
import { catalogueSchema, createHallConfig, profileSchema, type HallConfig } from '../../domain/profile/profile.ts';
import { writeAtomically } from '../documents/atomic-file.ts';

const KEPT_FOLDER = 'kept';
const NAMES = ['profile', 'catalogue', 'calendar'] as const;

type Digests = FrozenData['documents'];

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** @param documents the hall's folder of documents. @returns the digests under which they are kept */
export async function keepDocuments(documents: string, config: HallConfig): Promise<Digests> {
  const folder = join(documents, KEPT_FOLDER);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const texts = documentTexts(config);
  const digests = digestsOf(config);
  for (const name of NAMES) {
    const file = join(folder, `${digests[name]}.json`);
    if (!existsSync(file)) await writeAtomically(file, texts[name]);
  }
  return digests;
}

export function digestsOf(config: HallConfig): Digests {
  const { profile, catalogue, calendar } = documentTexts(config);
  return { profile: sha256(profile), catalogue: sha256(catalogue), calendar: sha256(calendar) };
}

/** The configuration that they were; else in words what became of them. */
export function readKept(documents: string, digests: Digests): HallConfig | string {
  const read = <T>(name: keyof Digests, schema: v.GenericSchema<unknown, T>): T => {
    const text = readFileSync(join(documents, KEPT_FOLDER, `${digests[name]}.json`), 'utf8');
    if (sha256(text) !== digests[name]) throw new Error(`the ${name} that was kept is not what it was`);
    return v.parse(schema, JSON.parse(text));
  };
  try {
    return createHallConfig(
      read('profile', profileSchema),
      read('catalogue', catalogueSchema),
      undefined,
      undefined,
      read('calendar', calendarSchema),
    );
  } catch (error) {
    return (error as Error).message;
  }
}

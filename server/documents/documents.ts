/** The documents that people edit: the hall's profile and its catalogue. */
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { catalogueSchema, createHallConfig, profileSchema, type HallConfig } from '../../domain/profile/profile.ts';

export interface Documents {
  readonly config: HallConfig;
  readonly problems: readonly string[];
  close(): Promise<void>;
}

export async function openDocuments({ folder, seedFolder }: { folder: string; seedFolder: string }): Promise<Documents> {
  await mkdir(folder, { recursive: true });
  const read = async (name: string): Promise<unknown> => {
    if (!existsSync(join(folder, name))) await copyFile(join(seedFolder, name), join(folder, name));
    return JSON.parse(await readFile(join(folder, name), 'utf8')) as unknown;
  };
  const profile = v.parse(profileSchema, await read('profile.json'));
  const catalogue = v.parse(catalogueSchema, await read('catalogue.json'));
  return { config: createHallConfig(profile, catalogue), problems: [], close: () => Promise.resolve() };
}

/** Files of a report in a folder that the hall names: each whole or not there, and nowhere else. */
import { realpath, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, relative } from 'node:path';
import type { Outcome } from '../../domain/sending/events.ts';
import { writeAtomically } from '../documents/atomic-file.ts';

export interface FolderFiles {
  readonly folder: string;
  /** The hall's own data, into which nothing is sent. */
  readonly dataFolder: string;
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** A folder is not made: one that is not there is a share that is not mounted, or a name that is wrong. */
export async function writeToFolder({ folder, dataFolder, files }: FolderFiles): Promise<Outcome> {
  if (!isAbsolute(folder)) return failed('no-folder');
  let real: string;
  try {
    real = await realpath(folder);
    if (!(await stat(real)).isDirectory()) return failed('no-folder');
    if (isWithin(await realpath(dataFolder), real)) return failed('own-folder');
  } catch {
    return failed('no-folder');
  }
  try {
    for (const { name, bytes } of files) {
      if (name !== basename(name) || name.startsWith('.')) return failed('not-written');
      await writeAtomically(join(real, name), bytes);
    }
    return { result: 'sent' };
  } catch (error) {
    return failed((error as NodeJS.ErrnoException).code === 'ENOSPC' ? 'disk-full' : 'not-written');
  }
}

function isWithin(parent: string, path: string): boolean {
  const way = relative(parent, path);
  return way === '' || (!way.startsWith('..') && !isAbsolute(way));
}

function failed(reason: string): Outcome {
  return { result: 'failed', reason };
}

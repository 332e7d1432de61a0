// Where the project and real exports lie, from the sources and, in `npm run campaign`, from a build.
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

function findRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

export const root = findRoot();

/** Their licences are not settled, so none of them is part of the project. */
export const realFolder = resolve(process.env['HALLPULSE_REAL_DATA'] || join(root, '../shared/data'));

/** The path of a real export; undefined where it is not here. */
export function findRealFile(name: string): string | undefined {
  const file = join(realFolder, name);
  return existsSync(file) ? file : undefined;
}

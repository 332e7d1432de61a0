/** Copies of the plain parts of a data folder, for their owner alone. */
import { chmodSync, copyFileSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Copies a file, or a folder with all that is in it; nothing where there is none. Links are followed to files. What is
 * being written at this moment bears another name, and what vanishes meanwhile is left out.
 */
export function copyPlain(from: string, to: string): void {
  try {
    if (!statSync(from).isDirectory()) {
      copyFileSync(from, to);
      chmodSync(to, 0o600);
      return;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  mkdirSync(to, { mode: 0o700 });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const isLinkedFolder =
      entry.isSymbolicLink() && statSync(join(from, entry.name), { throwIfNoEntry: false })?.isDirectory();
    const isDraft = entry.name.startsWith('.') && entry.name.endsWith('.tmp');
    if (!isDraft && !isLinkedFolder) copyPlain(join(from, entry.name), join(to, entry.name));
  }
}

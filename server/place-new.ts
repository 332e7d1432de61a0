/** Gives a file its name only once it is whole, and only if nobody else was first. */
import { linkSync, rmSync } from 'node:fs';

/** Moves `draft` to `file` unless that is there: a link never replaces, so of two processes that begin together one's file stays. */
export function placeNew(draft: string, file: string): void {
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

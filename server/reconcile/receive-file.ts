/** Takes the body of a request as a file that is gone afterwards: an export may hold what the hall must not keep. */
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request } from 'express';

/** A day's export of any hall is far smaller. */
export const FILE_LIMIT = 64 * 1024 * 1024;

class TooLarge extends Error {}

/** @returns what `use` returns, given the file's path; `too-large` and `empty` before it is asked */
export async function withFile<T>(
  request: Request,
  use: (file: string) => Promise<T>,
): Promise<T | 'too-large' | 'empty'> {
  if (Number(request.headers['content-length'] ?? 0) > FILE_LIMIT) return 'too-large';
  const folder = mkdtempSync(join(tmpdir(), 'hallpulse-export-'));
  try {
    const file = join(folder, 'export');
    let bytes = 0;
    const bounded = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        if (bytes > FILE_LIMIT) done(new TooLarge());
        else done(null, chunk);
      },
    });
    try {
      await pipeline(request, bounded, createWriteStream(file, { mode: 0o600 }));
    } catch (error) {
      if (error instanceof TooLarge) return 'too-large';
      throw error;
    }
    return bytes === 0 ? 'empty' : await use(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Takes the body of a request as a file: an export may hold what the hall must not keep, so whoever takes one removes it. */
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request } from 'express';

/** A day's export of any hall is far smaller. */
export const FILE_LIMIT = 64 * 1024 * 1024;

class TooLarge extends Error {}

/**
 * Writes the body into `file`, for its owner alone.
 * @param limit in bytes
 * @returns the bytes that it has; after `too-large` and `empty` there is no file
 */
export async function receiveFile(
  request: Request,
  file: string,
  limit: number,
): Promise<number | 'too-large' | 'empty'> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return 'too-large';
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  let bytes = 0;
  const bounded = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > limit) done(new TooLarge());
      else done(null, chunk);
    },
  });
  try {
    await pipeline(request, bounded, createWriteStream(file, { mode: 0o600 }));
  } catch (error) {
    rmSync(file, { force: true });
    if (error instanceof TooLarge) return 'too-large';
    throw error;
  }
  if (bytes > 0) return bytes;
  rmSync(file, { force: true });
  return 'empty';
}

/** @returns what `use` returns, given the path of a file that is gone afterwards; `too-large` and `empty` before it is asked */
export async function withFile<T>(
  request: Request,
  use: (file: string) => Promise<T>,
): Promise<T | 'too-large' | 'empty'> {
  const folder = mkdtempSync(join(tmpdir(), 'hallpulse-export-'));
  try {
    const file = join(folder, 'export');
    const received = await receiveFile(request, file, FILE_LIMIT);
    return typeof received === 'number' ? await use(file) : received;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

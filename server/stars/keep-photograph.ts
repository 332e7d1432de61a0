/** A photograph as it is kept: turned upright, cut to the portrait's shape, and made anew, so that nothing is left of what the camera wrote into it. */
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EXTENSIONS, isSafeId } from '../photographs.ts';
import { syncPath } from '../sync-path.ts';

/** A telephone's largest photograph, and no more than a server can hold at once. */
export const UPLOAD_BYTES = 20 * 1024 * 1024;
const MOST_PIXELS = 64_000_000;
/** Four to five, as the wall draws it; sharp on a wall of four thousand lines. */
const [WIDTH, HEIGHT] = [880, 1_100];
const QUALITY = 86;
const TIMEOUT_SECONDS = 20;

/** `heic`: an iPhone's own format, which this build cannot read. `large`: more pixels than are read. */
export type PhotographProblem = 'not-a-picture' | 'heic' | 'large' | 'no-reader' | 'id';
export type Made =
  { readonly ok: true; readonly bytes: Buffer } | { readonly ok: false; readonly error: PhotographProblem };

/** A JPEG without metadata. Never throws for what a file may hold. */
export async function makePhotograph(upload: Buffer): Promise<Made> {
  // Where there is none for the machine, a hall is served all the same, without new photographs.
  const sharp = await import('sharp').then(
    (found) => found.default,
    () => undefined,
  );
  if (!sharp) return { ok: false, error: 'no-reader' };
  if (!isPicture(upload)) return { ok: false, error: 'not-a-picture' };
  try {
    const picture = sharp(upload, { limitInputPixels: MOST_PIXELS, failOn: 'error' });
    const { width, height } = await picture.metadata();
    if (width * height > MOST_PIXELS) return { ok: false, error: 'large' };
    const bytes = await picture
      .autoOrient()
      .resize(WIDTH, HEIGHT, { fit: 'cover', position: 'attention' })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: QUALITY })
      .timeout({ seconds: TIMEOUT_SECONDS })
      .toBuffer();
    return { ok: true, bytes };
  } catch (error) {
    if (/pixel limit/i.test(String(error))) return { ok: false, error: 'large' };
    return { ok: false, error: isHeic(upload) ? 'heic' : 'not-a-picture' };
  }
}

/** In place of whatever the folder has of them, whole or not at all. */
export async function keepPhotograph(folder: string, staff: string, bytes: Buffer): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${staff}.jpg`);
  const partial = join(folder, `.${process.pid}.partial`);
  await writeFile(partial, bytes, { mode: 0o600 });
  syncPath(partial);
  await rename(partial, path);
  await removePhotographs(folder, staff, 'jpg');
  syncPath(folder);
}

/** All that the folder has of them, but for the one of the extension that is to stay. */
export async function removePhotographs(folder: string, staff: string, stays?: string): Promise<void> {
  if (!isSafeId(staff)) return;
  const names = await readdir(folder).catch((): string[] => []);
  for (const extension of EXTENSIONS) {
    const name = `${staff}.${extension}`;
    if (extension !== stays && names.includes(name)) await rm(join(folder, name), { force: true });
  }
}

/** Whose photographs there are. */
export async function listPhotographed(folder: string): Promise<ReadonlySet<string>> {
  const names = await readdir(folder).catch((): string[] => []);
  return new Set(
    names.flatMap((name) => {
      const extension = EXTENSIONS.find((one) => name.endsWith(`.${one}`));
      return extension === undefined ? [] : [name.slice(0, -extension.length - 1)];
    }),
  );
}

/** Only what a camera or a telephone makes: the reader knows vector drawings and documents as well. */
function isPicture(bytes: Buffer): boolean {
  const latin = bytes.toString('latin1', 0, 12);
  return (
    latin.startsWith('\xff\xd8\xff') ||
    latin.startsWith('\x89PNG\r\n\x1a\n') ||
    (latin.startsWith('RIFF') && latin.slice(8) === 'WEBP') ||
    latin.slice(4, 8) === 'ftyp'
  );
}

function isHeic(bytes: Buffer): boolean {
  return bytes.toString('latin1', 4, 8) === 'ftyp' && !/avi[fs]/.test(bytes.toString('latin1', 8, 12));
}

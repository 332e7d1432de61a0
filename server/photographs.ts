/** `GET /photographs/STAFF`: the photograph of somebody who is a published star now, and of nobody else. */
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Router, type RequestHandler, type Response } from 'express';

export interface PhotographsOptions {
  /** The hall's own folder of photographs: `STAFF.jpg`, `.jpeg`, `.png` or `.webp`. */
  readonly folder: string;
  /** Whether this member of staff is a star by everything that has been acknowledged. */
  readonly isStar: (staffId: string) => Promise<boolean>;
  /** Refuses whoever may see nothing. */
  readonly demand: RequestHandler;
}

/** A photograph on a wall needs no more; a larger file is not read. */
export const LARGEST_BYTES = 4 * 1024 * 1024;
export const EXTENSIONS = ['jpg', 'jpeg', 'png', 'webp'];
/** No slash, and no dot in front: an id that a file can be called after, and that leads nowhere else. */
const SAFE_ID = /^(?!\.)[\p{Letter}\p{Number}._-]{1,100}$/u;

/**
 * Answers 200 with the picture, 204 where the star has none (the wall then draws a portrait of its own), 404 for
 * everybody else. Management and public screens alike may see published stars.
 */
export function createPhotographsRouter({ folder, isStar, demand }: PhotographsOptions): Router {
  const router = Router();
  router.get<{ staff: string }>('/photographs/:staff', demand, async (request, response) => {
    const { staff } = request.params;
    if (!(await isStar(staff))) {
      response.status(404).json({ error: 'not-found' });
      return;
    }
    await sendPhotograph(response, folder, staff);
  });
  return router;
}

/** 200 with the picture, 204 where there is none. */
export async function sendPhotograph(response: Response, folder: string, staff: string): Promise<void> {
  const picture = isSafeId(staff) ? await readPhotograph(folder, staff) : undefined;
  response.set('Cache-Control', 'private, no-cache').set('X-Content-Type-Options', 'nosniff');
  if (!picture) response.status(204).end();
  else response.type(picture.type).send(picture.bytes);
}

/** Whether a photograph can be kept under the id. */
export function isSafeId(staff: string): boolean {
  return SAFE_ID.test(staff);
}

async function readPhotograph(folder: string, staff: string): Promise<{ type: string; bytes: Buffer } | undefined> {
  // The names that are really there decide, so that no file system finds one by another spelling.
  const names = await readdir(folder).catch((): string[] => []);
  for (const extension of EXTENSIONS) {
    const name = `${staff}.${extension}`;
    if (!names.includes(name)) continue;
    const bytes = await readBounded(join(folder, name));
    const type = bytes && pictureType(bytes);
    if (bytes && type) return { type, bytes };
  }
  return undefined;
}

/** The file's bytes; nothing where it is no plain file or too large. */
async function readBounded(path: string): Promise<Buffer | undefined> {
  const file = await open(path, 'r').catch(() => undefined);
  if (!file) return undefined;
  try {
    const { size } = await file.stat().then((stat) => (stat.isFile() ? stat : { size: Infinity }));
    if (size > LARGEST_BYTES) return undefined;
    const bytes = Buffer.alloc(size);
    const { bytesRead } = await file.read(bytes, 0, size, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** What a file is by its own first bytes, whatever it is called. */
function pictureType(bytes: Buffer): string | undefined {
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'image/jpeg';
  if (bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return 'image/png';
  const isWebp = bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';
  return isWebp ? 'image/webp' : undefined;
}

/** What a file holds, as one short text. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** @returns SHA-256, in hex */
export async function digestFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

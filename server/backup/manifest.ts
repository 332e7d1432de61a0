/** What a backup says about itself, and the check that its files are still what it says. */
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import * as v from 'valibot';
import { LedgerError } from '../ledger/port.ts';

export const MANIFEST_FILE = 'manifest.json';

const manifestSchema = v.object({
  format: v.literal(1),
  /** When the copy was taken, RFC 3339 in UTC. */
  created: v.string(),
  hall: v.string(),
  ledgerId: v.string(),
  /** The ledger's head in the copy. */
  seq: v.pipe(v.number(), v.integer()),
  events: v.pipe(v.number(), v.integer()),
  files: v.array(
    v.object({
      // A path that leads out of the backup's folder is nobody's honest mistake.
      path: v.pipe(
        v.string(),
        v.check((path) => !path.startsWith('/') && !path.includes('\\') && !path.split('/').includes('..')),
      ),
      bytes: v.number(),
      sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
    }),
  ),
});

export type Manifest = v.InferOutput<typeof manifestSchema>;
export type ManifestFile = Manifest['files'][number];

/** Every file below `folder` with its size and hash, by path; paths use `/` on every system. */
export async function listFiles(folder: string): Promise<ManifestFile[]> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => path !== MANIFEST_FILE)
    .sort();
  const files: ManifestFile[] = [];
  for (const path of paths) {
    const file = join(folder, path);
    files.push({ path, bytes: statSync(file).size, sha256: await hashFile(file) });
  }
  return files;
}

/**
 * Reads the manifest of the backup in `folder` and compares every file with it.
 * @throws LedgerError `damaged`, naming the first file that is missing, changed or unaccounted for
 */
export async function checkBackup(folder: string): Promise<Manifest> {
  const manifest = readManifest(folder);
  const found = new Map((await listFiles(folder)).map((file) => [file.path, file]));
  for (const { path, sha256 } of manifest.files) {
    const file = found.get(path);
    if (!file) throw new LedgerError('damaged', `The backup ${folder} lacks ${path}.`);
    if (file.sha256 !== sha256)
      throw new LedgerError('damaged', `${path} in the backup ${folder} was changed after it was made.`);
    found.delete(path);
  }
  const [stray] = found.keys();
  if (stray !== undefined) throw new LedgerError('damaged', `${stray} in ${folder} is no part of the backup.`);
  return manifest;
}

function readManifest(folder: string): Manifest {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(join(folder, MANIFEST_FILE), 'utf8'));
  } catch (error) {
    throw new LedgerError('damaged', `${folder} is no backup: its ${MANIFEST_FILE} cannot be read.`, { cause: error });
  }
  const result = v.safeParse(manifestSchema, content);
  if (!result.success) throw new LedgerError('damaged', `The ${MANIFEST_FILE} of ${folder} is not that of a backup.`);
  return result.output;
}

function hashFile(file: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const hash = createHash('sha256');
    createReadStream(file)
      .on('data', (chunk) => hash.update(chunk))
      .on('error', reject)
      .on('end', () => resolve(hash.digest('hex')));
  });
}

/** The parts of a zip file as streams, none of which becomes larger than the file's directory says. */
import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';

/** Whatever is wrong with the file itself. */
export class DamagedZip extends Error {}

export class LargeZip extends Error {}

export interface ZipLimits {
  /** Of all parts together, in bytes. */
  readonly unpacked: number;
  readonly parts: number;
}

export interface Zip {
  readonly names: readonly string[];
  /** Unpacked, in bytes; 0 where there is no such part. */
  sizeOf(name: string): number;
  /**
   * `undefined` where there is no such part. What is read ends in DamagedZip where it does not unpack, or to other bytes
   * than were packed.
   */
  read(name: string): Promise<AsyncIterable<Buffer> | undefined>;
  close(): void;
}

/** @throws DamagedZip, LargeZip */
export async function openZip(file: string, limits: ZipLimits): Promise<Zip> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    yauzl.open(file, { lazyEntries: true, autoClose: false }, (error, opened) => {
      if (error) reject(new DamagedZip(error.message));
      else resolve(opened);
    });
  });
  try {
    const entries = await listEntries(zip, limits);
    return {
      names: [...entries.keys()],
      sizeOf: (name) => entries.get(name)?.uncompressedSize ?? 0,
      async read(name) {
        const entry = entries.get(name);
        return entry && checkBytes(await openEntry(zip, entry), entry);
      },
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

function listEntries(zip: ZipFile, limits: ZipLimits): Promise<Map<string, Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>();
    let unpacked = 0;
    zip.on('error', (error: Error) => reject(new DamagedZip(error.message)));
    zip.on('entry', (entry: Entry) => {
      unpacked += entry.uncompressedSize;
      if (unpacked > limits.unpacked || entries.size >= limits.parts) return reject(new LargeZip());
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.readEntry();
  });
}

function openEntry(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) reject(new DamagedZip(error.message));
      else resolve(stream);
    });
  });
}

async function* checkBytes(stream: Readable, { crc32: wanted }: Entry): AsyncGenerator<Buffer> {
  let sum = 0;
  try {
    for await (const chunk of stream) {
      sum = crc32(chunk as Buffer, sum);
      yield chunk as Buffer;
    }
  } catch (error) {
    throw new DamagedZip(error instanceof Error ? error.message : String(error));
  }
  if (sum !== wanted) throw new DamagedZip('other bytes than were packed');
}

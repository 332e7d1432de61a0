/** Looks into a zip before anything unpacks it: what it would grow to, and whether its directory tells the truth. */
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';

const inflate = promisify(inflateRaw);

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;

interface ZipEntry {
  readonly method: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  readonly offset: number;
}

export type ZipVerdict = 'fits' | 'too-large' | 'damaged';

/**
 * @param limitBytes how large all entries together may become
 * @returns `damaged` as well where an entry unpacks to more than the directory says, as a zip bomb's would
 */
export async function judgeZip(bytes: Buffer, limitBytes: number, limitEntries: number): Promise<ZipVerdict> {
  const entries = readDirectory(bytes);
  if (!entries) return 'damaged';
  const total = entries.reduce((sum, entry) => sum + entry.unpackedBytes, 0);
  if (total > limitBytes || entries.length > limitEntries) return 'too-large';
  for (const entry of entries) if (!(await isTrue(bytes, entry))) return 'damaged';
  return 'fits';
}

function readDirectory(bytes: Buffer): readonly ZipEntry[] | undefined {
  const end = findEnd(bytes);
  if (end === undefined) return undefined;
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  const entries: ZipEntry[] = [];
  for (let index = 0; index < count; index++) {
    // Sizes and offsets of 0xffffffff would mean zip64, which no sheet within the limit needs: they fail here.
    if (at + 46 > end || bytes.readUInt32LE(at) !== ENTRY_SIGNATURE) return undefined;
    entries.push({
      method: bytes.readUInt16LE(at + 10),
      packedBytes: bytes.readUInt32LE(at + 20),
      unpackedBytes: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    });
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

function findEnd(bytes: Buffer): number | undefined {
  for (let at = bytes.length - 22; at >= 0 && at >= bytes.length - 65_558; at--) {
    if (bytes.readUInt32LE(at) === END_SIGNATURE) return at;
  }
  return undefined;
}

async function isTrue(bytes: Buffer, entry: ZipEntry): Promise<boolean> {
  const { offset, packedBytes, unpackedBytes } = entry;
  if (offset + 30 > bytes.length || bytes.readUInt32LE(offset) !== LOCAL_SIGNATURE) return false;
  const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  if (start + packedBytes > bytes.length) return false;
  if (entry.method === STORED) return packedBytes === unpackedBytes;
  if (entry.method !== DEFLATED) return false;
  try {
    const unpacked = await inflate(bytes.subarray(start, start + packedBytes), {
      maxOutputLength: Math.max(1, unpackedBytes),
    });
    return unpacked.length === unpackedBytes;
  } catch {
    return false;
  }
}

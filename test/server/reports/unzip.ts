// What lies in an office file: one entry of the zip that it is, by the zip's own directory.
import { inflateRawSync } from 'node:zlib';

const [DIRECTORY_ENTRY, DIRECTORY_END] = [0x02014b50, 0x06054b50];

export function unzip(zip: Buffer, name: string): string {
  const end = zip.lastIndexOf(Buffer.from(new Uint32Array([DIRECTORY_END]).buffer));
  let at = zip.readUInt32LE(end + 16);
  while (zip.readUInt32LE(at) === DIRECTORY_ENTRY) {
    const [packed, nameLength, extra, comment] = [20, 28, 30, 32].map((offset) =>
      offset === 20 ? zip.readUInt32LE(at + offset) : zip.readUInt16LE(at + offset),
    ) as [number, number, number, number];
    if (zip.toString('utf8', at + 46, at + 46 + nameLength) === name) {
      const header = zip.readUInt32LE(at + 42);
      const from = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
      const bytes = zip.subarray(from, from + packed);
      return (zip.readUInt16LE(at + 10) === 0 ? bytes : inflateRawSync(bytes)).toString('utf8');
    }
    at += 46 + nameLength + extra + comment;
  }
  throw new Error(`No ${name} in it.`);
}

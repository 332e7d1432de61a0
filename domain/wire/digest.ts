/** The digest by which a wall checks that its copy of a topic is the server's. It guards against divergence, not attackers. */
import { canonicalJson } from './canonical.ts';

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/**
 * CRC-32 of a text's UTF-8 bytes, eight lower-case hex digits.
 * Source: ISO 3309 / ITU-T V.42, the reflected polynomial 0xEDB88320, as in PNG and zlib.
 */
export function crc32(text: string): string {
  let crc = 0xffffffff;
  for (const byte of new TextEncoder().encode(text)) crc = table[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return ((crc ^ 0xffffffff) >>> 0).toString(16).padStart(8, '0');
}

/** The digest of a topic's data: CRC-32 of its RFC 8785 JSON. */
export function digestData(data: unknown): string {
  return crc32(canonicalJson(data));
}

/** Which encoding a file is in: by its mark, by what its bytes can only be, else by what text looks like in each. */
import { createReadStream } from 'node:fs';
import type { Encoding } from '../../../domain/mapping/schema.ts';

/** `stated` by the mapping, told by a `mark` at the file's start, `certain` by its bytes, or only `likely`. */
export interface FoundEncoding {
  readonly encoding: Encoding;
  readonly by: 'stated' | 'mark' | 'certain' | 'likely';
}

const MARKS: readonly (readonly [Encoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** Less than this share of what looks like text in the best of the encodings, and nobody can tell. */
const LEAST_LIKELY = 0.6;

/** @returns undefined where the bytes look like text in none of the encodings */
export async function findEncoding(file: string): Promise<FoundEncoding | undefined> {
  const count = createByteCount();
  let start: Buffer | undefined;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    start ??= chunk as Buffer;
    count.push(chunk as Buffer);
  }
  const marked = MARKS.find(([, mark]) => mark.every((byte, index) => start?.[index] === byte));
  return marked ? { encoding: marked[0], by: 'mark' } : count.judge();
}

interface ByteCount {
  push(bytes: Uint8Array): void;
  judge(): FoundEncoding | undefined;
}

/** A byte's place among those of one sign, in the encodings that write Chinese with two bytes. */
interface Pairs {
  lead: number;
  all: number;
  /** Of the signs that nearly all Chinese text is made of. */
  common: number;
  broken: number;
}

const createPairs = (): Pairs => ({ lead: 0, all: 0, common: 0, broken: 0 });

export function createByteCount(): ByteCount {
  let [length, high, alone] = [0, 0, 0];
  const zeros = [0, 0] as [number, number];
  let [before, beforeThat] = [0, 0];
  /** `signs`: bytes of whole signs of three and four bytes, which chance makes of hardly any other text. */
  const utf8 = { due: 0, size: 0, signs: 0, broken: 0 };
  const gb = createPairs();
  const big5 = createPairs();

  const readUtf8 = (byte: number): void => {
    if (utf8.due > 0) {
      if (byte >= 0x80 && byte < 0xc0) {
        if (--utf8.due === 0 && utf8.size > 2) utf8.signs += utf8.size;
        return;
      }
      utf8.due = 0;
      utf8.broken++;
    }
    if (byte < 0x80) return;
    utf8.size = byte >= 0xc2 && byte < 0xe0 ? 2 : byte >= 0xe0 && byte < 0xf0 ? 3 : byte >= 0xf0 && byte < 0xf5 ? 4 : 0;
    if (utf8.size === 0) utf8.broken++;
    else utf8.due = utf8.size - 1;
  };
  // The second byte of a pair is above 0x3f; digits there begin a sign of four bytes, whose halves look like two pairs.
  const readPair = (pairs: Pairs, byte: number, isCommon: (lead: number, trail: number) => boolean): void => {
    if (pairs.lead === 0) {
      if (byte > 0x80 && byte < 0xff) pairs.lead = byte;
      else if (byte >= 0x80) pairs.broken++;
      return;
    }
    const isTrail = (byte >= 0x40 && byte !== 0x7f && byte !== 0xff) || (byte >= 0x30 && byte <= 0x39);
    if (!isTrail) pairs.broken++;
    else {
      pairs.all++;
      if (isCommon(pairs.lead, byte)) pairs.common++;
    }
    pairs.lead = 0;
  };

  return {
    push(bytes) {
      for (const byte of bytes) {
        if (byte === 0) zeros[length % 2]!++;
        length++;
        if (byte >= 0x80) high++;
        // A letter with an accent stands among plain ones.
        if (before >= 0x80 && byte < 0x80 && beforeThat < 0x80) alone++;
        [beforeThat, before] = [before, byte];
        if (byte < 0x80 && utf8.due === 0 && gb.lead === 0 && big5.lead === 0) continue;
        readUtf8(byte);
        readPair(gb, byte, isCommonGb);
        readPair(big5, byte, isCommonBig5);
      }
    },
    judge() {
      if (zeros[0] + zeros[1] > 0) return { encoding: zeros[0] > zeros[1] ? 'utf-16be' : 'utf-16le', by: 'likely' };
      if (utf8.due > 0) utf8.broken++;
      if (utf8.broken === 0) return { encoding: 'utf-8', by: 'certain' };
      // Damaged in a few places: what is whole is far more than chance would make of another encoding.
      if (utf8.signs >= 6 && utf8.signs / high > 0.7) return { encoding: 'utf-8', by: 'likely' };
      const share = ({ all, common, broken }: Pairs): number => (all === 0 ? 0 : common / (all + broken));
      const shares: (readonly [Encoding, number])[] = [
        ['gb18030', share(gb)],
        ['big5', share(big5)],
        ['windows-1252', alone / high],
      ];
      const [best] = shares.sort(([, a], [, b]) => b - a);
      return best && best[1] >= LEAST_LIKELY ? { encoding: best[0], by: 'likely' } : undefined;
    },
  };
}

/** The 3,755 characters of the first plane of GB 2312, its signs and full-width letters. */
function isCommonGb(lead: number, trail: number): boolean {
  return trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xd7) || (lead >= 0xa1 && lead <= 0xa3));
}

/** The 5,401 characters of Big5's first plane, and its signs. */
function isCommonBig5(lead: number, trail: number): boolean {
  return lead >= 0xa1 && lead <= 0xc6 && (trail >= 0xa1 || trail < 0x7f) && trail >= 0x40;
}

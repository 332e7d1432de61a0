/** A set of line numbers at one bit a line: ten million refused rows take little more than a megabyte. */

export interface LineSet {
  add(line: number): void;
  has(line: number): boolean;
}

export function createLineSet(): LineSet {
  let bits = new Uint8Array(1 << 10);
  return {
    add(line) {
      const at = line >>> 3;
      if (at >= bits.length) {
        const larger = new Uint8Array(Math.max(bits.length * 2, at + 1));
        larger.set(bits);
        bits = larger;
      }
      bits[at]! |= 1 << (line & 7);
    },
    has: (line) => ((bits[line >>> 3] ?? 0) & (1 << (line & 7))) !== 0,
  };
}

/** GB18030 as a vendor's system writes it. */

let pairs: Map<string, readonly [number, number]> | undefined;

/** The platform decodes GB18030 but does not encode it: its two-byte table is read backwards. */
export function encodeGb18030(text: string): Uint8Array {
  pairs ??= readPairs();
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0)!;
    const pair = pairs.get(character);
    if (code < 0x80) bytes.push(code);
    else if (pair) bytes.push(...pair);
    else throw new Error(`no two bytes for U+${code.toString(16)}`);
  }
  return Uint8Array.from(bytes);
}

function readPairs(): Map<string, readonly [number, number]> {
  const decoder = new TextDecoder('gb18030');
  const found = new Map<string, readonly [number, number]>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if ([...character].length === 1 && !found.has(character)) found.set(character, [lead, trail]);
    }
  }
  return found;
}

/** Letters drawn by chance, for names that nobody draws twice: `crypto.randomUUID` does not exist over plain HTTP. */

const ALPHABET = 26;
/** The largest multiple of the alphabet that a byte can hold: what lies above would make its first letters likelier. */
const FAIR = 234;

/** @returns `count` letters a–z; twenty of them hold 94 bits */
export function drawLetters(count = 20): string {
  let letters = '';
  while (letters.length < count)
    for (const byte of crypto.getRandomValues(new Uint8Array(count)))
      if (byte < FAIR && letters.length < count) letters += String.fromCharCode(97 + (byte % ALPHABET));
  return letters;
}

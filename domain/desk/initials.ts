/** The initials of an item's name, a letter under each of its characters, so that a page can mark what was typed. */

export interface Initials {
  /** A small letter for each character (code point) of the name; a blank under what has none. */
  readonly initials: string;
  /** The hall's own letters, where they are not as many as the name's. */
  readonly alias?: string;
}

const isSpoken = /[\p{L}\p{N}]/u;
const isLetter = /^[a-z]$/;

/**
 * @param own as the catalogue has them, without blanks, such as `mzylfybx`; they go before what is made, since a hall
 *   knows how it reads its names
 * @param made the first letter of each character's sound, one for each character of the name
 */
export function layInitials(name: string, own: string | undefined, made: readonly string[]): Initials {
  const characters = [...name];
  const letters = own === undefined ? [] : [...own.toLowerCase()];
  const spoken = characters.filter((character) => isSpoken.test(character)).length;
  if (letters.length > 0 && letters.length === spoken) {
    let next = 0;
    return { initials: write(characters.map((one) => (isSpoken.test(one) ? letters[next++]! : ' '))) };
  }
  const initials = write(characters.map((_, i) => made[i] ?? ' '));
  return own ? { initials, alias: own } : { initials };
}

function write(letters: readonly string[]): string {
  return letters.map((letter) => (isLetter.test(letter.toLowerCase()) ? letter.toLowerCase() : ' ')).join('');
}

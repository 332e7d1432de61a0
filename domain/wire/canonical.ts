/** JSON with one text for each value, so that two processes can compare or hash values by their text. */

/**
 * The canonical JSON text of a value by RFC 8785 (JCS): members ordered by the UTF-16 code units of their names,
 * no white space, numbers and strings as ECMAScript writes them. As in `JSON.stringify`, members whose value is
 * `undefined` are left out. A lone surrogate, for which the RFC has no text, is written as its `\uXXXX` escape,
 * so that odd input still has one text and cannot stop a comparison.
 *
 * @throws TypeError for what JSON cannot hold: a number that is not finite, a function, a symbol, a bigint,
 *   or `undefined` anywhere but as a member's value
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`JSON has no text for the number ${value}`);
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? arrayText(value) : objectText(value as Record<string, unknown>);
    default:
      throw new TypeError(`JSON has no text for a ${typeof value}`);
  }
}

function arrayText(values: readonly unknown[]): string {
  let text = '[';
  for (let i = 0; i < values.length; i++) {
    if (i > 0) text += ',';
    text += canonicalJson(values[i]);
  }
  return text + ']';
}

function objectText(members: Readonly<Record<string, unknown>>): string {
  let text = '{';
  // Without a comparison function `sort` orders by UTF-16 code units, which is what the RFC asks for.
  for (const name of Object.keys(members).sort()) {
    const value = members[name];
    if (value === undefined) continue;
    if (text.length > 1) text += ',';
    text += `${JSON.stringify(name)}:${canonicalJson(value)}`;
  }
  return text + '}';
}

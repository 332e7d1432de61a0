/** Finds a key that an object of a JSON text names twice; JSON.parse keeps the last in silence. */

const string = /"(?:[^"\\]|\\.)*"/y;

/**
 * @param text valid JSON
 * @returns the path of the first repeated key, such as `stations.3.code`, or undefined
 */
export function findDuplicateKey(text: string): string | undefined {
  const levels: { keys: Set<string> | undefined; step: string | number }[] = [];
  for (let i = 0; i < text.length; i++) {
    const level = levels[levels.length - 1];
    switch (text.charAt(i)) {
      case '{':
        levels.push({ keys: new Set(), step: '' });
        break;
      case '[':
        levels.push({ keys: undefined, step: 0 });
        break;
      case '}':
      case ']':
        levels.pop();
        break;
      case ',':
        if (typeof level?.step === 'number') level.step++;
        break;
      case '"': {
        string.lastIndex = i;
        const token = string.exec(text)![0];
        i += token.length - 1;
        if (!level?.keys || !/^\s*:/.test(text.slice(i + 1, i + 200))) break;
        const key = JSON.parse(token) as string;
        level.step = key;
        if (level.keys.has(key)) return levels.map((entry) => entry.step).join('.');
        level.keys.add(key);
        break;
      }
    }
  }
  return undefined;
}

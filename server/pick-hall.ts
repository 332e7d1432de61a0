/** Which of the halls in this process a request means: the one that `hall` in its address names, else the first. */
import type { IncomingMessage } from 'node:http';

/** A hall that is not here is left to the first, which refuses it to whoever may ask at all. */
export function createHallPicker<H extends { readonly id: string }>(
  halls: readonly [H, ...H[]],
): (request: Pick<IncomingMessage, 'url'>) => H {
  const [first] = halls;
  if (halls.length === 1) return () => first;
  const byId = new Map(halls.map((hall) => [hall.id, hall]));
  if (byId.size < halls.length) throw new Error('Two halls in one process have the same id.');
  return ({ url = '' }) => {
    const query = url.indexOf('?');
    const asked = query < 0 ? [] : new URLSearchParams(url.slice(query + 1)).getAll('hall');
    return (asked.length === 1 ? byId.get(asked[0]!) : undefined) ?? first;
  };
}

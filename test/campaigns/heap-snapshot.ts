// What of a page's document is held by nobody but scripts: the heap's own word for it is "detached".
import type { CDPSession } from 'playwright-core';

export interface DetachedNodes {
  readonly count: number;
  /** The commonest first, such as `<li>`, ten at most. */
  readonly names: readonly (readonly [name: string, count: number])[];
}

/** The parts of Chromium's `.heapsnapshot` that are read here. */
interface HeapSnapshot {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: readonly string[];
      /** The first is the list of what a node's `type` says. */
      readonly node_types: readonly (readonly string[] | string)[];
    };
  };
  readonly nodes: readonly number[];
  readonly strings: readonly string[];
}

/** `detachedness` of a node that no document holds. */
const DETACHED = 2;

/** Takes a snapshot of a page's heap, piece by piece; it collects first, and stops the page for a second or more. */
export type TakeSnapshot = (onPiece: (piece: string) => void) => Promise<void>;

export function snapshotBy(cdp: CDPSession): TakeSnapshot {
  return async (onPiece) => {
    const take = ({ chunk }: { chunk: string }) => onPiece(chunk);
    cdp.on('HeapProfiler.addHeapSnapshotChunk', take);
    try {
      await cdp.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
    } finally {
      cdp.off('HeapProfiler.addHeapSnapshotChunk', take);
    }
  };
}

export async function countDetachedNodes(take: TakeSnapshot): Promise<DetachedNodes> {
  const pieces: string[] = [];
  await take((piece) => void pieces.push(piece));
  return readDetachedNodes(JSON.parse(pieces.join('')) as HeapSnapshot);
}

/** A node of the DOM is native in the heap; what script holds around it is counted with it, not beside it. */
export function readDetachedNodes({ snapshot, nodes, strings }: HeapSnapshot): DetachedNodes {
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [type, name, detachedness] = ['type', 'name', 'detachedness'].map((field) => fields.indexOf(field)) as [
    number,
    number,
    number,
  ];
  if (detachedness < 0) throw new Error('This browser does not say which nodes are detached.');
  const native = types[type]?.indexOf('native');
  const counts = new Map<string, number>();
  for (let at = 0; at < nodes.length; at += fields.length) {
    if (nodes[at + type] !== native || nodes[at + detachedness] !== DETACHED) continue;
    // Without the word before it, which some browsers write, and the classes, of which each component has its own.
    const called = strings[nodes[at + name]!]!.replace(/^Detached /, '').replace(/<([\w-]+)[^>]*>/, '<$1>');
    counts.set(called, (counts.get(called) ?? 0) + 1);
  }
  return {
    count: [...counts.values()].reduce((sum, count) => sum + count, 0),
    names: [...counts].sort(([, a], [, b]) => b - a).slice(0, 10),
  };
}

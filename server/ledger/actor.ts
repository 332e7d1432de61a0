/** Who recorded an event: kept beside it in the ledger, outside its content, for audits and exports alone. */

const KINDS = ['staff', 'tablet', 'key', 'display', 'outside', 'code', 'hall', 'command', 'import'] as const;

/**
 * `staff`: whoever was signed in, by staff id. `tablet`: a citizen at a window's tablet, by its window. `key`: an ingest key. `display`: a screen, by its token, or `open` where everybody may read. `outside`: whoever wrote by the listener outside the hall. `code`: whoever held the
 * code of an alarm, by the alarm. `hall`: a part of the hall itself. `command`: one that was run on the machine. `import`: a file that somebody brought in on a page, by staff id.
 */
export interface Actor {
  readonly kind: (typeof KINDS)[number];
  readonly id: string;
}

/** As one text, such as `key:0a1b2c3d`. */
export function formatActor({ kind, id }: Actor): string {
  return `${kind}:${id}`;
}

/** @returns undefined where nobody knows, or a later version knows more kinds */
export function parseActor(text: string | null): Actor | undefined {
  const colon = text?.indexOf(':') ?? -1;
  const kind = KINDS.find((one) => one === text?.slice(0, colon));
  return kind && { kind, id: text!.slice(colon + 1) };
}

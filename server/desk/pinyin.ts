/** The letters of items' names, read as they are spoken: on the server alone, since the table of sounds is large. */
import { pinyin } from 'pinyin-pro';
import { layInitials, type Initials } from '../../domain/desk/initials.ts';

/** Names that are kept read; a catalogue has far fewer. */
const KEPT = 20_000;
const known = new Map<string, readonly string[]>();

/** Reads words, so that 银行 is yh and 行政 xz. `own`: as the hall's catalogue has them. */
export function readInitials(name: string, own: string | undefined): Initials {
  let made = known.get(name);
  if (made === undefined) {
    made = pinyin(name, { pattern: 'first', toneType: 'none', type: 'array' });
    // Letters that lie under other characters would mark the wrong ones.
    if (made.length !== [...name].length) made = [];
    if (known.size >= KEPT) known.clear();
    known.set(name, made);
  }
  return layInitials(name, own, made);
}

/** Who recorded an event, and by what it came in, in words. */
import { own } from '../../../domain/wire/own.ts';
import type { Recorder, RowEvent } from '../../../domain/wire/rows.ts';
import type { RowsWords } from '../../words/rows.ts';

export function tellRecorder({ kind, name }: Recorder, { life }: RowsWords): string {
  if (kind === 'staff') return life.by(name);
  return own(life.recorders, kind)?.(name) ?? name;
}

/** A part of the product has a word of its own; what others call themselves is told as it is. */
export function tellSource({ source, feedOf }: Pick<RowEvent, 'source' | 'feedOf'>, { life }: RowsWords): string {
  const part = own(life.sources, source);
  if (part !== undefined) return part;
  return feedOf === undefined ? life.from(source) : life.feed(source, life.facts[feedOf]);
}

/** Moments of a row: a text read by its format in its zone, or a length of time before or after another; by name or on the spot. */
import { type CompileContext, Refusal } from './compile.ts';
import { readDuration } from './durations.ts';
import {
  compileFormat,
  readIsoTime,
  resolveDeadline,
  resolveTime,
  resolveTimeNear,
  type TimeRead,
  type TimeReader,
} from './formats.ts';
import type { AtSpec, MomentSpec, ShiftSpec } from './schema.ts';
import { type Compiled, compileFirst, compileTemplate } from './template.ts';

export interface MomentUse {
  /** The names being resolved, so that a moment that leads back to itself is found. */
  readonly within?: readonly string[];
  /** Of a day alone its last millisecond is meant, not its first. */
  readonly isDeadline?: boolean;
}

/** @param spec a name under `moments`, or a moment itself */
export function compileMoment(
  context: CompileContext,
  path: string,
  spec: string | MomentSpec,
  use: MomentUse = {},
): Compiled<number> {
  if (typeof spec === 'string') return compileNamed(context, path, spec, use);
  if ('first' in spec) {
    return compileFirst(
      spec.first.map((entry, index) => compileMoment(context, `${path}.first[${index}]`, entry, use)),
    );
  }
  return 'at' in spec ? compileAt(context, path, spec, use) : compileShift(context, path, spec, use);
}

function compileAt(context: CompileContext, path: string, spec: AtSpec, use: MomentUse): Compiled<number> {
  const source = compileTemplate(context, `${path}.at`, spec.at);
  const zone = context.zone(spec.timeZone, spec.timeZone === undefined ? 'timeZone' : `${path}.timeZone`);
  const read = compileFormats(context, path, spec);
  const near = spec.near === undefined ? undefined : compileNamed(context, `${path}.near`, spec.near, use);
  return {
    columns: [...source.columns, ...(near?.columns ?? [])],
    read: (cells) => {
      const text = source.read(cells);
      if (typeof text !== 'string') return text;
      const reference = near?.read(cells);
      if (reference instanceof Refusal) return reference;
      const found = read(text);
      if (found === undefined || found === 'ambiguous')
        return new Refusal(found === undefined ? 'time' : 'ambiguous', source.columns);
      if (reference !== undefined) return resolveTimeNear(found, zone, reference);
      return use.isDeadline ? resolveDeadline(found, zone) : resolveTime(found, zone);
    },
  };
}

function compileShift(context: CompileContext, path: string, spec: ShiftSpec, use: MomentUse): Compiled<number> {
  const [word, origin] = 'after' in spec ? (['after', spec.after] as const) : (['before', spec.before] as const);
  const from = compileMoment(context, `${path}.${word}`, origin, { ...use, isDeadline: false });
  const length = compileTemplate(context, `${path}.by`, spec.by);
  const sign = word === 'after' ? 1 : -1;
  return {
    columns: [...from.columns, ...length.columns],
    read: (cells) => {
      const at = from.read(cells);
      if (typeof at !== 'number') return at;
      const text = length.read(cells);
      if (typeof text !== 'string') return text;
      const ms = readDuration(text, spec.unit);
      return ms === undefined ? new Refusal('duration', length.columns) : at + sign * ms;
    },
  };
}

function compileNamed(context: CompileContext, path: string, name: string, use: MomentUse): Compiled<number> {
  const nothing: Compiled<number> = { read: () => undefined, columns: [] };
  const moments = context.spec.moments ?? {};
  const within = use.within ?? [];
  if (!Object.hasOwn(moments, name)) {
    context.fail(
      path,
      `there is no moment "${name}"; known: ${Object.keys(moments).join(', ') || 'none'}`,
      `"moments" 里没有“${name}”；有：${Object.keys(moments).join('、') || '无'}`,
    );
    return nothing;
  }
  if (within.includes(name)) {
    context.fail(path, `the moment "${name}" leads back to itself`, `时间“${name}”绕回了自己`);
    return nothing;
  }
  return compileMoment(context, `moments.${name}`, moments[name]!, { ...use, within: [...within, name] });
}

/** A text that two formats of the mapping read as two times is neither: nobody can tell 5/6 from 6/5. */
function compileFormats(
  context: CompileContext,
  path: string,
  { formats, century }: AtSpec,
): (text: string) => TimeRead | undefined | 'ambiguous' {
  const stated = formats ?? context.spec.formats ?? [];
  const where = formats === undefined ? 'formats' : `${path}.formats`;
  const patterns = typeof stated === 'string' ? [stated] : stated;
  const readers: (readonly [pattern: string, read: TimeReader])[] = [];
  for (const pattern of patterns) {
    const compiled = compileFormat(pattern, century ?? context.spec.century);
    if (compiled.ok) readers.push([pattern, compiled.read]);
    else context.fail(where, compiled.problem, compiled.zh);
  }
  return (text) => {
    const found = readers.flatMap(([pattern, read]) => {
      const time = read(text);
      return time ? [{ pattern, time }] : [];
    });
    const [first] = found;
    // A sheet's date cells arrive as ISO text whatever the vendor's text columns look like.
    if (!first) return readIsoTime(text);
    if (readers.length > 1)
      context.formats.note(
        where,
        found.map(({ pattern }) => pattern),
        isOne(found),
      );
    return isOne(found) ? first.time : 'ambiguous';
  };
}

function isOne(found: readonly { readonly time: TimeRead }[]): boolean {
  const [first, ...others] = found.map(({ time }) => JSON.stringify(time));
  return others.every((other) => other === first);
}

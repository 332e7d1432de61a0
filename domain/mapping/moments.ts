/** Moments of a row: a text read by its format in its zone, by name or on the spot. */
import { type CompileContext, Refusal } from './compile.ts';
import { compileFormat, FORMAT_TOKENS, readIsoTime, resolveTime, resolveTimeNear, type TimeReader } from './formats.ts';
import type { MomentSpec } from './schema.ts';
import { type Compiled, compileFirst, compileTemplate } from './template.ts';

/**
 * @param spec a name under `moments`, or a moment itself
 * @param within the names being resolved, so that a moment that leads back to itself is found
 */
export function compileMoment(
  context: CompileContext,
  path: string,
  spec: string | MomentSpec,
  within: readonly string[] = [],
): Compiled<number> {
  if (typeof spec === 'string') return compileNamed(context, path, spec, within);
  if ('first' in spec) {
    return compileFirst(
      spec.first.map((entry, index) => compileMoment(context, `${path}.first[${index}]`, entry, within)),
    );
  }
  const source = compileTemplate(context, `${path}.at`, spec.at);
  const zone = context.zone(spec.timeZone, spec.timeZone === undefined ? 'timeZone' : `${path}.timeZone`);
  const readers = compileFormats(context, path, spec.formats);
  const near = spec.near === undefined ? undefined : compileNamed(context, `${path}.near`, spec.near, within);
  return {
    columns: [...source.columns, ...(near?.columns ?? [])],
    read: (cells) => {
      const text = source.read(cells);
      if (typeof text !== 'string') return text;
      const reference = near?.read(cells);
      if (reference instanceof Refusal) return reference;
      for (const reader of readers) {
        const read = reader(text);
        if (!read) continue;
        return reference === undefined ? resolveTime(read, zone) : resolveTimeNear(read, zone, reference);
      }
      return new Refusal('time', source.columns);
    },
  };
}

function compileNamed(
  context: CompileContext,
  path: string,
  name: string,
  within: readonly string[],
): Compiled<number> {
  const nothing: Compiled<number> = { read: () => undefined, columns: [] };
  const moments = context.spec.moments ?? {};
  if (!Object.hasOwn(moments, name)) {
    context.fail(path, `there is no moment "${name}"; known: ${Object.keys(moments).join(', ') || 'none'}`);
    return nothing;
  }
  if (within.includes(name)) {
    context.fail(path, `the moment "${name}" leads back to itself`);
    return nothing;
  }
  return compileMoment(context, `moments.${name}`, moments[name]!, [...within, name]);
}

function compileFormats(
  context: CompileContext,
  path: string,
  own: string | readonly string[] | undefined,
): readonly TimeReader[] {
  const patterns = own ?? context.spec.formats ?? [];
  const where = own === undefined ? 'formats' : `${path}.formats`;
  const readers: TimeReader[] = [];
  for (const pattern of typeof patterns === 'string' ? [patterns] : patterns) {
    const reader = compileFormat(pattern);
    if (reader) readers.push(reader);
    else {
      const allowed = FORMAT_TOKENS.join(' ');
      context.fail(where, `"${pattern}" is no format; it needs a year, month and day, of the tokens ${allowed}`);
    }
  }
  // A sheet's date cells arrive as ISO text whatever the vendor's text columns look like.
  return [...readers, readIsoTime];
}

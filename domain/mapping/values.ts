/** Value maps, numbers and constants: how one field of an event is read from a row. */
import { type CompileContext, Refusal } from './compile.ts';
import { compileMoment } from './moments.ts';
import { readNumber } from './numbers.ts';
import type { Scalar, ValueSpec } from './schema.ts';
import { type Compiled, compileFirst, compileTemplate } from './template.ts';

export type FieldValue = string | number | boolean;

/** @param isDeadline the field is a moment until which something is to be done */
export function compileValue(
  context: CompileContext,
  path: string,
  spec: ValueSpec,
  isDeadline = false,
): Compiled<FieldValue> {
  if (typeof spec === 'string') return compileTemplate(context, path, spec);
  if (typeof spec !== 'object') return { read: () => spec, columns: [] };
  if ('first' in spec) {
    return compileFirst(
      spec.first.map((entry, index) => compileValue(context, `${path}.first[${index}]`, entry, isDeadline)),
    );
  }
  if ('moment' in spec) {
    const moment = compileMoment(context, `${path}.moment`, spec.moment, { isDeadline });
    return { columns: moment.columns, read: (cells) => toTimeText(moment.read(cells)) };
  }
  const source = compileTemplate(context, `${path}.from`, spec.from);
  const map = resolveMap(context, `${path}.map`, spec.map);
  if (spec.unit !== undefined && spec.as !== 'number')
    context.fail(`${path}.unit`, 'a unit needs "as": "number"', '写了 "unit" 就要写 "as": "number"');
  const units = typeof spec.unit === 'string' ? [spec.unit] : (spec.unit ?? []);
  const fallback = spec.default ?? undefined;
  return {
    columns: source.columns,
    read: (cells) => {
      const text = source.read(cells);
      if (text instanceof Refusal) return text;
      if (text === undefined) return fallback;
      if (map) return lookUp(map, text, source.columns);
      return spec.as === 'number' ? (readNumber(text, units) ?? new Refusal('number', source.columns)) : text;
    },
  };
}

type ValueMap = ReadonlyMap<string, Scalar>;

function resolveMap(
  context: CompileContext,
  path: string,
  spec: string | Readonly<Record<string, Scalar>> | undefined,
): ValueMap | undefined {
  if (spec === undefined) return undefined;
  if (typeof spec === 'object') return new Map(Object.entries(spec));
  const maps = context.spec.maps ?? {};
  if (Object.hasOwn(maps, spec)) return new Map(Object.entries(maps[spec]!));
  context.fail(
    path,
    `there is no map "${spec}"; known: ${Object.keys(maps).join(', ') || 'none'}`,
    `"maps" 里没有“${spec}”；有：${Object.keys(maps).join('、') || '无'}`,
  );
  return undefined;
}

/** A text that the map does not know is refused, unless `*` says what all others mean; null means absent. */
function lookUp(map: ValueMap, text: string, columns: readonly string[]): FieldValue | undefined | Refusal {
  const found = map.has(text) ? map.get(text) : map.get('*');
  if (found === undefined) return new Refusal('value', columns);
  return found ?? undefined;
}

function toTimeText(at: number | undefined | Refusal): string | undefined | Refusal {
  return typeof at === 'number' ? new Date(at).toISOString() : at;
}

/** Where two tellings of one event part. */
import type { HallEvent } from './event.ts';

export interface Difference {
  /** `time`, `type`, `subject` or a field such as `data.station`. */
  readonly field: string;
  /** As JSON would write them, a time as its ISO text; absent where there is none. */
  readonly before?: string;
  readonly after?: string;
}

/** In the order of the envelope, then of the fields of `before`. */
export function findDifferences(before: HallEvent, after: HallEvent): readonly Difference[] {
  const [was, is] = [flatten(before), flatten(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((field) => {
    const [old, fresh] = [was.get(field), is.get(field)];
    if (old === fresh) return [];
    return [{ field, ...(old !== undefined && { before: old }), ...(fresh !== undefined && { after: fresh }) }];
  });
}

function flatten({ type, at, subject, data }: HallEvent): ReadonlyMap<string, string> {
  const fields: [string, unknown][] = [
    ['type', type],
    ['time', new Date(at).toISOString()],
    ['subject', subject],
    ...Object.entries(data).map(([name, value]): [string, unknown] => [`data.${name}`, value]),
  ];
  return new Map(
    fields.flatMap(([field, value]): [string, string][] => {
      if (value === undefined || value === null) return [];
      return [[field, typeof value === 'string' ? value : JSON.stringify(value)]];
    }),
  );
}

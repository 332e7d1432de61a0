/** Looks up what came from outside: a thing may be called `toString`, and a record that lacks it has one all the same. */

export function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

// A row's place in a file of which each row is the last of its key.
interface Place {
  (key: string): boolean;
  readonly line: number;
  takeFirst(key: string): boolean;
  isLast(key: string): boolean;
}

export function placeOf(line: number, seen: Set<string>): Place {
  const takeFirst = (key: string): boolean => seen.size < seen.add(key).size;
  return Object.assign((key: string) => takeFirst(key), { line, takeFirst, isLast: () => true });
}

/** Columns as a mapping names them. */

/** `#3`: the third column of the file, whatever stands above it. */
export const isPlace = (name: string): boolean => /^#[1-9]\d{0,4}$/.test(name);

/** @returns where a column lies, from 0, or -1; a column whose name looks like a place is found by its name */
export function placeOf(name: string, names: readonly string[]): number {
  const place = names.indexOf(name);
  if (place >= 0 || !isPlace(name)) return place;
  const number = Number(name.slice(1));
  return number <= names.length ? number - 1 : -1;
}

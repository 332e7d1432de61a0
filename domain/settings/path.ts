/** Where in a document something stands: by the names of fields, and in lists by the rows that are meant. */
export type Step =
  | { readonly field: string }
  /** `mark` tells rows apart, `name` is what people call them. */
  | { readonly mark: string; readonly name: string }
  /** The order of a list's rows. */
  | { readonly order: true };
export type Path = readonly Step[];

/** One text for one place. */
export function placeOf(path: Path): string {
  return JSON.stringify(
    path.map((step) => ('field' in step ? step.field : 'mark' in step ? [step.mark] : { order: true })),
  );
}

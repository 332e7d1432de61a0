/** What a tab of the staff's is called: one of a practice hall says so first, as tabs are cut at their end. */
export function titleOf(
  page: string,
  hall: { readonly name: string; readonly practice?: boolean } | undefined,
  words: { readonly practice: string },
): string {
  return [...(hall?.practice ? [words.practice] : []), page, ...(hall === undefined ? [] : [hall.name])].join(' · ');
}

/** The words of an act: what is written anew where they were refused, while all else stays as it was. */
import type { Act } from '../../../domain/desk/entry.ts';

const LINES = ['topic', 'about', 'reason'] as const;
const PAPERS = 'deferredDocuments';

export interface ActWords {
  readonly field: (typeof LINES)[number] | typeof PAPERS;
  readonly text: string;
}

/** What somebody typed in it, in one order; of missing papers each by itself. */
export function wordsOf(act: Act): ActWords[] {
  const fields: Readonly<Partial<Record<string, unknown>>> = act;
  const lines = LINES.flatMap((field): ActWords[] => {
    const text = fields[field];
    return typeof text === 'string' ? [{ field, text }] : [];
  });
  const papers = act.type === 'case' ? (act.deferredDocuments ?? []) : [];
  return [...lines, ...papers.map((text): ActWords => ({ field: PAPERS, text }))];
}

/**
 * The act with other words, in the order of `wordsOf`; what is left blank is not said. Whether that is an act still is
 * asked when an entry is made of it.
 */
export function withWords(act: Act, texts: readonly string[]): Act {
  const rest = Object.entries(act).filter(([field]) => field !== PAPERS && !LINES.some((line) => line === field));
  const said = wordsOf(act)
    .map(({ field }, i) => ({ field, text: texts[i]?.trim() ?? '' }))
    .filter(({ text }) => text !== '');
  const papers = said.filter(({ field }) => field === PAPERS).map(({ text }) => text);
  return Object.fromEntries([
    ...rest,
    ...said.filter(({ field }) => field !== PAPERS).map(({ field, text }) => [field, text]),
    ...(papers.length > 0 ? [[PAPERS, papers]] : []),
  ]) as Act;
}

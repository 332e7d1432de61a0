/** What a person must still decide about a drafted mapping. Its words stand in describe-question.ts. */

export const QUESTION_KINDS = [
  // Why there is no draft.
  'no-header',
  'no-rows',
  'no-times',
  'kind-unknown',
  'totals-not-kept',
  'unusable',
  // Of the file as a whole.
  'source',
  'kind-close',
  'name-unreadable',
  'citizen',
  'free-text',
  'rows-left-out',
  // Of times.
  'times-ambiguous',
  'times-unread',
  'times-as-numbers',
  'day-only',
  'century',
  'length-unit',
  'promise-days',
  // Of ids.
  'id-guessed',
  'id-built',
  'id-repeats',
  'id-not-unique',
  'id-mangled',
  'tickets-restart',
  // Of the hall's own places and people.
  'station-assumed',
  'station-unknown',
  'station-foreign',
  'station-likely',
  'window-unknown',
  'window-foreign',
  'window-likely',
  'item-unknown',
  'item-foreign',
  'item-missing',
  'staff-unknown',
  // Of words that the ledger has a fixed list of.
  'channel-assumed',
  'channel-unknown',
  'outcome-assumed',
  'outcome-unknown',
  'handling-unknown',
  'handling-unread',
  'score-scale',
  'score-unknown',
  'score-unread',
  'default-rating',
  'medium-assumed',
  'medium-unknown',
  'status-unknown',
  // Of what the file does not know.
  'no-taken',
  'no-end',
  'answer-time-unknown',
  'request-or-complaint',
  'booking-assumed',
] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

export interface Question {
  /** Where in the mapping the guess stands, such as `events[0].data.station`; empty for the file as a whole. */
  readonly path: string;
  readonly kind: QuestionKind;
  /** Of the file, by their names; by their places (`#3`) where the name could be a person's. */
  readonly columns: readonly string[];
  /** Texts of the file, or what may be chosen; never what could be a citizen's name or number. */
  readonly values?: readonly string[];
  /** Lines of the file, the first few. */
  readonly rows?: readonly number[];
}

/** More than these help nobody to decide. */
const MOST_VALUES = 20;
const MOST_ROWS = 5;

export class QuestionList {
  readonly #asked: Question[] = [];

  ask(
    kind: QuestionKind,
    path: string,
    columns: readonly string[],
    more: { readonly values?: readonly string[]; readonly rows?: readonly number[] } = {},
  ): void {
    const values = (more.values ?? []).slice(0, MOST_VALUES);
    const rows = [...new Set(more.rows ?? [])].slice(0, MOST_ROWS);
    this.#asked.push({
      path,
      kind,
      columns,
      ...(values.length > 0 ? { values } : {}),
      ...(rows.length > 0 ? { rows } : {}),
    });
  }

  has(kind: QuestionKind): boolean {
    return this.#asked.some((question) => question.kind === kind);
  }

  /** With paths into the mapping that came of it: of what was left out in the end the place around it. */
  settle(mapping: unknown): readonly Question[] {
    return this.#asked.map((question) => ({ ...question, path: shorten(question.path, mapping) }));
  }
}

function shorten(path: string, mapping: unknown): string {
  let at = mapping;
  let there = '';
  for (const [step, name = ''] of path.matchAll(/\.?([^.[\]]+)|\[(\d+)\]/g)) {
    const key = step.startsWith('[') ? step.slice(1, -1) : name;
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) break;
    at = (at as Readonly<Record<string, unknown>>)[key];
    there += step;
  }
  return there;
}

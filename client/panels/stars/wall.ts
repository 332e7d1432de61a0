/** The star wall as it is read: this month's two stars or the latest, the months before, and what was adopted. */
import type { StarCard, StarsData, SuggestionCard } from '../../../domain/board/topics/data-stars.ts';
import type { Words } from '../../words/wall.ts';
import { measureText, splitText } from './split.ts';

export const STAR_KINDS = ['pacesetter', 'expert'] as const;
export type StarKind = (typeof STAR_KINDS)[number];

export interface StarView {
  kind: StarKind;
  title: string;
  /** Of which month; and that the present month's is still to come. */
  note: string;
  /** Absent where nobody was chosen; `none` then says so. */
  star?: { card: StarCard; station: string; citation: string[]; reasons: string[] };
  none: string;
}

export interface PastMonth {
  key: string;
  label: string;
  pacesetter: string;
  expert: string;
}

export interface StarWall {
  stars: StarView[];
  past: PastMonth[];
}

const PAST_SHOWN = 12;
/** Full-width signs that fit two lines of a card, two lines of a reason, and one. */
const CITATION_SIGNS = 30;
const REASON_SIGNS = 32;
const LINE_SIGNS = 16.5;

export function buildStarWall(data: StarsData, words: Words): StarWall {
  const present = data.day.day.slice(0, 7);
  const stars = Object.values(data.stars);
  const months = [...new Set(stars.map(({ month }) => month))].sort().reverse();
  const shown = months.includes(present) ? present : months[0];
  const name = (month: string) => nameMonth(month, present, words.stars.month);
  const find = (month: string | undefined, kind: StarKind) =>
    stars.find((star) => star.month === month && star.kind === kind);
  return {
    stars: STAR_KINDS.map((kind) => {
      const card = find(shown, kind);
      const notYet = words.stars.notYet(name(present));
      const note =
        shown === undefined
          ? ''
          : shown === present
            ? words.stars.of(name(shown))
            : `${words.stars.of(name(shown))} · ${notYet}`;
      return {
        kind,
        title: words.stars.kinds[kind],
        note,
        none: shown === undefined ? words.stars.none : words.stars.noneOfMonth(name(shown)),
        ...(card ? { star: readStar(card, words) } : {}),
      };
    }),
    past: months
      .filter((month) => month !== shown)
      .slice(0, PAST_SHOWN)
      .map((month) => ({
        key: month,
        label: nameMonth(month, present, words.stars.monthShort),
        pacesetter: find(month, 'pacesetter')?.staff ?? words.stars.dash,
        expert: find(month, 'expert')?.staff ?? words.stars.dash,
      })),
  };
}

/** A reason that takes two lines. */
export function isLong(reason: string): boolean {
  return measureText(reason) > LINE_SIGNS;
}

function readStar(card: StarCard, words: Words): NonNullable<StarView['star']> {
  const station =
    card.stationName === undefined ? words.stars.noStation : words.pick(card.stationName, card.stationNameEn);
  return {
    card,
    station,
    citation: splitText(card.citation ?? '', CITATION_SIGNS),
    reasons: card.reasons.flatMap((reason) => splitText(reason, REASON_SIGNS)),
  };
}

function nameMonth(month: string, present: string, write: Words['stars']['month']): string {
  const isThisYear = month.slice(0, 4) === present.slice(0, 4);
  return write(Number(month.slice(0, 4)), Number(month.slice(5)), isThisYear);
}

/** One place on a page: a suggestion with its answer, or the next part of either. */
export interface SuggestionSlot {
  key: string;
  text: string;
  /** What became of it. */
  state: SuggestionCard['state'];
  /** Its answer, or why not; of what is open who sees to it, where that is told. */
  answer: string;
}

const TEXT_SIGNS = 36;
const ANSWER_SIGNS = 36;

export function buildSuggestions(suggestions: Record<string, SuggestionCard>, words: Words): SuggestionSlot[] {
  return Object.entries(suggestions)
    .sort(([idA, a], [idB, b]) => b.receivedAt - a.receivedAt || (idA < idB ? -1 : 1))
    .flatMap(([id, { text, state, answer, owner }]) => {
      const texts = splitText(text, TEXT_SIGNS);
      const { noAnswer, openWith } = words.stars.suggestions;
      const untold = state !== 'open' ? noAnswer : owner === undefined ? '' : openWith(owner);
      const answers = splitText(answer ?? untold, ANSWER_SIGNS);
      return Array.from({ length: Math.max(texts.length, answers.length) }, (_, i) => ({
        key: `${id}/${i}`,
        text: texts[i] ?? texts.at(-1) ?? '',
        state,
        answer: answers[i] ?? '',
      }));
    });
}

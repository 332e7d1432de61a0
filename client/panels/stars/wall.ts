/** The star wall as it is read: this month's two stars or the latest, the months before, and what was adopted. */
import type { StarCard, StarsData, SuggestionCard } from '../../../domain/board/topics/data-stars.ts';
import type { StarKind } from '../../../domain/events/schema.ts';
import type { Words } from '../../words/wall.ts';
import { measureText, splitText } from './split.ts';

/** The two titles of people, which have a panel each; the window's has a line. */
const PEOPLE_KINDS = ['pacesetter', 'expert'] as const;

/** A text with its language, where that is not the page's. */
interface Told {
  text: string;
  lang?: 'zh-CN' | undefined;
}

export interface StarView {
  kind: StarKind;
  title: string;
  /** Of which month; and that the present month's is still to come. */
  note: string;
  /** Absent where nobody was chosen; `none` then says so. */
  star?: {
    card: StarCard;
    name: string;
    station: Told;
    /** Empty where nothing is known of it. */
    role: Told;
    /** In parts that fit, one after another. */
    citation: string[];
    citationLang: Told['lang'];
    reasons: string[];
  };
  none: string;
}

export interface PastMonth {
  key: string;
  label: string;
  pacesetter: string;
  expert: string;
  window: string;
}

export interface StarWall {
  stars: StarView[];
  /** 红旗窗口 of the month that is shown. */
  window?: StarView;
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
  const view = (kind: StarKind): StarView => {
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
  };
  const nameOf = (month: string, kind: StarKind): string => {
    const card = find(month, kind);
    return card ? nameStar(card, words) : words.stars.dash;
  };
  return {
    stars: PEOPLE_KINDS.map(view),
    ...(find(shown, 'window') ? { window: view('window') } : {}),
    past: months
      .filter((month) => month !== shown)
      .slice(0, PAST_SHOWN)
      .map((month) => ({
        key: month,
        label: nameMonth(month, present, words.stars.monthShort),
        pacesetter: nameOf(month, 'pacesetter'),
        expert: nameOf(month, 'expert'),
        window: nameOf(month, 'window'),
      })),
  };
}

/** What a star is called; of whoever has left what the hall still says. */
function nameStar({ staff, left }: StarCard, words: Words): string {
  return left && staff === '' ? words.stars.left : staff;
}

/** A reason that takes two lines. */
export function isLong(reason: string): boolean {
  return measureText(reason) > LINE_SIGNS;
}

export function readStar(card: StarCard, words: Words): NonNullable<StarView['star']> {
  const { role, roleEn, citation, citationEn } = card;
  return {
    card,
    name: nameStar(card, words),
    station: tellStation(card, words),
    role: tell(role, roleEn, words),
    citation: splitText(words.pick(citation ?? '', citationEn), CITATION_SIGNS),
    citationLang: words.langOf(citationEn),
    reasons: card.reasons.flatMap((reason) => splitText(reason, REASON_SIGNS)),
  };
}

function tellStation({ stationName, stationNameEn, left }: StarCard, words: Words): Told {
  if (stationName === undefined) return { text: left ? '' : words.stars.noStation };
  return tell(stationName, stationNameEn, words);
}

function tell(text: string | undefined, textEn: string | undefined, words: Words): Told {
  return { text: words.pick(text ?? '', textEn), lang: words.langOf(textEn) };
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

/** Some rules of one title. */
export interface ConductPage {
  readonly title: string;
  /** The number of the first. */
  readonly start: number;
  readonly rules: readonly string[];
}

/** Lines of a page, and full-width signs of a line. */
const CONDUCT_LINES = 3;
const CONDUCT_SIGNS = 19;

/** As many rules on a page as have room; one that takes more lines stands alone. */
export function buildConduct(conduct: StarsData['conduct']): ConductPage[] {
  return conduct.flatMap(({ title, rules }) => {
    const pages: { title: string; start: number; rules: string[] }[] = [];
    let room = 0;
    rules.forEach((rule, i) => {
      const lines = Math.ceil(measureText(rule) / CONDUCT_SIGNS);
      if (room < lines || pages.length === 0) {
        pages.push({ title, start: i + 1, rules: [] });
        room = CONDUCT_LINES;
      }
      pages.at(-1)!.rules.push(rule);
      room -= lines;
    });
    return pages;
  });
}

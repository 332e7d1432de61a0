/** The score of a candidate and the order of all: published weights, each part with what it is of (spec S4 to S8). */
import { compareText } from '../events/event.ts';
import { STAR_PARTS, type StarKind, type StarPart } from '../events/schema.ts';
import { wilsonLowerBound } from '../measures/spread.ts';
import type { StarRule } from './rules.ts';
import type { LineTally, StarTallies, Tally } from './tally.ts';

/** One part of a score: `n` of `of`, of which `points` of 100 come. */
export interface ScorePart {
  readonly part: StarPart;
  /** Of `volume`, `lines` and `consultations` how much, beside the most that any ranked one has (of an expert, of the same line); else how many of how many. */
  readonly n: number;
  readonly of: number;
  /** In points: those that the full part gives. */
  readonly weight: number;
  readonly points: number;
}

/** Why somebody is not ranked; the first that holds. */
export const UNRANKED = ['left', 'unknown', 'complaint', 'few-cases', 'few-ratings'] as const;
export type Unranked = (typeof UNRANKED)[number];

export interface Candidate {
  /** A member of staff, or a window. */
  readonly id: string;
  /** Of an expert: the line in which they did most. */
  readonly line?: string;
  readonly cases: number;
  /** Of 100, two decimals; like `rank` of those alone who are ranked. */
  readonly score?: number;
  readonly rank?: number;
  readonly parts: readonly ScorePart[];
  readonly why?: Unranked;
}

/** Whether somebody can be chosen at all: whoever the roster of today does not name cannot. */
export type StandingOf = (id: string) => 'here' | 'left' | 'unknown';

interface Figures {
  readonly id: string;
  readonly line?: string;
  readonly cases: number;
  readonly volume: number;
  readonly lines: number;
  readonly consultations: number;
  readonly onTime: { readonly n: number; readonly of: number };
  readonly overdueOpen: number;
  readonly satisfied: { readonly n: number; readonly of: number };
  readonly why: Unranked | undefined;
}

/** Those who are ranked first, the best first; then the others, the busiest first. */
export function rankCandidates(
  kind: StarKind,
  tallies: StarTallies,
  rule: StarRule,
  standing: StandingOf,
): readonly Candidate[] {
  const all = (kind === 'window' ? tallies.windows : tallies.staff).map((tally) => {
    const figures = kind === 'expert' ? figuresOfLine(tally) : figuresOf(tally);
    return { ...figures, why: whyNot(figures, tally, rule, standing(tally.id)) };
  });
  const ranked = all.filter(({ why }) => why === undefined);
  const score = scoreBeside(ranked, rule);
  const inOrder = ranked.map((figures) => ({ figures, ...score(figures) })).sort(compareScored);
  const placed: Candidate[] = [];
  inOrder.forEach((one, i) => {
    const before = inOrder[i - 1];
    const isTied = before !== undefined && rankBefore(before, one) === 0;
    const rank = isTied ? placed.at(-1)!.rank! : i + 1;
    placed.push({ ...toCandidate(one.figures), score: one.score, rank, parts: one.parts });
  });
  const others = all.filter(({ why }) => why !== undefined);
  others.sort((a, b) => b.cases - a.cases || compareText(a.id, b.id));
  return [
    ...placed,
    ...others.map((figures) => ({ ...toCandidate(figures), parts: score(figures).parts, why: figures.why! })),
  ];
}

/** What is the most that any of those who are ranked has. */
type Most = Readonly<Record<'volume' | 'lines' | 'consultations', number>>;
const NOBODY: Most = { volume: 0, lines: 0, consultations: 0 };

interface Scored {
  readonly figures: Figures;
  readonly score: number;
  readonly parts: readonly ScorePart[];
}

/** S7: the higher score, then the larger weighted volume, then more ratings; what is equal in all three shares its rank. */
function rankBefore(a: Scored, b: Scored): number {
  return b.score - a.score || b.figures.volume - a.figures.volume || b.figures.satisfied.of - a.figures.satisfied.of;
}

function compareScored(a: Scored, b: Scored): number {
  return rankBefore(a, b) || compareText(a.figures.id, b.figures.id);
}

/** Of an expert beside those of the same line, since lines differ in how much comes in them; else beside all (S4). */
function scoreBeside(ranked: readonly Figures[], { weights }: StarRule): (one: Figures) => Omit<Scored, 'figures'> {
  const byLine = new Map<string | undefined, Most>();
  for (const { line, volume, lines, consultations } of ranked) {
    const most = byLine.get(line) ?? { volume: 0, lines: 0, consultations: 0 };
    byLine.set(line, {
      volume: Math.max(most.volume, volume),
      lines: Math.max(most.lines, lines),
      consultations: Math.max(most.consultations, consultations),
    });
  }
  const total = STAR_PARTS.reduce((sum, part) => sum + weights[part], 0);
  return (one) => {
    const parts = STAR_PARTS.filter((part) => weights[part] > 0).map((part): ScorePart => {
      const { n, of, share } = readPart(part, one, byLine.get(one.line) ?? NOBODY);
      const weight = (100 * weights[part]) / total;
      return { part, n, of, weight: round(weight), points: round(weight * share) };
    });
    return { parts, score: round(parts.reduce((sum, { points }) => sum + points, 0)) };
  };
}

function readPart(
  part: StarPart,
  one: Figures,
  most: Most,
): { readonly n: number; readonly of: number; readonly share: number } {
  switch (part) {
    case 'satisfaction': {
      const { n, of } = one.satisfied;
      return { n, of, share: wilsonLowerBound(n, of) ?? 0 };
    }
    case 'onTime': {
      const { n, of } = one.onTime;
      // What is open and overdue takes it all; without a promise nothing was late.
      return { n, of, share: one.overdueOpen > 0 ? 0 : of === 0 ? 1 : n / of };
    }
    default: {
      const n = one[part];
      return { n, of: most[part], share: most[part] === 0 ? 0 : Math.min(1, n / most[part]) };
    }
  }
}

function whyNot(
  { cases, satisfied }: Omit<Figures, 'why'>,
  { upheld }: Tally,
  { leastCases, leastRatings }: StarRule,
  standing: ReturnType<StandingOf>,
): Unranked | undefined {
  if (standing !== 'here') return standing;
  if (upheld > 0) return 'complaint';
  if (cases < leastCases) return 'few-cases';
  return satisfied.of < leastRatings ? 'few-ratings' : undefined;
}

function figuresOf({ id, lines, satisfied }: Tally): Omit<Figures, 'why'> {
  const sum = (of: (line: LineTally) => number): number => round(lines.reduce((all, line) => all + of(line), 0));
  return {
    id,
    satisfied,
    cases: sum(({ cases }) => cases),
    volume: sum(({ volume }) => volume),
    lines: lines.filter(({ line, cases }) => line !== '' && cases > 0).length,
    consultations: sum(({ consultations }) => consultations),
    onTime: { n: sum(({ onTime }) => onTime.n), of: sum(({ onTime }) => onTime.of) },
    overdueOpen: sum(({ overdueOpen }) => overdueOpen),
  };
}

/** S5: the line of the largest weighted volume; of equal ones the first by its id. Ratings name no line: all count. */
function figuresOfLine(tally: Tally): Omit<Figures, 'why'> {
  const named = tally.lines.filter(({ line }) => line !== '');
  const [best] = named.sort((a, b) => b.volume - a.volume || compareText(a.line, b.line));
  return { ...figuresOf({ ...tally, lines: best ? [best] : [] }), ...(best ? { line: best.line } : {}) };
}

function toCandidate({ id, line, cases }: Figures): Pick<Candidate, 'id' | 'line' | 'cases'> {
  return { id, cases, ...(line === undefined ? {} : { line }) };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** The candidates of a month: what the ledger's rows say of everybody, ranked by the hall's rules, and who is still here. */
import { STAR_KINDS, type StarKind } from '../../domain/events/schema.ts';
import { hasLeft } from '../../domain/board/topics/stars.ts';
import { lastDayOf } from '../../domain/calendar/zone.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import { starRules, type StarRule, type StarRules } from '../../domain/stars/rules.ts';
import { rankCandidates, type Candidate, type StandingOf } from '../../domain/stars/score.ts';
import type { Board } from '../board/board.ts';

export interface CandidatesOptions {
  readonly board: Pick<Board, 'caughtUp' | 'state' | 'tallyStars'>;
  readonly config: () => HallConfig;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
  /** The hall's day. */
  readonly day: () => string;
  /** Whether an account is open, was ended, or never was. */
  readonly accountOf: (staff: string) => 'open' | 'ended' | undefined;
}

export interface MonthCandidates {
  readonly rules: StarRules;
  readonly seq: number;
  readonly of: Readonly<Record<StarKind, readonly Candidate[]>>;
  /** The same month by another rule: that of an earlier choice. */
  again(kind: StarKind, rule: StarRule): readonly Candidate[];
}

export interface Candidates {
  /** @throws BoardRecounting; LedgerError */
  ofMonth(month: string): Promise<MonthCandidates>;
  /** Whether somebody, or a window, is here today. */
  standing(kind: StarKind, id: string): ReturnType<StandingOf>;
}

export function createCandidates({ board, config, now, day, accountOf }: CandidatesOptions): Candidates {
  const ofStaff: StandingOf = (id) => {
    const account = accountOf(id);
    if (account === 'ended') return 'left';
    const entries = config().profile.staff.filter((one) => one.id === id);
    if (entries.some((one) => !hasLeft(one, day()))) return 'here';
    return entries.length > 0 ? 'left' : account === 'open' ? 'here' : 'unknown';
  };
  const ofWindow: StandingOf = (id) => {
    const entries = config().profile.windows.filter((one) => one.id === id);
    if (entries.some((one) => !hasLeft(one, day()))) return 'here';
    return entries.length > 0 ? 'left' : 'unknown';
  };
  /** The page asks for all and for one's own at once, and a month of a large hall takes seconds to add up. */
  let last:
    { readonly of: string; readonly config: HallConfig; readonly tallied: ReturnType<Board['tallyStars']> } | undefined;
  const tally = async (month: string): ReturnType<Board['tallyStars']> => {
    await board.caughtUp();
    const query = { from: `${month}-01`, to: lastDayOf(month), now: now() };
    // Of a month that runs the clock tells what is overdue.
    if (day() <= query.to) return board.tallyStars(query, config());
    const of = `${month} ${board.state.seq}`;
    if (last?.of !== of || last.config !== config()) {
      const tallied = board.tallyStars(query, config());
      last = { of, config: config(), tallied };
      tallied.catch(() => (last = undefined));
    }
    return last.tallied;
  };
  const standingOf = (kind: StarKind): StandingOf => (kind === 'window' ? ofWindow : ofStaff);
  return {
    standing: (kind, id) => standingOf(kind)(id),
    async ofMonth(month) {
      const { seq, ...tallies } = await tally(month);
      const rules = starRules(config().profile.stars);
      const again = (kind: StarKind, rule: StarRule) => rankCandidates(kind, tallies, rule, standingOf(kind));
      const of = Object.fromEntries(STAR_KINDS.map((kind) => [kind, again(kind, rules[kind])]));
      return { rules, seq, again, of: of as Record<StarKind, readonly Candidate[]> };
    },
  };
}

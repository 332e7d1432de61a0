/** Scores of a month counted from raw events by plain loops, after the words of spec section S: nothing of the product's sums. */
import type { EventOf, HallEvent } from '../../domain/events/event.ts';
import type { EventType } from '../../domain/events/schema.ts';

export interface OracleQuestion {
  readonly month: string;
  readonly now: number;
  /** Minutes east of Greenwich: the hall's zone has no summer time. */
  readonly offsetMinutes: number;
  readonly difficulty: ReadonlyMap<string, number>;
  readonly lineOfItem: ReadonlyMap<string, string>;
  readonly leastCases: number;
  readonly leastRatings: number;
  readonly weights: Readonly<Record<'volume' | 'lines' | 'satisfaction' | 'onTime' | 'consultations', number>>;
}

interface Sheet {
  cases: number;
  volume: number;
  lines: Set<string>;
  kept: number;
  promised: number;
  overdue: number;
  consultations: number;
  satisfied: number;
  rated: number;
  complained: boolean;
}

/** Of the title of breadth: by staff, the score (two decimals) of those who are ranked, and why the others are not. */
export function oracleScores(events: readonly HallEvent[], question: OracleQuestion): Map<string, number | string> {
  const { month, now, offsetMinutes } = question;
  const dayOf = (at: number) => new Date(at + offsetMinutes * 60_000).toISOString().slice(0, 10);
  const isIn = (at: number) => dayOf(at).startsWith(month);
  const dead = new Set(of(events, 'hall.event.voided').map(({ data }) => `${data.source} ${data.id}`));
  const living = events.filter(({ source, id }) => !dead.has(`${source} ${id}`)).sort((a, b) => a.at - b.at);
  const sheets = new Map<string, Sheet>();
  const sheet = (staff: string): Sheet => {
    const blank = { cases: 0, volume: 0, kept: 0, promised: 0, overdue: 0, consultations: 0, satisfied: 0, rated: 0 };
    if (!sheets.has(staff)) sheets.set(staff, { ...blank, lines: new Set(), complained: false });
    return sheets.get(staff)!;
  };
  const next = month.endsWith('12')
    ? `${Number(month.slice(0, 4)) + 1}-01`
    : `${month.slice(0, 5)}${String(Number(month.slice(5)) + 1).padStart(2, '0')}`;
  const end = Date.parse(`${next}-01T00:00:00Z`) - offsetMinutes * 60_000;
  for (const accepted of of(living, 'hall.case.accepted')) {
    const { case: id, item, promisedBy } = accepted.data;
    const finish = of(living, 'hall.case.finished').findLast(({ data }) => data.case === id);
    const staff = finish?.data.staff ?? accepted.data.staff;
    if (!staff) continue;
    const due = promisedBy ? Date.parse(promisedBy) : undefined;
    const done = finish && isIn(finish.at) ? finish : undefined;
    const isOpen = accepted.at < end && (finish === undefined || finish.at >= end);
    if (done) {
      const one = sheet(staff);
      one.cases += 1;
      one.volume += question.difficulty.get(item) ?? 1;
      const line = accepted.data.line ?? question.lineOfItem.get(item);
      if (line) one.lines.add(line);
      if (due !== undefined) {
        one.promised += 1;
        if (done.at <= due) one.kept += 1;
      }
    } else if (isOpen && due !== undefined && due < Math.min(end, now)) {
      const one = sheet(staff);
      one.promised += 1;
      one.overdue += 1;
    }
  }
  for (const { at, data } of of(living, 'hall.rating.given')) {
    if (!isIn(at) || data.round === 2 || data.byDefault || !data.staff) continue;
    sheet(data.staff).rated += 1;
    if (data.score >= 3) sheet(data.staff).satisfied += 1;
  }
  for (const { at, data } of of(living, 'hall.consultation.given'))
    if (isIn(at) && data.staff) sheet(data.staff).consultations += data.count ?? 1;
  for (const { at, data } of of(living, 'hall.complaint.received')) {
    const answer = of(living, 'hall.complaint.answered').findLast((one) => one.data.complaint === data.complaint);
    if (data.staff && answer?.data.upheld && (isIn(at) || isIn(answer.at))) sheet(data.staff).complained = true;
  }
  const why = ({ complained, cases, rated }: Sheet): string | undefined => {
    if (complained) return 'complaint';
    if (cases < question.leastCases) return 'few-cases';
    return rated < question.leastRatings ? 'few-ratings' : undefined;
  };
  const ranked = [...sheets.values()].filter((one) => why(one) === undefined);
  const most = (read: (one: Sheet) => number) => Math.max(...ranked.map(read));
  const share = (n: number, of: number) => (of === 0 ? 0 : n / of);
  const total = Object.values(question.weights).reduce((a, b) => a + b, 0);
  const cents = (value: number) => Math.round(value * 100) / 100;
  const result = new Map<string, number | string>();
  for (const [staff, one] of sheets) {
    const reason = why(one);
    const shares = {
      volume: share(
        one.volume,
        most(({ volume }) => volume),
      ),
      lines: share(
        one.lines.size,
        most(({ lines }) => lines.size),
      ),
      satisfaction: wilson(one.satisfied, one.rated),
      onTime: one.overdue > 0 ? 0 : one.promised === 0 ? 1 : one.kept / one.promised,
      consultations: share(
        one.consultations,
        most(({ consultations }) => consultations),
      ),
    };
    let score = 0;
    for (const [part, weight] of Object.entries(question.weights))
      score += cents((100 * weight * shares[part as keyof typeof shares]) / total);
    result.set(staff, reason ?? cents(score));
  }
  return result;
}

/** The lower root of (p − π)² = z² π (1 − π) / n, for 95 %. */
function wilson(good: number, all: number): number {
  if (all === 0) return 0;
  const z = 1.959963984540054;
  const p = good / all;
  const middle = p + (z * z) / (2 * all);
  const width = z * Math.sqrt((p * (1 - p)) / all + (z * z) / (4 * all * all));
  return Math.max(0, (middle - width) / (1 + (z * z) / all));
}

function of<T extends EventType>(events: readonly HallEvent[], type: T): EventOf<T>[] {
  return events.filter((event): event is EventOf<T> => event.type === type);
}

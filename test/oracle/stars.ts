/** Stars of a month counted from raw events by plain loops, after the words of spec section S: nothing of the product's sums. */
import type { EventOf, HallEvent } from '../../domain/events/event.ts';
import type { EventType, StarKind } from '../../domain/events/schema.ts';

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
  /** Who has left, and what no longer exists. */
  readonly left?: ReadonlySet<string>;
}

/** Whoever is ranked has a score and a place, whoever is not a reason. */
export interface Verdict {
  readonly score?: number;
  readonly rank?: number;
  readonly why?: string;
  readonly line?: string;
}

/** Of one line of business; what has none is under `''`. */
interface Work {
  cases: number;
  /** In hundredths, so that no sum is off by a last bit. */
  volume: number;
  kept: number;
  promised: number;
  overdue: number;
  consultations: number;
}

interface Sheet {
  readonly work: Map<string, Work>;
  satisfied: number;
  rated: number;
  complained: boolean;
  /** At a window: who was there. */
  readonly people: Set<string>;
}

interface Entrant extends Omit<Work, 'overdue'> {
  readonly id: string;
  readonly line: string | undefined;
  readonly lines: number;
  readonly overdue: number;
  readonly satisfied: number;
  readonly rated: number;
  readonly why: string | undefined;
}

/** By staff, or by window: what becomes of everybody of whom the month speaks. */
export function oracleStars(
  kind: StarKind,
  events: readonly HallEvent[],
  question: OracleQuestion,
): Map<string, Verdict> {
  const all = [...readSheets(events, question)].filter(([key]) => key.startsWith(kind === 'window' ? 'w ' : 's '));
  const entrants = all.map(([key, sheet]) => enter(key.slice(2), sheet, kind === 'expert', question));
  const ranked = entrants.filter(({ why }) => why === undefined);
  const scoreOf = (one: Entrant): number => {
    const beside = ranked.filter(({ line }) => line === one.line);
    const total = Object.values(question.weights).reduce((a, b) => a + b, 0);
    const most = (read: (one: Entrant) => number) => Math.max(0, ...beside.map(read));
    const share = (read: (one: Entrant) => number) => (most(read) === 0 ? 0 : read(one) / most(read));
    const shares = {
      volume: share(({ volume }) => volume),
      lines: share(({ lines }) => lines),
      satisfaction: wilson(one.satisfied, one.rated),
      onTime: one.overdue > 0 ? 0 : one.promised === 0 ? 1 : one.kept / one.promised,
      consultations: share(({ consultations }) => consultations),
    };
    const points = Object.entries(question.weights).map(([part, weight]) =>
      cents(((100 * weight) / total) * shares[part as keyof typeof shares]),
    );
    return cents(points.reduce((a, b) => a + b, 0));
  };
  const scored = ranked.map((one) => ({ one, score: scoreOf(one) }));
  const isBetter = (a: (typeof scored)[number], b: (typeof scored)[number]): boolean => {
    if (a.score !== b.score) return a.score > b.score;
    if (a.one.volume !== b.one.volume) return a.one.volume > b.one.volume;
    return a.one.rated > b.one.rated;
  };
  return new Map(
    entrants.map((one): [string, Verdict] => {
      const line = one.line === undefined ? {} : { line: one.line };
      const placed = scored.find((other) => other.one === one);
      if (!placed) return [one.id, { ...line, why: one.why! }];
      const rank = 1 + scored.filter((other) => isBetter(other, placed)).length;
      return [one.id, { ...line, score: placed.score, rank }];
    }),
  );
}

function enter(id: string, sheet: Sheet, isOfOneLine: boolean, question: OracleQuestion): Entrant {
  const { work, satisfied, rated, complained } = sheet;
  let best: string | undefined;
  for (const [line, { volume }] of work) {
    if (line === '') continue;
    const held = best === undefined ? -1 : work.get(best)!.volume;
    if (volume > held || (volume === held && line < best!)) best = line;
  }
  const counted = [...work].filter(([line]) => !isOfOneLine || line === best);
  const sum = (read: (one: Work) => number) => counted.reduce((total, [, one]) => total + read(one), 0);
  const cases = sum((one) => one.cases);
  const few = cases < question.leastCases ? 'few-cases' : rated < question.leastRatings ? 'few-ratings' : undefined;
  return {
    ...{ id, line: isOfOneLine ? best : undefined, cases, satisfied, rated },
    volume: sum((one) => one.volume),
    lines: counted.filter(([line, one]) => line !== '' && one.cases > 0).length,
    kept: sum((one) => one.kept),
    promised: sum((one) => one.promised),
    overdue: sum((one) => one.overdue),
    consultations: sum((one) => one.consultations),
    why: question.left?.has(id) ? 'left' : complained ? 'complaint' : few,
  };
}

function readSheets(events: readonly HallEvent[], question: OracleQuestion): Map<string, Sheet> {
  const { month, now, offsetMinutes } = question;
  const dayOf = (at: number) => new Date(at + offsetMinutes * 60_000).toISOString().slice(0, 10);
  const isIn = (at: number) => dayOf(at).startsWith(month);
  const [start, end] = [month, nextMonth(month)].map(
    (one) => Date.parse(`${one}-01T00:00:00Z`) - offsetMinutes * 60_000,
  ) as [number, number];
  const living = listLiving(events);
  const sheets = new Map<string, Sheet>();
  const sheet = (key: string): Sheet => {
    if (!sheets.has(key))
      sheets.set(key, { work: new Map(), satisfied: 0, rated: 0, complained: false, people: new Set() });
    return sheets.get(key)!;
  };
  /** Of whoever did it, and of the window at which they did it. */
  const told = (staff: string | undefined, window: string | undefined, note: (one: Sheet) => void): void => {
    if (staff) note(sheet(`s ${staff}`));
    if (window) note(sheet(`w ${window}`));
    if (staff && window) sheet(`w ${window}`).people.add(staff);
  };
  const workIn = (one: Sheet, line: string): Work => {
    const blank = { cases: 0, volume: 0, kept: 0, promised: 0, overdue: 0, consultations: 0 };
    if (!one.work.has(line)) one.work.set(line, blank);
    return one.work.get(line)!;
  };
  const cases = new Set(of(living, 'hall.case.accepted').map(({ data }) => data.case));
  for (const id of cases) {
    const own = living.filter(({ data }) => (data as { case?: string }).case === id);
    const accepted = of(own, 'hall.case.accepted')[0]!;
    const finish = of(own, 'hall.case.finished').at(-1);
    const moments = own.map(({ at }) => at);
    const isOfMonth = Math.min(...moments) < end && (finish === undefined || Math.max(...moments) >= start);
    if (!isOfMonth) continue;
    const { item, promisedBy } = accepted.data;
    const staff = finish?.data.staff ?? accepted.data.staff ?? undefined;
    const window = own.map(({ data }) => (data as { window?: string }).window).find(Boolean);
    const line = accepted.data.line ?? question.lineOfItem.get(item) ?? '';
    const due = promisedBy ? Date.parse(promisedBy) : undefined;
    const isOpen = accepted.at < end && (finish === undefined || finish.at >= end);
    told(staff, window, (one) => {
      const work = workIn(one, line);
      if (finish && isIn(finish.at)) {
        work.cases += 1;
        work.volume += Math.round(100 * (question.difficulty.get(item) ?? 1));
        const isKept = due === undefined ? finish.data.onTime : finish.at <= due;
        if (isKept != null) work.promised += 1;
        if (isKept) work.kept += 1;
      } else if (isOpen && due !== undefined && due < Math.min(end, now)) {
        work.promised += 1;
        work.overdue += 1;
      }
    });
  }
  for (const { at, data } of of(living, 'hall.rating.given'))
    // A second round counts nowhere.
    if (isIn(at) && data.round !== 2)
      told(data.staff ?? undefined, data.window ?? undefined, (one) => {
        if (data.byDefault) return;
        one.rated += 1;
        if (data.score >= 3) one.satisfied += 1;
      });
  for (const { at, data } of of(living, 'hall.consultation.given'))
    if (isIn(at))
      told(data.staff ?? undefined, data.window ?? undefined, (one) => {
        const line = data.line ?? (data.item ? question.lineOfItem.get(data.item) : undefined) ?? '';
        workIn(one, line).consultations += data.count ?? 1;
      });
  for (const { at, data } of of(living, 'hall.complaint.received')) {
    const own = living.filter((one) => (one.data as { complaint?: string }).complaint === data.complaint);
    const answer = own.findLast(({ type }) => /\.(answered|declined)$/.test(type));
    const about = own.map((one) => (one.data as { staff?: string }).staff).find(Boolean);
    const isOfMonth = at < end && (answer === undefined || Math.max(...own.map((one) => one.at)) >= start);
    if (!about || !isOfMonth) continue;
    const isUpheld = answer?.type === 'hall.complaint.answered' && answer.data.upheld === true;
    if (isUpheld && (isIn(at) || isIn(answer.at))) sheet(`s ${about}`).complained = true;
    else sheet(`s ${about}`);
  }
  for (const one of sheets.values())
    for (const staff of one.people) if (sheets.get(`s ${staff}`)?.complained) one.complained = true;
  return sheets;
}

/** Each once, without what was voided, in the order of C1. */
function listLiving(events: readonly HallEvent[]): HallEvent[] {
  const dead = new Set(of(events, 'hall.event.voided').map(({ data }) => `${data.source} ${data.id}`));
  const once = new Map(events.map((event) => [`${event.source} ${event.id}`, event]));
  return [...once]
    .filter(([name]) => !dead.has(name))
    .map(([, event]) => event)
    .sort((a, b) => a.at - b.at || (`${a.source} ${a.id}` < `${b.source} ${b.id}` ? -1 : 1));
}

function nextMonth(month: string): string {
  if (month.endsWith('12')) return `${Number(month.slice(0, 4)) + 1}-01`;
  return `${month.slice(0, 5)}${String(Number(month.slice(5)) + 1).padStart(2, '0')}`;
}

function cents(value: number): number {
  return Math.round(value * 100) / 100;
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

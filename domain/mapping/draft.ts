/** A mapping guessed from a file: what its columns are, what its rows tell, and what a person must still decide. Pure. */
import { draftCases } from './draft/cases.ts';
import { createIsSafe, readColumns, type Column, type DraftRow, type IsSafe } from './draft/columns.ts';
import type { DraftHall } from './draft/hall.ts';
import type { FileKind } from './draft/kind.ts';
import { QuestionList, type Question } from './draft/question.ts';
import { draftRatings } from './draft/ratings.ts';
import { draftRequests } from './draft/requests.ts';
import { findRoles, type FoundRoles, type Role, type RoleColumn } from './draft/roles.ts';
import { Sketch } from './draft/sketch.ts';
import { decideBy, findTimeStyle } from './draft/times.ts';
import { draftTotals, findTotals, type Totals } from './draft/totals.ts';
import { draftAppointments, draftTickets } from './draft/visits.ts';
import { isSum } from './draft/words.ts';
import { parseMapping } from './mapping.ts';
import type { MappingSpec } from './schema.ts';

export interface DraftInput {
  /** What the mapping is for; the file's name does. */
  readonly name: string;
  readonly header: readonly string[];
  /** The first rows under the header, some hundred of them; blank ones may be among them. */
  readonly rows: readonly DraftRow[];
  readonly hall: DraftHall;
}

export interface Draft {
  readonly kind: FileKind | undefined;
  /** Taken by `parseMapping`. Absent where no mapping could be written: then a question says what is missing. */
  readonly mapping: MappingSpec | undefined;
  readonly questions: readonly Question[];
}

/** Takes any header and any cells. No text that could be a citizen's name or number stands in what it answers. */
export function draftMapping({ name, header, rows, hall }: DraftInput): Draft {
  const isSafe = createIsSafe(hall.roster, namesOf(hall));
  const filled = rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const sums = findSums(header, filled);
  const counted = filled.filter((row) => !sums.lines.includes(row.line));
  const columns = readColumns(header, counted, isSafe);
  if (!isHeader(header, isSafe)) return nothing('no-header');
  if (counted.length === 0) return nothing('no-rows');
  const found = decideDates(findRoles(columns, hall));
  const totals = findTotals(columns);
  const ranked = rankKinds(found, columns, totals, name);
  const kind = ranked[0]?.kind;
  const start = () =>
    new Sketch({ name: nameOf(name, isSafe), found, columns, lines: counted.map(({ line }) => line), hall, isSafe });
  if (kind === undefined) {
    const sketch = start();
    askColumns(sketch.questions, columns, found);
    const hasTimes = found.otherTimes.length > 0 || [...found.roles.values()].some(({ style }) => style !== undefined);
    sketch.questions.ask(hasTimes ? 'kind-unknown' : 'no-times', '', []);
    return { kind, mapping: undefined, questions: sketch.questions.settle(undefined) };
  }
  const sketch = start();
  if (ranked[1] && ranked[0]!.points - ranked[1].points < CLOSE)
    sketch.questions.ask('kind-close', '', [], { values: [kind, ranked[1].kind] });
  const sumColumn = columns[sums.index];
  if (sumColumn?.access === 'named') sketch.leaveOut(sumColumn, sums.texts, sums.lines);
  const isDrawn = draw(kind, sketch, totals);
  askColumns(sketch.questions, columns, found);
  const mapping = isDrawn ? sketch.finish() : undefined;
  if (mapping === undefined && !sketch.questions.has('totals-not-kept')) sketch.questions.ask('no-times', '', []);
  if (mapping !== undefined && !parseMapping(mapping, hall.timeZone).ok) {
    sketch.questions.ask('unusable', '', []);
    return { kind, mapping: undefined, questions: sketch.questions.settle(undefined) };
  }
  return { kind, mapping, questions: sketch.questions.settle(mapping) };
}

function namesOf({ stations, windows, items, lines }: DraftHall): string[] {
  return [...stations, ...windows, ...items, ...lines].flatMap(({ id, names }) => [id, ...names]);
}

function nothing(kind: 'no-header' | 'no-rows'): Draft {
  const questions = new QuestionList();
  questions.ask(kind, '', []);
  return { kind: undefined, mapping: undefined, questions: questions.settle(undefined) };
}

function draw(kind: FileKind, sketch: Sketch, totals: Totals): boolean {
  switch (kind) {
    case 'tickets':
      return draftTickets(sketch);
    case 'cases':
      return draftCases(sketch);
    case 'ratings':
      return draftRatings(sketch);
    case 'requests':
      return draftRequests(sketch);
    case 'appointments':
      return draftAppointments(sketch);
    case 'totals':
      return draftTotals(sketch, totals);
  }
}

function nameOf(name: string, isSafe: IsSafe): string {
  const trimmed = name.trim();
  return trimmed !== '' && isSafe(trimmed) ? trimmed : 'draft';
}

/** Names, and not the first row of the file: no dates, and not for the most part numbers or what could be a citizen. */
function isHeader(header: readonly string[], isSafe: IsSafe): boolean {
  const names = header.map((name) => name.trim()).filter((name) => name !== '');
  const isData = (text: string) =>
    !isSafe(text) || /^[\d.,:\-/ ]+$/.test(text) || findTimeStyle([{ text, line: 0 }], false) !== undefined;
  return names.length > 0 && names.filter(isData).length * 2 < names.length;
}

interface Sums {
  readonly index: number;
  readonly texts: readonly string[];
  readonly lines: readonly number[];
}

/** Rows that sum up others: 合计 stands in one of their cells. */
function findSums(header: readonly string[], rows: readonly DraftRow[]): Sums {
  const indexes = header.map((_, index) => index);
  const index = indexes.find((at) => {
    const hits = rows.filter(({ cells }) => isSum(cells[at] ?? '')).length;
    return hits > 0 && hits * 2 < rows.length;
  });
  if (index === undefined) return { index: -1, texts: [], lines: [] };
  const found = rows.filter(({ cells }) => isSum(cells[index] ?? ''));
  return {
    index,
    texts: [...new Set(found.map(({ cells }) => cells[index]!.trim()))],
    lines: found.map(({ line }) => line),
  };
}

/** A file writes its dates one way: where one column leaves no doubt of day and month, the others have none. */
function decideDates(found: FoundRoles): FoundRoles {
  const all = [...found.roles.values(), ...found.otherTimes];
  const decided = new Set(all.flatMap(({ style }) => (style?.dates.length === 1 ? style.dates : [])));
  const decide = (entry: RoleColumn): RoleColumn =>
    entry.style ? { ...entry, style: decideBy(entry.style, decided) } : entry;
  return {
    ...found,
    roles: new Map([...found.roles].map(([role, entry]) => [role, decide(entry)])),
    otherTimes: found.otherTimes.map(decide),
  };
}

/** Two kinds that are nearer than this are asked about. */
const CLOSE = 2;

/** The kinds that a file may be, the likeliest first. */
function rankKinds(
  { roles }: FoundRoles,
  columns: readonly Column[],
  totals: Totals,
  name: string,
): { readonly kind: FileKind; readonly points: number }[] {
  const has = (...list: Role[]) => list.some((role) => roles.has(role));
  const points = (weights: Partial<Record<Role, number>>) =>
    Object.entries(weights).reduce((sum, [role, weight]) => sum + (roles.has(role as Role) ? weight : 0), 0);
  const speaks = (words: RegExp) => (words.test(name) || columns.some(({ plain }) => words.test(plain)) ? 1 : 0);
  const anyTime = has('moment', 'date', 'accepted', 'received', 'finished', 'served', 'answered', 'rated');
  const hotline = speaks(/12345|诉求|工单|投诉|来电|热线|信访|request|complaint|hotline/);
  const booking = speaks(/预约|appointment|booking/);
  const candidates: { kind: FileKind; points: number }[] = [
    {
      kind: 'tickets',
      points:
        has('taken', 'called') || (roles.has('ticketId') && anyTime)
          ? points({ taken: 4, called: 2, ticketId: 3, waitLength: 1, serviceLength: 1, served: 1 })
          : 0,
    },
    {
      kind: 'appointments',
      points:
        has('appointmentAt', 'booked') || (roles.has('appointmentId') && anyTime)
          ? points({ appointmentId: 4, booked: 3, appointmentAt: 3, arrived: 1, status: 1 }) + booking
          : 0,
    },
    {
      kind: 'requests',
      points:
        anyTime && (hotline > 0 || has('requestId', 'complaintId'))
          ? points({ requestId: 5, complaintId: 4, topic: 2, answered: 2, received: 2, onTime: 1, channel: 1 }) +
            hotline * 2
          : 0,
    },
    {
      kind: 'cases',
      points:
        has('accepted') || (anyTime && has('caseId', 'item', 'itemCode'))
          ? points({ caseId: 4, accepted: 2, finished: 2, promised: 1, item: 2, itemCode: 1, handling: 2, channel: 1 })
          : 0,
    },
    {
      kind: 'ratings',
      points:
        roles.has('score') && anyTime && !has('accepted', 'taken', 'called')
          ? points({ score: 5, ratingId: 3, rated: 4, ratingMedium: 2 })
          : 0,
    },
    {
      kind: 'totals',
      points:
        has('date', 'moment') &&
        totals.kept.length + totals.notKept.length > 0 &&
        !has('caseId', 'requestId', 'ticketId', 'taken', 'accepted')
          ? 5 + 2 * (totals.kept.length + totals.notKept.length)
          : 0,
    },
  ];
  return candidates.filter((candidate) => candidate.points > 1).sort((a, b) => b.points - a.points);
}

/** What is not read, and why. */
function askColumns(questions: QuestionList, columns: readonly Column[], { roles, notRead }: FoundRoles): void {
  const filled = columns.filter(({ cells }) => cells.length > 0);
  const labelsOf = (access: Column['access']) =>
    filled.filter((column) => column.access === access).map(({ label }) => label);
  const [citizens, words, unnamed] = [labelsOf('citizen'), labelsOf('words'), labelsOf('unnamed')];
  if (citizens.length > 0) questions.ask('citizen', '', citizens);
  if (words.length > 0) questions.ask('free-text', '', words);
  if (unnamed.length > 0) questions.ask('name-unreadable', '', unnamed);
  for (const { role, column } of notRead) {
    if (role === 'promised') questions.ask('promise-days', '', [column.label]);
    if (role === 'score' && !roles.has('score')) questions.ask('score-unread', '', [column.label]);
  }
}

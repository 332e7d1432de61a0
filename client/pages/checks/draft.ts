/** What a checker is about to say of an area, until it is sent. Pure. */
import type { FindingAnswer } from '../../../domain/events/schema.ts';
import type { CheckAnswer } from '../../../domain/checks/to-events.ts';
import type { AreaCheck, StationChecks } from '../../../domain/wire/checks.ts';

export type Told = AreaCheck['findings'][number];

/** One answer, to one finding or to all skipped days of an area at once. */
export interface Draft {
  readonly key: string;
  /** Empty where the checker tells of something that no figure knows. */
  readonly findings: readonly Told[];
  answer: FindingAnswer | undefined;
  note: string;
  owner: string;
  dueOn: string;
}

/** The answers that an area waits for; skipped days are answered together, since they have one reason. */
export function beginDrafts({ findings }: AreaCheck, owner: string, dueOn: string): Draft[] {
  const open = findings.filter(({ isOpen }) => isOpen);
  const skipped = open.filter(({ kind }) => kind === 'skipped');
  const groups = [
    ...open.filter(({ kind }) => kind !== 'skipped').map((finding) => [finding]),
    ...(skipped.length > 0 ? [skipped] : []),
  ];
  return groups.map((group) => beginDraft(`${group[0]!.kind} ${group[0]!.thing ?? ''}`, group, owner, dueOn));
}

export function beginDraft(key: string, findings: readonly Told[], owner: string, dueOn: string): Draft {
  // What was skipped is not in order; what was seen is told so that somebody deals with it.
  const answer =
    findings.length === 0 || findings[0]!.isOwn
      ? 'follow-up'
      : findings[0]!.kind === 'skipped'
        ? 'explained'
        : undefined;
  return { key, findings, answer, note: '', owner, dueOn };
}

export function needsNote({ answer }: Draft): boolean {
  return answer !== undefined && answer !== 'in-order';
}

export function isWhole(draft: Draft): boolean {
  if (draft.answer === undefined) return false;
  if (needsNote(draft) && draft.note.trim() === '') return false;
  return draft.answer !== 'follow-up' || (draft.owner !== '' && draft.dueOn !== '');
}

/** What is sent of a whole draft: an answer for each finding that it stands for. */
export function endDraft({ findings, answer, note, owner, dueOn }: Draft): CheckAnswer[] {
  const said = {
    answer: answer!,
    ...(answer === 'in-order' ? {} : { note: note.trim() }),
    ...(answer === 'follow-up' ? { owner, dueOn } : {}),
  };
  if (findings.length === 0) return [{ finding: 'seen', ...said }];
  return findings.map(({ kind, thing, count }) => ({
    finding: kind,
    ...(thing === undefined ? { count } : { thing }),
    ...said,
  }));
}

/** The areas of a station that can be checked without a word: nothing waits for an answer. */
export function listClear({ areas }: StationChecks): string[] {
  return Object.entries(areas).flatMap(([area, { state, may, findings }]) =>
    state === 'open' && may === 'yes' && findings.every(({ isOpen }) => !isOpen) ? [area] : [],
  );
}

/** What was skipped at a station and waits for a reason, by area. */
export function listSkipped({ id, areas }: StationChecks): { station: string; area: string; days: string[] }[] {
  return Object.entries(areas).flatMap(([area, { may, findings }]) => {
    const days = findings.flatMap(({ kind, isOpen, day }) =>
      kind === 'skipped' && isOpen && day !== undefined ? [day] : [],
    );
    return may === 'yes' && days.length > 0 ? [{ station: id, area, days }] : [];
  });
}

/** How many findings wait for an answer: skipped checks apart. */
export function countOpen(checks: readonly AreaCheck[]): { findings: number; skipped: number } {
  const open = checks.flatMap(({ findings }) => findings.filter(({ isOpen }) => isOpen));
  const skipped = open.filter(({ kind }) => kind === 'skipped').length;
  return { findings: open.length - skipped, skipped };
}

/** What a case still owes, read off its events: papers that were missing, or the licence that it yields. Pure. */
import { winningAcceptance } from '../board/parts/case.ts';
import { shorten } from '../board/topics/bounds.ts';
import type { EventOf, LedgerEvent } from '../events/event.ts';
import { parseMoment } from '../events/moment.ts';
import type { DeskLicence, DeskPapers } from '../wire/desk.ts';

/** As many as a desk can name. */
const PAPERS_SHOWN = 20;

/**
 * @param events the case's own live events, in the order of C1
 * @returns `undefined` where nothing was missing, or it has come; or the case ended otherwise than was wished
 */
export function readPapers(caseId: string, events: readonly LedgerEvent[]): DeskPapers | undefined {
  const accepted = winningAcceptance(events);
  const finished = findFinish(events);
  if (!accepted || (finished && finished.data.outcome !== 'approved')) return undefined;
  const { deferredDocuments: named, supplyBy, item, ticket } = accepted.data;
  const papers = typeof named === 'string' ? [named] : Array.isArray(named) ? named : [];
  const isMissing = named === true || papers.some((paper) => paper !== '');
  if (!isMissing || events.some(({ type }) => type === 'hall.case.supplemented')) return undefined;
  const dueAt = supplyBy ? parseMoment(supplyBy) : undefined;
  const told = papers.filter((paper) => paper !== '').slice(0, PAPERS_SHOWN);
  return {
    case: caseId,
    item,
    ...(ticket ? { ticket } : {}),
    ...(finished ? { finishedAt: finished.at } : {}),
    papers: told.map((paper) => shorten(paper)),
    ...(dueAt === undefined ? {} : { supplyBy: dueAt }),
  };
}

/**
 * @param events the case's own live events, in the order of C1
 * @returns `undefined` of one that is not finished: what was found a moment ago may have been voided since
 */
export function readLicence(caseId: string, events: readonly LedgerEvent[]): DeskLicence | undefined {
  const accepted = winningAcceptance(events);
  const finished = findFinish(events);
  if (!accepted || !finished) return undefined;
  const { item, window, ticket } = accepted.data;
  return {
    case: caseId,
    item,
    finishedAt: finished.at,
    ...(window ? { window } : {}),
    ...(ticket ? { ticket } : {}),
  };
}

function findFinish(events: readonly LedgerEvent[]): EventOf<'hall.case.finished'> | undefined {
  return events.findLast((event) => event.type === 'hall.case.finished');
}

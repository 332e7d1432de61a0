/** From what is chosen at the desk to the act that is written down: the item's own kind says what Enter does. */
import type { Act } from '../../../domain/desk/entry.ts';
import { dayOf, type Zone } from '../../../domain/calendar/zone.ts';
import type { DeskItem } from '../../../domain/desk/catalogue.ts';
import type { DeskOwnWords } from '../../words/zh/desk.ts';

export const DESK_CHANNELS = ['window', 'home-visit', 'phone', 'post'] as const;
export type DeskChannel = (typeof DESK_CHANNELS)[number];

/** What may be said of a case beside its item; what is usual is not said at all. */
export interface CaseOptions {
  readonly channel: DeskChannel;
  readonly isLegalPerson: boolean;
  readonly isGreen: boolean;
  /** Missing papers, a line each; absent where nothing is missing. */
  readonly deferred: string | undefined;
}

export const USUAL: CaseOptions = {
  channel: 'window',
  isLegalPerson: false,
  isGreen: false,
  deferred: undefined,
};

export type Handling = 'instant' | 'promised';

/** How an item is handled where nobody says otherwise: with a paper missing nothing can be finished yet. */
export function handlingOf(item: DeskItem, { deferred }: CaseOptions): Handling {
  return deferred === undefined ? item.kind : 'promised';
}

/** Whether nothing is left to be said: a paper that is missing has a name. */
export function isWhole({ deferred }: CaseOptions): boolean {
  return deferred?.trim() !== '';
}

/** @param caseId new and nobody else's */
export function toCaseAct(caseId: string, item: DeskItem, options: CaseOptions, handling: Handling): Act {
  const papers = (options.deferred ?? '').split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  return {
    type: 'case',
    case: caseId,
    item: item.code,
    channel: options.channel,
    handling,
    ...(handling === 'promised' && item.promisedBy !== undefined ? { promisedBy: item.promisedBy } : {}),
    ...(papers.length > 0 ? { deferredDocuments: papers.slice(0, 20) } : {}),
    ...(papers.length > 0 && item.supplyBy !== undefined ? { supplyBy: item.supplyBy } : {}),
    ...(options.isGreen ? { green: true } : {}),
    ...(options.isLegalPerson ? { applicant: 'legal-person' } : {}),
  };
}

/** For an act of another day than it was made for: the server counts a promise that is not said from the act's own time. */
export function withoutPromise(act: Act): Act {
  if (act.type !== 'case') return act;
  const { promisedBy: _promisedBy, supplyBy: _supplyBy, ...rest } = act;
  return rest;
}

/** What the button says that Enter presses. */
export function nameHandling(item: DeskItem, handling: Handling, zone: Zone, words: DeskOwnWords): string {
  if (handling === 'instant') return words.record.acceptFinish;
  return item.promisedBy === undefined
    ? words.record.acceptOnly
    : words.record.acceptPromise(tellDate(zone, Date.parse(item.promisedBy) - 1, words));
}

/** The day in which a moment lies, as the page's language writes it. */
export function tellDate(zone: Zone, at: number, words: DeskOwnWords): string {
  const [, month, day] = dayOf(zone, at).split('-');
  return words.date(Number(month), Number(day));
}

/** What an item promises, beside its name. */
export function tellKind(item: DeskItem, words: DeskOwnWords): string {
  return item.kind === 'instant' ? words.record.instant : words.record.promised(item.promisedDays ?? 0);
}

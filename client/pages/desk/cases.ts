/** The station's open cases as a list to work through: what is due first, found by item or number. */
import type { Zone } from '../../../domain/calendar/zone.ts';
import type { DeskCatalogue } from '../../../domain/desk/catalogue.ts';
import type { DeskCase } from '../../../domain/wire/desk.ts';
import { formatClock } from '../../../domain/calendar/written.ts';
import type { DeskOwnWords } from '../../words/zh/desk.ts';
import { numberOf } from './recent.ts';
import { tellDate } from './record.ts';

export interface CaseLine {
  readonly case: string;
  readonly name: string;
  readonly number: string;
  readonly accepted: string;
  readonly due: string;
  readonly isOverdue: boolean;
  readonly isPaused: boolean;
  readonly yieldsLicence: boolean;
}

/** @param query part of an item's name, its initials, or a number; everything where it is empty */
export function buildCases(
  cases: readonly DeskCase[],
  catalogue: DeskCatalogue | undefined,
  query: string,
  now: number,
  zone: Zone,
  words: DeskOwnWords,
): CaseLine[] {
  const items = new Map(catalogue?.items.map((item) => [item.code, item]));
  const wanted = query.trim().toLowerCase();
  return cases
    .map((one): CaseLine & { readonly initials: string } => {
      const item = items.get(one.item);
      const isPaused = one.paused === true;
      const isOverdue = one.dueAt !== undefined && one.dueAt < now;
      return {
        case: one.case,
        name: item?.name ?? one.item,
        initials: item?.initials ?? '',
        number: one.ticket === undefined ? '' : numberOf(one.ticket),
        accepted: `${tellDate(zone, one.acceptedAt, words)} ${formatClock(zone, one.acceptedAt)}`,
        due: isPaused
          ? words.cases.paused
          : one.dueAt === undefined
            ? words.cases.noPromise
            : tellDate(zone, one.dueAt - 1, words),
        isOverdue,
        isPaused,
        yieldsLicence: item?.yieldsLicence === true,
      };
    })
    .filter(
      ({ name, initials, number }) =>
        name.toLowerCase().includes(wanted) || initials.includes(wanted) || number.toLowerCase().includes(wanted),
    );
}

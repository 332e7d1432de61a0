/** What a desk must have at hand to write things down while its server is gone: the hall's configuration, as one station needs it. */
import { SERVICE_KINDS, type ServiceKind } from '../events/schema.ts';
import { momentOf, type Zone } from '../calendar/zone.ts';
import { isInForce, type HallConfig } from '../profile/profile.ts';
import type { FindableItem } from './find-item.ts';
import type { Initials } from './initials.ts';
import { promiseOf, supplyByOf } from './promise.ts';

export interface DeskItem extends FindableItem {
  readonly nameEn?: string;
  readonly line: string;
  readonly kind: 'instant' | 'promised';
  /** Working days of its promise. */
  readonly promisedDays?: number;
  /** Working days in which a missing paper is to come; absent where none may be missing. */
  readonly deferrableDays?: number;
  /** Of what is accepted on the catalogue's day: the end of its promise, and of the time for missing papers; RFC 3339. */
  readonly promisedBy?: string;
  readonly supplyBy?: string;
  readonly yieldsLicence?: true;
}

/** As it stands in an event, and how it is said in English. */
export interface PauseReason {
  readonly zh: string;
  readonly en: string;
}

export interface DeskCatalogue {
  /** The hall's day that its moments are reckoned from. */
  readonly day: string;
  readonly station: string;
  readonly items: readonly DeskItem[];
  readonly lines: readonly { readonly id: string; readonly name: string }[];
  readonly windows: readonly { readonly id: string; readonly label: string }[];
  readonly terminals: readonly { readonly id: string; readonly name: string; readonly nameEn?: string }[];
  readonly services: readonly ServiceKind[];
  readonly windowPauses: readonly PauseReason[];
  readonly casePauses: readonly PauseReason[];
}

/** A sample: no rule names them all. */
const WINDOW_PAUSES: readonly PauseReason[] = [
  { zh: '午间轮休', en: 'Lunch in turns' },
  { zh: '工作人员临时离岗', en: 'Away for a moment' },
  { zh: '设备检修', en: 'Equipment under repair' },
  { zh: '系统升级', en: 'System update' },
  { zh: '业务学习', en: 'Training' },
];
const CASE_PAUSES: readonly PauseReason[] = [
  { zh: '补正材料', en: 'Papers to be corrected' },
  { zh: '特别程序', en: 'Special procedure' },
  { zh: '等待其他部门意见', en: 'Waiting for another office' },
];

/**
 * What is in force at a station on `day`; `initialsOf` gives the letters of an item's name, `zone` is the hall's. What
 * an item promises depends on the day alone, so that it is reckoned here and known without a server.
 */
export function buildDeskCatalogue(
  { profile, catalogue, calendar }: HallConfig,
  station: string,
  day: string,
  initialsOf: (name: string, own: string | undefined) => Initials,
  zone: Zone,
): DeskCatalogue {
  const at = momentOf(zone, day);
  const place = { calendar, zone, station };
  const tell = (moment: number | undefined) => (moment === undefined ? undefined : new Date(moment).toISOString());
  const isHere = (one: { station: string; from?: string | undefined; until?: string | undefined }): boolean =>
    one.station === station && isInForce(one, day);
  return {
    day,
    station,
    items: catalogue.items
      .filter((item) => isInForce(item, day))
      .map((item) => {
        const { code, name, nameEn, initials, line, kind, promisedDays, deferrable, yieldsLicence } = item;
        const promisedBy = tell(promiseOf(item, at, place));
        const supplyBy = tell(supplyByOf(item, at, place));
        return {
          code,
          name,
          ...(nameEn ? { nameEn } : {}),
          ...initialsOf(name, initials),
          line,
          kind,
          ...(promisedDays === undefined ? {} : { promisedDays }),
          ...(deferrable ? { deferrableDays: deferrable.days } : {}),
          ...(promisedBy === undefined ? {} : { promisedBy }),
          ...(supplyBy === undefined ? {} : { supplyBy }),
          ...(yieldsLicence === true ? { yieldsLicence } : {}),
        };
      }),
    lines: catalogue.lines.map(({ id, name }) => ({ id, name })),
    windows: profile.windows.filter(isHere).map(({ id, label }) => ({ id, label })),
    terminals: (profile.terminals ?? [])
      .filter(isHere)
      .map(({ id, name, nameEn }) => ({ id, name, ...(nameEn ? { nameEn } : {}) })),
    services: SERVICE_KINDS,
    windowPauses: WINDOW_PAUSES,
    casePauses: CASE_PAUSES,
  };
}

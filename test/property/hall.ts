/** A small hall whose profile holds every awkward case: tickets from some day on, stations that come and go, odd names. */
import { DEFAULT_CALENDAR, type CalendarDocument } from '../../domain/calendar/calendar-document.ts';
import { CONDITIONS } from '../../domain/profile/scenes.ts';
import { createHallConfig, type HallConfig } from '../../domain/profile/profile.ts';

export const KNOWN_STATIONS = ['hall', 'meifeng', 'xinge'] as const;
/** The second one holds what a cell's name must escape. */
export const UNKNOWN_STATIONS = ['nowhere', 'a/b%2F梅'] as const;
export const STATIONS = [...KNOWN_STATIONS, ...UNKNOWN_STATIONS] as const;
export const ITEMS = ['old', 'medical-licence', 'tenancy-licence', 'medical', 'plain', 'unknown/%2F100%'] as const;

const LONG_SINCE: Pilot = { from: '2019-01-01', station: 'hall' };

export interface HallOptions {
  readonly pilot?: Pilot | undefined;
  /** Gives everything in it other ids. */
  readonly rename?: <T>(value: T) => T;
}

export interface Pilot {
  readonly from: string;
  readonly station: string;
}

/** @param from a day in the middle of the window that is played through: half of the dated records begin or end there */
export function createSmallHall(
  timeZone: string,
  from: string,
  calendar: CalendarDocument = DEFAULT_CALENDAR,
  { pilot = LONG_SINCE, rename = (value) => value }: HallOptions = {},
): HallConfig {
  return createHallConfig(
    rename({
      version: 1,
      hall: 'small',
      name: { zh: '小厅' },
      timeZone,
      hours: [['09:00', '12:00']],
      stations: [
        { id: 'hall', kind: 'hall', names: [{ zh: '大厅' }], ticketsFrom: from },
        { id: 'meifeng', kind: 'community', names: [{ zh: '梅丰' }], until: from },
        { id: 'xinge', kind: 'community', names: [{ zh: '新阁' }], from, ticketsFrom: '2000-01-01' },
      ],
      windows: [
        { id: 'w01', station: 'hall', label: '01' },
        { id: 'w02', station: 'xinge', label: '02', until: from },
      ],
      staff: [{ id: 's1', name: '梅一', station: 'meifeng', role: '值班', roleEn: 'On duty' }],
      terminals: [{ id: 'p1', station: 'hall', name: '自助机' }],
      dailyChecks: ['cases', 'licences', 'conduct'],
      ...(pilot ? { medicalPilot: { ...pilot, line: 'medical-insurance' } } : {}),
      targets: { waitMinutes: 60, serviceMinutes: 30, queue: 10, dueSoonHours: 24, unheardMinutes: 60 },
      supervisionTelephone: '12345',
    }),
    rename({
      version: 1,
      lines: [
        { id: 'medical-insurance', name: '医保' },
        { id: 'tenancy', name: '租赁' },
      ],
      items: [
        {
          code: 'medical-licence',
          name: '一',
          line: 'medical-insurance',
          kind: 'promised',
          yieldsLicence: true,
          statutoryDays: 20,
          promisedDays: 2.5,
        },
        {
          code: 'tenancy-licence',
          name: '二',
          line: 'tenancy',
          kind: 'promised',
          yieldsLicence: true,
          statutoryDays: 0.5,
          promisedDays: 3,
        },
        { code: 'medical', name: '三', line: 'medical-insurance', kind: 'instant', statutoryDays: 0, promisedDays: 0 },
        { code: 'plain', name: '四', line: 'tenancy', kind: 'instant', yieldsLicence: false, promisedDays: 1 },
        {
          code: 'old',
          name: '五',
          line: 'medical-insurance',
          kind: 'instant',
          statutoryDays: 5,
          promisedDays: 0,
          until: from,
        },
      ],
    }),
    {
      version: 1,
      playlist: CONDITIONS.map((when) => ({ scene: 'overview', seconds: 10, when })),
      resumeSeconds: 60,
      theme: 'light',
      language: 'zh',
    },
    rename({
      version: 1,
      notices: [{ zh: '年底前办结', until: from }],
      duty: [{ staff: 's1', weekdays: [1, 2, 3], from }, { staff: 's2' }],
      freeServices: ['copying'],
    }),
    rename(calendar),
  );
}

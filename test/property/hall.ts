/** A small hall whose profile holds every awkward case: tickets from some day on, stations that come and go, odd names. */
import { DEFAULT_CALENDAR, type CalendarDocument } from '../../domain/calendar/calendar-document.ts';
import { createHallConfig, type HallConfig } from '../../domain/profile/profile.ts';

export const KNOWN_STATIONS = ['hall', 'meifeng', 'xinge'] as const;
/** The second one holds what a cell's name must escape. */
export const UNKNOWN_STATIONS = ['nowhere', 'a/b%2F梅'] as const;
export const STATIONS = [...KNOWN_STATIONS, ...UNKNOWN_STATIONS] as const;
export const ITEMS = ['medical-licence', 'tenancy-licence', 'medical', 'plain', 'unknown/100%'] as const;

/** @param from a day in the middle of the window that is played through: half of the dated records begin or end there */
export function createSmallHall(
  timeZone: string,
  from: string,
  calendar: CalendarDocument = DEFAULT_CALENDAR,
): HallConfig {
  return createHallConfig(
    {
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
      windows: [{ id: 'w01', station: 'hall', label: '01' }],
      staff: [],
      dailyChecks: ['cases', 'licences', 'conduct'],
      medicalPilot: { from: '2019-01-01', station: 'hall', line: 'medical-insurance' },
      targets: { waitMinutes: 60, serviceMinutes: 30, queue: 10, dueSoonHours: 24, unheardMinutes: 60 },
    },
    {
      version: 1,
      lines: [
        { id: 'medical-insurance', name: '医保' },
        { id: 'tenancy', name: '租赁' },
      ],
      items: [
        { code: 'medical-licence', name: '一', line: 'medical-insurance', kind: 'promised', yieldsLicence: true },
        { code: 'tenancy-licence', name: '二', line: 'tenancy', kind: 'promised', yieldsLicence: true },
        { code: 'medical', name: '三', line: 'medical-insurance', kind: 'instant' },
        { code: 'plain', name: '四', line: 'tenancy', kind: 'instant', yieldsLicence: false },
      ],
    },
    undefined,
    undefined,
    calendar,
  );
}

// A small hall of three stations, for drafts to know.
import { createDraftHall, type DraftHall } from '../../../../domain/mapping/draft/hall.ts';
import type { Catalogue, Profile } from '../../../../domain/profile/profile.ts';

const profile: Profile = {
  version: 1,
  hall: 'qiaotou',
  name: { zh: '桥头街道政务服务大厅' },
  timeZone: 'Asia/Shanghai',
  hours: [['09:00', '18:00']],
  stations: [
    { id: 'hall', kind: 'hall', names: [{ zh: '桥头街道政务服务大厅', en: 'Qiaotou Hall' }], short: '街道大厅' },
    { id: 'dongxi', kind: 'community', names: [{ zh: '东溪社区', en: 'Dongxi' }], short: '东溪', code: '450001' },
    { id: 'nanpo', kind: 'community', names: [{ zh: '南坡社区' }], short: '南坡' },
  ],
  windows: [
    { id: 'w01', station: 'hall', label: '01' },
    { id: 'w02', station: 'hall', label: '02' },
    { id: 'dongxi-1', station: 'dongxi', label: '01' },
    { id: 'nanpo-g', station: 'nanpo', label: '绿色专窗' },
  ],
  staff: [
    { id: 's1', name: '钱晓明', station: 'hall' },
    { id: 's2', name: '孙丽华', station: 'dongxi' },
  ],
  dailyChecks: [],
  targets: { waitMinutes: 15, serviceMinutes: 15, queue: 10, dueSoonHours: 24, unheardMinutes: 120 },
};
const catalogue: Catalogue = {
  version: 1,
  lines: [
    { id: 'social', name: '社保' },
    { id: 'tenancy', name: '租赁' },
  ],
  items: [
    { code: 'SB-01', name: '参保登记', line: 'social', kind: 'instant' },
    { code: 'SB-02', name: '社保转移', line: 'social', kind: 'promised' },
    { code: 'ZL-01', name: '租赁备案', line: 'tenancy', kind: 'instant' },
  ],
};

export const hall: DraftHall = createDraftHall(profile, catalogue);

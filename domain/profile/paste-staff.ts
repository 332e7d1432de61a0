/** A roster out of a pasted sheet: who works where as what, and what is wrong with rows that say nothing of the kind. Pure. */
import { findStaffFlaw } from '../access/staff-id.ts';
import { identityInText } from '../events/identity.ts';
import type { Profile, Station } from './profile.ts';
import { readSheet, type Column, type ReadCell, type RowFlaw, type SheetRow } from './sheet.ts';

export type Member = Profile['staff'][number];

const COLUMNS = {
  id: { names: ['工号', '编号', '员工编号', 'staff id', 'id'], isRequired: true },
  name: { names: ['姓名', '名字', 'name'], isRequired: true },
  station: { names: ['站点', '所在站点', '社区', 'station'], isRequired: true },
  role: { names: ['岗位', '职务', '岗位职务', 'post', 'role'], isRequired: false },
} as const satisfies Readonly<Record<string, Column>>;
export type StaffField = keyof typeof COLUMNS;

const LONGEST_ROLE = 40;

export interface PastedStaff {
  readonly staff: readonly Member[];
  readonly flaws: readonly RowFlaw<StaffField>[];
}

/** @param stations they are found by any of their names, by the short one, or by id */
export function readStaff(rows: readonly SheetRow[], stations: readonly Station[]): PastedStaff {
  const sheet = readSheet(rows, COLUMNS);
  if ('flaws' in sheet) return { staff: [], flaws: sheet.flaws };
  const places = new Map<string, string>();
  // A name that two stations bear leads to neither.
  for (const { id, short, names } of stations)
    for (const name of new Set([id, short ?? '', ...names.map(({ zh }) => zh)]))
      places.set(name, places.has(name) ? '' : id);
  const ids = new Set<string>();
  const staff: Member[] = [];
  const flaws: RowFlaw<StaffField>[] = [];
  for (const row of sheet.rows) {
    const read = readMember(row, sheet.read, places);
    if ('reason' in read) flaws.push(read);
    else if (ids.has(read.id)) flaws.push({ line: row.line, field: 'id', reason: 'twice', value: read.id });
    else {
      ids.add(read.id);
      staff.push(read);
    }
  }
  return { staff, flaws };
}

function readMember(
  row: SheetRow,
  read: ReadCell<StaffField>,
  places: ReadonlyMap<string, string>,
): Member | RowFlaw<StaffField> {
  const [id, name, place, role] = [read(row, 'id'), read(row, 'name'), read(row, 'station'), read(row, 'role')];
  for (const [field, text] of [
    ['id', id],
    ['name', name],
    ['station', place],
  ] as const)
    if (text === '') return { line: row.line, field, reason: 'required' };
  const wrong = findStaffFlaw(id, name);
  if (wrong) {
    const field = wrong.field === 'staff' ? 'id' : 'name';
    return { line: row.line, field, reason: wrong.why === 'identity' ? 'identity' : 'not-allowed' };
  }
  const station = places.get(place);
  if (!station) return { line: row.line, field: 'station', reason: 'no-station', value: place.slice(0, 40) };
  if (role.length > LONGEST_ROLE) return { line: row.line, field: 'role', reason: 'too-long' };
  if (identityInText(role, 'none') !== undefined) return { line: row.line, field: 'role', reason: 'identity' };
  return { id, name, station, ...(role === '' ? {} : { role }) };
}

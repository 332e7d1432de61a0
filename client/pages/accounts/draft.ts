/** An assignment as it is being filled in, and what is still wrong with it. */
import { STATION_ROLES, type Assignment, type Role } from '../../../domain/access/roles.ts';

export interface Draft {
  /** A substitute's ends by itself; a lasting one may. */
  kind: 'substitute' | 'lasting';
  role: Role;
  /** A station's id; empty while none is chosen, and of no meaning where the role is of the whole hall. */
  station: string;
  /** Days, or empty. */
  from: string;
  until: string;
}

export type DraftFlaw = { readonly field: 'station' | 'until'; readonly why: 'required' | 'badSpan' };

/** @param roles those that may be given; the first of them unless a clerk may be made */
export function beginDraft(kind: Draft['kind'], roles: readonly Role[], day: string, station = ''): Draft {
  const role = roles.includes('clerk') ? 'clerk' : (roles[0] ?? 'clerk');
  const dates = kind === 'substitute' ? { from: day, until: day } : { from: '', until: '' };
  return { kind, role, station, ...dates };
}

export function readDraft(draft: Draft): { assignment: Assignment } | { flaw: DraftFlaw } {
  const { kind, role, station, from, until } = draft;
  const isOfStation = STATION_ROLES.includes(role);
  if (isOfStation && station === '') return { flaw: { field: 'station', why: 'required' } };
  if (kind === 'substitute' && until === '') return { flaw: { field: 'until', why: 'required' } };
  if (from !== '' && until !== '' && until < from) return { flaw: { field: 'until', why: 'badSpan' } };
  return {
    assignment: {
      role,
      ...(isOfStation ? { station } : {}),
      ...(from === '' ? {} : { from }),
      ...(until === '' ? {} : { until }),
    },
  };
}

/** What a staff id and a name may be: part of ids and addresses the one, and no place for numbers the other. Pure. */
import { identityInText } from '../events/identity.ts';
import { FORBIDDEN_NAMES } from '../events/inspect.ts';

/** Letters and digits of any script. */
const STAFF = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$/u;
const NAME_LIMIT = 40;

export interface StaffFlaw {
  readonly field: 'staff' | 'name';
  /** `identity`: it looks like a telephone or an identity number. */
  readonly why: 'form' | 'identity';
}

/** What is wrong with them; `undefined` for what may be an account's. */
export function findStaffFlaw(staff: string, name: string): StaffFlaw | undefined {
  if (!STAFF.test(staff) || FORBIDDEN_NAMES.includes(staff)) return { field: 'staff', why: 'form' };
  if (identityInText(staff, 'full') !== undefined) return { field: 'staff', why: 'identity' };
  if (name.trim() === '' || name.length > NAME_LIMIT) return { field: 'name', why: 'form' };
  // A name is what it is there for; numbers are none.
  return identityInText(name, 'none') === undefined ? undefined : { field: 'name', why: 'identity' };
}

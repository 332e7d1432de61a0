/** A hall's staff as the server holds them: their accounts, who is signed in, and under which name a browser keeps that. */
import { dayOf, type Zone } from '../../domain/calendar/zone.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import type { Access } from './access.ts';
import { createAccounts, type Accounts } from './accounts.ts';
import { cookiePath } from './base.ts';
import { nameCookie } from './cookies.ts';
import type { Doors } from './doors.ts';
import { createPeople, type People } from './people.ts';
import { createSignInGuesses } from './sign-in-guesses.ts';

const SESSION_COOKIE = 'hallpulse_session';

export interface StaffOptions {
  readonly access: Access;
  readonly doors: Doors;
  readonly config: () => HallConfig;
  readonly zone: Zone;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
  /** The machine's. */
  readonly machineNow: () => number;
  /** Of a hall that is not the process's first. */
  readonly furtherHall?: string;
}

export interface Staff {
  readonly accounts: Accounts;
  readonly people: People;
  readonly cookie: string;
  /** The hall's day: assignments go by it. */
  readonly day: () => string;
}

export function createStaff({ access, doors, config, zone, now, machineNow, furtherHall }: StaffOptions): Staff {
  const day = () => dayOf(zone, now());
  const accounts = createAccounts({
    store: access.accounts,
    passwords: doors.passwords,
    guesses: createSignInGuesses(() => performance.now()),
    now: machineNow,
    day,
    stations: () => config().stations,
    words: () => [config().profile.hall, config().profile.name.zh, config().profile.name.en ?? ''],
  });
  const cookie = nameCookie(SESSION_COOKIE, furtherHall);
  const people = createPeople({
    ...{ accounts, cookie, cookiePath: cookiePath(doors.base) },
    readVisitor: doors.readVisitor,
  });
  return { accounts, people, cookie, day };
}

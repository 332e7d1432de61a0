/** Who is signed in in this browser, as every page of the staff asks for it. */
import type { SignedIn } from '../../domain/wire/desk.ts';
import type { SignedOut } from '../../domain/wire/accounts.ts';
import { readOwnPath } from './base.ts';
import { forgetAnswers } from './brief-answers.ts';
import { withHall } from './own-hall.ts';
import { ask, askAs } from './ask.ts';
import { readJson, type Reply } from './request.ts';

export type Presence = { readonly isIn: true; readonly who: SignedIn } | ({ readonly isIn: false } & SignedOut);

export function readSession(): Promise<Reply<Presence>> {
  return askAs<'GET /api/session', Presence>(
    'GET /api/session',
    {},
    {
      answers: [401],
      read: async (response) =>
        response.ok
          ? { isIn: true, who: await readJson<SignedIn>(response) }
          : { isIn: false, ...(await readJson<SignedOut>(response)) },
    },
  );
}

const STORE_MS = 1_000;

export interface Credentials {
  readonly staff: string;
  readonly password: string;
  /** A leader's own telephone, for reading. */
  readonly keep?: boolean;
}

/** Whoever was signed in here before is signed out by it, and nothing of what they read stays in the browser. */
export async function signIn(credentials: Credentials): Promise<Reply<SignedIn>> {
  await soon(forgetAnswers());
  return ask('POST /api/session', { body: credentials });
}

export async function signOut(): Promise<Reply<null>> {
  await soon(forgetAnswers());
  return ask('DELETE /api/session');
}

/** The address of signing in, from which one comes back to `path`, which is without a prefix. */
export function addressOfSignIn(path: string): string {
  return `/sign-in?next=${encodeURIComponent(path)}`;
}

/** Asks whoever is signed in no more to sign in, and brings them back to where they are. */
export function replaceBySignIn(): void {
  location.replace(withHall(addressOfSignIn(readOwnPath())));
}

/** A browser's store that does not answer keeps nobody from coming or going. */
function soon(work: Promise<void>): Promise<void> {
  return Promise.race([work, new Promise<void>((resolve) => setTimeout(resolve, STORE_MS))]);
}

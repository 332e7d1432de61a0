/** Passwords: hashed slowly, compared in constant time, and refused where they are easily guessed. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

export interface Cost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** As OWASP's password storage cheat sheet has scrypt; 32 MB and about a fifth of a second each. */
const COST: Cost = { N: 2 ** 15, r: 8, p: 3 };
const MEMORY = 64 * 1024 * 1024;
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** Each takes a core and 32 MB: walls and senders need theirs. */
const AT_ONCE = 2;
/** Beyond these nobody waits who types a password: it is a flood. */
const MOST_WAITING = 32;

export const PASSWORD_LENGTHS = { least: 10, most: 200 } as const;
/** The estimate of the library below which a password is refused: at so many guesses a slowed guesser needs years. */
const LEAST_GUESSES = 1e8;
/** The estimate takes longer the longer a text is; what lies beyond is not needed to be strong. */
const ESTIMATED_LENGTH = 100;

/** Too many passwords wait to be looked at. */
export class PasswordsBusy extends Error {}

export interface Passwords {
  /** What is kept of a password: `scrypt$N$r$p$salt$hash`. @throws PasswordsBusy */
  hash(password: string): Promise<string>;
  /** Whether it is the one; without `kept` it takes as long and is not. @throws PasswordsBusy */
  matches(password: string, kept: string | null): Promise<boolean>;
}

/** @param cost of what is hashed from now on; less in tests */
export function createPasswords(cost: Cost = COST): Passwords {
  let running = 0;
  const waiting: (() => void)[] = [];
  const derive = async (password: string, salt: Buffer, by: Cost): Promise<Buffer> => {
    if (running >= AT_ONCE) {
      if (waiting.length >= MOST_WAITING) throw new PasswordsBusy();
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running++;
    try {
      return await new Promise<Buffer>((resolve, reject) => {
        // The same sign can be typed in more than one way.
        scrypt(password.normalize('NFKC'), salt, HASH_BYTES, { ...by, maxmem: MEMORY }, (error, key) =>
          error ? reject(error) : resolve(key),
        );
      });
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
  /** Somebody without a password is somebody whose password is never right. */
  const nobody = { salt: randomBytes(SALT_BYTES), hash: randomBytes(HASH_BYTES), cost };
  return {
    async hash(password) {
      const salt = randomBytes(SALT_BYTES);
      const hash = await derive(password, salt, cost);
      return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
    },
    async matches(password, kept) {
      const { salt, hash, cost: by } = kept === null ? nobody : readKept(kept);
      return timingSafeEqual(await derive(password, salt, by), hash) && kept !== null;
    },
  };
}

function readKept(kept: string): { salt: Buffer; hash: Buffer; cost: Cost } {
  const [kind, N, r, p, salt = '', hash = ''] = kept.split('$');
  if (kind !== 'scrypt') throw new Error('a password is kept in a way that this version does not know');
  return {
    salt: Buffer.from(salt, 'base64url'),
    hash: Buffer.from(hash, 'base64url'),
    cost: { N: Number(N), r: Number(r), p: Number(p) },
  };
}

const estimate = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });

/** Whether a password may be used: long enough, and nothing that a guesser tries first, such as `words` around its owner. */
export function isStrong(password: string, words: readonly string[]): boolean {
  const { least, most } = PASSWORD_LENGTHS;
  if (password.length < least || password.length > most) return false;
  return estimate.check(password.slice(0, ESTIMATED_LENGTH), [...words]).guesses >= LEAST_GUESSES;
}

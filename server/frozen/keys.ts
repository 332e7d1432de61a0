/** The key that seals frozen days, and the note of the last entry: both outside the data folder, so that whoever can write there can make no entry. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { writeAtomically } from '../documents/atomic-file.ts';
import { placeNew } from '../place-new.ts';

const KEY_FILE = 'frozen-days.key';
const HEAD_FILE = 'frozen-days.json';
const RESTORES_FILE = 'frozen-days-restores.json';
const KEY_BYTES = 32;
const ID_LENGTH = 16;

const hex = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const keySchema = v.object({ hall: v.string(), secret: hex });
const headSchema = v.object({ hall: v.string(), ledger: v.string(), seq: v.number(), mac: hex });

const restoreSchema = v.object({
  ledger: v.string(),
  at: v.string(),
  backup: v.optional(v.string()),
  by: v.optional(v.string()),
  answers: v.optional(v.array(hex)),
});
const restoresSchema = v.object({ hall: v.string(), restores: v.array(restoreSchema) });

/**
 * That a ledger was put in another's place by whoever looks after the hall. `at`: ISO. Either the restore command notes
 * of which folder (`backup`), or a person (`by`) says it afterwards and names by their seals the beginnings of the chain
 * that this answers.
 */
export type RestoreNote = v.InferOutput<typeof restoreSchema>;

/** The last entry that was sealed: of which ledger, where in it, and its seal. */
export interface ChainHead {
  readonly ledger: string;
  readonly seq: number;
  readonly mac: string;
}

/** What an audit can ask of the folder. */
export interface ChainProof {
  readonly head: ChainHead | undefined;
  /** The oldest first. */
  readonly restores: readonly RestoreNote[];
  /** Whether the seal fits; `undefined` where the key of this name is not there. */
  isSealed(key: string, text: string, mac: string): boolean | undefined;
}

export interface ChainKeys extends ChainProof {
  /** Names the key, and tells nothing of it. */
  readonly id: string;
  seal(text: string): string;
  saveHead(head: ChainHead): Promise<void>;
}

/** Its message says what to do. */
export class KeysProblem extends Error {}

/**
 * The hall's key, made where there is none.
 * @throws KeysProblem where the folder cannot be used
 */
export function openChainKeys(folder: string, hall: string): ChainKeys {
  try {
    // Never its parents: a folder that cannot be is told, and some file systems let the making of parents run for ever.
    if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
    chmodSync(folder, 0o700);
    const file = join(folder, KEY_FILE);
    if (!existsSync(file)) makeKey(file, hall);
  } catch (error) {
    throw new KeysProblem(
      `${folder} cannot be written (${(error as Error).message}), so no day is frozen. Set HALLPULSE_KEYS to a folder outside the data folder and its backups.`,
      { cause: error },
    );
  }
  const proof = readChainProof(folder, hall);
  const { secret } = proof;
  if (secret === undefined) throw new KeysProblem(`There is no key in ${folder}, so no day is frozen.`);
  return {
    head: proof.head,
    restores: proof.restores,
    isSealed: (key, text, mac) => proof.isSealed(key, text, mac),
    id: idOf(secret),
    seal: (text) => sealWith(secret, text),
    saveHead: ({ ledger, seq, mac }) =>
      writeAtomically(join(folder, HEAD_FILE), `${JSON.stringify({ hall, ledger, seq, mac }, null, 2)}\n`),
  };
}

/** As the folder stands; nothing is written. @throws KeysProblem where what is there cannot be read, or is another hall's */
export function readChainProof(folder: string, hall: string): ChainProof & { readonly secret: string | undefined } {
  const secret = readOwn(join(folder, KEY_FILE), keySchema, hall)?.secret;
  const noted = readOwn(join(folder, HEAD_FILE), headSchema, hall);
  return {
    secret,
    head: noted && { ledger: noted.ledger, seq: noted.seq, mac: noted.mac },
    restores: readOwn(join(folder, RESTORES_FILE), restoresSchema, hall)?.restores ?? [],
    isSealed: (key, text, mac) =>
      secret === undefined || key !== idOf(secret) ? undefined : isSame(sealWith(secret, text), mac),
  };
}

/**
 * Notes a restore behind those before it. The folder is never made: one without a key tells nobody anything.
 * @throws KeysProblem where it is not there or cannot be written
 */
export async function noteRestore(folder: string, hall: string, note: RestoreNote): Promise<void> {
  if (!existsSync(join(folder, KEY_FILE))) throw new KeysProblem(`There is no key of frozen days in ${folder}.`);
  const { restores } = readChainProof(folder, hall);
  const text = JSON.stringify({ hall, restores: [...restores, note] }, null, 2);
  try {
    await writeAtomically(join(folder, RESTORES_FILE), `${text}\n`);
  } catch (error) {
    throw new KeysProblem(`${folder} cannot be written (${(error as Error).message}).`, { cause: error });
  }
}

function makeKey(file: string, hall: string): void {
  const draft = `${file}.${process.pid}.new`;
  const secret = randomBytes(KEY_BYTES).toString('hex');
  writeFileSync(draft, `${JSON.stringify({ hall, secret }, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  placeNew(draft, file);
}

function readOwn<T extends { readonly hall: string }>(
  file: string,
  schema: v.GenericSchema<unknown, T>,
  hall: string,
): T | undefined {
  let found: T;
  try {
    found = v.parse(schema, JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new KeysProblem(`${file} cannot be read (${(error as Error).message}). Put back a copy of it.`, {
      cause: error,
    });
  }
  if (found.hall === hall) return found;
  throw new KeysProblem(
    `${file} is of hall "${found.hall}", not of "${hall}": HALLPULSE_KEYS names another hall's folder.`,
  );
}

function sealWith(secret: string, text: string): string {
  return createHmac('sha256', Buffer.from(secret, 'hex')).update(text).digest('hex');
}

function idOf(secret: string): string {
  return createHash('sha256').update(`hallpulse key ${secret}`).digest('hex').slice(0, ID_LENGTH);
}

function isSame(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

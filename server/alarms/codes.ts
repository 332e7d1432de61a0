/** The short codes by which a telephone may work one alarm: derived from the alarm's id, so that nothing is stored for them. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CODES_FILE } from '../hall-files.ts';
import { placeNew } from '../place-new.ts';
import { StartProblem } from '../start-problem.ts';

const KEY_BYTES = 32;
/** 80 bits: short enough for a small picture, far too many to guess at thirty a minute. */
const CODE_BYTES = 10;
/** RFC 4648's base 32: a picture holds an address of capitals and digits in fewer and so larger squares. */
const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const shape = /^[A-Z2-7]{16}$/;

export interface AlarmCodes {
  codeOf(alarmId: string): string;
  /** The alarm among `ids` whose code it is. */
  find(code: string, ids: Iterable<string>): string | undefined;
}

/** The key lies in `folder` and is drawn once; whoever removes it ends every code. */
export function openAlarmCodes(folder: string): AlarmCodes {
  const key = readKey(folder);
  const codeOf = (id: string): string =>
    spell(createHmac('sha256', key).update(id, 'utf8').digest().subarray(0, CODE_BYTES));
  return {
    codeOf,
    find(code, ids) {
      // An address may be typed by hand.
      const wanted = code.toUpperCase();
      if (!shape.test(wanted)) return undefined;
      for (const id of ids) if (timingSafeEqual(Buffer.from(codeOf(id)), Buffer.from(wanted))) return id;
      return undefined;
    },
  };
}

function spell(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return bits.replace(/.{5}/g, (five) => SIGNS[parseInt(five, 2)]!);
}

function readKey(folder: string): Buffer {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, CODES_FILE);
  const found = tryRead(file);
  if (found) return found;
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, randomBytes(KEY_BYTES).toString('hex'), { mode: 0o600 });
  placeNew(draft, file);
  const key = tryRead(file);
  if (!key) {
    throw new StartProblem(
      `${file} does not hold a key of ${KEY_BYTES} bytes. Restore a backup, or delete the file: a new key is drawn, and the codes that alarms show now end.`,
    );
  }
  return key;
}

function tryRead(file: string): Buffer | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return /^[0-9a-f]{64}$/.test(text) ? Buffer.from(text, 'hex') : undefined;
}

/** The short codes by which a telephone may work one alarm: derived from the alarm's id, so that nothing is stored for them. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CODE_BYTES, parseCode, spellCode } from '../access/secret.ts';
import { CODES_FILE } from '../hall-files.ts';
import { placeNew } from '../place-new.ts';
import { StartProblem } from '../start-problem.ts';

const KEY_BYTES = 32;
export interface AlarmCodes {
  codeOf(alarmId: string): string;
  /** The alarm among `ids` whose code it is. */
  find(code: string, ids: Iterable<string>): string | undefined;
}

/** The key lies in `folder` and is drawn once; whoever removes it ends every code. */
export function openAlarmCodes(folder: string): AlarmCodes {
  const key = readKey(folder);
  const codeOf = (id: string): string =>
    spellCode(createHmac('sha256', key).update(id, 'utf8').digest().subarray(0, CODE_BYTES));
  return {
    codeOf,
    find(code, ids) {
      const wanted = parseCode(code);
      if (wanted === undefined) return undefined;
      for (const id of ids) if (timingSafeEqual(Buffer.from(codeOf(id)), Buffer.from(wanted))) return id;
      return undefined;
    },
  };
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

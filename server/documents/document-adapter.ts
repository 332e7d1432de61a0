/** The lowdb adapter of one document: checked when read, checked and written whole when written, with its last good copy. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Adapter } from 'lowdb';
import { writeAtomically } from './atomic-file.ts';
import {
  checkBytes,
  checkValue,
  type Checked,
  type DocumentFlaw,
  type DocumentName,
  type DocumentTypes,
} from './check-document.ts';

/** A document that may not be used, or a change to one that may not be made. */
export class DocumentError extends Error {
  constructor(
    readonly file: string,
    readonly flaw: DocumentFlaw,
    /** What a person can do, as a sentence. */
    advice = '',
  ) {
    const place = flaw.path === '' ? '' : `, at ${flaw.path}`;
    const allowed = flaw.allowed ? ` (allowed: ${flaw.allowed})` : '';
    super(`${file}${place}: ${flaw.message}${allowed}${advice && `. ${advice}`}`);
    this.name = 'DocumentError';
  }
}

export class DocumentAdapter<N extends DocumentName> implements Adapter<DocumentTypes[N]> {
  readonly file: string;
  readonly lastGoodFile: string;
  /** Why the document itself was not taken when it was last read. */
  flaw: DocumentFlaw | undefined;
  readonly #name: N;
  #writing: Promise<void> = Promise.resolve();

  constructor(folder: string, name: N) {
    this.#name = name;
    this.file = join(folder, `${name}.json`);
    this.lastGoodFile = join(folder, `${name}.last-good.json`);
  }

  /**
   * The document, or its last good copy where it is damaged or gone: then `flaw` says why, and the damaged file stays
   * as it is for people to mend.
   * @returns null where there is neither file
   * @throws DocumentError when neither may be used
   */
  async read(): Promise<DocumentTypes[N] | null> {
    const current = await this.#check(this.file);
    if (current.ok) {
      this.flaw = undefined;
      const kept = await readFile(this.lastGoodFile, 'utf8').catch(() => undefined);
      if (kept !== current.text) await writeAtomically(this.lastGoodFile, current.text);
      return current.value;
    }
    this.flaw = current.flaw;
    const lastGood = await this.#check(this.lastGoodFile);
    if (lastGood.ok) return lastGood.value;
    if (current.flaw.reason === 'missing' && lastGood.flaw.reason === 'missing') return null;
    throw new DocumentError(
      this.file,
      current.flaw,
      'Its last good copy cannot be used either: mend the file, or restore a backup.',
    );
  }

  /** @throws DocumentError when `data` is not allowed; then nothing is written */
  write(data: DocumentTypes[N]): Promise<void> {
    const checked = checkValue(this.#name, data);
    if (!checked.ok) return Promise.reject(new DocumentError(this.file, checked.flaw));
    const next = this.#writing.then(async () => {
      await writeAtomically(this.file, checked.text);
      await writeAtomically(this.lastGoodFile, checked.text);
    });
    this.#writing = next.catch(() => {});
    return next;
  }

  /** Resolves once nothing is being written. */
  settled(): Promise<void> {
    return this.#writing;
  }

  async #check(file: string): Promise<Checked<DocumentTypes[N]>> {
    try {
      return checkBytes(this.#name, await readFile(file));
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'ENOENT')
        return { ok: false, flaw: { reason: 'missing', path: '', message: 'the file is not there' } };
      const message = error instanceof Error ? error.message : String(error);
      return { ok: false, flaw: { reason: 'unreadable', path: '', message } };
    }
  }
}

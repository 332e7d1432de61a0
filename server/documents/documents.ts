/** The documents that people edit (profile, catalogue, scenes, noticeboard, calendar, sending): opened, checked, kept safe, and watched. */
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Low } from 'lowdb';
import { DEFAULT_CALENDAR } from '../../domain/calendar/calendar-document.ts';
import { DEFAULT_NOTICEBOARD } from '../../domain/profile/noticeboard.ts';
import { createHallConfig, type HallConfig } from '../../domain/profile/profile.ts';
import { DEFAULT_SCENES } from '../../domain/profile/scenes.ts';
import { DEFAULT_SENDING } from '../../domain/sending/document.ts';
import { writeAtomically } from './atomic-file.ts';
import {
  checkBytes,
  DOCUMENT_NAMES,
  type Checked,
  type DocumentFlaw,
  type DocumentName,
  type DocumentTypes,
} from './check-document.ts';
import { DocumentAdapter, DocumentError } from './document-adapter.ts';
import { keepVersion } from './keep-version.ts';

/** A document that was not as it should be, and what is used in its stead. */
export interface DocumentProblem extends DocumentFlaw {
  readonly document: DocumentName;
  readonly file: string;
  /** `present`: an edit that may not be used leaves what is in force. */
  readonly used: 'last-good' | 'default' | 'present';
}

export interface Documents {
  /** What is in force: as opened, as last saved, or as last edited. */
  readonly config: HallConfig;
  readonly problems: readonly DocumentProblem[];
  /** Checks, keeps what was there, writes and puts in force; nothing changes where it rejects. */
  save<N extends DocumentName>(name: N, value: DocumentTypes[N]): Promise<HallConfig>;
  /** Looks at the files for edits made by hand and tells of each that is now in force; returns its stop. */
  watch(watcher: Watcher): () => void;
  /** Resolves once everything is on disk. */
  close(): Promise<void>;
}

export interface Watcher {
  readonly onChange: (name: DocumentName, version: number) => void;
  /** Told once for each edit that may not be used. */
  readonly onProblem: (problem: DocumentProblem) => void;
  readonly everyMs?: number;
}

type Stores = { [N in DocumentName]: Low<DocumentTypes[N]> };

/** What a hall has whose seed lacks a document that came with a later version of the product. */
const defaults: { readonly [N in DocumentName]?: DocumentTypes[N] } = {
  scenes: DEFAULT_SCENES,
  noticeboard: DEFAULT_NOTICEBOARD,
  calendar: DEFAULT_CALENDAR,
  sending: DEFAULT_SENDING,
};

const MISSING: DocumentFlaw = { reason: 'missing', path: '', message: 'the file is not there' };
const LOST = 'It is lost, and with it a part of the hall: restore a backup (npm run restore -- FOLDER-OF-A-BACKUP).';

const WATCH_MS = 2_000;

/**
 * Opens the documents in `folder`; into an empty one the seed's are copied, once. A damaged document is never
 * replaced: its last good copy is used, and the problem told.
 * @throws DocumentError when a document and its last good copy are both unusable or gone, or the seed is
 */
export async function openDocuments({
  folder,
  seedFolder,
}: {
  folder: string;
  seedFolder: string;
}): Promise<Documents> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const problems: DocumentProblem[] = [];
  const adapters: { readonly [N in DocumentName]: DocumentAdapter<N> } = {
    profile: new DocumentAdapter(folder, 'profile'),
    catalogue: new DocumentAdapter(folder, 'catalogue'),
    scenes: new DocumentAdapter(folder, 'scenes'),
    noticeboard: new DocumentAdapter(folder, 'noticeboard'),
    calendar: new DocumentAdapter(folder, 'calendar'),
    sending: new DocumentAdapter(folder, 'sending'),
  };
  const found = { profile: await adapters.profile.read(), catalogue: await adapters.catalogue.read() };
  const isEmpty = found.profile === null && found.catalogue === null;
  const open = async <N extends DocumentName>(name: N): Promise<Low<DocumentTypes[N]>> => {
    const adapter: DocumentAdapter<N> = adapters[name];
    const value = await adapter.read();
    const { file, flaw } = adapter;
    // Of a hall that is there already the seed's would be another hall's.
    if (value === null && !isEmpty && !(name in defaults)) throw new DocumentError(file, flaw ?? MISSING, LOST);
    // A document that came with a later version is no loss where it is not there yet.
    const isNew = flaw?.reason === 'missing' && (isEmpty || name in defaults);
    if (flaw && !isNew)
      problems.push({ ...flaw, document: name, file, used: value === null ? 'default' : 'last-good' });
    return new Low(adapter, value ?? (await copySeed(seedFolder, name, adapter)));
  };
  const stores: Stores = {
    profile: await open('profile'),
    catalogue: await open('catalogue'),
    scenes: await open('scenes'),
    noticeboard: await open('noticeboard'),
    calendar: await open('calendar'),
    sending: await open('sending'),
  };
  const toConfig = () =>
    createHallConfig(
      stores.profile.data,
      stores.catalogue.data,
      stores.scenes.data,
      stores.noticeboard.data,
      stores.calendar.data,
      stores.sending.data,
    );
  let config = toConfig();
  /** A look under way keeps copies, and may not outlive the hall. */
  let looking: Promise<void> = Promise.resolve();

  let turn: Promise<unknown> = Promise.resolve();
  /** What was read before a document was saved may not take the place of what was saved. */
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const run = turn.then(task);
    turn = run.catch(() => undefined);
    return run;
  };

  /** Puts an edit made by hand in force; `undefined` where the document says what it said. */
  const reread = async <N extends DocumentName>(name: N): Promise<'changed' | DocumentProblem | undefined> => {
    const adapter: DocumentAdapter<N> = adapters[name];
    await adapter.settled();
    const value = await adapter.read().catch((error: unknown) => {
      // Damaged on both sides is told as the flaw that it is; anything else is looked at again.
      if (error instanceof DocumentError) return null;
      throw error;
    });
    if (adapter.flaw) return { ...adapter.flaw, document: name, file: adapter.file, used: 'present' };
    const store = stores[name] as unknown as Low<DocumentTypes[N]>;
    if (value === null || JSON.stringify(value) === JSON.stringify(store.data)) return undefined;
    await keepVersion(folder, name, store.data);
    store.data = value;
    config = toConfig();
    return 'changed';
  };

  return {
    get config() {
      return config;
    },
    problems,
    save: (name, value) =>
      inTurn(async () => {
        const store = stores[name] as unknown as Low<typeof value>;
        const before = store.data;
        await keepVersion(folder, name, before);
        store.data = value;
        try {
          await store.write();
        } catch (error) {
          store.data = before;
          throw error;
        }
        return (config = toConfig());
      }),
    watch({ onChange, onProblem, everyMs = WATCH_MS }) {
      const seen = new Map<DocumentName, string>();
      const unread = new Set<DocumentName>();
      const toUnread = (name: DocumentName, error: unknown): DocumentProblem => {
        const message = error instanceof Error ? error.message : String(error);
        return { reason: 'unreadable', path: '', message, document: name, file: adapters[name].file, used: 'present' };
      };
      let timer: NodeJS.Timeout | undefined;
      let isStopped = false;
      const look = async (): Promise<void> => {
        for (const name of DOCUMENT_NAMES) {
          const mark = await markOf(adapters[name].file);
          if (seen.get(name) === mark) continue;
          // The first look reads too: a document may have been edited between its opening and now.
          const outcome = await inTurn(() => reread(name)).catch((error: unknown) => toUnread(name, error));
          const isUnread = outcome instanceof Object && outcome.reason === 'unreadable';
          // What could not be read or kept is tried again, and told once.
          if (!isUnread) seen.set(name, mark);
          if (isUnread && unread.has(name)) continue;
          if (isUnread) unread.add(name);
          else unread.delete(name);
          if (outcome === 'changed') onChange(name, stores[name].data.version);
          else if (outcome) onProblem(outcome);
        }
      };
      // Asked for, not listened to: editors replace files in ways that a file watcher loses, and two seconds are soon.
      const again = () => {
        looking = look().finally(() => {
          if (!isStopped) timer = setTimeout(again, everyMs);
        });
      };
      again();
      return () => {
        isStopped = true;
        clearTimeout(timer);
      };
    },
    async close() {
      await looking.catch(() => {});
      await Promise.all(Object.values(adapters).map((adapter) => adapter.settled()));
    },
  };
}

async function markOf(file: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(file);
    return `${mtimeMs}.${size}.${ino}`;
  } catch {
    return 'missing';
  }
}

async function copySeed<N extends DocumentName>(
  seedFolder: string,
  name: N,
  adapter: DocumentAdapter<N>,
): Promise<DocumentTypes[N]> {
  const file = join(seedFolder, `${name}.json`);
  const checked = await readSeed(name, file);
  if (!checked.ok) throw new DocumentError(file, checked.flaw, 'HALLPULSE_HALL names the folder that it lies in.');
  await writeAtomically(adapter.file, checked.text);
  await writeAtomically(adapter.lastGoodFile, checked.text);
  return checked.value;
}

async function readSeed<N extends DocumentName>(name: N, file: string): Promise<Checked<DocumentTypes[N]>> {
  try {
    return checkBytes(name, await readFile(file));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
    const value = defaults[name];
    if (value !== undefined && isMissing) return { ok: true, value, text: `${JSON.stringify(value, null, 2)}\n` };
    return isMissing ? { ok: false, flaw: MISSING } : { ok: false, flaw: { reason: 'unreadable', path: '', message } };
  }
}

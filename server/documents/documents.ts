/** The documents that people edit, the hall's profile and its item catalogue: opened, checked, kept safe. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Low } from 'lowdb';
import { createHallConfig, type HallConfig } from '../../domain/profile/profile.ts';
import { writeAtomically } from './atomic-file.ts';
import { checkBytes, type DocumentFlaw, type DocumentName, type DocumentTypes } from './check-document.ts';
import { DocumentAdapter, DocumentError } from './document-adapter.ts';

/** A document that was not as it should be, and what is used in its stead. */
export interface DocumentProblem extends DocumentFlaw {
  readonly document: DocumentName;
  readonly file: string;
  readonly used: 'last-good' | 'seed';
}

export interface Documents {
  /** What is in force: as opened, or as last saved. */
  readonly config: HallConfig;
  readonly problems: readonly DocumentProblem[];
  /** Checks, writes and puts in force; nothing changes where it rejects. */
  save<N extends DocumentName>(name: N, value: DocumentTypes[N]): Promise<HallConfig>;
  /** Resolves once everything is on disk. */
  close(): Promise<void>;
}

/**
 * Opens the documents in `folder`; into an empty one the seed's are copied, once. A damaged document is never
 * replaced: its last good copy is used, and the problem told.
 * @throws DocumentError when a document and its last good copy are both unusable, or the seed is
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
  const profile = new DocumentAdapter(folder, 'profile');
  const catalogue = new DocumentAdapter(folder, 'catalogue');
  const found = { profile: await profile.read(), catalogue: await catalogue.read() };
  const isEmpty = found.profile === null && found.catalogue === null;
  const open = async <N extends DocumentName>(name: N, adapter: DocumentAdapter<N>, value: DocumentTypes[N] | null) => {
    const { file, flaw } = adapter;
    if (flaw && !isEmpty) problems.push({ ...flaw, document: name, file, used: value === null ? 'seed' : 'last-good' });
    return new Low(adapter, value ?? (await copySeed(seedFolder, name, adapter)));
  };
  const stores = {
    profile: await open('profile', profile, found.profile),
    catalogue: await open('catalogue', catalogue, found.catalogue),
  };
  let config = createHallConfig(stores.profile.data, stores.catalogue.data);
  return {
    get config() {
      return config;
    },
    problems,
    async save(name, value) {
      const store = stores[name] as unknown as Low<typeof value>;
      const before = store.data;
      store.data = value;
      try {
        await store.write();
      } catch (error) {
        store.data = before;
        throw error;
      }
      return (config = createHallConfig(stores.profile.data, stores.catalogue.data));
    },
    async close() {
      await Promise.all([profile.settled(), catalogue.settled()]);
    },
  };
}

async function copySeed<N extends DocumentName>(
  seedFolder: string,
  name: N,
  adapter: DocumentAdapter<N>,
): Promise<DocumentTypes[N]> {
  const file = join(seedFolder, `${name}.json`);
  const checked = checkBytes(name, await readFile(file));
  if (!checked.ok) throw new DocumentError(file, checked.flaw);
  await writeAtomically(adapter.file, checked.text);
  await writeAtomically(adapter.lastGoodFile, checked.text);
  return checked.value;
}

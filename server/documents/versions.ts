/** The versions of a hall's documents: who put each in force, and when, by the ledger; what they said, by the copies kept. */
import type { LedgerEvent } from '../../domain/events/event.ts';
import type { SetupDocument, VersionEntry, VersionMaker } from '../../domain/wire/setup.ts';
import type { Ledger } from '../ledger/port.ts';
import { DOCUMENTS_SOURCE } from './changed-event.ts';
import { DOCUMENTS } from './in-force.ts';
import { checkBytes } from './check-document.ts';
import { listKept, markOf, readKept } from './keep-version.ts';

/** Of a document's changes the last so many are told. */
const MOST_TOLD = 200;
const STRETCH = 500;

interface Numbered {
  readonly version: number;
}

export interface VersionsOptions {
  /** The hall's folder of documents. */
  readonly folder: string;
  readonly ledger: Ledger;
  /** The document that is in force. */
  readonly present: (document: SetupDocument) => Numbered;
  readonly nameOf: (staff: string) => string;
}

export interface Versions {
  /** Newest first. */
  list(document: SetupDocument): Promise<VersionEntry[]>;
  /** Who put in force what is in force now; `undefined` where the ledger does not tell. */
  makerOf(document: SetupDocument): Promise<VersionMaker | undefined>;
  /** What a version said; `undefined` where that is not kept, or cannot be read any more. */
  read(document: SetupDocument, mark: string): Promise<Numbered | undefined>;
}

type ChangeEvent = LedgerEvent & { readonly data: { readonly version: number; readonly digest?: string } };

export function createVersions({ folder, ledger, present, nameOf }: VersionsOptions): Versions {
  /** In the order in which they came into force. */
  async function readChanges(document: SetupDocument): Promise<ChangeEvent[]> {
    const found: ChangeEvent[] = [];
    // Ids begin with the document's name and a colon; the next sign ends the stretch.
    for (let from = `${document}:`; ;) {
      const events = await ledger.readOf(DOCUMENTS_SOURCE, from, `${document};`, STRETCH);
      found.push(...(events.map(({ event }) => event) as ChangeEvent[]));
      if (events.length < STRETCH) break;
      from = `${events.at(-1)!.event.id}\0`;
    }
    return found.sort((a, b) => a.seq - b.seq);
  }

  async function tellMaker({ seq, at }: ChangeEvent): Promise<VersionMaker> {
    const [actor] = await ledger.readActors(seq - 1, 1);
    if (actor?.kind === 'staff') return { at, by: { id: actor.id, name: nameOf(actor.id) }, isByHand: false };
    return { at, isByHand: actor?.kind === DOCUMENTS.kind && actor.id === DOCUMENTS.id };
  }

  return {
    async list(document) {
      const now = markOf(present(document));
      const [changes, kept] = await Promise.all([readChanges(document), listKept(folder, document)]);
      const marks = [...new Set([...kept, now])];
      const told: VersionEntry[] = [];
      for (const change of changes.slice(-MOST_TOLD).reverse()) {
        const { version: number, digest } = change.data;
        // An event of an earlier version of the product tells no more than the number.
        const mark =
          digest === undefined
            ? (marks.find((one) => numberOf(one) === number) ?? String(number))
            : `${number}-${digest}`;
        const isPresent = mark === now && !told.some((one) => one.isPresent);
        told.push({ mark, number, isPresent, isKept: marks.includes(mark), maker: await tellMaker(change) });
      }
      const rest = marks
        .filter((mark) => !told.some((one) => one.mark === mark))
        .map((mark) => ({ mark, number: numberOf(mark), isPresent: mark === now, isKept: true }))
        .sort((a, b) => b.number - a.number);
      return [...rest.filter(({ isPresent }) => isPresent), ...told, ...rest.filter(({ isPresent }) => !isPresent)];
    },
    async makerOf(document) {
      const value = present(document);
      const last = (await readChanges(document)).at(-1);
      if (last === undefined || last.data.version !== value.version) return undefined;
      const { digest } = last.data;
      return digest === undefined || markOf(value) === `${value.version}-${digest}` ? tellMaker(last) : undefined;
    },
    async read(document, mark) {
      const value = present(document);
      if (mark === markOf(value)) return value;
      const bytes = await readKept(folder, document, mark);
      const checked = bytes && checkBytes(document, bytes);
      return checked?.ok === true ? checked.value : undefined;
    },
  };
}

function numberOf(mark: string): number {
  return Number(mark.split('-')[0]);
}

/** The file in hand and its mapping, from the look to the end of the import. */
import * as v from 'valibot';
import { placeOf } from '../../../domain/mapping/columns.ts';
import { parseMapping } from '../../../domain/mapping/mapping.ts';
import { mappingSchema, type MappingSpec } from '../../../domain/mapping/schema.ts';
import type {
  FileReading,
  ImportAsk,
  ImportLook,
  ImportRun,
  LookedColumn,
  MappingJson,
} from '../../../domain/wire/import.ts';
import type { Reply } from '../../live/request.ts';
import { nameColumn } from './labels.ts';
import { begin, keep, lookAgain, readState, send, stop, type Unheld } from './ask.ts';

/** Between two looks at a run. */
const LOOK_MS = 500;

/** What the mapping was begun with: the draft, a blank one, or one that was kept, by its id. */
export type Base = { readonly kind: 'draft' | 'blank' } | { readonly kind: 'kept'; readonly id: string };

export class Importing {
  look = $state.raw<ImportLook>();
  base = $state.raw<Base>({ kind: 'draft' });
  spec = $state.raw<MappingSpec>();
  run = $state.raw<ImportRun>();
  isBusy = $state(false);
  isStopping = $state(false);
  /** The mapping that the last finished trial was of, as text. */
  tried = $state<string>();
  /** Words that trials found and the looked rows did not have, by their column. */
  #found = $state.raw<readonly { readonly column: string; readonly word: string }[]>([]);
  readonly #zone: () => string;
  readonly #tell: (reply: Reply<unknown>) => void;

  /** @param tell hears of what was not answered, or answered with a refusal */
  constructor(timeZone: () => string, tell: (reply: Reply<unknown>) => void) {
    this.#zone = timeZone;
    this.#tell = tell;
  }

  /** The hall's. */
  get timeZone(): string {
    return this.#zone();
  }

  /** What is wrong with the mapping: where, and why. */
  problems = $derived.by(() => {
    if (this.spec === undefined) return [];
    const parsed = parseMapping(this.spec, this.timeZone);
    return parsed.ok ? [] : parsed.problems;
  });
  /** The draft's own word for the system, which nothing may go in under: it could never be changed again. */
  isUnnamed = $derived(this.spec?.source.includes('CHANGE-ME') === true);
  isTried = $derived(this.spec !== undefined && this.tried === JSON.stringify(this.spec));
  isRunning = $derived(this.run !== undefined && this.run.outcome === undefined && this.run.problem === undefined);

  /** A column by what a mapping calls it, with every word that is known of it. */
  columnOf(name: string): LookedColumn | undefined {
    const columns = this.look?.columns ?? [];
    const place = placeOf(
      name,
      columns.map((column) => column.name),
    );
    const column = columns[place];
    const found = this.#found.filter((one) => one.column === name && !column?.words.includes(one.word));
    return column && { ...column, words: [...column.words, ...found.map(({ word }) => word)] };
  }

  async choose(file: File): Promise<void> {
    this.forget();
    const look = await this.#ask(() => send(file));
    if (look === undefined) return;
    this.look = look;
    const fitting = look.kept.find(({ fits }) => fits);
    if (fitting) await this.beginWith({ kind: 'kept', id: fitting.id });
    else await this.beginWith({ kind: look.draft.mapping === undefined ? 'blank' : 'draft' });
  }

  forget(): void {
    [this.look, this.spec, this.run, this.tried, this.#found] = [undefined, undefined, undefined, undefined, []];
  }

  /** Reads the file otherwise; a draft is made anew, another mapping only hears of the reading. */
  async read(reading: FileReading): Promise<void> {
    await this.#lookAgain(reading, this.base.kind === 'kept' ? this.#wanted() : []);
    if (this.look === undefined) return;
    if (this.base.kind === 'draft') await this.beginWith(this.base);
    else if (this.spec) this.spec = placeReading(this.spec, this.look.reading);
  }

  async beginWith(base: Base): Promise<void> {
    this.base = base;
    this.run = undefined;
    this.tried = undefined;
    if (this.look === undefined) return;
    if (base.kind === 'kept') {
      this.spec = readSpec(this.look.kept.find(({ id }) => id === base.id)?.mapping);
      await this.#lookAgain(this.spec?.file ?? {}, this.#wanted());
    } else if (base.kind === 'draft') this.spec = readSpec(this.look.draft.mapping);
    else this.spec = makeBlank(this.look);
  }

  async start(asked: Omit<ImportAsk, 'mapping'>): Promise<void> {
    const { look, spec } = this;
    if (look === undefined || spec === undefined) return;
    this.run = { dryRun: asked.dryRun };
    this.isStopping = false;
    const begun = await this.#ask(() => begin(look.id, { ...asked, mapping: { ...spec } }));
    if (begun === undefined) this.run = undefined;
    else await this.#follow(look.id, JSON.stringify(spec));
  }

  async stop(): Promise<void> {
    if (this.look === undefined) return;
    this.isStopping = true;
    this.#tell(await stop(this.look.id));
  }

  /** @returns the id that it was kept under */
  async keep(replace: boolean): Promise<string | undefined> {
    const { spec } = this;
    return spec && (await this.#ask(() => keep(spec.name, { ...spec }, replace)))?.id;
  }

  /** Until the run has come to its end; a moment without an answer is waited over. */
  async #follow(id: string, spec: string): Promise<void> {
    for (;;) {
      const reply = await readState(id);
      if (this.look?.id !== id) return;
      if (reply.type === 'refused') {
        this.run = undefined;
        return this.#tell(reply);
      }
      if (reply.type === 'answered' && reply.value.run !== undefined) {
        this.run = reply.value.run;
        if (!this.isRunning) break;
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    if (this.run?.outcome === undefined) return;
    if (this.run.dryRun) this.tried = spec;
    const found = this.run.outcome.reasons.flatMap(({ columns, word }) =>
      word === undefined || columns.length !== 1 ? [] : [{ column: columns[0]!, word }],
    );
    const isNew = (one: { column: string; word: string }): boolean =>
      !this.#found.some(({ column, word }) => column === one.column && word === one.word);
    this.#found = [...this.#found, ...found.filter(isNew)];
  }

  async #lookAgain(reading: FileReading, wanted: readonly string[]): Promise<void> {
    const { look } = this;
    if (look === undefined) return;
    const next = await this.#ask(() => lookAgain(look.id, reading, wanted));
    if (next !== undefined) this.look = next;
  }

  #wanted(): readonly string[] {
    const parsed = this.spec && parseMapping(this.spec, this.timeZone);
    return parsed?.ok ? parsed.mapping.columns : [];
  }

  async #ask<T>(work: () => Promise<Reply<T | Unheld>>): Promise<T | undefined> {
    this.isBusy = true;
    const reply = await work();
    this.isBusy = false;
    this.#tell(reply);
    if (reply.type !== 'answered' || isUnheld(reply.value)) return undefined;
    return reply.value;
  }
}

export function isUnheld(value: unknown): value is Unheld {
  return typeof value === 'object' && value !== null && 'error' in value;
}

/** `undefined` for what is no mapping at all. */
export function readSpec(mapping: MappingJson | undefined): MappingSpec | undefined {
  const parsed = v.safeParse(mappingSchema, mapping);
  return parsed.success ? parsed.output : undefined;
}

function placeReading({ file: _, ...spec }: MappingSpec, reading: FileReading): MappingSpec {
  return Object.keys(reading).length === 0 ? spec : { ...spec, file: reading };
}

/** Everything is still to be chosen, a case of each row to begin with. */
function makeBlank({ name, reading, columns }: ImportLook): MappingSpec {
  const first = `{${nameColumn(0, columns)}}`;
  const timed = columns.findIndex(({ words }) => /\d{1,4}[-/.年]\d{1,2}|\d:\d\d/.test(words[0] ?? ''));
  const at = `{${nameColumn(Math.max(0, timed), columns)}}`;
  const spec: MappingSpec = {
    name: name.replace(/\.[^.]*$/, ''),
    source: '/import/CHANGE-ME',
    events: [{ type: 'hall.case.accepted', id: `${first}/accepted`, time: { at }, data: { case: first } }],
  };
  return placeReading(spec, reading);
}

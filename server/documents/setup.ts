/** Setting a hall up: changes to its documents, one after another, each made to what its author saw, in force at once. */
import type { Action } from '../../domain/access/roles.ts';
import { DEFAULT_CALENDAR } from '../../domain/calendar/calendar-document.ts';
import { identityInText } from '../../domain/events/identity.ts';
import { createHallConfig, type HallConfig, type Profile } from '../../domain/profile/profile.ts';
import { fieldOf, isSame, type Fields, type Value } from '../../domain/settings/rows.ts';
import { actionFor } from '../../domain/settings/sections.ts';
import { listTexts } from '../../domain/settings/texts.ts';
import type {
  Flaw,
  SetupDocument,
  SetupDocuments,
  SetupRefusal,
  SetupState,
  Versioned,
} from '../../domain/wire/setup.ts';
import { checkValue } from './check-document.ts';
import { DocumentError } from './document-adapter.ts';
import type { Documents } from './documents.ts';
import { markOf } from './keep-version.ts';

export interface Refused {
  readonly ok: false;
  readonly error: SetupRefusal;
  /** Where in the document, such as `stations.3.kind`. */
  readonly field?: string;
  readonly message?: string;
  /** Of a bad document all that is wrong with it. */
  readonly flaws?: readonly Flaw[];
}
export type Done<T> = ({ readonly ok: true } & T) | Refused;

/** Whoever changes a document, and what they may do. */
export interface Editor {
  readonly staff: string;
  readonly may: (action: Action) => boolean;
}

export interface SetupOptions {
  readonly documents: Documents;
  /** Puts what was saved in force and tells the ledger, in the name of a member of staff. */
  readonly takeUp: (document: SetupDocument, by: string) => Promise<void>;
  /** Stations that somebody's account is at, now or later. */
  readonly stationsInUse: () => ReadonlySet<string>;
  /** Whether anything was heard of the hall's work. */
  readonly isAtWork: () => boolean;
}

export interface Setup {
  state(): SetupState;
  save(document: SetupDocument, version: string, value: unknown, by: Editor): Promise<Done<Versioned<unknown>>>;
  /** The configuration as it would be with `value`, which is checked as if it were to be saved. */
  propose(document: SetupDocument, value: unknown, by: Editor): Done<{ readonly config: HallConfig }>;
  /** What the seed brought makes room for what is to be filled in; the hall's id and time zone stay. */
  clear(version: string, by: string): Promise<Done<object>>;
  finish(by: string): Promise<void>;
}

export function createSetup({ documents, takeUp, stationsInUse, isAtWork }: SetupOptions): Setup {
  let last: Promise<unknown> = Promise.resolve();
  /** Between the look at a version and the writing nobody else writes. */
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const run = last.then(task);
    last = run.catch(() => undefined);
    return run;
  };
  const read = () => pick(documents.config);
  const write = async <N extends SetupDocument>(name: N, value: SetupDocuments[N], by: string): Promise<void> => {
    // As it will be read from the disk, or the look for edits made by hand would find one.
    const checked = checkValue(name, { ...value, version: read()[name].version + 1 });
    if (!checked.ok) throw new DocumentError(name, checked.flaw);
    await documents.save(name, checked.value);
    await takeUp(name, by);
  };
  const check = (
    name: SetupDocument,
    value: unknown,
    { may }: Editor,
  ): Done<{ value: SetupDocuments[SetupDocument] }> => {
    const checked = checkValue(name, value);
    if (!checked.ok) {
      const { flaw, flaws = [] } = checked;
      return { ...refuse('bad-document', flaw.path, flaw.message), flaws };
    }
    const before = read()[name];
    const changed = listChanged(before as unknown as Fields, checked.value as unknown as Fields);
    const barred = changed.find((field) => !may(actionFor(name, field)));
    if (barred !== undefined) return refuse('not-allowed', barred);
    if (name === 'profile') {
      const flaw = findFlaw(checked.value as Profile, documents.config.profile, stationsInUse());
      if (flaw) return flaw;
    }
    const identity = findIdentity(before as unknown as Value, checked.value as unknown as Value);
    if (identity !== undefined) return refuse('identity', identity);
    return { ok: true, value: checked.value };
  };
  const isDone = () => documents.config.profile.setUp === 'done';
  const mayClear = () => !isDone() && !isAtWork() && stationsInUse().size === 0;

  return {
    state() {
      const { profile, catalogue, calendar, noticeboard, sending, scenes } = read();
      return {
        documents: {
          profile: toVersioned(profile),
          catalogue: toVersioned(catalogue),
          calendar: toVersioned(calendar),
          noticeboard: toVersioned(noticeboard),
          sending: toVersioned(sending),
          scenes: toVersioned(scenes),
        },
        isDone: isDone(),
        mayClear: mayClear(),
      };
    },
    save: (name, version, value, by) =>
      inTurn(async () => {
        const before = read()[name];
        if (version !== markOf(before)) return refuse('conflict');
        const checked = check(name, value, by);
        if (!checked.ok) return checked;
        await write(name, checked.value as SetupDocuments[typeof name], by.staff);
        return { ok: true, ...toVersioned(read()[name]) };
      }),
    propose(name, value, by) {
      const checked = check(name, value, by);
      if (!checked.ok) return checked;
      const next = { ...read(), [name]: checked.value } as SetupDocuments;
      const { profile, catalogue, scenes, noticeboard, calendar, sending } = next;
      return { ok: true, config: createHallConfig(profile, catalogue, scenes, noticeboard, calendar, sending) };
    },
    clear: (version, by) =>
      inTurn(async () => {
        const { profile } = read();
        if (version !== markOf(profile)) return refuse('conflict');
        if (!mayClear()) return refuse('in-use');
        // The profile last: it names the others, and a clearing that was cut short is done once more.
        await write('catalogue', { version: 1, lines: [], items: [] }, by);
        await write('noticeboard', { version: 1, notices: [], duty: [], freeServices: [] }, by);
        await write('calendar', DEFAULT_CALENDAR, by);
        await write('profile', toBlank(profile), by);
        return { ok: true };
      }),
    finish: (by) =>
      inTurn(async () => {
        if (!isDone()) await write('profile', { ...documents.config.profile, setUp: 'done' }, by);
      }),
  };
}

function refuse(error: SetupRefusal, field?: string, message?: string): Refused {
  return { ok: false, error, ...(field === undefined ? {} : { field }), ...(message === undefined ? {} : { message }) };
}

function pick({ profile, catalogue, calendarDocument, noticeboard, sending, scenes }: HallConfig): SetupDocuments {
  return { profile, catalogue, calendar: calendarDocument, noticeboard, sending, scenes };
}

function toVersioned<T extends { readonly version: number }>(value: T): Versioned<T> {
  return { version: markOf(value), value };
}

function findFlaw(next: Profile, before: Profile, inUse: ReadonlySet<string>): Refused | undefined {
  for (const field of ['hall', 'timeZone', 'setUp'] as const)
    if (next[field] !== before[field]) return refuse('fixed', field);
  const stations = new Set(next.stations.map(({ id }) => id));
  const gone = before.stations.find(({ id }) => inUse.has(id) && !stations.has(id));
  return gone && refuse('station-in-use', 'stations', gone.id);
}

/** The fields of the document's own in which the two differ; its number is the server's to say. */
function listChanged(before: Fields, after: Fields): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => name !== 'version' && !isSame(fieldOf(before, name), fieldOf(after, name)));
}

/** Names and words are what documents are there for; numbers of people are not. What stands there already stays. @returns where the first new one lies */
function findIdentity(before: Value, after: Value): string | undefined {
  const known = new Set(listTexts(before).map(({ text }) => text));
  return listTexts(after).find(({ text }) => !known.has(text) && identityInText(text, 'none') !== undefined)?.place;
}
function toBlank({ terminals: _terminals, medicalPilot: _pilot, supervisionTelephone: _telephone, ...kept }: Profile) {
  const { hall } = kept;
  const station = { id: 'hall', kind: 'hall' as const, names: [{ zh: '大厅' }] };
  return { ...kept, name: { zh: hall }, stations: [station], windows: [], staff: [] };
}

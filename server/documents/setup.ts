/** Setting a hall up: changes to its documents, one after another, each made to what its author saw, in force at once. */
import { createHash } from 'node:crypto';
import { DEFAULT_CALENDAR } from '../../domain/calendar/calendar-document.ts';
import { identityInText } from '../../domain/events/identity.ts';
import type { HallConfig, Profile } from '../../domain/profile/profile.ts';
import type { SendingDocument } from '../../domain/sending/document.ts';
import type { SetupDocument, SetupDocuments, SetupRefusal, SetupState, Versioned } from '../../domain/wire/setup.ts';
import { checkValue } from './check-document.ts';
import { DocumentError } from './document-adapter.ts';
import type { Documents } from './documents.ts';

export interface Refused {
  readonly ok: false;
  readonly error: SetupRefusal;
  /** Where in the document, such as `stations.3.kind`. */
  readonly field?: string;
  readonly message?: string;
}
export type Done<T> = ({ readonly ok: true } & T) | Refused;

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
  save(document: SetupDocument, version: string, value: unknown, by: string): Promise<Done<Versioned<unknown>>>;
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
  const isDone = () => documents.config.profile.setUp === 'done';
  const mayClear = () => !isDone() && !isAtWork() && stationsInUse().size === 0;

  return {
    state() {
      const { profile, catalogue, calendar, noticeboard, sending } = read();
      return {
        documents: {
          profile: toVersioned(profile),
          catalogue: toVersioned(catalogue),
          calendar: toVersioned(calendar),
          noticeboard: toVersioned(noticeboard),
          sending: toVersioned(sending),
        },
        isDone: isDone(),
        mayClear: mayClear(),
      };
    },
    save: (name, version, value, by) =>
      inTurn(async () => {
        const before = read()[name];
        if (version !== versionOf(before)) return refuse('conflict');
        const checked = checkValue(name, value);
        if (!checked.ok) return refuse('bad-document', checked.flaw.path, checked.flaw.message);
        if (name === 'profile') {
          const flaw = findFlaw(checked.value as Profile, documents.config.profile, stationsInUse());
          if (flaw) return flaw;
        }
        if (name === 'sending') {
          const { recipients } = checked.value as SendingDocument;
          const flawed = findIdentity(recipients.map((one, i) => [`recipients.${i}.name`, one.name]));
          if (flawed !== undefined) return refuse('identity', flawed);
        }
        await write(name, checked.value as SetupDocuments[typeof name], by);
        return { ok: true, ...toVersioned(read()[name]) };
      }),
    clear: (version, by) =>
      inTurn(async () => {
        const { profile } = read();
        if (version !== versionOf(profile)) return refuse('conflict');
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

function pick({ profile, catalogue, calendarDocument, noticeboard, sending }: HallConfig): SetupDocuments {
  return { profile, catalogue, calendar: calendarDocument, noticeboard, sending };
}

/** Of what a document says, since one that was edited by hand may still bear its old number. */
function versionOf(value: { readonly version: number }): string {
  return `${value.version}-${createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16)}`;
}

function toVersioned<T extends { readonly version: number }>(value: T): Versioned<T> {
  return { version: versionOf(value), value };
}

function findFlaw(next: Profile, before: Profile, inUse: ReadonlySet<string>): Refused | undefined {
  for (const field of ['hall', 'timeZone', 'setUp'] as const)
    if (next[field] !== before[field]) return refuse('fixed', field);
  const stations = new Set(next.stations.map(({ id }) => id));
  const gone = before.stations.find(({ id }) => inUse.has(id) && !stations.has(id));
  if (gone) return refuse('station-in-use', 'stations', gone.id);
  const names = [
    ['name.zh', next.name.zh],
    ...next.stations.map(({ names: [name] }, i) => [`stations.${i}.names`, name!.zh]),
    ...next.windows.map(({ label }, i) => [`windows.${i}.label`, label]),
    ...next.staff.flatMap(({ id, name, role = '' }, i) => [
      [`staff.${i}.id`, id],
      [`staff.${i}.name`, name],
      [`staff.${i}.role`, role],
    ]),
  ] as [string, string][];
  const flawed = findIdentity(names);
  return flawed === undefined ? undefined : refuse('identity', flawed);
}

/** A name is what they are there for; numbers are none. @returns where the first lies */
function findIdentity(names: readonly (readonly [field: string, text: string])[]): string | undefined {
  return names.find(([, text]) => identityInText(text, 'none') !== undefined)?.[0];
}

function toBlank({ terminals: _terminals, medicalPilot: _pilot, supervisionTelephone: _telephone, ...kept }: Profile) {
  const { hall } = kept;
  const station = { id: 'hall', kind: 'hall' as const, names: [{ zh: '大厅' }] };
  return { ...kept, name: { zh: hall }, stations: [station], windows: [], staff: [] };
}

/** Decides whether a document's bytes may be used, and says what is wrong with those that may not. */
import * as v from 'valibot';
import { catalogueSchema, profileSchema, type Catalogue, type Profile } from '../../domain/profile/profile.ts';
import { noticeboardSchema, type Noticeboard } from '../../domain/profile/noticeboard.ts';
import { scenesSchema, type Scenes } from '../../domain/profile/scenes.ts';
import { calendarSchema, type CalendarDocument } from '../../domain/calendar/calendar-document.ts';
import { sendingSchema, type SendingDocument } from '../../domain/sending/document.ts';
import { createZone } from '../../domain/calendar/zone.ts';
import { keepUnknown } from '../../domain/settings/keep-unknown.ts';
import type { Flaw } from '../../domain/wire/setup.ts';
import { findDuplicateKey } from './duplicate-keys.ts';

export interface DocumentTypes {
  profile: Profile;
  catalogue: Catalogue;
  scenes: Scenes;
  noticeboard: Noticeboard;
  calendar: CalendarDocument;
  sending: SendingDocument;
}
export const DOCUMENT_NAMES = [
  'profile',
  'catalogue',
  'scenes',
  'noticeboard',
  'calendar',
  'sending',
] as const satisfies (keyof DocumentTypes)[];
export type DocumentName = keyof DocumentTypes;

/** Why a document's bytes were not taken. */
export interface DocumentFlaw {
  readonly reason: 'missing' | 'unreadable' | 'encoding' | 'json' | 'duplicate-key' | 'schema' | 'reference';
  /** Where in the document, such as `stations.3.kind`; empty for the whole. */
  readonly path: string;
  readonly message: string;
  /** What would be allowed there, where that can be said. */
  readonly allowed?: string;
}

export type Checked<T> =
  | { readonly ok: true; readonly value: T; readonly text: string }
  | {
      readonly ok: false;
      readonly flaw: DocumentFlaw;
      /** The same for people, with what else is wrong. */
      readonly flaws?: readonly Flaw[];
    };

/** What is wrong with a document is told so often at most. */
const MOST_FLAWS = 50;

export const DOCUMENT_SCHEMAS = {
  profile: profileSchema,
  catalogue: catalogueSchema,
  scenes: scenesSchema,
  noticeboard: noticeboardSchema,
  calendar: calendarSchema,
  sending: sendingSchema,
} as const;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function checkBytes<N extends DocumentName>(name: N, bytes: Uint8Array): Checked<DocumentTypes[N]> {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    return flawed('encoding', '', 'the file is not UTF-8 text', 'UTF-8 without a byte order mark');
  }
  if (text.startsWith('\uFEFF'))
    return flawed('encoding', '', 'the file begins with a byte order mark', 'UTF-8 without a byte order mark');
  if (text.includes('\0')) return flawed('encoding', '', 'the file holds NUL bytes', 'JSON text');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return flawed('json', '', error instanceof Error ? error.message : 'not JSON', 'JSON text');
  }
  const repeated = findDuplicateKey(text);
  if (repeated !== undefined) return flawed('duplicate-key', repeated, 'the key is there twice', 'each key once');
  const checked = checkValue(name, value);
  return checked.ok ? { ...checked, text } : checked;
}

/** The same for a value that is to be written. */
export function checkValue<N extends DocumentName>(name: N, value: unknown): Checked<DocumentTypes[N]> {
  const parsed = v.safeParse(DOCUMENT_SCHEMAS[name], value);
  if (!parsed.success) {
    const issue = parsed.issues[0];
    const failed = flawed('schema', v.getDotPath(issue) ?? '', issue.message, issue.expected ?? undefined);
    return { ...failed, flaws: parsed.issues.slice(0, MOST_FLAWS).map(toFlaw) };
  }
  const output = keepUnknown(value, parsed.output) as DocumentTypes[N];
  const found = references[name](output);
  if (found) {
    const { code, ...flaw } = found;
    return { ok: false, flaw, flaws: [{ field: flaw.path, code }] };
  }
  return { ok: true, value: output, text: `${JSON.stringify(value, null, 2)}\n` };
}

/** By the kind of a schema's issue, of texts and numbers, and of lists. */
const CODES: Readonly<Record<string, readonly [code: string, ofList?: string]>> = {
  min_length: ['too-short', 'too-few'],
  max_length: ['too-long', 'too-many'],
  min_value: ['too-small'],
  max_value: ['too-large'],
  integer: ['whole'],
  number: ['number'],
  picklist: ['choice'],
  literal: ['choice'],
  variant: ['choice'],
  iso_date: ['day'],
  regex: ['form'],
  email: ['form'],
  check: ['form'],
};

function toFlaw(issue: v.BaseIssue<unknown>): Flaw {
  const field = v.getDotPath(issue) ?? '';
  const { input, requirement } = issue;
  if (input === undefined || input === '') return { field, code: 'required' };
  const [code = 'type', ofList = code] = CODES[issue.type] ?? [];
  const limit = typeof requirement === 'number' ? { limit: requirement } : {};
  return { field, code: Array.isArray(input) ? ofList : code, ...limit };
}

/** With the word for it that a page has, beside the sentence of the log. */
type ReferenceFlaw = DocumentFlaw & { readonly code: string };

/** What a schema cannot see: that what one part of a document names is there in another. */
const references: { readonly [N in DocumentName]: (value: DocumentTypes[N]) => ReferenceFlaw | undefined } = {
  profile: checkProfile,
  catalogue: checkCatalogue,
  scenes: ({ playlist }) => findTwice('playlist', playlist, ({ scene }) => scene, 'scene'),
  noticeboard: () => undefined,
  calendar: checkCalendar,
  sending: checkSending,
};

function checkProfile(profile: Profile): ReferenceFlaw | undefined {
  try {
    createZone(profile.timeZone);
  } catch {
    return reference('timeZone', 'time-zone', 'no such time zone', 'an IANA zone, such as Asia/Shanghai');
  }
  const disorder = findDisorder(profile.hours);
  if (disorder >= 0)
    return reference(`hours.${disorder}`, 'disorder', 'the hours are not in order', 'from before to, in order');
  const stations = new Set(profile.stations.map(({ id }) => id));
  const pilot = profile.medicalPilot;
  if (pilot && !stations.has(pilot.station)) return unknownStation('medicalPilot.station', stations);
  for (const [field, records] of Object.entries({
    windows: profile.windows,
    staff: profile.staff,
    terminals: profile.terminals ?? [],
    feeds: profile.feeds ?? [],
  })) {
    const stray = records.findIndex(({ station }) => station !== undefined && !stations.has(station));
    if (stray >= 0) return unknownStation(`${field}.${stray}.station`, stations);
  }
  return (
    findTwice('stations', profile.stations, ({ id }) => id, 'id') ??
    findTwice('windows', profile.windows, ({ id }) => id, 'id') ??
    findTwice('staff', profile.staff, ({ id }) => id, 'id')
  );
}

/** What reads as something and means nothing is told, and not taken for a day off that nobody meant. */
function checkCalendar({ daysOff, hours }: CalendarDocument): ReferenceFlaw | undefined {
  const turned = daysOff.findIndex(({ from, until }) => until !== undefined && until < from);
  if (turned >= 0)
    return reference(`daysOff.${turned}.until`, 'turned', 'it lies before from', 'a day not before from');
  for (const [i, entry] of hours.entries()) {
    if (entry.weekdays === undefined && entry.from === undefined)
      return reference(`hours.${i}`, 'no-day', 'it says for no day', 'weekdays, or from');
    if (entry.from !== undefined && entry.until !== undefined && entry.until < entry.from)
      return reference(`hours.${i}.until`, 'turned', 'it lies before from', 'a day not before from');
    const disorder = findDisorder(entry.hours);
    if (disorder >= 0)
      return reference(
        `hours.${i}.hours.${disorder}`,
        'disorder',
        'the hours are not in order',
        'from before to, in order',
      );
  }
  return undefined;
}

function checkSending({ recipients, plans }: SendingDocument): ReferenceFlaw | undefined {
  const known = new Set(recipients.map(({ id }) => id));
  for (const [i, { to, from, until }] of plans.entries()) {
    const stray = to.findIndex((id) => !known.has(id));
    if (stray >= 0) return reference(`plans.${i}.to.${stray}`, 'unknown', 'no such recipient', [...known].join(', '));
    if (until !== undefined && until < from)
      return reference(`plans.${i}.until`, 'turned', 'it lies before from', 'a day not before from');
    if (new Set(to).size < to.length)
      return reference(`plans.${i}.to`, 'twice', 'somebody is there twice', 'each once');
  }
  return findTwice('recipients', recipients, ({ id }) => id, 'id') ?? findTwice('plans', plans, ({ id }) => id, 'id');
}

function findDisorder(hours: readonly (readonly [string, string])[]): number {
  return hours.findIndex(([from, to], i) => from >= to || (i > 0 && hours[i - 1]![1] > from));
}

function checkCatalogue(catalogue: Catalogue): ReferenceFlaw | undefined {
  const lines = new Set(catalogue.lines.map(({ id }) => id));
  const stray = catalogue.items.findIndex(({ line }) => !lines.has(line));
  if (stray >= 0) return reference(`items.${stray}.line`, 'unknown', 'no such line of business', [...lines].join(', '));
  return (
    findTwice('lines', catalogue.lines, ({ id }) => id, 'id') ??
    findTwice('items', catalogue.items, ({ code }) => code, 'code')
  );
}

function findTwice<T>(list: string, records: readonly T[], idOf: (record: T) => string, field: string) {
  const seen = new Set<string>();
  const twice = records.findIndex((record) => seen.size === seen.add(idOf(record)).size);
  return twice < 0 ? undefined : reference(`${list}.${twice}.${field}`, 'twice', 'it is there already', 'each once');
}

function unknownStation(path: string, stations: ReadonlySet<string>): ReferenceFlaw {
  return reference(path, 'unknown', 'no such station', [...stations].join(', '));
}

function reference(path: string, code: string, message: string, allowed: string): ReferenceFlaw {
  return { reason: 'reference', code, path, message, allowed };
}

function flawed(
  reason: DocumentFlaw['reason'],
  path: string,
  message: string,
  allowed?: string,
): { ok: false; flaw: DocumentFlaw } {
  return { ok: false, flaw: { reason, path, message, ...(allowed && { allowed }) } };
}

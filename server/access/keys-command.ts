/** What `npm run keys` does: reads its arguments, changes the store, and answers in lines. Prints a secret once, when new. */
import { parseArgs } from 'node:util';
import { AUDIENCES, type Audience } from '../../domain/board/topics/data.ts';
import type { CommandResult } from '../command-result.ts';
import { parseMoment } from '../../domain/events/moment.ts';
import type { AccessChange } from './account-store.ts';
import {
  ANY_SOURCE,
  type Access,
  type DisplayToken,
  type IngestKey,
  type Listed,
  type Post,
  type TokenDesk,
} from './access.ts';

export const KEYS_USAGE = `Usage: npm run keys -- COMMAND [--demo] [--hall ID]

  add --sources URN[,URN] --label TEXT   a new ingest key; --sources "*" for any source
      [--tickets-restart-from DAY]       its ticket numbers begin again each morning, from that day on
  list                                   every ingest key, without its secret
  rotate ID [--overlap MINUTES]          a new key with the same rights; the old one ends after the overlap
  revoke ID                              ends a key at once

  display add --audience ${AUDIENCES.join('|')} [--label TEXT]
  display add --rate WINDOW [--label TEXT]    a tablet at that window, for ratings alone: opened at /rate/WINDOW
  display add --take STATION [--label TEXT]   a kiosk or counter that gives numbers for that station: opened at /take
  display add --say STATION [--label TEXT]    a tablet for suggestions and complaints there: opened at /say
  display list | rotate ID [--overlap MINUTES] | revoke ID   the same for the tokens of screens`;

const MINUTE_MS = 60_000;
const LONGEST_OVERLAP_MINUTES = 43_200;

interface Options {
  readonly sources?: string;
  readonly label?: string;
  readonly audience?: string;
  readonly rate?: string;
  readonly take?: string;
  readonly say?: string;
  readonly overlap?: string;
  readonly hall?: string;
  readonly 'tickets-restart-from'?: string;
}

export interface KeysContext {
  /** The hall that a new key belongs to where `--hall` names none. */
  readonly hall: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** What that hall has, by their ids: a tablet of a window that it has not would never ask anybody. */
  readonly windows?: ReadonlySet<string>;
  readonly stations?: ReadonlySet<string>;
}

/** Runs one command line on `access`. Never throws for what the person typed. */
export function runKeys(args: readonly string[], access: Access, context: KeysContext): CommandResult {
  const parsed = readArguments(args);
  if (typeof parsed === 'string') return refuse(parsed);
  const { words, options } = parsed;
  const isDisplay = words[0] === 'display';
  const [command, id, ...rest] = isDisplay ? words.slice(1) : words;
  if (rest.length > 0 || ((command === 'add' || command === 'list') && id !== undefined)) {
    return refuse(`There is a word too many: ${rest[0] ?? id}.`);
  }
  if (command === 'add') return isDisplay ? addDisplay(access, options, context) : addKey(access, options, context);
  return isDisplay
    ? runOnDesk(access, access.displayTokens, DISPLAYS, [command, id], options, context)
    : runOnDesk(access, access.ingestKeys, KEYS, [command, id], options, context);
}

function readArguments(args: readonly string[]): { words: string[]; options: Options } | string {
  try {
    const text = { type: 'string' } as const;
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        sources: text,
        label: text,
        audience: text,
        rate: text,
        take: text,
        say: text,
        overlap: text,
        hall: text,
        'tickets-restart-from': text,
        demo: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
    return values.help ? '' : { words: positionals, options: values };
  } catch (error) {
    return (error as Error).message;
  }
}

function addKey(access: Access, options: Options, context: KeysContext): CommandResult {
  const { sources, label, hall, 'tickets-restart-from': restartFrom } = options;
  const list = [...new Set((sources ?? '').split(',').map((source) => source.trim()))].filter(
    (source) => source !== '',
  );
  if (list.length === 0) return refuse('Name the sources that the key may speak for: --sources URN[,URN], or "*".');
  if (!label?.trim()) return refuse('Say what the key is for: --label TEXT.');
  if (restartFrom !== undefined && !isDay(restartFrom))
    return refuse('--tickets-restart-from takes a day: YYYY-MM-DD.');
  const key = change(access, (note) => {
    const made = access.ingestKeys.add({
      hall: hall ?? context.hall,
      sources: list,
      label: label.trim(),
      ...(restartFrom === undefined ? {} : { ticketsRestartFrom: restartFrom }),
    });
    note({ change: 'key-added', note: made.id });
    return made;
  });
  const scope = list.includes(ANY_SOURCE) ? 'any source' : list.join(', ');
  const tickets =
    restartFrom === undefined ? '' : ` From ${restartFrom} on its ticket numbers begin again each morning.`;
  return show(`Key ${key.id} (${key.label}) of hall ${key.hall} may speak for ${scope}.${tickets}`, key.secret);
}

function addDisplay(access: Access, options: Options, context: KeysContext): CommandResult {
  const { label, hall = context.hall } = options;
  const audience = readScope(options);
  if (audience === undefined)
    return refuse(
      `Say who will look at the screen: --audience ${AUDIENCES.join(' or ')}. A tablet takes --rate WINDOW or --say STATION, a kiosk --take STATION.`,
    );
  const unknown = hall === context.hall ? nameUnknown(audience, context) : undefined;
  if (unknown !== undefined) return refuse(`The profile of hall ${hall} has no ${unknown}.`);
  const kind = typeof audience === 'string' ? `${audience} screen` : 'take' in audience ? 'kiosk' : 'tablet';
  const token = change(access, (note) => {
    const made = access.displayTokens.add({ hall, audience, label: label?.trim() || kind });
    note({ change: 'display-added', note: made.id });
    return made;
  });
  return show(
    `Token ${token.id} (${token.label}) of hall ${token.hall} opens ${describeRight(audience)}.`,
    token.secret,
  );
}

/** Exactly one of them, with something in it. */
function readScope({ audience, rate, take, say }: Options): DisplayToken['audience'] | undefined {
  const scopes: (DisplayToken['audience'] | undefined)[] = [];
  if (audience !== undefined) scopes.push(isAudience(audience) ? audience : undefined);
  if (rate !== undefined) scopes.push(rate.trim() === '' ? undefined : { rate: rate.trim() });
  if (take !== undefined) scopes.push(take.trim() === '' ? undefined : { take: take.trim() });
  if (say !== undefined) scopes.push(say.trim() === '' ? undefined : { say: say.trim() });
  return scopes.length === 1 ? scopes[0] : undefined;
}

function describeRight(scope: DisplayToken['audience']): string {
  if (typeof scope === 'string') return `the ${scope} topics`;
  if ('rate' in scope) return `/rate/${encodeURIComponent(scope.rate)} and nothing else`;
  return 'take' in scope ? '/take and nothing else' : '/say and nothing else';
}

function nameUnknown(scope: DisplayToken['audience'], { windows, stations }: KeysContext): string | undefined {
  if (typeof scope === 'string') return undefined;
  if ('rate' in scope) return windows?.has(scope.rate) === false ? `window ${scope.rate}` : undefined;
  const station = 'take' in scope ? scope.take : scope.say;
  return stations?.has(station) === false ? `station ${station}` : undefined;
}

function describePost(post: Post): string {
  if ('rate' in post) return `tablet of window ${post.rate}`;
  return 'take' in post ? `numbers of station ${post.take}` : `suggestions at station ${post.say}`;
}

function describeDisplay({ audience }: DisplayToken): string {
  return typeof audience === 'string' ? audience : describePost(audience);
}

/** What keys and the tokens of screens are called, and how changes of theirs are told to the audit. */
interface Kind<T> {
  readonly noun: string;
  readonly describe: (entry: T) => string;
  readonly added: AccessChange['change'];
  readonly ended: AccessChange['change'];
}
const KEYS: Kind<IngestKey> = { noun: 'key', describe: describeKey, added: 'key-added', ended: 'key-ended' };
const DISPLAYS: Kind<DisplayToken> = {
  noun: 'token',
  describe: describeDisplay,
  added: 'display-added',
  ended: 'display-ended',
};

/** Changes something and has the ledger told of it, both or neither: by the id, since a label may say anything. */
function change<T>(access: Access, work: (note: (told: AccessChange) => void) => T): T {
  return access.accounts.change('command:keys', work);
}

function runOnDesk<T extends { id: string; hall: string; label: string }>(
  access: Access,
  desk: Pick<TokenDesk<T, never>, 'list' | 'rotate' | 'revoke'>,
  { noun, describe, added, ended }: Kind<T>,
  [command, id]: readonly (string | undefined)[],
  { overlap = '0' }: Options,
  { now }: KeysContext,
): CommandResult {
  if (command === 'list') {
    const lines = desk.list().map((entry) => lineOf(entry, describe(entry), now));
    return { isOk: true, lines: lines.length > 0 ? lines : [`There is no ${noun} yet.`] };
  }
  if (command !== 'rotate' && command !== 'revoke') return refuse(command ? `There is no command "${command}".` : '');
  if (id === undefined) return refuse(`Name the ${noun}: ${command} ID.`);
  const missing: CommandResult = { isOk: false, lines: [`No ${noun} ${id} is in force.`] };
  if (command === 'revoke') {
    const isRevoked = change(access, (note) => {
      if (!desk.revoke(id)) return false;
      note({ change: ended, note: id });
      return true;
    });
    return isRevoked ? { isOk: true, lines: [`The ${noun} ${id} opens nothing any more.`] } : missing;
  }
  const minutes = Number(overlap);
  if (overlap.trim() === '' || !(minutes >= 0 && minutes <= LONGEST_OVERLAP_MINUTES)) {
    return refuse(`--overlap takes minutes, 0 to ${LONGEST_OVERLAP_MINUTES}.`);
  }
  const next = change(access, (note) => {
    const made = desk.rotate(id, Math.round(minutes * MINUTE_MS));
    if (!made) return undefined;
    note({ change: added, note: made.id });
    // Of one that ends later it is told until when.
    note({ change: ended, note: minutes === 0 ? id : `${id} ${new Date(now + minutes * MINUTE_MS).toISOString()}` });
    return made;
  });
  if (next === undefined) return missing;
  const ending = minutes === 0 ? 'has ended' : `ends in ${minutes} minutes`;
  return show(`The ${noun} ${next.id} takes the place of ${id}, which ${ending}.`, next.secret);
}

function describeKey({ sources, ticketsRestartFrom }: IngestKey): string {
  const tickets = ticketsRestartFrom === undefined ? '' : `  tickets restart from ${ticketsRestartFrom}`;
  return `${sources.join(',')}${tickets}`;
}

/** A day that the calendar has. */
function isDay(text: string): boolean {
  return parseMoment(`${text}T00:00:00Z`) !== undefined;
}

function isAudience(text: string | undefined): text is Audience {
  return (AUDIENCES as readonly (string | undefined)[]).includes(text);
}

function lineOf<T extends { id: string; hall: string; label: string }>(
  entry: Listed<T>,
  scope: string,
  now: number,
): string {
  const { id, hall, label, createdAt, revokedAt } = entry;
  const time = (at: number) => new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  const state = revokedAt === null ? 'in force' : `${revokedAt > now ? 'ends' : 'ended'} ${time(revokedAt)} UTC`;
  return [id, hall, label, scope, `made ${time(createdAt)} UTC`, state].join('  ');
}

function show(sentence: string, secret: string): CommandResult {
  return { isOk: true, lines: [sentence, 'This is shown once and cannot be read back:', '', `  ${secret}`, ''] };
}

function refuse(sentence: string): CommandResult {
  return { isOk: false, lines: sentence === '' ? [KEYS_USAGE] : [sentence, '', KEYS_USAGE] };
}

/** The staff's side: what waits, what is open and what was answered; read, released, assigned, declined and answered, and never about oneself. */
import { may } from '../../domain/access/roles.ts';
import { createView, nameStaff, nameStation } from '../../domain/board/topics/view.ts';
import { addDays, DAY_MS, dayOf, momentOf, type Zone } from '../../domain/calendar/zone.ts';
import { compareEvents, compareText, type HallEvent } from '../../domain/events/event.ts';
import { foldText } from '../../domain/events/digits.ts';
import { inspectEvent } from '../../domain/events/inspect.ts';
import { maskIdentity } from '../../domain/events/mask.ts';
import { isOwnSource } from '../../domain/events/own.ts';
import { KEEP_DAYS, type HallConfig } from '../../domain/profile/profile.ts';
import { isVoiceKind, toDeedEvent, VOICES_SOURCE, type Deed } from '../../domain/voices/events.ts';
import {
  CANNOT_BE_DONE,
  holdsName,
  readVoice,
  typeOf,
  VOICE_KINDS,
  type Voice,
  type VoiceKind,
} from '../../domain/voices/voice.ts';
import { canonicalJson } from '../../domain/wire/canonical.ts';
import type { OwnVoices, VoiceList, VoiceMark, VoicesState, VoiceView } from '../../domain/wire/voices.ts';
import type { Person } from '../access/person.ts';
import type { Board } from '../board/board.ts';
import { createTurns } from '../in-turn.ts';
import type { EntityLife, Ledger } from '../ledger/port.ts';
import type { RecordEvents } from '../record.ts';
import type { VoiceStore, WaitingWords } from './store.ts';

/** What is listed at once, and what is looked at for it. */
const SHOWN = 60;
const LOOKED_AT = 2_000;
/** So long what is owned is as good as new, ms. */
const OWNED_MS = 30_000;
/** By which it is looked for, in either language. */
const CANNOT_BE_DONE_WORDS = '办不成事 could not be done';
/** Ends of this many days are looked at where nobody says more. */
const DAYS_BACK = 92;

export interface VoiceDeskOptions {
  readonly store: VoiceStore;
  readonly ledger: Pick<Ledger, 'head' | 'historyOf' | 'lifeOf' | 'find' | 'readSpan'>;
  readonly board: Pick<Board, 'caughtUp' | 'state'>;
  readonly record: RecordEvents;
  readonly config: () => HallConfig;
  readonly zone: Zone;
  readonly now: () => number;
  /** Who has an account and works here today; `station` is absent where somebody works everywhere. */
  readonly owners: () => VoicesState['owners'];
  /** What a staff id is called, where an account says it. */
  readonly nameOf: (staff: string) => string | undefined;
}

export interface VoiceQuery {
  readonly list: VoiceList;
  readonly station?: string | undefined;
  readonly kind?: VoiceKind | undefined;
  /** Words that its own words or its answer hold. */
  readonly q?: string | undefined;
  /** Of what has ended: days, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export type DeedOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly status: number; readonly error: string; readonly field?: string };

export interface VoiceDesk {
  /** Those that `person` may see. @throws LedgerError */
  list(query: VoiceQuery, person: Person): Promise<Pick<VoicesState, 'counts' | 'voices' | 'more'>>;
  /** @throws LedgerError */
  act(kind: VoiceKind, id: string, deed: Deed, person: Person): Promise<DeedOutcome>;
  /** What somebody owns and nobody has answered; as it was up to half a minute ago. @throws LedgerError */
  own(person: Person): Promise<OwnVoices>;
}

interface Found {
  readonly voice: Voice;
  readonly waiting?: WaitingWords;
  /** Whether it came by the hall's own pages. */
  readonly isOwn: boolean;
}

export function createVoiceDesk(options: VoiceDeskOptions): VoiceDesk {
  const { store, ledger, board, record, config, zone, now, owners, nameOf } = options;
  const inTurn = createTurns(() => board.caughtUp());
  const keepMs = () => (config().profile.voices?.keepDays ?? KEEP_DAYS) * DAY_MS;
  const today = () => dayOf(zone, now());
  /** Every desk of the hall asks, once a minute. */
  let owned: { readonly at: number; readonly found: Promise<readonly Found[]> } | undefined;

  return {
    async list(query, person) {
      await board.caughtUp();
      const mine = (found: Found): boolean => standingOf(found, person) !== undefined;
      const named = listOpen();
      const beyond = Math.max(0, named.length - LOOKED_AT);
      const open = (await findAll(named.slice(0, LOOKED_AT)))
        .filter(({ voice }) => voice.end === undefined)
        .filter(mine);
      const waiting = open.filter(isWaiting);
      const counts = { waiting: waiting.length, open: open.length - waiting.length };
      const ended = query.list === 'closed' ? await listEnded(query) : [];
      const listed =
        query.list === 'waiting'
          ? waiting
          : query.list === 'open'
            ? open.filter((found) => !isWaiting(found))
            : (await findAll(ended.slice(0, LOOKED_AT))).filter(({ voice }) => voice.end !== undefined).filter(mine);
      const asked = listed.filter((found) => isAsked(found, query, person)).sort(ORDER[query.list]);
      const voices = await Promise.all(asked.slice(0, SHOWN).map((found) => toView(found, person)));
      const cut = query.list === 'closed' ? Math.max(0, ended.length - LOOKED_AT) : beyond;
      return { counts, voices, more: Math.max(0, asked.length - SHOWN) + cut };
    },
    act: (kind, id, deed, person) =>
      inTurn(async () => {
        const [found] = await findAll([[kind, id]]);
        const standing = found && standingOf(found, person);
        if (!found || !standing) return refuse(404, 'unknown-voice');
        if (isAbout(found, person)) return refuse(403, 'about-you');
        if (standing === 'owner' && deed.deed !== 'answer') return refuse(403, 'not-allowed');
        const known = await ledger.find(VOICES_SOURCE, deed.id, ledger.head());
        if (known) return isSame(known, found, deed) ? { ok: true } : refuse(409, 'conflict');
        // What somebody has answered, whoever reads it may answer otherwise; its owner not.
        if (standing === 'owner' && found.voice.end) return refuse(409, 'ended');
        const fault = check(found, deed);
        if (fault) return fault;
        const read = found.waiting?.words ?? found.voice.unread ?? found.voice.text;
        const event = toDeedEvent(found.voice, deed, { read, dueBy: found.voice.dueBy, now: now(), zone });
        const flaw = inspectEvent({ data: event.data }, config().roster);
        if (flaw) return refuse(422, flaw.reason, deed.deed === 'release' ? 'text' : 'words');
        const [outcome] = await record([{ event, timeGiven: false }], { kind: 'staff', id: person.staff });
        if (outcome === 'conflict') return refuse(409, 'conflict');
        // Its words are in the ledger now, or nowhere.
        if (deed.deed === 'release' || deed.deed === 'decline') store.remove(kind, id);
        return { ok: true };
      }),
    async own(person) {
      if (owned === undefined || Math.abs(now() - owned.at) >= OWNED_MS) owned = { at: now(), found: findOwned() };
      const theirs = (await owned.found).filter(
        (found) =>
          found.voice.owner === person.staff && standingOf(found, person) !== undefined && !isAbout(found, person),
      );
      return { open: theirs.length, late: theirs.filter(({ voice }) => isLate(voice, now())).length };
    },
  };

  /** What is open, was read, and has an owner who may answer it. */
  async function findOwned(): Promise<readonly Found[]> {
    try {
      await board.caughtUp();
      const found = await findAll(listOpen().slice(0, LOOKED_AT));
      return found.filter((one) => one.voice.owner !== undefined && one.voice.end === undefined && !isWaiting(one));
    } catch (error) {
      owned = undefined;
      throw error;
    }
  }

  function check(found: Found, deed: Deed): DeedOutcome | undefined {
    const { voice } = found;
    const isUnread = voice.text === undefined && (found.waiting !== undefined || voice.unread !== undefined);
    switch (deed.deed) {
      case 'release':
        if (voice.text === undefined && !isUnread) return refuse(409, 'no-words');
        if (deed.about !== undefined && !config().profile.staff.some(({ id }) => id === deed.about))
          return refuse(404, 'unknown-staff', 'about');
        return undefined;
      case 'assign':
        if (voice.end) return refuse(409, 'ended');
        if (!ownersOf(voice).includes(deed.owner)) return refuse(404, 'unknown-owner', 'owner');
        if (voice.about.includes(deed.owner)) return refuse(422, 'about-owner', 'owner');
        if (deed.dueOn !== undefined && deed.dueOn < today()) return refuse(422, 'past', 'dueOn');
        return undefined;
      case 'answer':
        return isUnread ? refuse(409, 'unread') : undefined;
      case 'decline':
        return undefined;
    }
  }

  /** Whether conduct was as somebody complains of is not for those who sit beside them. */
  function ownersOf({ kind, station }: Voice): string[] {
    const there = owners().filter((owner) => owner.station === undefined || owner.station === station);
    return there.filter(({ answers }) => kind !== 'complaint' || answers).map(({ id }) => id);
  }

  /** Whether the deed is the one that stands there: whoever asks again after a lost answer. */
  function isSame(known: HallEvent, { voice }: Found, deed: Deed): boolean {
    const wasEdited = (known.data as { edited?: unknown }).edited === true;
    const read = deed.deed === 'release' && !wasEdited ? deed.text : undefined;
    const again = toDeedEvent(voice, deed, { read, dueBy: voice.dueBy, now: known.at, zone });
    return again.type === known.type && canonicalJson(again.data) === canonicalJson(known.data);
  }

  /** Whoever reads them does all; the owner of one sees it once it was read, and answers it, unless it is of conduct. */
  function standingOf(found: Found, { staff, assignments }: Person): 'reader' | 'owner' | undefined {
    const { voice, isOwn } = found;
    // What another system sent as a request is that system's to answer.
    if (voice.kind === 'request' && !isOwn) return undefined;
    if (may(assignments, 'answer-voices', today(), voice.station)) return 'reader';
    return voice.owner === staff && voice.kind !== 'complaint' && !isWaiting(found) ? 'owner' : undefined;
  }

  /** Whether it is about whoever asks: by what an event says, or by words that hold the name. */
  function isAbout({ voice, waiting }: Found, { staff, name }: Person): boolean {
    if (voice.about.includes(staff)) return true;
    if (voice.kind !== 'complaint') return false;
    const words = waiting?.words ?? voice.text ?? voice.unread ?? '';
    const names = [name, config().profile.staff.find(({ id }) => id === staff)?.name ?? ''];
    return names.some((one) => holdsName(words, one));
  }

  /** What is open on the board, and what has words that wait. */
  function listOpen(): [VoiceKind, string][] {
    const { suggestion, request, complaint } = board.state.entries;
    const open: [VoiceKind, string][] = [
      ...[...suggestion].flatMap(([id, { outcome }]) =>
        outcome === undefined ? [['suggestion', id] as [VoiceKind, string]] : [],
      ),
      ...[...request.keys()].map((id): [VoiceKind, string] => ['request', id]),
      ...[...complaint.keys()].map((id): [VoiceKind, string] => ['complaint', id]),
    ];
    const known = new Set(open.map(([kind, id]) => `${kind}:${id}`));
    const waiting = store.list().filter(({ kind, id }) => !known.has(`${kind}:${id}`));
    return [...waiting.map(({ kind, id }): [VoiceKind, string] => [kind, id]), ...open];
  }

  /** The latest first: their answers come in the order of arrival, however many. */
  async function listEnded({ from, to }: VoiceQuery): Promise<(readonly [VoiceKind, string])[]> {
    const last = to ?? today();
    const first = from ?? addDays(last, -DAYS_BACK);
    const span = { from: momentOf(zone, first), until: momentOf(zone, addDays(last, 1)), upTo: ledger.head() };
    const types = VOICE_KINDS.flatMap((kind) => [typeOf(kind, 'answered'), typeOf(kind, 'declined')]);
    const ends = new Map<string, { readonly name: readonly [VoiceKind, string]; readonly at: number }>();
    for (let after = 0, isMore = true; isMore;) {
      const events = await ledger.readSpan({ ...span, types, after, limit: LOOKED_AT });
      for (const { event, voided } of events) {
        const kind = event.type.split('.')[1]!;
        const id = (event.data as Readonly<Record<string, unknown>>)[kind];
        const key = `${kind}:${String(id)}`;
        if (!voided && isVoiceKind(kind) && typeof id === 'string')
          ends.set(key, { name: [kind, id], at: Math.max(event.at, ends.get(key)?.at ?? -Infinity) });
      }
      after = events.at(-1)?.event.seq ?? after;
      isMore = events.length === LOOKED_AT;
    }
    return [...ends.values()].sort((a, b) => b.at - a.at || compareText(a.name[1], b.name[1])).map(({ name }) => name);
  }

  async function findAll(named: readonly (readonly [VoiceKind, string])[]): Promise<Found[]> {
    const keys = named.map(([kind, id]) => `${kind}:${id}`);
    const histories = await ledger.historyOf(keys, ledger.head());
    return named.flatMap(([kind, id]) => {
      const events = [...(histories.get(`${kind}:${id}`) ?? [])].sort(compareEvents);
      const voice = readVoice(kind, id, events);
      if (!voice) return [];
      const waiting = store.find(kind, id);
      const isOwn = events.some(({ type, source }) => type === typeOf(kind, 'received') && isOwnSource(source));
      return [{ voice, isOwn, ...(waiting ? { waiting } : {}) }];
    });
  }

  function isAsked(found: Found, { station, kind, q }: VoiceQuery, person: Person): boolean {
    const { voice } = found;
    if (station !== undefined && voice.station !== station) return false;
    if (kind !== undefined && voice.kind !== kind) return false;
    if (q === undefined || q === '') return true;
    if (isAbout(found, person)) return false;
    const topic = voice.topic === CANNOT_BE_DONE ? CANNOT_BE_DONE_WORDS : voice.topic;
    const texts = [voice.text, voice.end?.words, found.waiting?.words, topic];
    return texts.some((text) => text?.toLowerCase().includes(q.toLowerCase()));
  }

  async function toView(found: Found, person: Person): Promise<VoiceView> {
    const { voice, waiting } = found;
    const { kind, id, at, topic, station, edited, owner, dueBy, end } = voice;
    const medium = voice.medium ?? waiting?.medium;
    const view = createView(board.state, config(), zone, false);
    const name = (staff: string): string => nameOf(staff) ?? nameStaff(view, staff);
    const life = await ledger.lifeOf(`${kind}:${id}`);
    const isYours = isAbout(found, person);
    const unread = waiting?.words ?? (voice.text === undefined ? voice.unread : undefined);
    const text = isYours ? undefined : (voice.text ?? unread);
    const marks = isYours || unread === undefined || voice.text !== undefined ? [] : marksOf(unread);
    const masked = marks.includes('identity') ? maskIdentity(unread!, config().roster) : undefined;
    return {
      ...{ kind, id, at, about: voice.about.map(name) },
      ...(topic === undefined ? {} : { topic }),
      ...(medium === undefined ? {} : { medium }),
      ...(station === undefined ? {} : { station, stationName: nameStation(view, station).name }),
      words: isYours
        ? 'yours'
        : voice.text !== undefined
          ? 'released'
          : unread !== undefined
            ? 'unread'
            : lacking(found),
      ...(text === undefined ? {} : { text }),
      ...(edited ? { edited } : {}),
      marks,
      ...(masked ? { masked } : {}),
      ...(waiting && voice.text === undefined ? { until: waiting.at + keepMs() } : {}),
      ...(owner === undefined ? {} : { owner: name(owner) }),
      ...(dueBy === undefined ? {} : { dueBy }),
      ...(isLate(voice, now()) ? { isLate: true as const } : {}),
      ...(standingOf(found, person) === 'owner' ? { isOwner: true as const } : {}),
      ...(end && !isYours ? { end } : {}),
      ...named('releasedBy', name, life, typeOf(kind, 'released')),
      ...named('endedBy', name, life, typeOf(kind, 'answered'), typeOf(kind, 'declined')),
    };
  }

  /** Why there are no words: nobody read them in time, or whoever wrote it down has written none. */
  function lacking({ voice, isOwn }: Found): 'gone' | 'none' {
    const isOfForm = isOwn && (voice.kind !== 'request' || voice.medium === 'tablet' || voice.medium === 'outside');
    return isOfForm && now() - voice.at >= keepMs() ? 'gone' : 'none';
  }

  function marksOf(text: string): VoiceMark[] {
    const isIdentity = inspectEvent({ data: { text } }, config().roster) !== undefined;
    const hasNumber = /\d[\d\s-]{3,}\d/.test(foldText(text));
    const hasStaff = [...config().roster].some((name) => holdsName(text, name));
    return [
      ...(isIdentity ? (['identity'] as const) : []),
      ...(hasNumber ? (['number'] as const) : []),
      ...(hasStaff ? (['staff'] as const) : []),
    ];
  }
}

/** Whether it was, or is to be, answered behind its day. */
function isLate({ dueBy, end }: Voice, now: number): boolean {
  return dueBy !== undefined && (end?.at ?? now) > dueBy;
}

/** Whether somebody has to read it first. */
function isWaiting({ voice, waiting }: Found): boolean {
  return voice.text === undefined && (waiting !== undefined || voice.unread !== undefined);
}

const byAge = (a: Found, b: Found): number => a.voice.at - b.voice.at || compareText(a.voice.id, b.voice.id);
/** What has waited longest first; of what is open, what is due first; of what has ended, the latest. */
const ORDER: Readonly<Record<VoiceList, (a: Found, b: Found) => number>> = {
  waiting: byAge,
  open: (a, b) => (a.voice.dueBy ?? Infinity) - (b.voice.dueBy ?? Infinity) || byAge(a, b),
  closed: (a, b) => (b.voice.end?.at ?? 0) - (a.voice.end?.at ?? 0) || byAge(a, b),
};

function named<F extends string>(
  field: F,
  name: (staff: string) => string,
  life: EntityLife | undefined,
  ...types: readonly string[]
): { [K in F]?: string } {
  const said = life?.events.findLast(({ event, voided }) => !voided && types.includes(event.type));
  return (said?.actor?.kind === 'staff' ? { [field]: name(said.actor.id) } : {}) as { [K in F]?: string };
}

function refuse(status: number, error: string, field?: string): DeedOutcome & { ok: false } {
  return { ok: false, status, error, ...(field === undefined ? {} : { field }) };
}

/** The citizens' side: what somebody writes is taken in, its words wait for a reader, and its receipt tells what became of it. */
import { createHash } from 'node:crypto';
import { DAY_MS } from '../../domain/calendar/zone.ts';
import { compareEvents } from '../../domain/events/event.ts';
import { inspectEvent, type InspectReason } from '../../domain/events/inspect.ts';
import { KEEP_DAYS, type HallConfig } from '../../domain/profile/profile.ts';
import {
  isVoiceKind,
  parseReceipt,
  toReceivedEvent,
  toVoiceKind,
  VOICES_SOURCE,
  type Said,
} from '../../domain/voices/events.ts';
import { CANNOT_BE_DONE, readVoice, VOICE_KINDS, type Voice } from '../../domain/voices/voice.ts';
import type { SayAnswer } from '../../domain/wire/voices.ts';
import { formatActor, parseActor, type Actor } from '../ledger/actor.ts';
import type { Ledger } from '../ledger/port.ts';
import type { RecordEvents } from '../record.ts';
import type { VoiceStore } from './store.ts';

export interface VoiceFormOptions {
  readonly store: VoiceStore;
  readonly ledger: Pick<Ledger, 'head' | 'historyOf' | 'find'>;
  readonly record: RecordEvents;
  readonly config: () => HallConfig;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
}

export type Receipt = { readonly ok: true } | { readonly ok: false; readonly reason: InspectReason | 'conflict' };

export interface VoiceForm {
  /** @param medium by which way it came. @throws LedgerError */
  receive(said: Said & { readonly station: string }, medium: string, actor: Actor): Promise<Receipt>;
  /** @param typed a receipt's code, as somebody typed it; undefined where the hall knows none such */
  look(typed: string): Promise<SayAnswer | undefined>;
  /** Brings file and ledger together: after a start, a crash between the two, a restore; and deletes what nobody read in time. */
  settle(): Promise<void>;
  /** Deletes what nobody read in time. */
  expire(): void;
}

export function createVoiceForm({ store, ledger, record, config, now }: VoiceFormOptions): VoiceForm {
  const keepMs = () => (config().profile.voices?.keepDays ?? KEEP_DAYS) * DAY_MS;
  const expire = (): void => void store.expire(now() - keepMs());
  const readFor = async (kind: Voice['kind'], id: string): Promise<Voice | undefined> => {
    const key = `${kind}:${id}`;
    const events = (await ledger.historyOf([key], ledger.head())).get(key) ?? [];
    return readVoice(kind, id, [...events].sort(compareEvents));
  };
  return {
    async receive({ code, text, station, kind: asked }, medium, actor) {
      const flaw = inspectEvent({ data: { text } }, config().roster);
      if (flaw) return { ok: false, reason: flaw.reason };
      const id = nameVoice(code);
      const { kind, topic } = toVoiceKind(asked);
      const event = toReceivedEvent({ kind, id, station, topic, medium }, now());
      const known = await ledger.find(VOICES_SOURCE, event.id, ledger.head());
      // Once it is in the ledger its words have been read or wait already: a late repeat brings none back.
      if (known === undefined) {
        const row = { kind, id, station, medium, topic: topic ?? null, at: event.at, actor: formatActor(actor) };
        store.keep({ ...row, words: text });
      }
      const kept = store.find(kind, id);
      if (kept !== undefined && (kept.words !== text || kept.station !== station)) return CONFLICT;
      const [outcome] = await record([{ event, timeGiven: false }], actor);
      if (outcome !== 'conflict') return { ok: true };
      // One code stands for one thing.
      if (known === undefined) store.remove(kind, id);
      return CONFLICT;
    },
    async look(typed) {
      const code = parseReceipt(typed);
      if (code === undefined) return undefined;
      const id = nameVoice(code);
      for (const kind of VOICE_KINDS) {
        const voice = await readFor(kind, id);
        if (voice) return toAnswer(voice, config().profile.timeZone);
      }
      return undefined;
    },
    async settle() {
      expire();
      for (const { words: _words, ...row } of store.list()) {
        if (!isVoiceKind(row.kind)) continue;
        const voice = await readFor(row.kind, row.id);
        if (voice === undefined)
          await record(
            [{ event: toReceivedEvent({ ...row, topic: row.topic ?? undefined }, row.at), timeGiven: true }],
            parseActor(row.actor) ?? { kind: 'hall', id: 'voices' },
          );
        else if (voice.text !== undefined || voice.end?.how === 'declined') store.remove(row.kind, row.id);
      }
    },
    expire,
  };
}

const CONFLICT: Receipt = { ok: false, reason: 'conflict' };

/**
 * The id of what a receipt stands for: whoever holds the code finds it, and whoever reads the ledger finds no code. In
 * letters alone, since digits might look like somebody's number.
 */
function nameVoice(code: string): string {
  const digest = createHash('sha256').update(`hallpulse voice ${code}`, 'utf8').digest();
  return [...digest.subarray(0, 20)].map((byte) => String.fromCharCode(97 + (byte % 26))).join('');
}

/** Nobody is named in it, neither whom it is about nor who saw to it. */
function toAnswer({ kind, topic, at, text, edited, end }: Voice, timeZone: string): SayAnswer {
  const state = end === undefined ? (text === undefined ? 'waiting' : 'open') : end.adopted ? 'adopted' : end.how;
  const isNo = end?.how === 'answered' && end.adopted === false;
  return {
    kind: topic === CANNOT_BE_DONE ? CANNOT_BE_DONE : kind,
    at,
    timeZone,
    state: isNo ? 'declined' : state,
    ...(text === undefined ? {} : { text }),
    ...(edited ? { edited } : {}),
    ...(end
      ? {
          end: {
            at: end.at,
            ...(end.words === undefined ? {} : { words: end.words }),
            ...(end.upheld === undefined ? {} : { upheld: end.upheld }),
          },
        }
      : {}),
  };
}

/** What citizens write and what staff do with it, as events of the hall's own pages; and the forms in which both are sent. */
import * as v from 'valibot';
import { endOfDay, type Zone } from '../calendar/zone.ts';
import type { HallEvent } from '../events/event.ts';
import { drawnIdSchema as drawnId, idSchema as id } from '../events/schema.ts';
import { CANNOT_BE_DONE, typeOf, VOICE_KINDS, type VoiceKind } from './voice.ts';

/** Of what comes from the form and from the page of whoever reads it: no word from a station, so that none about its silence ends that (spec A3). */
export const VOICES_SOURCE = 'urn:hallpulse:voices';

/** What a citizen may write, and what staff may, in UTF-16 code units. */
export const SAY_LIMIT = 800;
export const REPLY_LIMIT = 500;

/** What the form offers; the second is a request with a topic of its own. */
export const SAY_KINDS = ['suggestion', CANNOT_BE_DONE, 'complaint'] as const;
export type SayKind = (typeof SAY_KINDS)[number];

const words = (limit: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(limit));

/** A receipt's signs: no letter of it looks like another. */
export const CODE_SIGNS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
export const CODE_LENGTH = 10;

/** A receipt's code as somebody typed it, in any case and with anything between; `undefined` where it can be none. */
export function parseReceipt(text: string): string | undefined {
  const code = text.toUpperCase().replace(/[^A-Z0-9]/g, '');
  return code.length === CODE_LENGTH && [...code].every((sign) => CODE_SIGNS.includes(sign)) ? code : undefined;
}

/** As it is written down: in two groups. */
export function spellReceipt(code: string): string {
  return `${code.slice(0, CODE_LENGTH / 2)}-${code.slice(CODE_LENGTH / 2)}`;
}

const receipt = v.pipe(
  v.string(),
  v.maxLength(40),
  v.check((text) => parseReceipt(text) !== undefined),
  v.transform((text) => parseReceipt(text)!),
);

export const saySchema = v.strictObject({
  /** Drawn by the page: whoever asks again after a lost answer says it once. */
  code: receipt,
  kind: v.picklist(SAY_KINDS),
  text: words(SAY_LIMIT),
  /** Of whoever stands nowhere: by the listener outside, and a slip that staff type in. */
  station: v.optional(id),
});
export type Said = v.InferOutput<typeof saySchema>;

export const lookSchema = v.strictObject({ code: v.pipe(v.string(), v.maxLength(40)) });

/** What staff do with one of them. */
export const deedSchema = v.variant('deed', [
  v.strictObject({
    deed: v.literal('release'),
    id: drawnId,
    text: words(SAY_LIMIT),
    /** Of a complaint: whom its words tell of. */
    about: v.optional(id),
  }),
  v.strictObject({
    deed: v.literal('assign'),
    id: drawnId,
    owner: id,
    /** The last day for it. */
    dueOn: v.optional(v.pipe(v.string(), v.isoDate())),
  }),
  v.strictObject({ deed: v.literal('decline'), id: drawnId, words: words(REPLY_LIMIT) }),
  v.strictObject({
    deed: v.literal('answer'),
    id: drawnId,
    words: words(REPLY_LIMIT),
    /** Of a suggestion, and of a complaint. */
    adopted: v.optional(v.boolean()),
    upheld: v.optional(v.boolean()),
  }),
]);
export type Deed = v.InferOutput<typeof deedSchema>;

export interface Received {
  readonly kind: VoiceKind;
  readonly id: string;
  readonly station: string;
  readonly topic?: string | undefined;
  /** By which way it came: `tablet`, `outside`, `slip`. */
  readonly medium: string;
}

export function toVoiceKind(kind: SayKind): Pick<Received, 'kind' | 'topic'> {
  return kind === CANNOT_BE_DONE ? { kind: 'request', topic: CANNOT_BE_DONE } : { kind };
}

export function isVoiceKind(text: string): text is VoiceKind {
  return (VOICE_KINDS as readonly string[]).includes(text);
}

/** Without its words. @param at when it was said, epoch ms */
export function toReceivedEvent({ kind, id: voice, station, topic, medium }: Received, at: number): HallEvent {
  const about = kind === 'request' ? { ...(topic === undefined ? {} : { topic }), medium } : {};
  return write('received', kind, voice, `received/${voice}`, at, { station, ...about });
}

/**
 * @param read the words as they came, where the deed is their release: whoever changed them is said to have
 * @param dueBy until when it was to be answered, epoch ms: tells whether a request was answered on time
 * @param now the hall's clock, epoch ms
 */
export function toDeedEvent(
  { kind, id: voice }: Pick<Received, 'kind' | 'id'>,
  deed: Deed,
  { read, dueBy, now, zone }: { read?: string | undefined; dueBy?: number | undefined; now: number; zone: Zone },
): HallEvent {
  const by = <S extends 'released' | 'assigned' | 'declined' | 'answered'>(step: S, data: object): HallEvent =>
    write(step, kind, voice, deed.id, now, data);
  switch (deed.deed) {
    case 'release': {
      const about = kind === 'complaint' && deed.about !== undefined ? { staff: deed.about } : {};
      return by('released', { text: deed.text, ...(read === deed.text ? {} : { edited: true }), ...about });
    }
    case 'assign': {
      const { owner, dueOn } = deed;
      const due = dueOn === undefined ? {} : { dueBy: new Date(endOfDay(zone, dueOn) - 1).toISOString() };
      return by('assigned', { owner, ...due });
    }
    case 'decline':
      return by('declined', { reason: deed.words });
    case 'answer': {
      const verdict = {
        suggestion: { adopted: deed.adopted },
        complaint: { upheld: deed.upheld },
        request: { onTime: dueBy === undefined ? undefined : now <= dueBy },
      }[kind];
      return by('answered', { answer: deed.words, ...verdict });
    }
  }
}

function write(
  step: Parameters<typeof typeOf>[1],
  kind: VoiceKind,
  voice: string,
  id: string,
  at: number,
  data: object,
): HallEvent {
  const given = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
  // One table of types for three kinds, which TypeScript cannot follow into a union.
  return {
    source: VOICES_SOURCE,
    id,
    type: typeOf(kind, step),
    at,
    data: { [kind]: voice, ...given },
  } as unknown as HallEvent;
}

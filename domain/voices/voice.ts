/** What citizens tell the hall (谏言、诉求、作风投诉), read from its events: one reading for the fold, the staff's page and the receipt. */
import type { LedgerEvent } from '../events/event.ts';
import { parseMoment } from '../events/moment.ts';
import type { EventType } from '../events/schema.ts';

export const VOICE_KINDS = ['suggestion', 'request', 'complaint'] as const;
export type VoiceKind = (typeof VOICE_KINDS)[number];

/** Of what somebody could not get done (办不成事): a request with this topic. */
export const CANNOT_BE_DONE = 'cannot-be-done';

type Step = 'received' | 'released' | 'assigned' | 'declined' | 'answered';

/** What ends it: an answer, or a no with its reason. */
export interface VoiceEnd {
  readonly at: number;
  readonly how: 'answered' | 'declined';
  /** Absent where somebody answered without writing down what. */
  readonly words?: string;
  readonly adopted?: boolean;
  readonly upheld?: boolean;
}

/** Moments are epoch ms. */
export interface Voice {
  readonly kind: VoiceKind;
  readonly id: string;
  readonly at: number;
  /** A suggestion may be of none. */
  readonly station?: string;
  readonly topic?: string;
  readonly medium?: string;
  /** The members of staff whom it is said to be about. */
  readonly about: readonly string[];
  /** What a person read and released; absent until then. */
  readonly text?: string;
  /** Whoever released it changed its words. */
  readonly edited?: true;
  /** What came with it and nobody has released. */
  readonly unread?: string;
  readonly owner?: string;
  readonly dueBy?: number;
  readonly end?: VoiceEnd;
}

type Fields = Readonly<Record<string, string | boolean | null | undefined>>;

/** The type of a step of one kind, such as `hall.request.answered`. */
export function typeOf<K extends VoiceKind, S extends Step>(kind: K, step: S): `hall.${K}.${S}` & EventType {
  return `hall.${kind}.${step}` as `hall.${K}.${S}` & EventType;
}

/**
 * @param events the entity's live events in the order of C1
 * @returns undefined before it was received (C4)
 */
export function readVoice(kind: VoiceKind, id: string, events: readonly LedgerEvent[]): Voice | undefined {
  const steps = (step: Step) => events.filter(({ type }) => type === typeOf(kind, step));
  const receipts = steps('received');
  const [received] = receipts;
  if (!received) return undefined;
  const { station, topic, medium, staff } = fieldsOf(received);
  const releases = steps('released').filter((event) => events.indexOf(event) > events.indexOf(received));
  const words = readWords(receipts, releases);
  const owner = latest(steps('assigned'), 'owner');
  const dueText = latest(steps('assigned'), 'dueBy');
  const dueBy = dueText === undefined ? undefined : parseMoment(dueText);
  const end = readEnd(kind, events);
  const about = [staff, ...releases.map((event) => fieldsOf(event)['staff'])].filter(isFilled);
  return {
    ...{ kind, id, at: received.at, about: kind === 'complaint' ? [...new Set(about)] : [] },
    ...(isFilled(station) ? { station } : {}),
    ...(isFilled(topic) ? { topic } : {}),
    ...(isFilled(medium) ? { medium } : {}),
    ...words,
    ...(owner === undefined ? {} : { owner }),
    ...(dueBy === undefined ? {} : { dueBy }),
    ...(end === undefined ? {} : { end }),
  };
}

/** C17: the words of the latest release that holds some; of one that holds none, those of the receipts where all are one text. */
function readWords(
  receipts: readonly LedgerEvent[],
  releases: readonly LedgerEvent[],
): Pick<Voice, 'text' | 'edited' | 'unread'> {
  const held = releases.findLast((event) => isFilled(fieldsOf(event)['text']));
  if (held !== undefined) {
    const { text, edited } = fieldsOf(held);
    return { text: text as string, ...(edited === true ? { edited } : {}) };
  }
  const { text } = fieldsOf(receipts[0]!);
  if (typeof text !== 'string') return {};
  // Whoever released it has read that text: none that another receipt puts in its place.
  const isOneText = receipts.every((event) => fieldsOf(event)['text'] === text);
  return releases.length > 0 && isOneText ? { text } : { unread: text };
}

function readEnd(kind: VoiceKind, events: readonly LedgerEvent[]): VoiceEnd | undefined {
  const end = events.findLast(({ type }) => type === typeOf(kind, 'answered') || type === typeOf(kind, 'declined'));
  if (!end) return undefined;
  const { answer, reason, adopted, upheld } = fieldsOf(end);
  const how = end.type === typeOf(kind, 'declined') ? 'declined' : 'answered';
  const words = how === 'declined' ? reason : answer;
  return {
    ...{ at: end.at, how },
    ...(isFilled(words) ? { words } : {}),
    ...(typeof adopted === 'boolean' ? { adopted } : {}),
    ...(typeof upheld === 'boolean' ? { upheld } : {}),
  };
}

function latest(events: readonly LedgerEvent[], field: string): string | undefined {
  return events.map((event) => fieldsOf(event)[field]).findLast(isFilled);
}

function fieldsOf({ data }: LedgerEvent): Fields {
  return data as Fields;
}

/** Whether words hold somebody's name; one of a single sign is in many words. */
export function holdsName(words: string, name: string): boolean {
  return name.length > 1 && words.includes(name);
}

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** The wire between server and wall: the messages of namespace `/live` and the answers of `GET /api/board`. */
import type { Topic } from '../board/topics/data.ts';

export type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

/** One topic as a whole. What `GET /api/board` answers and what a subscription is acknowledged with. */
export interface Snapshot {
  readonly hall: string;
  readonly topic: Topic;
  readonly epoch: string;
  readonly seq: number;
  /** The server's (the hall's) clock when this was made, epoch ms. */
  readonly asOf: number;
  readonly build: string;
  readonly data: Json;
}

/** Paths (JSON Pointer) and their present values; `null` where a thing is gone. */
export type DeltaSet = Readonly<Record<string, Json | null>>;

export interface Delta {
  readonly hall: string;
  readonly topic: Topic;
  readonly epoch: string;
  /** Where this process's previous delta of the topic ended. */
  readonly base: number;
  /** The ledger position that the topic is folded to with this delta. */
  readonly seq: number;
  readonly asOf: number;
  readonly set: DeltaSet;
}

/** What was last published of a topic. `digest`: CRC-32 of the RFC 8785 JSON of its data, eight hex digits. */
export interface TopicMark {
  readonly epoch: string;
  readonly seq: number;
  readonly digest: string;
}

/** How far all events have been counted anew: until then nothing can be shown. */
export interface Recount {
  /** In events. */
  readonly done: number;
  readonly of: number;
}

export interface Heartbeat {
  readonly hall: string;
  readonly topics: Readonly<Partial<Record<Topic, TopicMark>>>;
  readonly now: number;
  readonly build: string;
  /** The topics that cannot be built now, of those that the listener may see: what was held of them stands. */
  readonly failing?: readonly Topic[];
  /** Present while no topic can be had for this reason. */
  readonly recount?: Recount;
}

export interface SubscribeRequest {
  readonly hall?: string;
  readonly topic: Topic;
}

export type SubscribeAnswer =
  { readonly ok: true; readonly data: Snapshot } | { readonly ok: false; readonly error: SubscribeError };

export type SubscribeError =
  'bad-request' | 'unknown-hall' | 'unknown-topic' | 'not-allowed' | 'not-ready' | 'recounting' | 'topic-failed';

export interface ServerToClient {
  'board:delta': (delta: Delta) => void;
  'board:heartbeat': (heartbeat: Heartbeat) => void;
}

export interface ClientToServer {
  'board:subscribe': (request: SubscribeRequest, answer: (result: SubscribeAnswer) => void) => void;
  /** From here on no deltas of this topic: a wall receives what it shows and nothing else. */
  'board:unsubscribe': (request: SubscribeRequest) => void;
}

export const LIVE_NAMESPACE = '/live';
export const HEARTBEAT_MS = 5_000;

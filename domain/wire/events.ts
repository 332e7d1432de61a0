/** The wire of `POST /api/events`. */
import type { Reason } from '../events/parse.ts';

export interface RejectedEvent {
  readonly index: number;
  readonly id?: string;
  readonly field: string;
  readonly reason: Reason;
  /** Of a conflict, where the query asks by `known=true`: the fields that differ from what is known, such as `data.station`. */
  readonly differs?: readonly string[];
}

/** The body of every answer that concerns events. */
export interface IngestAnswer {
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: readonly RejectedEvent[];
  /** Names of fields that were not kept, nearly always because their event's own type does not know them: at most 50; absent where there is none. */
  readonly ignored?: readonly string[];
  /** The places of the duplicates in the body, where the query asks for them by `known=true`. */
  readonly known?: readonly number[];
  readonly seq: number;
}

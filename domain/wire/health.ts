/** The wire of `GET /healthz` and `GET /readyz`. */
import type { Topic } from '../board/topics/data.ts';
import type { Uncounted } from '../measures/uncounted.ts';
import type { Recount } from './protocol.ts';

export interface Health {
  readonly status: 'ok' | 'failed';
  readonly hall: string;
  readonly epoch: string;
  /** The position that is shown. */
  readonly seq: number;
  /** Events of the ledger that are not shown yet. */
  readonly lag: number;
  readonly build: string;
  /** The hall's clock, epoch ms. */
  readonly now: number;
  /** Present while all events are counted anew: events are taken in, and nothing is shown yet. */
  readonly recount?: Recount;
  /** What is wrong where the status is `failed`: a code, never anything from inside. */
  readonly problem?: 'board' | 'ledger' | 'topic';
  /** The topics that cannot be built. */
  readonly topics?: readonly Topic[];
  /** Years of the next two months whose holidays no calendar knows: their weekdays stand (K1). Absent where all are known. */
  readonly unknownYears?: readonly number[];
  /** What contributes nothing because its parts could not be computed; absent where there is none. */
  readonly uncounted?: Uncounted;
}

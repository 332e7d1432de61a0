/** Somebody who is signed in, as the rest of the server knows them. */
import type { Assignment } from '../../domain/access/roles.ts';

export interface Person {
  readonly staff: string;
  readonly name: string;
  /** All of them, whatever their dates: `may` asks for a day. */
  readonly assignments: readonly Assignment[];
  /** The id of the session, good for lists and for cutting sockets; not its secret. */
  readonly session: string;
  /** When the password was last given in this session, epoch ms of the machine's clock. */
  readonly confirmedAt: number;
  /** On the person's own telephone: for reading, unless the password was given lately. */
  readonly isKept: boolean;
}

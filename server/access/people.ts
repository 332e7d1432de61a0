/** Who is signed in: the person behind a request or a socket, as the rest of the server knows them. */
import type { RequestHandler, Response } from 'express';
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
}

export interface People {
  /** The person of the session in a request's cookies; `undefined` where none of them stands. */
  read(cookie: string | undefined): Person | undefined;
  /**
   * Lets through whoever is signed in, for `personOf` to tell: else 401, and 403 for a write from a page of another
   * origin. What the person may do is the route's to ask.
   */
  readonly gate: RequestHandler;
  /** Called with the id of each session that has ended, within five seconds, whoever ended it; returns what ends that. */
  onEnded(listener: (session: string) => void): () => void;
}

/** Who asks, as `gate` found. */
export function personOf(response: Response): Person {
  return response.locals['person'] as Person;
}

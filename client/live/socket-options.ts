/** How a wall connects and comes back; campaigns with a thousand walls connect with the very same. */
import type { Backoff } from './backoff.ts';
import { atBase } from './base.ts';
import { readOwnToken } from './own-token.ts';

export const RETRY: Backoff = { firstMs: 500, mostMs: 10_000 };

/** A subscription that nobody acknowledged by then is sent again. */
export const ACK_MS = 10_000;

export const SOCKET_OPTIONS = {
  path: atBase('/socket.io'),
  /** Asked for at each handshake. */
  auth: (tell: (shown: object) => void) => {
    const token = readOwnToken();
    tell(token === undefined ? {} : { token });
  },
  transports: ['websocket'],
  forceNew: true,
  reconnectionDelay: RETRY.firstMs,
  reconnectionDelayMax: RETRY.mostMs,
  // Each wait lies between half and one and a half: a thousand walls do not return in one instant.
  randomizationFactor: 0.5,
  /** A handshake that hangs in a dead line is given up for a fresh one. */
  timeout: 6_000,
};

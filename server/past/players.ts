/** Who plays past moments: so few at a time that a look for one is never long in coming. */
const MOST = 2;
/** A player that has asked for nothing in this time has left, or stands still. */
const IDLE_MS = 5_000;

export interface Players {
  /** Whether this player may ask now. */
  admit(player: string): boolean;
}

/** @param now a clock that never goes back, ms */
export function createPlayers(now: () => number): Players {
  const seats = new Map<string, number>();
  return {
    admit(player) {
      const at = now();
      for (const [other, askedAt] of seats) if (at - askedAt > IDLE_MS) seats.delete(other);
      if (!seats.has(player) && seats.size >= MOST) return false;
      seats.set(player, at);
      return true;
    },
  };
}

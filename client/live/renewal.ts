/** Picks up a new version of the page: only when the server has just said that it is well, and never in a loop. */
import { fetchHealth, type Access } from './board-http.ts';

export interface RenewalOptions extends Access {
  /** The build of the page that runs. */
  readonly build: string;
  readonly reload: () => void;
  /** Where the last build that was reloaded for is remembered; survives the reload. */
  readonly memory: Pick<Storage, 'getItem' | 'setItem'>;
  readonly mostDelayMs?: number;
}

const MOST_DELAY_MS = 10_000;
/** Where the build is kept for which a page last reloaded itself. */
export const RENEWED_FOR = 'hallpulse:reloaded-for';

/** Returns what is to be called with every build that is heard of. */
export function createRenewal(options: RenewalOptions): (build: string) => void {
  let planned = false;
  return (build) => {
    // One reload per build: where a cache still hands out the old page, a second would change nothing.
    if (planned || build === options.build || options.memory.getItem(RENEWED_FOR) === build) return;
    planned = true;
    const delayMs = Math.random() * (options.mostDelayMs ?? MOST_DELAY_MS);
    setTimeout(() => {
      void fetchHealth(options).then((health) => {
        planned = false;
        if (health?.build !== build) return;
        options.memory.setItem(RENEWED_FOR, build);
        options.reload();
      });
    }, delayMs);
  };
}

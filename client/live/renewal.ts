/** Picks up a new version of the page: only from a server that has just said that it is well, and never in a loop. */
import { fetchHealth, type Access } from './board-http.ts';
import type { Memory } from './memory.ts';

export interface RenewalOptions extends Access {
  /** The build of the page that runs. */
  readonly build: string;
  readonly reload: () => void;
  /** Where the last build that was reloaded for is remembered; survives the reload. */
  readonly memory: Memory;
  /** Reloads are spread over this time, or every wall of a building would ask for its page in the same instant. */
  readonly mostDelayMs?: number;
  /** Epoch ms. */
  readonly now?: () => number;
}

const MOST_DELAY_MS = 10_000;
/** Where the build is kept for which a page last reloaded itself, and when. */
export const RENEWED_FOR = 'hallpulse:reloaded-for';
/** Where a cache still hands out the old page, another try so soon would change nothing. */
const AGAIN_MS = 3_600_000;

/** Returns what is to be called with every build that is heard of. */
export function createRenewal(options: RenewalOptions): (build: string) => void {
  const { memory, now = Date.now } = options;
  let planned = false;
  const triedLately = (build: string): boolean => {
    const [triedBuild, at] = (memory.getItem(RENEWED_FOR) ?? '').split(' ');
    return triedBuild === build && Math.abs(now() - Number(at)) < AGAIN_MS;
  };
  return (build) => {
    if (planned || build === options.build || triedLately(build)) return;
    planned = true;
    setTimeout(
      () => {
        void fetchHealth(options).then((health) => {
          planned = false;
          if (health?.status !== 'ok' || health.build !== build) return;
          const tried = `${build} ${now()}`;
          memory.setItem(RENEWED_FOR, tried);
          // Where nothing is kept, a reload that brought nothing would be followed by the next one.
          if (memory.getItem(RENEWED_FOR) === tried) options.reload();
        });
      },
      Math.random() * (options.mostDelayMs ?? MOST_DELAY_MS),
    );
  };
}

/** Whether a desk was ever opened in this browser: only there something of somebody's can be unsent. */
import { BASE } from '../live/base.ts';

export function isDeskUsedHere(): boolean {
  try {
    return Object.keys(localStorage).some((key) => key.startsWith(`hallpulse${BASE}:desk:`));
  } catch {
    return false;
  }
}

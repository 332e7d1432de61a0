/** Which system's steps a device is shown first. */
import type { Guide } from '../../../domain/wire/trust.ts';

export const GUIDES: readonly Guide[] = ['windows', 'android', 'uos', 'ios', 'other'];

/** @param touchPoints tell an iPad from the Mac that it says it is */
export function guideOf(userAgent: string, touchPoints: number): Guide | undefined {
  if (/Firefox\//.test(userAgent) && !/Android/.test(userAgent)) return 'other';
  if (/Windows/.test(userAgent)) return 'windows';
  if (/Android|HarmonyOS|OpenHarmony/.test(userAgent)) return 'android';
  if (/iPhone|iPad/.test(userAgent) || (/Macintosh/.test(userAgent) && touchPoints > 1)) return 'ios';
  return /Linux/.test(userAgent) ? 'uos' : undefined;
}

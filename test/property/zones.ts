/** One zone a name, however many worlds lie in it: each keeps the offsets that it has looked up. */
import { createZone, type Zone } from '../../domain/calendar/zone.ts';

const zones = new Map<string, Zone>();

export function zoneOf(name: string): Zone {
  let zone = zones.get(name);
  if (!zone) zones.set(name, (zone = createZone(name)));
  return zone;
}

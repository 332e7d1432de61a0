/** What an event that stands for itself contributes: a rating, a consultation, a service, a training (spec C10, C2). */
import { dayOf, type Zone } from '../../calendar/zone.ts';
import type { LedgerEvent } from '../../events/event.ts';
import { cellName, type Cell } from '../cells.ts';

export function contributeSingle(event: LedgerEvent, zone: Zone): readonly Cell[] {
  switch (event.type) {
    case 'hall.rating.given': {
      const { score, station, byDefault, round, window } = event.data;
      if (round === 2) return [];
      const kind = byDefault ? 'default' : 'active';
      return one(event, zone, station, cellName('score', score, kind, window ?? ''), 1);
    }
    case 'hall.consultation.given': {
      const { station, medium, ticket, line, item, count } = event.data;
      const name = cellName('consultation', medium, ticket ? 'ticketed' : 'free', line ?? '', item ?? '');
      return one(event, zone, station, name, count ?? 1);
    }
    case 'hall.service.given':
      return one(event, zone, event.data.station, cellName('service', event.data.kind), event.data.count ?? 1);
    case 'hall.training.held':
      return one(event, zone, event.data.station ?? '', cellName('training', 'people'), event.data.people);
    default:
      return [];
  }
}

function one(event: LedgerEvent, zone: Zone, station: string, name: string, n: number): readonly Cell[] {
  return [{ day: dayOf(zone, event.at), station, name, n }];
}

/** From an entity's key to its contribution: the one table of who contributes what. */
import type { Zone } from '../calendar/zone.ts';
import { NOTHING, type Contribution } from './contribution.ts';
import type { HistoryView } from './histories.ts';
import { contributeCase } from './parts/case.ts';
import { contributeFeed } from './parts/feed.ts';
import { contributeFollowup } from './parts/followup.ts';
import {
  contributeAlarm,
  contributeAppointment,
  contributeComplaint,
  contributeRequest,
} from './parts/opened-and-closed.ts';
import {
  contributeCheck,
  contributePlan,
  contributeQueue,
  contributeStar,
  contributeSuggestion,
  contributeTerminal,
  contributeWindow,
} from './parts/standing.ts';
import { contributeTicket } from './parts/ticket.ts';

/** What the entity filed under `key` (`case:…`, `ticket:…`, see `filingOf`) contributes with the events now at hand. */
export function contributeEntity(key: string, histories: HistoryView, zone: Zone): Contribution {
  const colon = key.indexOf(':');
  const kind = key.slice(0, colon);
  const id = key.slice(colon + 1);
  const events = histories.get(key);
  switch (kind) {
    case 'case':
      return contributeCase(id, events, histories.ticketEventsOf(events), zone);
    case 'ticket':
      return contributeTicket(id, events, zone);
    case 'appointment':
      return contributeAppointment(id, events, zone);
    case 'request':
      return contributeRequest(id, events, zone);
    case 'complaint':
      return contributeComplaint(id, events, zone);
    case 'followup':
      return contributeFollowup(id, events, zone);
    case 'alarm':
      return contributeAlarm(id, events, zone);
    case 'window':
      return contributeWindow(id, events);
    case 'terminal':
      return contributeTerminal(id, events);
    case 'queue':
      return contributeQueue(id, events, zone);
    case 'star':
      return contributeStar(id, events);
    case 'plan':
      return contributePlan(id, events);
    case 'suggestion':
      return contributeSuggestion(id, events, zone);
    case 'feed':
      return contributeFeed(id, events);
    case 'check':
      return contributeCheck(events, zone);
    default:
      return NOTHING;
  }
}

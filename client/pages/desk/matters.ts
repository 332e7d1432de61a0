/** What waits for an answer at a station, as its server has it, less what was answered here a moment ago. */
import type { Act } from '../../../domain/desk/entry.ts';
import type { DeskLine } from '../../../domain/desk/from-events.ts';
import type { DeskMatters } from '../../../domain/wire/desk.ts';
import { ask } from '../../live/ask.ts';

/** `undefined` where the server could not say. */
export async function readMatters(station: string): Promise<DeskMatters | undefined> {
  const reply = await ask('GET /api/desk/matters', { query: { station } });
  return reply.type === 'answered' ? reply.value : undefined;
}

/** The requests, complaints and follow-ups that this person has answered, whether or not it is sent yet. */
export function findAnswered(sent: readonly DeskLine[], underWay: readonly Act[]): ReadonlySet<string> {
  const acts = underWay.flatMap((act) => {
    switch (act.type) {
      case 'request-answered':
        return [act.request];
      case 'complaint-answered':
        return [act.complaint];
      case 'rating-again':
        return [act.followup];
      default:
        return [];
    }
  });
  const lines = sent.flatMap(({ type, about, voided }) =>
    about !== undefined && !voided && ANSWERS.has(type) ? [about] : [],
  );
  return new Set([...acts, ...lines]);
}

const ANSWERS: ReadonlySet<Act['type']> = new Set(['request-answered', 'complaint-answered', 'rating-again']);

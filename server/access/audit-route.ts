/** Who did what, and when: read backwards from the ledger, page by page. */
import { Router } from 'express';
import * as v from 'valibot';
import type { LedgerEvent } from '../../domain/events/event.ts';
import { queryOf, readQuery } from '../asked.ts';
import type { Actor } from '../ledger/actor.ts';
import type { Ledger } from '../ledger/port.ts';
import { demand, type People } from './people.ts';

const whole = v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number));
const querySchema = v.object({
  before: v.optional(whole),
  limit: v.optional(v.pipe(whole, v.minValue(1), v.maxValue(200)), '50'),
  staff: v.optional(v.string()),
  kind: v.optional(v.picklist(['all', 'access', 'people']), 'people'),
});
type Query = v.InferOutput<typeof querySchema>;

/** Events looked at in one go, and in one answer: senders may stand thousands deep between two deeds of people. */
const STRETCH = 500;
const MOST_STRETCHES = 20;
/** Fields that say what was done, and hold no words of anybody. */
const TOLD = [
  'change',
  'staff',
  'role',
  'station',
  'from',
  'until',
  'note',
  'window',
  'ticket',
  'item',
  'case',
  'outcome',
  'status',
  'score',
  'report',
  'recipient',
  'result',
  'kind',
  'alarm',
  'followup',
  'owner',
  'id',
  'undo',
  'document',
] as const;
const HAS_WORDS = new Set(['hall.followup.noted', 'hall.followup.closed']);
/** Whoever acts by hand. */
const PEOPLE = new Set<Actor['kind']>(['staff', 'tablet', 'code', 'display', 'outside', 'command']);

export interface AuditRouteOptions {
  readonly people: People;
  readonly ledger: Ledger;
  readonly day: () => string;
  /** What a staff id is called. */
  readonly nameOf: (staff: string) => string | undefined;
}

interface Line {
  readonly seq: number;
  readonly at: number;
  readonly actor?: Actor & { readonly name?: string };
  readonly type: string;
  readonly subject?: string;
  readonly about: Readonly<Record<string, string>>;
}

export function createAuditRouter({ people, ledger, day, nameOf }: AuditRouteOptions): Router {
  const router = Router();
  router.get(
    '/api/audit',
    people.gate,
    demand('see-audit', day),
    readQuery(querySchema),
    async (_request, response) => {
      response.json(await readBack(queryOf(response, querySchema)));
    },
  );
  return router;

  async function readBack({ before, limit, staff, kind }: Query): Promise<{ lines: Line[]; next?: number }> {
    const lines: Line[] = [];
    let end = Math.min(before ?? Infinity, (await ledger.readHead()) + 1);
    for (let stretch = 0; stretch < MOST_STRETCHES && end > 1; stretch++) {
      const after = Math.max(0, end - 1 - STRETCH);
      const [events, actors] = await Promise.all([
        ledger.read(after, end - 1 - after),
        ledger.readActors(after, end - 1 - after),
      ]);
      for (let i = events.length - 1; i >= 0; i--) {
        if (!isWanted(events[i]!, actors[i], kind, staff)) continue;
        lines.push(toLine(events[i]!, actors[i], nameOf));
        if (lines.length === limit) return { lines, ...(events[i]!.seq > 1 ? { next: events[i]!.seq } : {}) };
      }
      end = after + 1;
    }
    return { lines, ...(end > 1 ? { next: end } : {}) };
  }
}

function isWanted(
  event: LedgerEvent,
  actor: Actor | undefined,
  kind: Query['kind'],
  staff: string | undefined,
): boolean {
  const isAccess = event.type === 'hall.access.changed';
  if (staff !== undefined) {
    const { staff: about } = event.data as { staff?: unknown };
    if (!(actor?.kind === 'staff' && actor.id === staff) && !(isAccess && about === staff)) return false;
  }
  if (kind === 'access') return isAccess;
  return kind === 'all' || isAccess || (actor !== undefined && PEOPLE.has(actor.kind));
}

function toLine(event: LedgerEvent, actor: Actor | undefined, nameOf: AuditRouteOptions['nameOf']): Line {
  const name = actor?.kind === 'staff' ? nameOf(actor.id) : undefined;
  const data = event.data as Readonly<Record<string, unknown>>;
  const about: Record<string, string> = {};
  for (const field of TOLD) {
    const value = data[field];
    if (field === 'note' && HAS_WORDS.has(event.type)) continue;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      about[field] = String(value);
  }
  return {
    seq: event.seq,
    at: event.at,
    ...(actor ? { actor: { ...actor, ...(name === undefined ? {} : { name }) } } : {}),
    type: event.type,
    ...(event.subject === undefined ? {} : { subject: event.subject }),
    about,
  };
}

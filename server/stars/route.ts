/** Stars of the month over HTTP: candidates, choice, photograph, rules; and for everybody their own score. */
import { raw, Router, type Response } from 'express';
import * as v from 'valibot';
import {
  createView,
  nameRole,
  nameStaff,
  nameStation,
  nameWindow,
  type BoardView,
} from '../../domain/board/topics/view.ts';
import { hasLeft, nameLeaver, toStars } from '../../domain/board/topics/stars.ts';
import { monthsBefore } from '../../domain/board/residency.ts';
import { STAR_KINDS, type StarKind } from '../../domain/events/schema.ts';
import { inspectEvent } from '../../domain/events/inspect.ts';
import type { HallEvent } from '../../domain/events/event.ts';
import type { Zone } from '../../domain/calendar/zone.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import { noticeboardSchema } from '../../domain/profile/noticeboard.ts';
import { compareStars, nameTitles } from '../../domain/settings/effects.ts';
import { starRules, starRulesSchema, type StarRule } from '../../domain/stars/rules.ts';
import type { Candidate } from '../../domain/stars/score.ts';
import {
  choiceSchema,
  monthSchema,
  toBasis,
  toChoiceEvent,
  toWithdrawalEvent,
  withdrawalSchema,
} from '../../domain/stars/publish.ts';
import type {
  CandidateView,
  OwnStars,
  StandingStar,
  StarBasis,
  StarsState,
  TitleState,
} from '../../domain/wire/stars.ts';
import { demand, personOf, type People } from '../access/people.ts';
import type { Board } from '../board/board.ts';
import { editorOf } from '../documents/setup-route.ts';
import type { Setup } from '../documents/setup.ts';
import { bodyOf, queryOf, readBody, readQuery } from '../asked.ts';
import type { Ledger } from '../ledger/port.ts';
import { answerLedgerTrouble } from '../ledger/trouble.ts';
import { isSafeId, sendPhotograph } from '../photographs.ts';
import type { RecordEvents } from '../record.ts';
import { refuse } from '../refuse.ts';
import type { Candidates, MonthCandidates } from './candidates.ts';
import {
  keepPhotograph,
  listPhotographed,
  makePhotograph,
  removePhotographs,
  UPLOAD_BYTES,
} from './keep-photograph.ts';
import { findSaid, readTitle, type Said } from './titles.ts';

/** Months that can be looked at, the one that runs among them. */
const MONTHS = 36;
/** Rules of conduct are pages of text. */
const DOCUMENT_LIMIT = 65_536;
/** A star is planned for a day soon, not for another year by a slip of the hand. */
const PLAN_MS = 92 * 86_400_000;

const monthQuery = v.object({ month: v.optional(monthSchema) });
const version = v.pipe(v.string(), v.maxLength(100));
const schemas = {
  rules: v.strictObject({ version, stars: starRulesSchema }),
  proposed: v.strictObject({ month: monthSchema, stars: starRulesSchema }),
  conduct: v.strictObject({ version, conduct: v.unwrap(noticeboardSchema.entries.conduct) }),
};

export interface StarsRouteOptions {
  readonly people: Pick<People, 'gate'>;
  readonly board: Board;
  readonly ledger: Pick<Ledger, 'lifeOf'>;
  readonly candidates: Candidates;
  readonly setup: Pick<Setup, 'state' | 'save'>;
  readonly config: () => HallConfig;
  readonly zone: Zone;
  readonly demo: boolean;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
  /** The hall's day. */
  readonly day: () => string;
  readonly record: RecordEvents;
  /** The hall's own folder of photographs. */
  readonly folder: string;
  readonly nameOf: (staff: string) => string | undefined;
}

export function createStarsRouter(options: StarsRouteOptions): Router {
  const { people, board, ledger, candidates, setup, config, zone, demo, now, day, record, folder } = options;
  const router = Router();
  const gate = [people.gate, demand('publish-stars', day)] as const;

  router.get('/api/stars', ...gate, readQuery(monthQuery), async (_request, response) => {
    const month = readMonth(response);
    if (month === undefined) return;
    await answerLedgerTrouble(response, async () => void response.json(await tell(month, personOf(response).staff)));
  });
  router.get('/api/stars/mine', people.gate, readQuery(monthQuery), async (_request, response) => {
    const month = readMonth(response);
    if (month === undefined) return;
    await answerLedgerTrouble(response, async () => void response.json(await tellOwn(month, personOf(response).staff)));
  });

  router.post('/api/stars', ...gate, readBody(choiceSchema), async (_request, response) => {
    const choice = bodyOf(response, choiceSchema);
    const { month, kind, whose, publishAt } = choice;
    if (month > monthOf(day())) return refuse(response, 422, 'future', 'month');
    if (publishAt !== undefined && publishAt <= now()) return refuse(response, 422, 'past', 'publishAt');
    if (publishAt !== undefined && publishAt > now() + PLAN_MS) return refuse(response, 422, 'far', 'publishAt');
    if (kind !== 'window' && whose === personOf(response).staff) return refuse(response, 403, 'own');
    await answerLedgerTrouble(response, async () => {
      // Whoever asks again after a lost answer is judged by what was known at the first.
      const said = await findSaid(ledger, choice, choice.id);
      if (said?.basis) return write(response, toChoiceEvent(choice, said.basis, now()));
      const found = await candidates.ofMonth(month);
      const candidate = found.of[kind].find(({ id }) => id === whose);
      if (!candidate) return refuse(response, 404, 'unknown-candidate', 'whose');
      const { why, rank } = candidate;
      if (why === 'left' || why === 'unknown' || why === 'complaint') return refuse(response, 409, why, 'whose');
      const { overrule, ...plain } = choice;
      if (rank !== 1 && overrule === undefined) return refuse(response, 422, 'overrule', 'overrule');
      const basis = toBasis(candidate, countRanked(found.of[kind]), found.rules[kind], found.seq);
      await write(response, toChoiceEvent(rank === 1 ? plain : choice, basis, now()));
    });
  });
  router.post('/api/stars/withdraw', ...gate, readBody(withdrawalSchema), async (_request, response) => {
    const withdrawal = bodyOf(response, withdrawalSchema);
    await answerLedgerTrouble(response, async () => {
      const { standing, planned } = await readTitle(ledger, withdrawal);
      const last = (withdrawal.what === 'plan' ? planned : standing)?.event;
      // Whoever asks again after a lost answer is told that it is done.
      const done = await findSaid(ledger, withdrawal, withdrawal.id);
      if (!last && !done) return refuse(response, 404, 'nothing-to-withdraw');
      await write(response, toWithdrawalEvent(withdrawal, done ?? { ...last!.data, plan: last!.id }, now()));
    });
  });

  router.get('/api/stars/photographs/:staff', ...gate, async (request, response) => {
    await sendPhotograph(response, folder, String(request.params['staff']));
  });
  router.put(
    '/api/stars/photographs/:staff',
    ...gate,
    raw({ type: () => true, limit: UPLOAD_BYTES }),
    async (request, response) => {
      const staff = String(request.params['staff']);
      if (!isSafeId(staff)) return refuse(response, 422, 'id');
      const standing = candidates.standing('pacesetter', staff);
      if (standing !== 'here') return refuse(response, 404, standing);
      if (!Buffer.isBuffer(request.body)) return refuse(response, 422, 'not-a-picture');
      const made = await makePhotograph(request.body);
      if (!made.ok) return refuse(response, made.error === 'no-reader' ? 503 : 422, made.error);
      await keepPhotograph(folder, staff, made.bytes);
      response.json({ bytes: made.bytes.length });
    },
  );
  router.delete('/api/stars/photographs/:staff', ...gate, async (request, response) => {
    await removePhotographs(folder, String(request.params['staff']));
    response.json({});
  });

  router.post(
    '/api/stars/rules/effects',
    ...gate,
    readBody(schemas.proposed, DOCUMENT_LIMIT),
    async (_request, response) => {
      const { month, stars } = bodyOf(response, schemas.proposed);
      await answerLedgerTrouble(response, async () => {
        const found = await candidates.ofMonth(month);
        const next = starRules(stars);
        const after = Object.fromEntries(STAR_KINDS.map((kind) => [kind, found.again(kind, next[kind])]));
        const titles = compareStars(found.of, after as typeof found.of);
        const view = createView(board.state, config(), zone, demo);
        const named = titles && nameTitles(titles, (kind, id) => tellWhose(view, kind, id).name);
        response.json({ ...(named ? { titles: named } : {}) });
      });
    },
  );
  router.put('/api/stars/rules', ...gate, readBody(schemas.rules, DOCUMENT_LIMIT), async (_request, response) => {
    const { version: seen, stars } = bodyOf(response, schemas.rules);
    const done = await setup.save('profile', seen, { ...config().profile, stars }, editorOf(response, day));
    if (done.ok) response.json({ version: done.version });
    else refuse(response, done.error === 'conflict' ? 409 : 422, done.error, done.field);
  });
  router.put('/api/stars/conduct', ...gate, readBody(schemas.conduct, DOCUMENT_LIMIT), async (_request, response) => {
    const { version: seen, conduct } = bodyOf(response, schemas.conduct);
    const flaw = inspectEvent({ data: { conduct } }, config().roster);
    if (flaw) return refuse(response, 422, flaw.reason, flaw.field.replace(/^data\./, ''));
    const board = { ...config().noticeboard, conduct };
    const done = await setup.save('noticeboard', seen, board, editorOf(response, day));
    if (done.ok) response.json({ version: done.version });
    else refuse(response, done.error === 'conflict' ? 409 : 422, done.error, done.field);
  });
  return router;

  /** Last month, where none is named: of the one that runs nobody knows yet who will have been first. */
  function readMonth(response: Response): string | undefined {
    const { month: asked } = queryOf(response, monthQuery);
    if (asked === undefined) return monthsBefore(monthOf(day()), 1)[0];
    if (asked <= monthOf(day())) return asked;
    response.status(400).json({ error: 'bad-query', field: 'month' });
    return undefined;
  }

  async function write(response: Response, event: HallEvent): Promise<void> {
    const flaw = inspectEvent({ ...event, at: undefined }, config().roster);
    if (flaw) return refuse(response, 422, flaw.reason, flaw.field.replace(/^data\./, ''));
    // The page draws the id and names no moment: whoever asks again after a lost answer is told that it is there.
    const actor = { kind: 'staff' as const, id: personOf(response).staff };
    const [outcome] = await record([{ event, timeGiven: false }], actor);
    if (outcome === 'conflict') return refuse(response, 409, 'conflict');
    await board.caughtUp();
    response.json({});
  }

  /** From the first event on; what was brought in later of months before it shows by its stars, and the last month always. */
  function listMonths(): string[] {
    const present = monthOf(day());
    const [last = present] = monthsBefore(present, 1);
    const starred = [...board.state.entries.star.values()].map(({ month }) => month);
    const first = [last, monthOf(board.state.since ?? day()), ...starred].sort()[0]!;
    return [...monthsBefore(present, MONTHS - 1).reverse(), present].filter((month) => month >= first);
  }

  async function tellOwn(month: string, staff: string): Promise<OwnStars> {
    const found = await candidates.ofMonth(month);
    const view = createView(board.state, config(), zone, demo);
    return {
      hall: tellHall(),
      name: nameFor(view, staff),
      month,
      months: listMonths(),
      titles: (['pacesetter', 'expert'] as const).map((kind) => {
        const own = found.of[kind].find(({ id }) => id === staff);
        return {
          ...{ kind, rule: found.rules[kind], ranked: countRanked(found.of[kind]) },
          ...(own ? { own: { ...own, ...tellLine(own) } } : {}),
        };
      }),
    };
  }

  async function tell(month: string, staff: string): Promise<StarsState> {
    const found = await candidates.ofMonth(month);
    const photographed = await listPhotographed(folder);
    const view = createView(board.state, config(), zone, demo);
    const titles: [StarKind, TitleState][] = [];
    for (const kind of STAR_KINDS) {
      const title = await readTitle(ledger, { month, kind });
      const { standing, planned } = title;
      titles.push([
        kind,
        {
          candidates: found.of[kind].map((one) => toCandidateView(view, kind, one, staff, photographed)),
          ...(standing ? { standing: toStanding(view, kind, standing, found) } : {}),
          ...(planned ? { planned: toPlanned(view, kind, planned, found) } : {}),
        },
      ]);
    }
    const { documents } = setup.state();
    const { stars } = config().profile;
    return {
      hall: tellHall(),
      timeZone: config().profile.timeZone,
      now: now(),
      month,
      months: listMonths(),
      titles: Object.fromEntries(titles) as Record<StarKind, TitleState>,
      rules: starRules(stars),
      leavers: stars?.leavers ?? 'left',
      versions: { rules: documents.profile.version, conduct: documents.noticeboard.version },
      conduct: config().noticeboard.conduct ?? [],
      past: Object.values(toStars(view)).map((card) => ({ month: card.month, kind: card.kind, name: card.staff })),
    };
  }

  function tellHall(): StarsState['hall'] {
    const { name } = config().profile;
    return { name: name.zh, ...(name.en ? { nameEn: name.en } : {}), demo };
  }

  function toCandidateView(
    view: BoardView,
    kind: StarKind,
    candidate: Candidate,
    asking: string,
    photographed: ReadonlySet<string>,
  ): CandidateView {
    const { id } = candidate;
    return {
      ...candidate,
      ...tellWhose(view, kind, id),
      ...tellLine(candidate),
      ...(kind !== 'window' && id === asking ? { isSelf: true as const } : {}),
      ...(kind !== 'window' && photographed.has(id) ? { hasPhotograph: true as const } : {}),
    };
  }

  function tellWhose(
    view: BoardView,
    kind: StarKind,
    id: string,
  ): Pick<CandidateView, 'name' | 'role' | 'roleEn' | 'stationName' | 'stationNameEn'> {
    const { staff, windows } = config().profile;
    const person = kind === 'window' ? undefined : staff.find((one) => one.id === id);
    const place = person ?? (kind === 'window' ? windows.find((one) => one.id === id) : undefined);
    const station = place && nameStation(view, place.station);
    return {
      name: kind === 'window' ? nameWindow(view, id) : nameFor(view, id),
      ...(person ? nameRole(person) : {}),
      ...(station ? { stationName: station.name } : {}),
      ...(station?.nameEn ? { stationNameEn: station.nameEn } : {}),
    };
  }

  /** The wall names leavers by the hall's setting; so does whatever hangs beside it. */
  function tellLeaver(view: BoardView, kind: StarKind, id: string): { left?: string } {
    if (kind === 'window') return {};
    const { profile } = config();
    const known = profile.staff.find((one) => one.id === id);
    const isGone = known ? hasLeft(known, view.day) : candidates.standing(kind, id) === 'left';
    return isGone ? { left: nameLeaver(nameFor(view, id), profile) ?? '' } : {};
  }

  function nameFor(view: BoardView, staff: string): string {
    const isKnown = config().profile.staff.some(({ id }) => id === staff);
    return isKnown ? nameStaff(view, staff) : (options.nameOf(staff) ?? nameStaff(view, staff));
  }

  function tellLine({ line }: { readonly line?: string | null | undefined }): { lineName?: string } {
    if (!line) return {};
    return { lineName: config().catalogue.lines.find(({ id }) => id === line)?.name ?? line };
  }

  function toStanding(
    view: BoardView,
    kind: StarKind,
    { event, by }: Said<'hall.star.published'> | Said<'hall.star.planned'>,
    found: MonthCandidates,
  ): StandingStar {
    const { staff, window, citation, citationEn, reasons, overrule, basis } = event.data;
    const whose = window ?? staff!;
    const then = basis && {
      ...{ ranked: basis.ranked, cases: basis.cases, leastCases: basis.leastCases, leastRatings: basis.leastRatings },
      ...tellLine(basis),
      ...(basis.score == null ? {} : { score: basis.score }),
      ...(basis.rank == null ? {} : { rank: basis.rank }),
      parts: basis.parts,
    };
    const again = then && found.again(kind, ruleOf(then)).find(({ id }) => id === whose);
    return {
      whose,
      ...tellWhose(view, kind, whose),
      ...tellLeaver(view, kind, whose),
      ...(citation ? { citation } : {}),
      ...(citationEn ? { citationEn } : {}),
      reasons: reasons ?? [],
      ...(overrule ? { overrule } : {}),
      at: event.at,
      ...(by === undefined ? {} : { by: nameFor(view, by) }),
      ...(then ? { basis: then } : {}),
      ...(again ? { now: again } : {}),
    };
  }

  function toPlanned(
    view: BoardView,
    kind: StarKind,
    planned: Said<'hall.star.planned'>,
    found: MonthCandidates,
  ): StandingStar {
    const standing = toStanding(view, kind, planned, found);
    const why = found.of[kind].find(({ id }) => id === standing.whose)?.why;
    const publishAt = Date.parse(planned.event.data.publishAt);
    const isHeld = publishAt <= now() && (why === 'left' || why === 'unknown' || why === 'complaint');
    return { ...standing, publishAt, ...(isHeld ? { held: why } : {}) };
  }
}

/** The rule by which an earlier choice was made: what had no weight then has no part in it. */
function ruleOf({ parts, leastCases, leastRatings }: StarBasis): StarRule {
  const weightOf = (name: StarBasis['parts'][number]['part']) => parts.find(({ part }) => part === name)?.weight ?? 0;
  return {
    leastCases,
    leastRatings,
    weights: {
      volume: weightOf('volume'),
      lines: weightOf('lines'),
      satisfaction: weightOf('satisfaction'),
      onTime: weightOf('onTime'),
      consultations: weightOf('consultations'),
    },
  };
}

function countRanked(all: readonly Candidate[]): number {
  return all.filter(({ rank }) => rank !== undefined).length;
}

function monthOf(day: string): string {
  return day.slice(0, 7);
}

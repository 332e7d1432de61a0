/** Keeping a hall's documents up over HTTP: what they say and are made of, what a change would do, and their versions. */
import { Router, type Response } from 'express';
import * as v from 'valibot';
import { monthsBefore } from '../../domain/board/residency.ts';
import { createView, nameStaff, nameWindow, type BoardView } from '../../domain/board/topics/view.ts';
import { createZone } from '../../domain/calendar/zone.ts';
import type { StarKind } from '../../domain/events/schema.ts';
import type { Measures } from '../../domain/measures/measures.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import { canChangeStars, compareNow, compareStars, compareTerms, nameTitles } from '../../domain/settings/effects.ts';
import { readShownNow } from '../../domain/settings/shown-now.ts';
import { SECTIONS, type Section } from '../../domain/settings/sections.ts';
import { readShape } from '../../domain/settings/shape.ts';
import { SETUP_DOCUMENTS, type Effects, type Settings, type SetupDocument } from '../../domain/wire/setup.ts';
import { demand, type People } from '../access/people.ts';
import type { Board } from '../board/board.ts';
import { bodyOf, readBody } from '../asked.ts';
import type { MonthLamps } from '../followups/month-lamps.ts';
import type { Candidates } from '../stars/candidates.ts';
import { DOCUMENT_SCHEMAS } from './check-document.ts';
import { DOCUMENT_LIMIT, editorOf, refuse } from './setup-route.ts';
import type { Editor, Setup } from './setup.ts';
import type { Versions } from './versions.ts';

const bodySchema = v.strictObject({ value: v.looseObject({}) });

export interface SettingsRouteOptions {
  readonly setup: Setup;
  readonly versions: Versions;
  readonly board: Board;
  readonly people: People;
  /** The hall's day. */
  readonly day: () => string;
  /** What is in force. */
  readonly config: () => HallConfig;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
  readonly lamps: MonthLamps;
  /** The form for citizens outside the hall, where it has one. */
  readonly outside: () => Settings['outside'];
  /** Candidates for stars by another configuration than that in force. */
  readonly candidatesUnder: (config: HallConfig) => Candidates;
}

export function createSettingsRouter(options: SettingsRouteOptions): Router {
  const { setup, versions, board, people, day, now } = options;
  const router = Router();
  const gate = [people.gate, demand('arrange', day)] as const;
  /** The document that an address names, where the asker may look at it; else 404 is answered. */
  const documentOf = (response: Response, name: unknown): SetupDocument | undefined => {
    const found = SETUP_DOCUMENTS.find((one) => one === name && maySee(one, editorOf(response, day)));
    if (found === undefined) response.status(404).json({ error: 'not-found' });
    return found;
  };

  const foretell = async (next: HallConfig, { may }: Editor): Promise<Effects> => {
    const config = options.config();
    const [today, at] = [day(), now()];
    const spans = spansAt(today);
    // Where each of the two configurations has its pilot.
    const pilots = [config, next].map(({ profile: { medicalPilot: pilot } }) =>
      pilot === undefined || pilot.from > today ? undefined : { from: pilot.from, to: today, station: pilot.station },
    );
    const queries = [...spans.map(({ from, to }) => ({ from, to })), ...pilots.filter((one) => one !== undefined)];
    const { present, other } = await board.measuresUnder(
      next,
      queries.map((query) => ({ ...query, now: at })),
    );
    const approvedOf = (measures: readonly Measures[], pilot: (typeof pilots)[number]) =>
      pilot && measures[queries.indexOf(pilot)]!.medicalApproved;
    const zone = createZone(options.config().profile.timeZone);
    const lamps = await options.lamps.read(today.slice(0, 7));
    const [was, is] = [config, next].map((one) => createView(board.state, one, zone, false)) as [BoardView, BoardView];
    const [before, after] = [
      readShownNow(was, at, lamps, approvedOf(present, pilots[0])),
      readShownNow(is, at, lamps, approvedOf(other, pilots[1])),
    ];
    const told = spans.map((span, i) => ({ ...span, terms: compareTerms(present[i]!, other[i]!) }));
    const stars = canChangeStars(config, next) ? await foretellStars([config, next], is, today) : undefined;
    // Scores of others are for whoever chooses by them.
    const seen = stars && !may('publish-stars') ? { ...stars, titles: [] } : stars;
    return {
      now: compareNow(before, after),
      spans: told.filter(({ terms }) => terms.length > 0),
      ...(seen ? { stars: seen } : {}),
    };
  };

  const foretellStars = async (
    configs: readonly HallConfig[],
    view: BoardView,
    today: string,
  ): Promise<Effects['stars']> => {
    const [month = ''] = monthsBefore(today.slice(0, 7), 1);
    const [before, after] = await Promise.all(configs.map((one) => options.candidatesUnder(one).ofMonth(month)));
    const titles = compareStars(before!.of, after!.of);
    const name = (kind: StarKind, id: string) => (kind === 'window' ? nameWindow(view, id) : nameStaff(view, id));
    return titles && { month, titles: nameTitles(titles, name) };
  };

  router.get('/api/settings', ...gate, async (_request, response) => {
    const { documents } = setup.state();
    const editor = editorOf(response, day);
    const told = await Promise.all(
      SETUP_DOCUMENTS.filter((name) => maySee(name, editor)).map(async (name) => {
        const maker = await versions.makerOf(name);
        const shape = readShape(DOCUMENT_SCHEMAS[name]);
        return [name, { ...documents[name], shape, ...(maker === undefined ? {} : { maker }) }] as const;
      }),
    );
    const outside = options.outside();
    response.set('Cache-Control', 'no-store').json({
      documents: Object.fromEntries(told),
      day: day(),
      timeZone: options.config().profile.timeZone,
      hasFrozen: [...board.state.days.values()].some(({ closedAt }) => closedAt !== undefined),
      ...(outside === undefined ? {} : { outside }),
    } satisfies Settings);
  });
  router.post(
    '/api/settings/:document/effects',
    ...gate,
    readBody(bodySchema, DOCUMENT_LIMIT),
    async (request, response) => {
      const document = documentOf(response, request.params['document']);
      if (document === undefined) return;
      const proposed = setup.propose(document, bodyOf(response, bodySchema).value, editorOf(response, day));
      if (!proposed.ok) {
        refuse(response, proposed);
        return;
      }
      response.json(await foretell(proposed.config, editorOf(response, day)));
    },
  );
  router.get('/api/settings/:document/versions', ...gate, async (request, response) => {
    const document = documentOf(response, request.params['document']);
    if (document === undefined) return;
    response.set('Cache-Control', 'no-store').json(await versions.list(document));
  });
  router.get('/api/settings/:document/versions/:mark', ...gate, async (request, response) => {
    const document = documentOf(response, request.params['document']);
    if (document === undefined) return;
    const value = await versions.read(document, String(request.params['mark']));
    if (value === undefined) response.status(404).json({ error: 'not-found' });
    else response.set('Cache-Control', 'no-store').json(value);
  });
  return router;
}

/** Names of lines stand in the catalogue; addresses of recipients are nobody's but whoever sets the hall up. */
function maySee(document: SetupDocument, { may }: Editor): boolean {
  const own = Object.values<Section>(SECTIONS).filter((section) => section.document === document);
  return may('set-up') || document === 'catalogue' || own.some(({ action }) => may(action));
}

/** Of which figures are compared: today, its month and its year, up to today. */
function spansAt(today: string): { name: 'today' | 'month' | 'year'; from: string; to: string }[] {
  const month = `${today.slice(0, 8)}01`;
  const year = `${today.slice(0, 5)}01-01`;
  return [
    { name: 'today', from: today, to: today },
    { name: 'month', from: month, to: today },
    { name: 'year', from: year, to: today },
  ];
}

/** `GET` and `PUT /api/reports/sections`: which sections each kind of report holds, and in which order. */
import { Router } from 'express';
import * as v from 'valibot';
import type { HallConfig, Profile } from '../../domain/profile/profile.ts';
import { DEFAULT_SECTIONS, REPORT_KINDS, SECTION_IDS, type ReportKind } from '../../domain/report/kinds.ts';
import type { ReportSections } from '../../domain/wire/report.ts';
import { demand, type People } from '../access/people.ts';
import { editorOf } from '../documents/setup-route.ts';
import type { Setup } from '../documents/setup.ts';
import { bodyOf, queryOf, readBody, readQuery } from '../asked.ts';

const kind = v.picklist(REPORT_KINDS);
const querySchema = v.object({ kind });
const bodySchema = v.strictObject({
  version: v.pipe(v.string(), v.maxLength(100)),
  kind,
  /** `null`: those that the product has for it. */
  sections: v.nullable(
    v.pipe(
      v.array(v.picklist(SECTION_IDS)),
      v.minLength(1),
      v.check((all) => new Set(all).size === all.length),
    ),
  ),
});

export interface SectionsRouteOptions {
  readonly setup: Setup;
  readonly people: People;
  readonly config: () => HallConfig;
  /** The hall's day. */
  readonly day: () => string;
}

export function createSectionsRouter({ setup, people, config, day }: SectionsRouteOptions): Router {
  const router = Router();
  const gate = [people.gate, demand('arrange-report', day)] as const;
  const tell = (of: ReportKind): ReportSections => {
    const own = config().profile.reports?.[of];
    const { version } = setup.state().documents.profile;
    return { version, kind: of, sections: own ?? DEFAULT_SECTIONS[of], isStandard: own === undefined };
  };

  router.get('/api/reports/sections', ...gate, readQuery(querySchema), (_request, response) => {
    response.set('Cache-Control', 'no-store').json(tell(queryOf(response, querySchema).kind));
  });
  router.put('/api/reports/sections', ...gate, readBody(bodySchema), async (_request, response) => {
    const { version, kind: of, sections } = bodyOf(response, bodySchema);
    const profile = withSections(config().profile, of, sections);
    const done = await setup.save('profile', version, profile, editorOf(response, day));
    if (done.ok) response.json(tell(of));
    else response.status(done.error === 'conflict' ? 409 : 422).json({ error: done.error, field: done.field });
  });
  return router;
}

function withSections(
  { reports, ...profile }: Profile,
  of: ReportKind,
  sections: ReportSections['sections'] | null,
): Profile {
  const { [of]: _old, ...others } = reports ?? {};
  const next = { ...others, ...(sections === null ? {} : { [of]: [...sections] }) };
  return Object.keys(next).length === 0 ? profile : { ...profile, reports: next };
}

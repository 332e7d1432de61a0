/** The practice hall: made anew at each start from the hall's own documents, for staff to try everything where nothing counts. */
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Router } from 'express';
import { ID_LIMIT } from '../domain/events/schema.ts';
import type { HallConfig } from '../domain/profile/profile.ts';

const SUFFIX = '-practice';

/** Of one made of `hall`; where that is too long to have anything after it, its hash stands for it. */
export function practiceIdOf(hall: string): string {
  const hasRoom = hall.length + SUFFIX.length <= ID_LIMIT;
  return (hasRoom ? hall : createHash('sha256').update(hall).digest('hex')) + SUFFIX;
}

/** Staff practise under the accounts that they have in earnest, so what changes those is refused in a practice hall. */
export function refuseAccountChanges(): Router {
  return Router().post(['/api/accounts{/*rest}', '/api/session/password'], (_request, response) => {
    response.status(403).json({ error: 'practice' });
  });
}

/**
 * Empties `folder` and lays down in it the documents that the practice hall begins with.
 * @returns the folder of those documents
 */
export function layPracticeSeed(folder: string, config: HallConfig): string {
  const { profile, catalogue, scenes, noticeboard, calendarDocument } = config;
  rmSync(folder, { recursive: true, force: true });
  const seed = join(folder, 'seed');
  mkdirSync(seed, { recursive: true, mode: 0o700 });
  const name = {
    zh: `${profile.name.zh}（练习）`,
    ...(profile.name.en ? { en: `${profile.name.en} (practice)` } : {}),
  };
  // What other systems send does not come here: everything is the desk's to write down.
  const { feeds: _feeds, ...own } = profile;
  const documents = {
    profile: { ...own, setUp: 'done', hall: practiceIdOf(profile.hall), name },
    catalogue,
    scenes,
    noticeboard,
    calendar: calendarDocument,
  };
  for (const [document, value] of Object.entries(documents))
    writeFileSync(join(seed, `${document}.json`), JSON.stringify(value, null, 2), { mode: 0o600 });
  return seed;
}

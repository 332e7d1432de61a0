/** The demo's own people: laid over the seed when the demo's folder is made, so that no real hall begins with them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { noticeboardSchema, type Noticeboard } from '../../domain/profile/noticeboard.ts';
import { profileSchema, type Profile } from '../../domain/profile/profile.ts';
import type { Documents } from '../documents/documents.ts';

const schema = v.object({
  /** Whose people they are: another hall that serves as a demo has its own. */
  hall: v.string(),
  staff: profileSchema.entries.staff,
  duty: noticeboardSchema.entries.duty,
  /** What a hall pastes of its own: the demo's says that it is made up. */
  conduct: noticeboardSchema.entries.conduct,
});
export type DemoPeople = v.InferOutput<typeof schema>;

/** @param root the product's folder */
export function readDemoPeople(root: string): DemoPeople {
  return v.parse(schema, JSON.parse(readFileSync(join(root, 'data/demo/meilin-people.json'), 'utf8')));
}

/** The seed's documents with the demo's people in them; nobody is asked to set a demo up. */
export function seatPeople<P extends Profile, N extends Noticeboard>(
  { profile, noticeboard }: { readonly profile: P; readonly noticeboard: N },
  { hall, staff, duty, conduct }: DemoPeople,
): { profile: P; noticeboard: N } {
  const isTheirs = profile.hall === hall;
  return {
    profile: { ...profile, setUp: 'done', ...(isTheirs ? { staff } : {}) },
    noticeboard: isTheirs ? { ...noticeboard, duty, ...(conduct ? { conduct } : {}) } : noticeboard,
  };
}

/** What is done to a demo's documents before anything else of it is made. */
export function furnishDemo(root: string): (documents: Documents) => Promise<void> {
  return async (documents) => {
    const { profile, noticeboard } = seatPeople(documents.config, readDemoPeople(root));
    await documents.save('profile', profile);
    await documents.save('noticeboard', noticeboard);
  };
}

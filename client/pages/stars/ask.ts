/** What the page of stars asks of the server. */
import type { StarKind } from '../../../domain/events/schema.ts';
import type { Noticeboard } from '../../../domain/profile/noticeboard.ts';
import type { StarSettings } from '../../../domain/stars/rules.ts';
import type { OwnStars, StarsState } from '../../../domain/wire/stars.ts';
import { withHall } from '../../live/own-hall.ts';
import { readJson, request } from '../../live/request.ts';

/** A month of a large hall is added up anew. */
const SLOW_MS = 60_000;

const inMonth = (path: string, month: string | undefined): string =>
  month === undefined ? path : `${path}?month=${month}`;
const nothing = (): undefined => undefined;

export const readStars = (month: string | undefined) =>
  request(inMonth('/api/stars', month), { read: readJson<StarsState>, timeoutMs: SLOW_MS });
export const readMine = (month: string | undefined) =>
  request(inMonth('/api/stars/mine', month), { read: readJson<OwnStars>, timeoutMs: SLOW_MS });

export interface ChoiceDraft {
  readonly id: string;
  readonly month: string;
  readonly kind: StarKind;
  readonly whose: string;
  readonly citation?: string;
  readonly reasons: readonly string[];
  readonly overrule?: string;
  readonly publishAt?: number;
}
export const choose = (draft: ChoiceDraft) => request('/api/stars', { body: draft, read: nothing, timeoutMs: SLOW_MS });
export const withdraw = (draft: { id: string; month: string; kind: StarKind; reason: string }) =>
  request('/api/stars/withdraw', { body: draft, read: nothing });

const photographPath = (staff: string): string => `/api/stars/photographs/${encodeURIComponent(staff)}`;
/** @param look another one for each picture, so that the browser asks anew */
export const photographOf = (staff: string, look: number): string => withHall(`${photographPath(staff)}?look=${look}`);
export const putPhotograph = (staff: string, file: Blob) =>
  request(photographPath(staff), { method: 'PUT', file, read: nothing, timeoutMs: SLOW_MS });
export const removePhotograph = (staff: string) => request(photographPath(staff), { method: 'DELETE', read: nothing });

export const putRules = (version: string, stars: StarSettings) =>
  request('/api/stars/rules', { method: 'PUT', body: { version, stars }, read: nothing });
export const putConduct = (version: string, conduct: NonNullable<Noticeboard['conduct']>) =>
  request('/api/stars/conduct', { method: 'PUT', body: { version, conduct }, read: nothing });

/** What the page of stars asks of the server. */
import type { Api } from '../../../domain/wire/api.ts';
import { ask } from '../../live/ask.ts';
import { withHall } from '../../live/own-hall.ts';

/** A month of a large hall is added up anew. */
const SLOW_MS = 60_000;

export const readStars = (month: string | undefined) => ask('GET /api/stars', { query: { month }, timeoutMs: SLOW_MS });
export const readMine = (month: string | undefined) =>
  ask('GET /api/stars/mine', { query: { month }, timeoutMs: SLOW_MS });

export type ChoiceDraft = Api['POST /api/stars']['body'];
export const choose = (body: ChoiceDraft) => ask('POST /api/stars', { body, timeoutMs: SLOW_MS });
export const withdraw = (body: Api['POST /api/stars/withdraw']['body']) => ask('POST /api/stars/withdraw', { body });

/** @param look another one for each picture, so that the browser asks anew */
export const photographOf = (staff: string, look: number): string =>
  withHall(`/api/stars/photographs/${encodeURIComponent(staff)}?look=${look}`);
export const putPhotograph = (staff: string, file: Blob) =>
  ask('PUT /api/stars/photographs/:staff', { at: { staff }, file, timeoutMs: SLOW_MS });
export const removePhotograph = (staff: string) => ask('DELETE /api/stars/photographs/:staff', { at: { staff } });

export const readRulesEffects = (body: Api['POST /api/stars/rules/effects']['body']) =>
  ask('POST /api/stars/rules/effects', { body, timeoutMs: SLOW_MS });
export const putRules = (version: string, stars: Api['PUT /api/stars/rules']['body']['stars']) =>
  ask('PUT /api/stars/rules', { body: { version, stars } });
export const putConduct = (version: string, conduct: Api['PUT /api/stars/conduct']['body']['conduct']) =>
  ask('PUT /api/stars/conduct', { body: { version, conduct } });

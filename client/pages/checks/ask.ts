/** What the page of the daily checks asks of the server. */
import type { Checks } from '../../../domain/checks/to-events.ts';
import type { ChecksState } from '../../../domain/wire/checks.ts';
import { readJson, request } from '../../live/request.ts';

export const readChecks = () => request('/api/checks', { read: readJson<ChecksState> });

export const sendChecks = (checks: Checks) => request('/api/checks', { body: checks, read: readJson<ChecksState> });

/** What the page of the daily checks asks of the server. */
import type { Checks } from '../../../domain/checks/to-events.ts';
import { ask } from '../../live/ask.ts';

export const readChecks = () => ask('GET /api/checks');

export const sendChecks = (body: Checks) => ask('POST /api/checks', { body });

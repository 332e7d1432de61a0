/** What a case is on a chart, by its channel. */
import { kindOfChannel } from '../../events/kinds.ts';
import type { CaseKind } from './data-communities.ts';

export function kindOfCase(channel: string): CaseKind {
  const kind = kindOfChannel(channel);
  return kind === 'self-service' ? 'other' : kind;
}

/** What a case is on a chart, by its channel and line. */
import { kindOfChannel } from '../../events/kinds.ts';
import { MEDICAL_LINE } from '../../measures/medical-line.ts';
import type { CaseKind } from './data-communities.ts';

export function kindOfCase(channel: string, line: string | undefined): CaseKind {
  if (line === MEDICAL_LINE) return 'medical';
  const kind = kindOfChannel(channel);
  return kind === 'self-service' ? 'other' : kind;
}

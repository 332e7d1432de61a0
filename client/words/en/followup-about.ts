/** What a follow-up is about, in English. */
import type { FollowupAbout } from '../../../domain/events/schema.ts';

export const followupAbout: Readonly<Record<FollowupAbout, string>> = {
  rating: 'Poor rating',
  overdue: 'Overdue case',
  licence: 'Licence not uploaded',
  deferred: 'Missing paper due',
  check: 'Issue of a check',
  suggestion: 'Suggestion to answer',
  instruction: 'Instruction',
};

/** Why a ledger and another system's export do not agree: what somebody may find once they have looked. */
export const CAUSES = ['late', 'outage', 'entered-wrong', 'entered-twice', 'other-day', 'trial', 'other'] as const;
export type Cause = (typeof CAUSES)[number];

/** A finding with a cause is settled; this one says nothing without words. */
export const CAUSE_IN_WORDS: Cause = 'other';

/** Who speaks where follow-ups are kept on their own page, or by the hall itself: no word from a station (spec A3). */
export const FOLLOWUPS_SOURCE = 'urn:hallpulse:followups';

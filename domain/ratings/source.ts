/** Who speaks where citizens rate at a window's own tablet. */

/** Of all ratings that the hall's tablets take, and their reasons; `urn:hallpulse:` is the hall's own. */
export const RATINGS_SOURCE = 'urn:hallpulse:ratings';

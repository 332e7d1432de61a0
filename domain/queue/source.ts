/** Who speaks where the hall gives numbers and calls them itself, without a queue machine. */

/** Of all events of the hall's own queue; `urn:hallpulse:` is the hall's own. */
export const QUEUE_SOURCE = 'urn:hallpulse:queue';

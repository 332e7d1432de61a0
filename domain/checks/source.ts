/** Of what people say on the page of the daily checks: no word from a station, so that none about its silence ends that (spec A3). */
export const CHECKS_SOURCE = 'urn:hallpulse:checks';

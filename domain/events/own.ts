/** The hall's own voice: what it says of itself nobody else may say. */

const OWN = 'urn:hallpulse:';

/** Whether events of this source are the hall's own. */
export function isOwnSource(source: string): boolean {
  return source.startsWith(OWN);
}

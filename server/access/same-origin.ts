/** Whether a page that asks was served by this very host: what keeps other pages of the network from acting in its name. */

export function isSameHost(origin: string, host: string | undefined): boolean {
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}

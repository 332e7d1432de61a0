/** What cookies are called, and how a request's are read by name. */

/** A browser keeps one name for a host, whatever the port: further halls of a process take names of their own. */
export function nameCookie(base: string, furtherHall: string | undefined): string {
  return furtherHall === undefined ? base : `${base}_${Buffer.from(furtherHall).toString('base64url')}`;
}

/** Another program on the same host can set a cookie of the same name beside ours; more than these are not looked at. */
export const MOST_COOKIES = 4;

/** Every value under `name`, as they stand: what we set needs no decoding. */
export function readCookies(header: string | undefined, name: string): string[] {
  const values: string[] = [];
  for (const part of header?.split(';') ?? []) {
    const equals = part.indexOf('=');
    if (equals > 0 && part.slice(0, equals).trim() === name) values.push(part.slice(equals + 1).trim());
    if (values.length === MOST_COOKIES) break;
  }
  return values;
}

/** By which names the server may be called: a name that somebody else's DNS points here is none of them (DNS rebinding). */
import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';

export interface HostsOptions {
  /** The machine's own name, with its domain or without. */
  readonly machine: string;
  /** What the configuration adds: names, or whole addresses of which the name counts. */
  readonly configured: readonly string[];
  /** PEM; the names that the server's own certificate vouches for are its names. */
  readonly certificate?: string | undefined;
}

/** Whether a request with this `Host` is meant for this server. */
export type IsOwnHost = (host: string) => boolean;

/**
 * IP literals always pass: rebinding needs a name. So do localhost, the machine's own name (alone, with its domain,
 * and under `.local`), the configured names and those of the certificate.
 */
export function createHosts({ machine, configured, certificate }: HostsOptions): IsOwnHost {
  const own = readHost(machine);
  const short = own?.split('.')[0];
  const names = new Set([
    ...configured.map((one) => readHost(one.replace(/^https?:\/\//, ''))),
    own,
    short,
    short && `${short}.local`,
  ]);
  const isCertified = readCertificate(certificate);
  return (host) => {
    const name = readHost(host);
    if (name === undefined) return false;
    const isLocal = name === 'localhost' || name.endsWith('.localhost');
    return isLocal || isIP(name.replace(/^\[|\]$/g, '')) !== 0 || names.has(name) || isCertified(name);
  };
}

/** The name in a `Host` header, without port, in lower case and without the dot of a full name; `undefined` where it is none. */
export function readHost(text: string): string | undefined {
  if (!URL.canParse(`http://${text}`)) return undefined;
  const { username, password, hostname, pathname, search, hash } = new URL(`http://${text}`);
  if (username !== '' || password !== '' || pathname !== '/' || search !== '' || hash !== '') return undefined;
  // `new URL` takes these for an end and passes over them.
  if (/[@/\\?#\s]/.test(text)) return undefined;
  return hostname.replace(/\.$/, '') || undefined;
}

/** Whether a page that asks was served by this very host: what keeps other pages of the network from acting in its name. */
export function isSameHost(origin: string, host: string | undefined): boolean {
  if (host === undefined || !URL.canParse(origin)) return false;
  const page = new URL(origin);
  // By the page's own scheme, so that the port which a browser leaves out is the same on both sides.
  const asked = `${page.protocol}//${host}`;
  return page.host !== '' && URL.canParse(asked) && new URL(asked).host === page.host;
}

function readCertificate(pem: string | undefined): (name: string) => boolean {
  if (pem === undefined) return () => false;
  try {
    const certificate = new X509Certificate(pem);
    return (name) => certificate.checkHost(name) !== undefined;
  } catch {
    // What is wrong with it is said where it is served with.
    return () => false;
  }
}

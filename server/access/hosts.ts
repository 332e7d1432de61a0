/** Under which names this server may be asked: a page of another site that lets its name point here (DNS rebinding) is none of them. */
import { isIP } from 'node:net';

export interface HostNames {
  /** What the configuration names, without ports. */
  readonly configured: readonly string[];
  /** The machine's own name. */
  readonly machine: string;
}

/** Whether a `Host` header names this server. IP literals cannot be rebound; a request without the header is none of a browser's. */
export function createHostCheck({ configured, machine }: HostNames): (host: string | undefined) => boolean {
  const [label = ''] = machine.toLowerCase().split('.');
  const allowed = new Set([...configured.map(normalize), machine.toLowerCase(), label, `${label}.local`, 'localhost']);
  allowed.delete('');
  return (host) => {
    if (host === undefined) return true;
    const name = normalize(host);
    return allowed.has(name) || name.endsWith('.localhost') || isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0;
  };
}

/** Without a port, in small letters, without the dot that ends a full name. */
function normalize(host: string): string {
  return host.trim().toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '');
}

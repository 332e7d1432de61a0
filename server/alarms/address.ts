/** The address under which a telephone in the hall's network finds this server. */
import { networkInterfaces } from 'node:os';

export interface AddressQuestion {
  /** What the configuration says, such as `http://hall.example:8080`. */
  readonly configured: string | undefined;
  readonly protocol: string;
  /** The request's own `Host`. */
  readonly host: string | undefined;
  /** The port that is listened on. */
  readonly port: number;
}

/** Without a slash at the end. A screen that asks by a loopback name is told the machine's first outside address. */
export function findAddress({ configured, protocol, host, port }: AddressQuestion): string {
  if (configured !== undefined) return configured.replace(/\/+$/, '');
  if (host !== undefined && !isLoopback(host)) return `${protocol}://${host}`;
  const outside = findOutsideAddress();
  return outside === undefined ? `${protocol}://${host ?? `localhost:${port}`}` : `${protocol}://${outside}:${port}`;
}

function isLoopback(host: string): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return name === 'localhost' || name.endsWith('.localhost') || name.startsWith('127.') || name === '[::1]';
}

function findOutsideAddress(): string | undefined {
  const addresses = Object.values(networkInterfaces()).flatMap((entries) => entries ?? []);
  return addresses.find(
    ({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'),
  )?.address;
}

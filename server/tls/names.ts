/** By which names and addresses a hall's machine is called: what its certificate must vouch for. */
import { isIP, isIPv6 } from 'node:net';
import type { NetworkInterfaceInfo } from 'node:os';
import { readHost } from '../access/hosts.ts';

export interface NameSources {
  /** The machine's own name, with its domain or without. */
  readonly machine: string;
  readonly interfaces: Readonly<
    Record<string, readonly Pick<NetworkInterfaceInfo, 'address' | 'internal'>[] | undefined>
  >;
  /** What the configuration and the command line add: names, addresses, or whole addresses of which the name counts. */
  readonly wanted: readonly string[];
}

export interface Names {
  /** In lower case, each once. */
  readonly dns: readonly string[];
  readonly addresses: readonly string[];
  /** Those of `dns` that somebody wrote down: a certificate without them would not be what was wanted. */
  readonly asked: readonly string[];
}

/** A name that resolvers and certificates carry; a wildcard would vouch for machines that are not this one. */
const NAME = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*$/;

/** @returns the names, or the first wanted one that is neither a name nor an address */
export function listNames({ machine, interfaces, wanted }: NameSources): Names | { readonly wrong: string } {
  const own = readHost(machine);
  const short = own?.split('.')[0];
  const outside = Object.values(interfaces)
    .flatMap((entries) => entries ?? [])
    // No browser opens an address that needs the name of a network card beside it.
    .filter(({ internal, address }) => !internal && !/^fe[89ab]/i.test(address))
    .map(({ address }) => address);
  const hosts = ['localhost', own, short, short && `${short}.local`].filter((name) => name && isName(name)) as string[];
  const read = wanted.map(readWanted);
  const wrong = read.indexOf(undefined);
  if (wrong >= 0) return { wrong: wanted[wrong]! };
  const asked = read.filter((name) => name !== undefined);
  const all = [...hosts, '127.0.0.1', '::1', ...outside, ...asked];
  const isAddress = (name: string): boolean => isIP(name) !== 0;
  return {
    dns: [...new Set(all.filter((name) => !isAddress(name)))],
    addresses: [...new Set(all.filter(isAddress).map(shortenAddress))],
    asked: asked.filter((name) => !isAddress(name)),
  };
}

function readWanted(text: string): string | undefined {
  if (isIP(text) !== 0) return text;
  const host = readHost(text.replace(/^https?:\/\//, '').replace(/\/$/, ''))?.replace(/^\[|\]$/g, '');
  return host !== undefined && (isIP(host) !== 0 || isName(host)) ? host : undefined;
}

function isName(text: string): boolean {
  return NAME.test(text);
}

/** One spelling for each address, so that none stands there twice. */
function shortenAddress(address: string): string {
  return isIPv6(address) ? new URL(`http://[${address.split('%')[0]}]`).hostname.slice(1, -1) : address;
}

/** Four bytes, or sixteen: the form in a certificate. */
export function packAddress(address: string): Uint8Array<ArrayBuffer> {
  if (!isIPv6(address)) return Uint8Array.from(address.split('.').map(Number));
  const [head = '', tail] = shortenAddress(address).split('::');
  const read = (part: string | undefined): number[] =>
    part ? part.split(':').flatMap((word) => [parseInt(word, 16) >> 8, parseInt(word, 16) & 255]) : [];
  const [first, last] = [read(head), read(tail)];
  return Uint8Array.from([...first, ...new Array<number>(16 - first.length - last.length).fill(0), ...last]);
}

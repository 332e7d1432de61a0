/** What is asked of everybody who comes to this process, whichever hall it is for: from where, and by which name. */
import { hostname } from 'node:os';
import { createHosts, type IsOwnHost } from './hosts.ts';
import { createPasswords, type Cost, type Passwords } from './passwords.ts';
import { createVisitors, type ReadVisitor } from './visitor.ts';

export interface DoorsOptions {
  /** Of hashing passwords; less in tests. */
  readonly passwordCost?: Cost;
  /** How many proxies stand in front. */
  readonly trustProxy: number;
  /** Where it listens, where telephones find it, and further names by which it may be called. */
  readonly host?: string;
  readonly address?: string;
  readonly hosts?: readonly string[];
  /** The prefix behind which it lies on its host, such as `/hall`. */
  readonly basePath?: string;
  /** The origins of signage systems that may show the displays' pages in a frame. */
  readonly frameAncestors?: readonly string[];
  readonly tls?: { readonly cert: string };
}

export interface Doors {
  readonly trustProxy: number;
  /** The prefix behind which all addresses lie, such as `/hall`; empty at the root. */
  readonly base: string;
  readonly frameAncestors: readonly string[];
  readonly readVisitor: ReadVisitor;
  readonly isOwnHost: IsOwnHost;
  /** Of all halls: what it costs to look at one is the machine's to bear. */
  readonly passwords: Passwords;
}

export function createDoors(options: DoorsOptions): Doors {
  const { trustProxy, host, address, hosts, tls, passwordCost } = options;
  return {
    trustProxy,
    base: options.basePath ?? '',
    frameAncestors: options.frameAncestors ?? [],
    readVisitor: createVisitors(trustProxy),
    passwords: createPasswords(passwordCost),
    isOwnHost: createHosts({
      machine: hostname(),
      configured: [...(hosts ?? []), address ?? '', host ?? ''],
      certificate: tls?.cert,
    }),
  };
}

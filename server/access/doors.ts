/** What is asked of everybody who comes to this process, whichever hall it is for: from where, and by which name. */
import { hostname } from 'node:os';
import { createHosts, type IsOwnHost } from './hosts.ts';
import { createVisitors, type ReadVisitor } from './visitor.ts';

export interface DoorsOptions {
  /** How many proxies stand in front. */
  readonly trustProxy: number;
  /** Where it listens, where telephones find it, and further names by which it may be called. */
  readonly host?: string;
  readonly address?: string;
  readonly hosts?: readonly string[];
  readonly tls?: { readonly cert: string };
}

export interface Doors {
  readonly trustProxy: number;
  readonly readVisitor: ReadVisitor;
  readonly isOwnHost: IsOwnHost;
}

export function createDoors({ trustProxy, host, address, hosts, tls }: DoorsOptions): Doors {
  return {
    trustProxy,
    readVisitor: createVisitors(trustProxy),
    isOwnHost: createHosts({
      machine: hostname(),
      configured: [...(hosts ?? []), address ?? '', host ?? ''],
      certificate: tls?.cert,
    }),
  };
}

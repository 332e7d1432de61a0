/** What the page `/trust` asks: the hall's authority as a file to install, and what is to be said of it. Its key is never read here. */
import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { Router } from 'express';
import type { Trust } from '../../domain/wire/trust.ts';
import { readFacts } from './facts.ts';
import { AUTHORITY_FILE, readIfThere, SERVER_FILE } from './files.ts';

export interface TrustOptions {
  /** Where `npm run certificate` puts what it makes. */
  readonly folder: string;
  /** Whether this very server speaks TLS. */
  readonly isServed: boolean;
}

/** Read anew each time: the command may be run while the server is running. */
export function createTrustRouter({ folder, isServed }: TrustOptions): Router {
  const router = Router();
  const read = (name: string): string | undefined => {
    const pem = readIfThere(join(folder, name));
    return pem !== undefined && isCertificate(pem) ? pem : undefined;
  };
  router.get('/trust/authority.json', (_request, response) => {
    const [authority, server] = [read(AUTHORITY_FILE), read(SERVER_FILE)].map((pem) => pem && readFacts(pem));
    const trust: Trust = {
      ...(authority
        ? { authority: { title: authority.subject, fingerprint: authority.fingerprint, until: authority.until } }
        : {}),
      ...(server ? { certificate: { until: server.until, names: server.names } } : {}),
      isServed,
    };
    response.json(trust);
  });
  router.get('/trust/hall-authority.crt', (_request, response) => {
    const pem = read(AUTHORITY_FILE);
    if (pem === undefined) {
      response.status(404).json({ error: 'no-authority', message: 'Run `npm run certificate` on the server first.' });
      return;
    }
    // DER, so that the SHA-256 of the file is the fingerprint.
    response
      .type('application/x-x509-ca-cert')
      .set('Content-Disposition', 'attachment; filename="hall-authority.crt"')
      .send(new X509Certificate(pem).raw);
  });
  return router;
}

/** What is damaged is as good as none here: the command says what to do about it. */
function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

/** What a certificate says of itself to people: until when it is good, for whom, and the fingerprint by which it is known. */
import { X509Certificate } from 'node:crypto';

export const DAY_MS = 86_400_000;
/** So long before its end a certificate is called short: time enough for somebody who comes once a week. */
export const WARN_BEFORE_MS = 30 * DAY_MS;

export interface CertificateFacts {
  /** Epoch ms. */
  readonly from: number;
  readonly until: number;
  /** Names and addresses, as a browser would write them. */
  readonly names: readonly string[];
  /** SHA-256 of its DER, 64 hexadecimal digits: what `sha256sum` says of the downloaded file. */
  readonly fingerprint: string;
  readonly subject: string;
}

export type Goodness = 'good' | 'ending' | 'ended' | 'early';

/** @throws where the text is no certificate in PEM */
export function readFacts(pem: string): CertificateFacts {
  const certificate = new X509Certificate(pem);
  return {
    from: Date.parse(certificate.validFrom),
    until: Date.parse(certificate.validTo),
    names: readNames(certificate.subjectAltName ?? ''),
    fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    subject: /^CN=(.*)$/m.exec(certificate.subject)?.[1] ?? certificate.subject,
  };
}

/** `early` is a machine whose clock was set back, as after a flat battery. */
export function judge({ from, until }: Pick<CertificateFacts, 'from' | 'until'>, now: number): Goodness {
  if (now < from) return 'early';
  if (now >= until) return 'ended';
  return now >= until - WARN_BEFORE_MS ? 'ending' : 'good';
}

/** The sentence for whoever starts a hall; `undefined` where all is well. */
export function warnOf(facts: Pick<CertificateFacts, 'from' | 'until'>, now: number): string | undefined {
  const day = dayOf(facts.until);
  switch (judge(facts, now)) {
    case 'good':
      return undefined;
    case 'ending':
      return `The server's certificate ends on ${day}. Run \`npm run certificate\` and start again before then.`;
    case 'ended':
      return `The server's certificate ended on ${day}, and browsers refuse it. Run \`npm run certificate\` and start again.`;
    case 'early':
      return `The server's certificate begins on ${dayOf(facts.from)}, and this machine's clock says ${dayOf(now)}. Set the clock right.`;
  }
}

/** The day in UTC, `2027-12-28`. */
export function dayOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}

/** By fours, as it is easier to compare. */
export function groupFingerprint(fingerprint: string): string {
  return fingerprint.match(/.{1,4}/g)?.join(' ') ?? '';
}

function readNames(subjectAltName: string): string[] {
  return subjectAltName.split(', ').flatMap((entry) => {
    const [, kind, name] = /^(DNS|IP Address):(.*)$/.exec(entry) ?? [];
    if (name === undefined) return [];
    // Node writes IPv6 out in full and in capitals.
    return [kind === 'DNS' || !name.includes(':') ? name : new URL(`http://[${name}]`).hostname.slice(1, -1)];
  });
}

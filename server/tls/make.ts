/** Makes a hall's own authority and the certificates that it vouches for, as RFC 5280 has them. */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  webcrypto,
  X509Certificate,
} from 'node:crypto';
import * as asn1 from 'asn1js';
import * as pki from 'pkijs';
import { DAY_MS } from './facts.ts';
import type { KeyPair } from './files.ts';
import { packAddress, type Names } from './names.ts';

/** Safari takes no certificate of more than 398 days from anybody's authority but a person's own, and other browsers follow; a hall's stays below. */
export const SERVER_DAYS = 397;
const AUTHORITY_YEARS = 10;
/** A device in the hall whose clock is slow must not find a certificate of the future. */
const BACKDATED_MS = DAY_MS;

const EC_P256 = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const COMMON_NAME = '2.5.4.3';
const EXTENSION = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
} as const;
/** The tags of a GeneralName. */
const DNS_NAME = 2;
const IP_ADDRESS = 7;
/** The bits of a key usage, from the left: digitalSignature; keyCertSign and cRLSign. */
const [SIGNS_HANDSHAKES, SIGNS_CERTIFICATES] = [
  { unusedBits: 7, byte: 0b1000_0000 },
  { unusedBits: 1, byte: 0b0000_0110 },
];

/**
 * A new authority of a hall. On the devices that trust it, it can vouch for the hall's names and those below them and
 * for machines under `.local`, and for no other name: whoever stole its key could not pass for a bank. Addresses are
 * not limited, since a hall's change with its network.
 * @param title what the devices' lists show
 * @param now epoch ms
 */
export async function makeAuthority(title: string, names: Pick<Names, 'dns'>, now: number): Promise<KeyPair> {
  const key = makeKey();
  const spki = publicPart(key);
  const subtrees = permittedNames(names).map(
    (name) => new pki.GeneralSubtree({ base: new pki.GeneralName({ type: DNS_NAME, value: name }) }),
  );
  const until = new Date(now);
  until.setUTCFullYear(until.getUTCFullYear() + AUTHORITY_YEARS);
  const cert = await sign({
    subject: title,
    from: now - BACKDATED_MS,
    until: until.getTime(),
    spki,
    privateKey: await importPrivateKey(key),
    extensions: [
      critical(EXTENSION.basicConstraints, new pki.BasicConstraints({ cA: true, pathLenConstraint: 0 })),
      critical(EXTENSION.keyUsage, bits(SIGNS_CERTIFICATES)),
      plain(EXTENSION.extendedKeyUsage, new pki.ExtKeyUsage({ keyPurposes: [SERVER_AUTH] })),
      critical(EXTENSION.nameConstraints, new pki.NameConstraints({ permittedSubtrees: subtrees })),
      plain(EXTENSION.subjectKeyIdentifier, new asn1.OctetString({ valueHex: identifyKey(spki) })),
    ],
  });
  return { cert, key };
}

/**
 * A certificate for the server, never good for longer than its authority.
 * @param kept the server's key so far, PEM; without it a new one is made
 */
export async function makeServerCertificate(
  authority: KeyPair,
  names: Pick<Names, 'dns' | 'addresses'>,
  now: number,
  kept?: string,
): Promise<KeyPair> {
  const key = kept ?? makeKey();
  const spki = publicPart(key);
  const issuer = new X509Certificate(authority.cert);
  const from = now - BACKDATED_MS;
  const altNames = [
    ...names.dns.map((value) => new pki.GeneralName({ type: DNS_NAME, value })),
    ...names.addresses.map((address) => {
      const value = new asn1.OctetString({ valueHex: packAddress(address).buffer });
      return new pki.GeneralName({ type: IP_ADDRESS, value });
    }),
  ];
  const cert = await sign({
    subject: names.dns[0] ?? 'localhost',
    issuer: pki.Certificate.fromBER(Uint8Array.from(issuer.raw)).subject,
    from,
    until: Math.min(from + SERVER_DAYS * DAY_MS, Date.parse(issuer.validTo)),
    spki,
    privateKey: await importPrivateKey(authority.key),
    extensions: [
      critical(EXTENSION.basicConstraints, new pki.BasicConstraints({ cA: false })),
      critical(EXTENSION.keyUsage, bits(SIGNS_HANDSHAKES)),
      plain(EXTENSION.extendedKeyUsage, new pki.ExtKeyUsage({ keyPurposes: [SERVER_AUTH] })),
      plain(EXTENSION.subjectAltName, new pki.GeneralNames({ names: altNames })),
      plain(EXTENSION.subjectKeyIdentifier, new asn1.OctetString({ valueHex: identifyKey(spki) })),
      ...identifyAuthority(issuer),
    ],
  });
  return { cert, key };
}

/** Those of `names` that an authority was not made for, and so cannot vouch for: none where it is not limited, as one from elsewhere. */
export function listForeign(authorityPem: string, names: readonly string[]): string[] {
  const permitted = readPermitted(authorityPem);
  return names.filter((name) => permitted?.every((own) => name !== own && !name.endsWith(`.${own}`)));
}

/** By the identifier that it bears itself, whoever made it; without one there is nothing to point to. */
function identifyAuthority(issuer: X509Certificate): pki.Extension[] {
  const own = findExtension(issuer, EXTENSION.subjectKeyIdentifier) as asn1.OctetString | undefined;
  return own ? [plain(EXTENSION.authorityKeyIdentifier, new pki.AuthorityKeyIdentifier({ keyIdentifier: own }))] : [];
}

function findExtension(certificate: X509Certificate, id: string): unknown {
  const { extensions = [] } = pki.Certificate.fromBER(Uint8Array.from(certificate.raw));
  return extensions.find(({ extnID }) => extnID === id)?.parsedValue;
}

function permittedNames({ dns }: Pick<Names, 'dns'>): string[] {
  return [...new Set([...dns, 'local'])];
}

function readPermitted(pem: string): string[] | undefined {
  const found = findExtension(new X509Certificate(pem), EXTENSION.nameConstraints) as pki.NameConstraints | undefined;
  return found?.permittedSubtrees?.map(({ base }) => String(base.value));
}

interface Draft {
  readonly subject: string;
  /** Absent where it vouches for itself. */
  readonly issuer?: pki.RelativeDistinguishedNames;
  readonly from: number;
  readonly until: number;
  readonly spki: Uint8Array;
  readonly privateKey: webcrypto.CryptoKey;
  readonly extensions: pki.Extension[];
}

async function sign({ subject, issuer, from, until, spki, privateKey, extensions }: Draft): Promise<string> {
  const certificate = new pki.Certificate();
  certificate.version = 2;
  certificate.serialNumber = new asn1.Integer({ valueHex: makeSerial() });
  certificate.subject.typesAndValues.push(commonName(subject));
  certificate.issuer = issuer ?? certificate.subject;
  certificate.notBefore = timeOf(from);
  certificate.notAfter = timeOf(until);
  certificate.subjectPublicKeyInfo = pki.PublicKeyInfo.fromBER(Uint8Array.from(spki));
  certificate.extensions = extensions;
  await certificate.sign(privateKey, 'SHA-256');
  return new X509Certificate(Buffer.from(certificate.toSchema(true).toBER())).toString();
}

/** PEM. */
function makeKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
}

function publicPart(key: string): Uint8Array {
  return createPublicKey(key).export({ format: 'der', type: 'spki' });
}

function importPrivateKey(pem: string): Promise<webcrypto.CryptoKey> {
  const pkcs8 = createPrivateKey(pem).export({ format: 'der', type: 'pkcs8' });
  return webcrypto.subtle.importKey('pkcs8', pkcs8, EC_P256, false, ['sign']);
}

/** Positive, and as random as the rules of public authorities ask. */
function makeSerial(): Uint8Array {
  const bytes = Uint8Array.from(randomBytes(16));
  bytes[0] = (bytes[0]! & 0x3f) | 0x40;
  return bytes;
}

/** Any name of a key that is the same each time will do (RFC 5280, 4.2.1.2). */
function identifyKey(spki: Uint8Array): Uint8Array {
  return Uint8Array.from(createHash('sha256').update(spki).digest().subarray(0, 20));
}

/** The second half of the century is written in another form (RFC 5280, 4.1.2.5). */
function timeOf(moment: number): pki.Time {
  const value = new Date(Math.floor(moment / 1_000) * 1_000);
  return new pki.Time({ type: value.getUTCFullYear() < 2050 ? 0 : 1, value });
}

function commonName(text: string): pki.AttributeTypeAndValue {
  return new pki.AttributeTypeAndValue({ type: COMMON_NAME, value: new asn1.Utf8String({ value: text }) });
}

function bits({ unusedBits, byte }: { unusedBits: number; byte: number }): asn1.BitString {
  return new asn1.BitString({ valueHex: Uint8Array.of(byte).buffer, unusedBits });
}

interface Encodable {
  toSchema?: () => { toBER(): ArrayBuffer };
  toBER?: () => ArrayBuffer;
}

const critical = (id: string, value: Encodable): pki.Extension => extend(id, value, true);
const plain = (id: string, value: Encodable): pki.Extension => extend(id, value, false);

function extend(extnID: string, value: Encodable, isCritical: boolean): pki.Extension {
  const encoded = value.toSchema ? value.toSchema().toBER() : value.toBER!();
  return new pki.Extension({ extnID, critical: isCritical, extnValue: encoded });
}

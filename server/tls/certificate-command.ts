/** What `npm run certificate` does: makes the hall's authority where there is none, and a new certificate with it. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeAtomically } from '../documents/atomic-file.ts';
import { StartProblem } from '../start-problem.ts';
import { dayOf, groupFingerprint, judge, readFacts } from './facts.ts';
import { AUTHORITY_FILE, AUTHORITY_KEY_FILE, SERVER_FILE, SERVER_KEY_FILE, readIfThere, tlsFolder } from './files.ts';
import type { KeyPair } from './files.ts';
import { listForeign, makeAuthority, makeServerCertificate, SERVER_DAYS } from './make.ts';
import { listNames, type Names, type NameSources } from './names.ts';

export const CERTIFICATE_USAGE = `Usage: npm run certificate [-- NAME …] [--new-authority]

  Makes a certificate for this machine's names and addresses, those of HALLPULSE_HOSTS and HALLPULSE_ADDRESS, and NAME ….
  The hall's own authority is made once and kept, so devices that trust it trust every later certificate.
  --new-authority   puts the old one aside and makes another; every device must trust it anew`;

export interface CertificateCommand extends Omit<NameSources, 'wanted'> {
  readonly args: readonly string[];
  readonly dataFolder: string;
  /** What the configuration says that the server is called. */
  readonly configured: readonly string[];
  /** Epoch ms. */
  readonly now: number;
}

export interface CommandResult {
  readonly lines: readonly string[];
  readonly isOk: boolean;
}

/**
 * Never throws for what the person typed.
 * @throws StartProblem where what lies in the folder cannot be used
 */
export async function runCertificate(command: CertificateCommand): Promise<CommandResult> {
  const { dataFolder, configured, now, ...machine } = command;
  const asked = readArguments(command.args);
  if (asked === undefined) return { isOk: false, lines: [CERTIFICATE_USAGE] };
  const names = listNames({ ...machine, wanted: [...configured, ...asked.names] });
  if ('wrong' in names)
    return { isOk: false, lines: [`${JSON.stringify(names.wrong)} is neither a name nor an address of a machine.`] };

  const folder = tlsFolder(dataFolder);
  const aside = asked.isNew ? putAside(folder, now) : undefined;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const kept = readAuthority(folder);
  if (kept && judge(readFacts(kept.cert), now) === 'ended')
    return { isOk: false, lines: [`The hall's authority ended on ${dayOf(readFacts(kept.cert).until)}. ${MAKE_ANEW}`] };
  const foreign = kept ? listForeign(kept.cert, names.dns) : [];
  const refused = foreign.filter((name) => names.asked.includes(name));
  if (refused.length > 0)
    return {
      isOk: false,
      lines: [`The hall's authority was made for other names and cannot vouch for ${refused.join(', ')}. ${MAKE_ANEW}`],
    };
  const authority = kept ?? (await keepAuthority(folder, names, machine.machine, now));
  const vouched = { ...names, dns: names.dns.filter((name) => !foreign.includes(name)) };
  const server = await makeServerCertificate(authority, vouched, now, readServerKey(folder));
  await keep(folder, server, SERVER_KEY_FILE, SERVER_FILE);
  return { isOk: true, lines: report({ folder, authority, server, now, isMade: kept === undefined, aside, foreign }) };
}

const MAKE_ANEW =
  'Run `npm run certificate -- --new-authority` to make another, and let every device trust that one (page /trust).';

function readArguments(args: readonly string[]): { names: string[]; isNew: boolean } | undefined {
  try {
    const options = { 'new-authority': { type: 'boolean' }, help: { type: 'boolean' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    return values.help ? undefined : { names: positionals, isNew: values['new-authority'] === true };
  } catch {
    return undefined;
  }
}

function readAuthority(folder: string): KeyPair | undefined {
  const [certFile, keyFile] = [join(folder, AUTHORITY_FILE), join(folder, AUTHORITY_KEY_FILE)];
  const cert = readIfThere(certFile);
  // Its certificate is written last: a key alone is a making that was cut short, and nobody trusts it yet.
  if (cert === undefined) return undefined;
  const key = readIfThere(keyFile);
  if (key === undefined)
    throw new StartProblem(
      `${keyFile} is gone, and the hall's authority with it. Restore it from where you keep it. ${MAKE_ANEW}`,
    );
  try {
    if (new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))) return { cert, key };
  } catch {
    // Said below: for whoever must mend it, unreadable and unequal are the same.
  }
  throw new StartProblem(
    `${certFile} and ${keyFile} are damaged or do not belong together. Restore both. ${MAKE_ANEW}`,
  );
}

/** Kept, so that key and certificate belong together at every moment; what is no key is replaced. */
function readServerKey(folder: string): string | undefined {
  const key = readIfThere(join(folder, SERVER_KEY_FILE));
  try {
    return key !== undefined && createPrivateKey(key).asymmetricKeyDetails?.namedCurve === 'prime256v1'
      ? key
      : undefined;
  } catch {
    return undefined;
  }
}

async function keepAuthority(folder: string, names: Names, machine: string, now: number): Promise<KeyPair> {
  const authority = await makeAuthority(`厅脉 Hallpulse ${machine.slice(0, 32)} ${dayOf(now)}`, names, now);
  await keep(folder, authority, AUTHORITY_KEY_FILE, AUTHORITY_FILE);
  return authority;
}

async function keep(folder: string, { cert, key }: KeyPair, keyFile: string, certFile: string): Promise<void> {
  await writeAtomically(join(folder, keyFile), key);
  await writeAtomically(join(folder, certFile), cert);
}

/** One step, so that never half of an authority lies there. */
function putAside(folder: string, now: number): string | undefined {
  if (!existsSync(folder)) return undefined;
  const stamp = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
  const aside = `${folder}-replaced-${stamp}`;
  renameSync(folder, aside);
  return aside;
}

interface Made {
  readonly folder: string;
  readonly authority: KeyPair;
  readonly server: KeyPair;
  readonly now: number;
  readonly isMade: boolean;
  readonly aside: string | undefined;
  readonly foreign: readonly string[];
}

function report({ folder, authority, server, now, isMade, aside, foreign }: Made): string[] {
  const [root, made] = [readFacts(authority.cert), readFacts(server.cert)];
  return [
    ...(aside ? [`What was there before lies in ${aside}. Delete it once no device trusts it any more.`] : []),
    isMade
      ? `Made the hall's authority, good until ${dayOf(root.until)}, and a certificate, in ${folder}`
      : `Made a new certificate with the hall's authority in ${folder}`,
    `The certificate is good until ${dayOf(made.until)} (browsers take ${SERVER_DAYS} days at most) for`,
    ...made.names.map((name) => `  ${name}`),
    ...(foreign.length > 0
      ? [`Left out, since the authority was made for other names: ${foreign.join(', ')}. To take them in: ${MAKE_ANEW}`]
      : []),
    ...(judge(root, now) === 'ending' ? [`The authority ends on ${dayOf(root.until)}. ${MAKE_ANEW}`] : []),
    '',
    'Start the server again: it takes the certificate by itself. HALLPULSE_TLS=off goes without.',
    ...(isMade
      ? ['Then open /trust on each device, and compare this fingerprint of the authority (SHA-256):']
      : ['Devices that trust the authority go on trusting. Its fingerprint (SHA-256):']),
    `  ${groupFingerprint(root.fingerprint)}`,
  ];
}

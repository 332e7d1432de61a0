// A hall's own authority and certificate: reached by every name and address, refused for any other, renewed without a device trusting anew.
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:https';
import { isIP, type AddressInfo } from 'node:net';
import { hostname, networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkServerIdentity, connect } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findProgram } from '../../../commands/browser.mjs';
import { DAY_MS, readFacts } from '../../../server/tls/facts.ts';
import { makeAuthority, makeServerCertificate } from '../../../server/tls/make.ts';
import { runCertificate, type CertificateCommand } from '../../../server/tls/certificate-command.ts';

const NOW = Date.now();
const INTERFACES = {
  lo: [{ address: '127.0.0.1', internal: true }],
  eth0: [
    { address: '10.20.30.40', internal: false },
    { address: '2001:db8::7', internal: false },
    { address: 'fe80::1', internal: false },
  ],
};
const EVERY = [
  'localhost',
  'hall-pc.hall.example',
  'hall-pc',
  'hall-pc.local',
  'wall.hall.example',
  '127.0.0.1',
  '::1',
  '10.20.30.40',
  '2001:db8::7',
  '192.168.7.7',
];

let parent: string;
let count = 0;
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'hallpulse-certificate-'));
});
afterAll(() => rmSync(parent, { recursive: true, force: true }));

const newPlace = (): string => join(parent, `hall-${count++}`);
const run = (dataFolder: string, more: Partial<CertificateCommand> = {}) =>
  runCertificate({
    args: [],
    dataFolder,
    machine: 'Hall-PC.hall.example',
    interfaces: INTERFACES,
    configured: ['wall.hall.example', 'https://192.168.7.7:8443'],
    now: NOW,
    ...more,
  });
const read = (folder: string, name: string): string => readFileSync(join(folder, 'tls', name), 'utf8');
const readAll = (folder: string): string[] => readdirSync(join(folder, 'tls')).map((name) => read(folder, name));

/** A real handshake by somebody who trusts `ca` alone and means `name`. */
async function visit(pair: { cert: string; key: string }, ca: string, names: readonly string[]): Promise<string[]> {
  const server = createServer(pair).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const knock = (name: string): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect({
        port,
        host: '127.0.0.1',
        ca,
        ...(isIP(name) ? {} : { servername: name }),
        checkServerIdentity: (_host, certificate) => checkServerIdentity(name, certificate),
      });
      const end = (answer: string): void => (socket.destroy(), resolve(answer));
      socket.once('secureConnect', () => end('trusted'));
      socket.once('error', (error: NodeJS.ErrnoException) =>
        end(error.code === 'UNSPECIFIED' ? error.message : (error.code ?? error.message)),
      );
    });
  const answers = [];
  for (const name of names) answers.push(await knock(name));
  server.close();
  return answers;
}

test('whoever trusts the authority reaches the server by every name and address, and by no other', async () => {
  const folder = newPlace();
  const { lines, isOk } = await run(folder);
  expect(isOk, lines.join('\n')).toBe(true);
  const pair = { cert: read(folder, 'server.pem'), key: read(folder, 'server.key') };
  const authority = read(folder, 'authority.pem');
  expect(readFacts(pair.cert).names).toEqual(EVERY);
  expect(await visit(pair, authority, EVERY)).toEqual(EVERY.map(() => 'trusted'));
  const others = ['evil.example', 'hall-pc2', 'hall.example', 'a.localhost', '10.20.30.41', '2001:db8::8'];
  expect(await visit(pair, authority, others)).toEqual(others.map(() => 'ERR_TLS_CERT_ALTNAME_INVALID'));
  // Nobody who trusts another hall trusts this one.
  const elsewhere = newPlace();
  await run(elsewhere);
  expect(await visit(pair, read(elsewhere, 'authority.pem'), ['localhost'])).toEqual([
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  ]);
});

test('by every name and address that this very machine has now', async () => {
  const folder = newPlace();
  await run(folder, { machine: hostname(), interfaces: networkInterfaces(), configured: [] });
  const addresses = Object.values(networkInterfaces()).flatMap((entries) => entries ?? []);
  const all = [hostname(), ...addresses.filter(({ address }) => !address.startsWith('fe80')).map((one) => one.address)];
  const pair = { cert: read(folder, 'server.pem'), key: read(folder, 'server.key') };
  expect(await visit(pair, read(folder, 'authority.pem'), all)).toEqual(all.map(() => 'trusted'));
});

test('the files are for the account alone, and parse as what they are', async () => {
  const folder = newPlace();
  await run(folder);
  const names = readdirSync(join(folder, 'tls')).sort();
  expect(names).toEqual(['authority.key', 'authority.pem', 'server.key', 'server.pem']);
  for (const name of names) expect(statSync(join(folder, 'tls', name)).mode & 0o777, name).toBe(0o600);
  for (const place of [folder, join(folder, 'tls')]) expect(statSync(place).mode & 0o777).toBe(0o700);

  const [root, server] = ['authority.pem', 'server.pem'].map((name) => new X509Certificate(read(folder, name)));
  expect([root!.ca, server!.ca]).toEqual([true, false]);
  expect(server!.checkIssued(root!) && server!.verify(root!.publicKey) && root!.verify(root!.publicKey)).toBe(true);
  expect(server!.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  expect(server!.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
  const [span, rootSpan] = [server!, root!].map((one) => Date.parse(one.validTo) - Date.parse(one.validFrom));
  expect(span).toBe(397 * DAY_MS);
  expect(rootSpan! / DAY_MS / 365.25).toBeCloseTo(10, 1);
  expect(new Set([root!.serialNumber, server!.serialNumber]).size).toBe(2);
});

test('a renewal keeps the authority: who trusted it goes on trusting', async () => {
  const folder = newPlace();
  const first = (await run(folder)).lines.join('\n');
  const [authority, key, before] = ['authority.pem', 'authority.key', 'server.pem'].map((name) => read(folder, name));
  const later = NOW + 300 * DAY_MS;
  const { lines, isOk } = await run(folder, {
    now: later,
    interfaces: { eth0: [{ address: '10.9.9.9', internal: false }] },
  });
  expect(isOk).toBe(true);
  expect([read(folder, 'authority.pem'), read(folder, 'authority.key')]).toEqual([authority, key]);
  const after = read(folder, 'server.pem');
  expect(new X509Certificate(after).serialNumber).not.toBe(new X509Certificate(before!).serialNumber);
  expect(readFacts(after).until).toBe(Math.floor((later + 396 * DAY_MS) / 1_000) * 1_000);
  expect(readFacts(after).names).toContain('10.9.9.9');
  const fingerprint = readFacts(authority!).fingerprint.match(/.{4}/g)!.join(' ');
  for (const said of [first, lines.join('\n')]) expect(said).toContain(fingerprint);

  // A year that has not come yet is looked at by its dates alone; the same again for today is visited.
  await run(folder);
  const pair = { cert: read(folder, 'server.pem'), key: read(folder, 'server.key') };
  expect(await visit(pair, authority!, ['localhost'])).toEqual(['trusted']);
});

test('the authority can vouch for no name but the hall’s, whoever holds its key', async () => {
  const authority = await makeAuthority('title', { dns: ['localhost', 'hall.example'] }, NOW);
  const dns = ['localhost', 'hall.example', 'deep.hall.example', 'x.local'];
  const own = await makeServerCertificate(authority, { dns, addresses: [] }, NOW);
  expect(await visit(own, authority.cert, dns)).toEqual(dns.map(() => 'trusted'));
  for (const name of ['bank.example', 'nothall.example', 'example', '*.example']) {
    const stolen = await makeServerCertificate(authority, { dns: [name], addresses: [] }, NOW);
    expect(await visit(stolen, authority.cert, [name.replace('*', 'a')]), name).toEqual([
      'permitted subtree violation',
    ]);
  }
});

test('a name that the authority was not made for: the machine’s own is left out, one that was asked for is refused', async () => {
  const folder = newPlace();
  await run(folder);
  const renamed = await run(folder, { machine: 'NEW-PC' });
  expect(renamed.isOk).toBe(true);
  expect(renamed.lines.join('\n')).toMatch(/Left out, .*: new-pc\. .*--new-authority/);
  expect(readFacts(read(folder, 'server.pem')).names).toEqual(expect.arrayContaining(['new-pc.local', '10.20.30.40']));
  const before = readAll(folder);
  for (const more of [{ args: ['other.example'] }, { configured: ['other.example'] }]) {
    const { lines, isOk } = await run(folder, more);
    expect(isOk).toBe(false);
    expect(lines.join('\n')).toMatch(/cannot vouch for other\.example\. Run .*--new-authority/);
  }
  expect(readAll(folder)).toEqual(before);

  const anew = await run(folder, { args: ['other.example', '--new-authority'] });
  expect(anew.isOk).toBe(true);
  expect(readFacts(read(folder, 'server.pem')).names).toContain('other.example');
  const [, aside] = /What was there before lies in (\S+)\./.exec(anew.lines.join('\n')) ?? [];
  expect(readdirSync(aside!).map((name) => readFileSync(join(aside!, name), 'utf8'))).toEqual(before);
});

test('an authority from elsewhere that is not limited takes any name', async () => {
  const folder = newPlace();
  mkdirSync(join(folder, 'tls'), { recursive: true });
  const [key, cert] = ['authority.key', 'authority.pem'].map((name) => join(folder, 'tls', name)) as [string, string];
  const making = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30'];
  const subject = ['-subj', '/O=Elsewhere/CN=Root', '-keyout', key, '-out', cert];
  execFileSync(findProgram('openssl')!, [...making, ...subject], { stdio: 'ignore' });
  expect((await run(folder, { args: ['other.example'] })).isOk).toBe(true);
  const pair = { cert: read(folder, 'server.pem'), key: read(folder, 'server.key') };
  expect(await visit(pair, read(folder, 'authority.pem'), ['other.example'])).toEqual(['trusted']);
});

test('an authority that comes to its end is said in time, and is not used past it', async () => {
  const folder = newPlace();
  await run(folder);
  const end = readFacts(read(folder, 'authority.pem')).until;
  const late = await run(folder, { now: end - 20 * DAY_MS });
  expect(late.lines.join('\n')).toMatch(/The authority ends on .*--new-authority/);
  expect(readFacts(read(folder, 'server.pem')).until).toBe(end);
  const past = await run(folder, { now: end });
  expect([past.isOk, past.lines.join('\n')]).toEqual([
    false,
    expect.stringMatching(/authority ended on .*--new-authority/),
  ]);
});

test('what was cut short is made anew; what was lost or mixed up is told, and left as it is', async () => {
  const whole = newPlace();
  await run(whole);
  const file = (folder: string, name: string): string => join(folder, 'tls', name);
  const copy = async (): Promise<string> => {
    const folder = newPlace();
    await run(folder);
    return folder;
  };
  const cutShort = await copy();
  rmSync(file(cutShort, 'authority.pem'));
  expect((await run(cutShort)).isOk).toBe(true);
  writeFileSync(file(cutShort, 'server.key'), 'no key');
  expect((await run(cutShort)).isOk).toBe(true);
  const pair = { cert: read(cutShort, 'server.pem'), key: read(cutShort, 'server.key') };
  expect(await visit(pair, read(cutShort, 'authority.pem'), ['localhost'])).toEqual(['trusted']);

  const damages: [RegExp, (folder: string) => void][] = [
    [/authority\.key is gone/, (folder) => rmSync(file(folder, 'authority.key'))],
    [/do not belong together/, (folder) => copyFileSync(file(whole, 'authority.key'), file(folder, 'authority.key'))],
    [/are damaged/, (folder) => writeFileSync(file(folder, 'authority.pem'), 'none')],
    [/are damaged/, (folder) => writeFileSync(file(folder, 'authority.key'), '')],
  ];
  for (const [sentence, damage] of damages) {
    const folder = await copy();
    damage(folder);
    const before = readAll(folder);
    await expect(run(folder)).rejects.toThrow(sentence);
    expect(readAll(folder)).toEqual(before);
  }
});

test.each([
  ['a b'],
  ['*.hall.example'],
  ['http://x/y'],
  ['user@hall'],
  ['-x-.example'],
  [''],
  ['x'.repeat(1_000)],
  ['"'],
])('%j is told to be no name, and nothing is made', async (name) => {
  const folder = newPlace();
  const { isOk, lines } = await run(folder, { configured: [name] });
  expect([isOk, lines]).toEqual([false, [expect.stringContaining('is neither a name nor an address')]]);
  expect(() => readAll(folder)).toThrow(/ENOENT/);
});

test('what it does not know it answers with its use', async () => {
  for (const args of [['--help'], ['--renew'], ['--new-authority=x']])
    expect(await run(newPlace(), { args })).toEqual({
      isOk: false,
      lines: [expect.stringMatching(/^Usage: npm run certificate/)],
    });
});

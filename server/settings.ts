/** What the environment and the command line say, checked once; nothing else reads them. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { createSecureContext } from 'node:tls';
import { parseArgs } from 'node:util';
import { PAGES, type Page } from '../domain/wire/pages.ts';
import { readHost } from './access/hosts.ts';
import { findBrowser } from './reports/find-browser.ts';
import { readFacts } from './tls/facts.ts';
import { findServerFiles, type KeyPair } from './tls/files.ts';

export interface Settings {
  readonly port: number;
  readonly host: string | undefined;
  /** The folder written at run time. */
  readonly dataFolder: string;
  /** What seals frozen days: outside the data folder and its backups. */
  readonly keysFolder: string;
  /** The seed profile's folder. */
  readonly seedFolder: string;
  readonly demo: boolean;
  readonly openReading: boolean;
  /** Where telephones find the server, such as `http://hall.example:8080`; without it the server works it out. */
  readonly address: string | undefined;
  /** Further names by which the server may be called. */
  readonly hosts: readonly string[];
  /** The prefix behind which it lies on its host, such as `/hall`; empty at the root. */
  readonly basePath: string;
  /** The origins of signage systems that may show the displays' pages in a frame. */
  readonly frameAncestors: readonly string[];
  readonly ingestKey: string | undefined;
  readonly tls: KeyPair | undefined;
  readonly trustProxy: number;
  /** The form for citizens outside the hall; absent where the hall has no address there. */
  readonly outside: OutsideSettings | undefined;
  /** The program that prints reports; `undefined` where the machine has none. */
  readonly browser: string | undefined;
  /** The demo clock's pace. */
  readonly speed: number;
}

/** Where the form for citizens listens outside the hall, and what they call it. */
export interface OutsideSettings {
  readonly port: number;
  readonly host: string;
  /** Such as `https://say.hall.example`: what a picture to scan leads to, and the one name it answers to. */
  readonly address: string;
  /** How many proxies stand in front. */
  readonly trustProxy: number;
}

/** A setting that cannot be used, in words for whoever set it. */
export class SettingsError extends Error {}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws SettingsError naming the variable or option and what it may hold */
export function readSettings(env: Environment, args: readonly string[], root: string): Settings {
  if (env['HALLPULSE_DATABASE_URL'])
    throw new SettingsError('HALLPULSE_DATABASE_URL is set, but this version keeps its ledger in SQLite only.');
  const places = readPlaces(env, root);
  const demo = readFlag(env, 'HALLPULSE_DEMO', true);
  return {
    port: readWhole(env, 'PORT', 8080, 0, 65_535),
    host: env['HALLPULSE_HOST'] || undefined,
    ...places,
    demo,
    openReading: readReading(env['HALLPULSE_READ'], demo),
    ...readNames(env),
    basePath: readBasePath(env['HALLPULSE_BASE_PATH']),
    frameAncestors: readFrameAncestors(env['HALLPULSE_FRAME_ANCESTORS']),
    ingestKey: env['HALLPULSE_INGEST_KEY'] || undefined,
    tls: readTls(env, places.dataFolder),
    trustProxy: readWhole(env, 'HALLPULSE_TRUST_PROXY', 0, 0, 16),
    outside: readOutside(env),
    browser: findBrowser(env['HALLPULSE_BROWSER'], env['PATH']),
    speed: readSpeed(args),
  };
}

/** Where the hall's folders lie; every command reads them like the server, wherever it is called from. */
export function readPlaces(env: Environment, root: string): Pick<Settings, 'dataFolder' | 'keysFolder' | 'seedFolder'> {
  const seed = env['HALLPULSE_HALL'] || 'meilin';
  // A hall that comes with the product may be called by its name alone.
  const named = join(root, 'data/halls', seed);
  const dataFolder = resolve(root, env['HALLPULSE_DATA'] || 'data/store');
  return {
    dataFolder,
    keysFolder: readKeys(env['HALLPULSE_KEYS'], dataFolder, root),
    seedFolder: !existsSync(resolve(root, seed)) && existsSync(named) ? named : resolve(root, seed),
  };
}

/** By which names the configuration says that the server is found. */
export function readNames(env: Environment): Pick<Settings, 'address' | 'hosts'> {
  return { address: readAddress(env['HALLPULSE_ADDRESS']), hosts: readHosts(env['HALLPULSE_HOSTS']) };
}

/** The product's own folder, found from any folder of its build. */
export function findRoot(from: string): string {
  let folder = from;
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

/** Off unless it has a port; behind a proxy of the hall's own, so that by itself it listens to this machine alone. */
function readOutside(env: Environment): OutsideSettings | undefined {
  if (!env['HALLPULSE_OUTSIDE_PORT']) return undefined;
  const address = readAddress(env['HALLPULSE_OUTSIDE_ADDRESS'], 'HALLPULSE_OUTSIDE_ADDRESS');
  if (address === undefined)
    throw new SettingsError(
      'HALLPULSE_OUTSIDE_PORT is set: HALLPULSE_OUTSIDE_ADDRESS must say where citizens find it, like https://say.hall.example.',
    );
  return {
    port: readWhole(env, 'HALLPULSE_OUTSIDE_PORT', 0, 0, 65_535),
    host: env['HALLPULSE_OUTSIDE_HOST'] || '127.0.0.1',
    address,
    trustProxy: readWhole(env, 'HALLPULSE_OUTSIDE_TRUST_PROXY', 0, 0, 16),
  };
}

function readReading(value: string | undefined, demo: boolean): boolean {
  if (!value) return demo;
  if (value === 'open' || value === 'closed') return value === 'open';
  throw new SettingsError(`HALLPULSE_READ must be open or closed, not ${JSON.stringify(value)}.`);
}

function readAddress(value: string | undefined, name = 'HALLPULSE_ADDRESS'): string | undefined {
  if (!value) return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  // Whatever else an address may hold would be lost on the way to the telephone.
  if (url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`) return url.origin;
  throw new SettingsError(`${name} must be like http://hall.example:8080, not ${JSON.stringify(value)}.`);
}

function readHosts(value: string | undefined): string[] {
  const names = (value ?? '').split(',').map((name) => name.trim());
  return names
    .filter((name) => name !== '')
    .map((name) => {
      const host = readHost(name);
      if (host !== undefined && !name.includes('*')) return host;
      throw new SettingsError(
        `HALLPULSE_HOSTS must be names like hall.example,wall.hall.example, not ${JSON.stringify(name)}.`,
      );
    });
}

/** What addresses begin with in the product itself: as a prefix it could not be told from them. */
const OWN_STEPS = new Set([
  ...Object.values<Page>(PAGES).map(({ path }) => path.split('/')[1]!),
  ...['api', 'assets', 'socket.io', 'photographs', 'healthz', 'readyz', 'offline.js', 'brief.webmanifest', 'brief.svg'],
]);

function readBasePath(value: string | undefined): string {
  const path = (value ?? '').replace(/\/$/, '');
  if (path === '') return '';
  const steps = path.slice(1).split('/');
  const isPath = path.startsWith('/') && steps.every((step) => /^[\w~-][\w.~-]*$/.test(step));
  if (!isPath) throw new SettingsError(`HALLPULSE_BASE_PATH must be like /hall/, not ${JSON.stringify(value)}.`);
  if (OWN_STEPS.has(steps[0]!.toLowerCase()))
    throw new SettingsError(
      `HALLPULSE_BASE_PATH must not begin with /${steps[0]}, which is an address of the product's own.`,
    );
  return path;
}

/** @param value origins with commas between */
function readFrameAncestors(value: string | undefined): string[] {
  const origins = (value ?? '').split(',').map((one) => one.trim());
  return origins
    .filter((one) => one !== '')
    .map((one) => {
      const url = /^https?:\/\/[\w.[\]:-]+\/?$/i.test(one) && URL.canParse(one) ? new URL(one) : undefined;
      if (url && url.href === `${url.origin}/`) return url.origin;
      throw new SettingsError(
        `HALLPULSE_FRAME_ANCESTORS must be origins like https://signage.example,http://10.0.0.5:8080, not ${JSON.stringify(one)}.`,
      );
    });
}

function readFlag(env: Environment, name: string, fallback: boolean): boolean {
  const value = env[name];
  if (!value) return fallback;
  if (value === '0' || value === '1') return value === '1';
  throw new SettingsError(`${name} must be 0 or 1, not ${JSON.stringify(value)}.`);
}

function readWhole(env: Environment, name: string, fallback: number, least: number, most: number): number {
  const value = env[name];
  if (!value) return fallback;
  const number = Number(value);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new SettingsError(`${name} must be a whole number from ${least} to ${most}, not ${JSON.stringify(value)}.`);
}

/** What the variables name; else the hall's own, which `npm run certificate` made. */
function readTls(env: Environment, dataFolder: string): Settings['tls'] {
  const wish = env['HALLPULSE_TLS'];
  if (wish && wish !== 'off' && wish !== 'on')
    throw new SettingsError(`HALLPULSE_TLS must be on or off, not ${JSON.stringify(wish)}.`);
  if (wish === 'off') return undefined;
  const certFile = env['HALLPULSE_TLS_CERT'];
  const keyFile = env['HALLPULSE_TLS_KEY'];
  if (certFile && keyFile) return readKeyPair(certFile, keyFile, '');
  if (certFile || keyFile) throw new SettingsError('HALLPULSE_TLS_CERT and HALLPULSE_TLS_KEY are needed together.');
  const own = findServerFiles(dataFolder);
  if (own) return readKeyPair(own.certFile, own.keyFile, ' Run `npm run certificate` to make them anew.');
  if (wish === 'on')
    throw new SettingsError('HALLPULSE_TLS is on and there is no certificate. Run `npm run certificate`.');
  return undefined;
}

/** @param remedy what else to do, as a sentence */
function readKeyPair(certFile: string, keyFile: string, remedy: string): KeyPair {
  let tls: KeyPair;
  try {
    tls = { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
  } catch (error) {
    throw new SettingsError(`The certificate or its key cannot be read: ${(error as Error).message}.${remedy}`);
  }
  try {
    createSecureContext(tls);
    // An empty file passes the line above.
    readFacts(tls.cert);
    return tls;
  } catch (error) {
    throw new SettingsError(
      `The certificate ${certFile} and the key ${keyFile} cannot be used: both must be PEM, the key without a password, and belong together.${remedy} (${(error as Error).message})`,
    );
  }
}

function readSpeed(args: readonly string[]): number {
  let value: string | undefined;
  try {
    value = parseArgs({ args: [...args], options: { speed: { type: 'string' } } }).values.speed;
  } catch (error) {
    throw new SettingsError((error as Error).message);
  }
  const speed = value === undefined ? 1 : Number(value);
  if (speed > 0 && speed <= 100_000) return speed;
  throw new SettingsError(`--speed must be a number above 0, not ${JSON.stringify(value)}.`);
}

/** Whoever has the data folder, or a backup of it, must not have the key as well. */
function readKeys(value: string | undefined, dataFolder: string, root: string): string {
  const folder = value ? resolve(root, value) : `${dataFolder}-keys`;
  const from = relative(dataFolder, folder);
  if (from === '' || !(from.startsWith('..') || isAbsolute(from)))
    throw new SettingsError(`HALLPULSE_KEYS must be a folder outside ${dataFolder}, which the backups are made of.`);
  return folder;
}

/** The demo's own, which writes nothing beside its folder: what it seals is made up. */
export function demoKeysFolder(dataFolder: string): string {
  return join(demoFolder(dataFolder), 'keys');
}

export function demoFolder(dataFolder: string): string {
  return join(dataFolder, 'demo');
}

// What every command does first: the right Node, the packages of the lock file, a build that matches the sources.
// Only Node's own modules may be used here, because nothing else need be installed yet.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative, sep } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const buildFile = join(dist, 'build.json');

/** Installs and builds whatever is missing; an installation without development packages will do when nothing is to be built. */
export async function prepare() {
  checkNode();
  const isFresh = existsSync(buildFile) && readBuild() === hashSources();
  if (isFresh && listMissingPackages({ dev: false }).length === 0) return;
  try {
    await ensureInstalled();
    await ensureBuilt();
  } catch (error) {
    // What went wrong has been printed by npm or Vite; a stack of this file would only hide it.
    console.error(error.message);
    process.exit(1);
  }
}

/** Ends the process with a plain sentence when this Node is too old to run the product. */
export function checkNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
  if (fits) return;
  console.error(`Hallpulse needs Node 20.19 or later, 22.12 or later, or 24; this is ${version}.`);
  process.exit(1);
}

/** Runs `npm ci` when the installed packages are not those of the lock file. */
export async function ensureInstalled() {
  if (listMissingPackages({ dev: true }).length === 0) return;
  await withLock('install', async () => {
    if (listMissingPackages({ dev: true }).length === 0) return;
    console.error('Installing the packages named in package-lock.json …');
    await run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
      npm_config_loglevel: 'error',
    });
  });
}

/** Builds client and server when the sources have changed since the last build; two callers at once build once. */
export async function ensureBuilt({ force = false } = {}) {
  if (!force && readBuild() === hashSources()) return;
  await withLock('build', async () => {
    const hash = hashSources();
    if (!force && readBuild() === hash) return;
    console.error('Building client and server …');
    // Built aside and then swapped in, so that nobody ever starts half a build.
    const next = `${dist}.${process.pid}`;
    const vite = join(root, 'node_modules/vite/bin/vite.js');
    const build = (...args) =>
      run(process.execPath, [vite, 'build', '--logLevel', 'warn', ...args], {
        HALLPULSE_BUILD: hash,
        NODE_ENV: 'production',
      });
    try {
      const results = await Promise.allSettled([
        build('--outDir', join(next, 'client')).then(() => build('--mode', 'brief', '--outDir', join(next, 'client'))),
        build('--ssr', '--outDir', join(next, 'server')),
      ]);
      const failed = results.find((result) => result.status === 'rejected');
      if (failed) throw failed.reason;
      await packAssets(join(next, 'client'));
      writeFileSync(
        join(next, 'build.json'),
        JSON.stringify({ build: hash, assets: listAssets(join(next, 'client')) }) + '\n',
      );
      keepAssets(dist, next);
      if (existsSync(dist)) renameSync(dist, `${next}.old`);
      renameSync(next, dist);
    } finally {
      rmSync(next, { recursive: true, force: true });
      rmSync(`${next}.old`, { recursive: true, force: true });
    }
  });
}

/**
 * Carries the assets of the build in `previous` over into `next`: a page that was opened before goes on asking for its
 * own, such as a part of a font that no text needed so far. Their names hold their content's hash, so none is replaced.
 * Of `previous` only what it was built with is taken, so one generation is kept and no more.
 */
export function keepAssets(previous, next) {
  const text = readIfThere(join(previous, 'build.json'));
  if (text === undefined) return;
  const names = JSON.parse(text).assets ?? listAssets(join(previous, 'client'));
  for (const name of names) {
    const from = join(previous, 'client/assets', name);
    const to = join(next, 'client/assets', name);
    if (existsSync(from) && !existsSync(to)) copyFileSync(from, to);
  }
}

/**
 * Lays `.br` and `.gz` beside every file in a built client's `assets` that becomes smaller by it, so that nobody waits
 * for the packing and the best of it is afforded. Fonts are packed already, and maps a developer alone opens.
 */
export async function packAssets(client) {
  const folder = join(client, 'assets');
  const names = listAssets(client).filter((name) => /\.(?:js|css|svg|json)$/.test(name));
  const [br, gz] = [promisify(brotliCompress), promisify(gzip)];
  const pack = async (name) => {
    const content = readFileSync(join(folder, name));
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    };
    for (const [ending, packed] of [
      ['.br', await br(content, { params })],
      ['.gz', await gz(content, { level: constants.Z_BEST_COMPRESSION })],
    ])
      if (packed.length < content.length) writeFileSync(join(folder, name + ending), packed);
  };
  await Promise.all(names.map(pack));
}

/** The file names in a built client's `assets`, but the maps that only a developer opens. */
function listAssets(client) {
  const folder = join(client, 'assets');
  return existsSync(folder) ? readdirSync(folder).filter((name) => !name.endsWith('.map')) : [];
}

/** The name of the build in dist/, or undefined when there is none. */
export function readBuild() {
  const text = readIfThere(buildFile);
  return text === undefined ? undefined : JSON.parse(text).build;
}

/** Names the sources by their content, because a checkout or a copy changes their times. */
export function hashSources() {
  const hash = createHash('sha256');
  const single = ['vite.config.ts', 'svelte.config.js', 'tsconfig.json', 'package-lock.json'].map((name) =>
    join(root, name),
  );
  const folders = ['client', 'server', 'domain', 'commands', 'bench'].flatMap((name) => listFiles(join(root, name)));
  for (const file of [...single, ...folders.filter((name) => !name.endsWith('.mjs'))]) {
    const content = readIfThere(file);
    if (content !== undefined)
      hash.update(`${relative(root, file).split(sep).join('/')}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 12);
}

/** Runs a program to its end, its output shown, and throws when it fails. */
export function run(program, args, env = {}) {
  const isWindowsScript = process.platform === 'win32' && program === 'npm';
  const child = spawn(program, args, {
    cwd: root,
    env: { ...process.env, ...env },
    // Standard output belongs to the command itself, so what a preparation says goes to standard error.
    stdio: ['ignore', 2, 2],
    shell: isWindowsScript,
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${[program, ...args].join(' ')} failed (${signal ?? `exit code ${code}`})`));
    });
  });
}

function listMissingPackages({ dev }) {
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  // npm notes here what it installed; a package for another platform is rightly absent.
  const installed = JSON.parse(
    readIfThere(join(root, 'node_modules/.package-lock.json')) ?? '{"packages":{}}',
  ).packages;
  return Object.entries(wanted)
    .filter(
      ([path, entry]) => path !== '' && !entry.optional && !entry.devOptional && !entry.peer && (dev || !entry.dev),
    )
    .filter(([path, entry]) => installed[path]?.version !== entry.version || !existsSync(join(root, path)))
    .map(([path]) => path);
}

/** Lets one process at a time do the work; a lock whose process is gone is taken over. */
async function withLock(name, work) {
  const file = join(root, `.lock-${name}`);
  while (!takeLock(file)) {
    if (!isHeld(file)) rmSync(file, { force: true });
    else await wait(200);
  }
  try {
    await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function takeLock(file) {
  try {
    const handle = openSync(file, 'wx');
    writeFileSync(handle, String(process.pid));
    closeSync(handle);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function isHeld(file) {
  const holder = Number(readIfThere(file) ?? 0);
  // Between its creation and the writing of the number a lock is empty: it counts as held while it is young.
  if (!holder) return existsSync(file) && Date.now() - statSync(file, { throwIfNoEntry: false })?.mtimeMs < 2_000;
  try {
    process.kill(holder, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Every file in a folder, at any depth, but hidden ones. */
export function listFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

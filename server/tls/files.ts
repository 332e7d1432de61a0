/** What lies in a hall's `tls` folder, for the server's account alone, and how it is read. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const TLS_FOLDER = 'tls';
export const AUTHORITY_FILE = 'authority.pem';
/** Whoever holds it can pass for this hall on every device that trusts the hall: it is read by `npm run certificate` alone. */
export const AUTHORITY_KEY_FILE = 'authority.key';
/** Written last: where it is, its key is. */
export const SERVER_FILE = 'server.pem';
export const SERVER_KEY_FILE = 'server.key';

export interface KeyPair {
  /** PEM. */
  readonly cert: string;
  readonly key: string;
}

export function tlsFolder(dataFolder: string): string {
  return join(dataFolder, TLS_FOLDER);
}

/** Where the hall's own server certificate lies; `undefined` where none was made. */
export function findServerFiles(dataFolder: string): { certFile: string; keyFile: string } | undefined {
  const [certFile, keyFile] = [SERVER_FILE, SERVER_KEY_FILE].map((name) => join(tlsFolder(dataFolder), name)) as [
    string,
    string,
  ];
  return existsSync(certFile) ? { certFile, keyFile } : undefined;
}

/** The text of a file; `undefined` where there is none. */
export function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Draws the secrets that people carry away and hashes them, so that the store never holds one. */
import { createHash, randomBytes } from 'node:crypto';

/** Tells an ingest key, a display's token and a person's session apart at a glance, and lets a scanner find one that was committed somewhere. */
export type SecretPrefix = 'hpk' | 'hpd' | 'hps';

const SECRET_BYTES = 32;
const shape = /^hp[kds]_[A-Za-z0-9_-]{43}$/;

export function drawSecret(prefix: SecretPrefix): string {
  return `${prefix}_${randomBytes(SECRET_BYTES).toString('base64url')}`;
}

/** A short public name for a secret, good for lists, logs and commands. */
export function drawSecretId(): string {
  return randomBytes(4).toString('hex');
}

/** SHA-256 without salt or stretching is enough: 256 random bits cannot be guessed from their hash. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest();
}

/** Whether `text` says of itself that it is a display's token. */
export function isDisplaySecret(text: string): boolean {
  return text.startsWith('hpd_');
}

/** Whether `text` could be a secret of this kind at all; spares the store the rest. */
export function isSecret(text: string, prefix: SecretPrefix): boolean {
  return shape.test(text) && text.startsWith(`${prefix}_`);
}

/** 80 bits: short enough to be typed or for a small picture, far too many to guess at thirty a minute. */
export const CODE_BYTES = 10;
/** RFC 4648's base 32: a picture holds an address of capitals and digits in fewer and so larger squares. */
const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Bytes as a code, sixteen signs for `CODE_BYTES`. */
export function spellCode(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return bits.replace(/.{5}/g, (five) => SIGNS[parseInt(five, 2)]!);
}

/** A code as somebody typed it, or `undefined` where it can be none. */
export function parseCode(text: string): string | undefined {
  const code = text.toUpperCase().replace(/[\s-]/g, '');
  return /^[A-Z2-7]{16}$/.test(code) ? code : undefined;
}

export function drawCode(): string {
  return spellCode(randomBytes(CODE_BYTES));
}

/** Draws the secrets that people carry away and hashes them, so that the store never holds one. */
import { createHash, randomBytes } from 'node:crypto';

/** Tells an ingest key from a display's token at a glance, and lets a scanner find one that was committed somewhere. */
export type SecretPrefix = 'hpk' | 'hpd';

const SECRET_BYTES = 32;
const shape = /^hp[kd]_[A-Za-z0-9_-]{43}$/;

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

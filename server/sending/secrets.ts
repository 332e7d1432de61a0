/** What others let the hall in with: one file of its own, for its owner alone, written and never shown. */
import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { writeAtomically } from '../documents/atomic-file.ts';
import { robotSchema, type Robot } from '../followups/robots.ts';
import { SECRETS_FILE } from '../hall-files.ts';

const line = (most: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(most), v.regex(/^[^\p{Cc}]+$/u));

/** How a mail server is reached. Who signs in does so over TLS alone. */
export const smtpSchema = v.pipe(
  v.strictObject({
    host: v.pipe(v.string(), v.regex(/^[\p{L}\p{N}.:_-]{1,253}$/u)),
    port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)),
    /** `tls`: from the first byte, as on port 465. `starttls`: begun in the open and not gone on with otherwise. */
    security: v.picklist(['tls', 'starttls', 'none']),
    /** Both or none. */
    user: v.optional(line(254)),
    password: v.optional(line(1_000)),
    /** The address that mail comes from. */
    from: v.pipe(v.string(), v.trim(), v.email(), v.maxLength(254)),
    /** A certificate authority of the hall's own, PEM, beside those that everybody trusts. */
    ca: v.optional(
      v.pipe(
        v.string(),
        v.maxLength(20_000),
        v.regex(/^\s*-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----\s*$/),
      ),
    ),
  }),
  v.forward(
    v.check(({ user, password }) => (user === undefined) === (password === undefined), 'both or none'),
    ['password'],
  ),
  v.forward(
    v.check(({ security, user }) => security !== 'none' || user === undefined, 'no password in the open'),
    ['security'],
  ),
);
export type SmtpSettings = v.InferOutput<typeof smtpSchema>;

/** Other parts of the product keep theirs beside it. */
const fileSchema = v.looseObject({ smtp: v.optional(smtpSchema), robots: v.optional(v.array(robotSchema)) });

type Content = v.InferOutput<typeof fileSchema>;

export interface Secrets {
  /** `undefined` where there are none, or nobody can read them. */
  smtp(): Promise<SmtpSettings | undefined>;
  /** `null` takes them away. @throws Error where a file is there that cannot be read: it is left as it is */
  writeSmtp(settings: SmtpSettings | null): Promise<void>;
  robots(): Promise<readonly Robot[]>;
  /** Resolves with what there is now. @throws Error as above */
  changeRobots(change: (robots: readonly Robot[]) => readonly Robot[]): Promise<readonly Robot[]>;
}

export function openSecrets(folder: string): Secrets {
  const file = join(folder, SECRETS_FILE);
  let writing: Promise<unknown> = Promise.resolve();
  const tryRead = async (): Promise<Content | 'unreadable'> => {
    try {
      // Whoever copied it here may have left it open.
      await chmod(file, 0o600);
      return v.parse(fileSchema, JSON.parse(await readFile(file, 'utf8')));
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ENOENT' ? {} : 'unreadable';
    }
  };
  const read = async (): Promise<Content> => {
    const content = await tryRead();
    return content === 'unreadable' ? {} : content;
  };
  const readToChange = async (): Promise<Content> => {
    const content = await tryRead();
    // Neither what lies in it nor where in it the fault is goes into a log.
    if (content === 'unreadable')
      throw new Error(`${SECRETS_FILE} cannot be read, and is left as it is: mend it or take it away.`);
    return content;
  };
  const write = (change: (content: Content) => Content): Promise<Content> => {
    const next = writing
      .catch(() => undefined)
      .then(async () => {
        const content = change(await readToChange());
        await writeAtomically(file, `${JSON.stringify(content, null, 2)}\n`);
        return content;
      });
    writing = next;
    return next;
  };
  return {
    smtp: async () => (await read()).smtp,
    async writeSmtp(settings) {
      await write(({ smtp: _smtp, ...others }) => (settings === null ? others : { ...others, smtp: settings }));
    },
    robots: async () => (await read()).robots ?? [],
    async changeRobots(change) {
      const content = await write((before) => ({ ...before, robots: [...change(before.robots ?? [])] }));
      return content.robots ?? [];
    },
  };
}

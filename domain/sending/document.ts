/** The hall's own document of what is sent by itself: to whom, and which reports when. */
import * as v from 'valibot';
import { REPORT_FORMATS, REPORT_KINDS, type ReportKind } from '../report/kinds.ts';

/** Names a plan or a recipient in events: short, and nobody's name or number. */
const id = v.pipe(
  v.string(),
  v.regex(/^[a-z][a-z0-9-]{0,39}$/),
  v.check((value) => !/\d{5}/.test(value)),
);
const day = v.pipe(v.string(), v.isoDate());
const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60));
/** From the file system's root, without a step that leads back. */
const path = v.pipe(
  v.string(),
  v.maxLength(500),
  v.regex(/^(\/|[A-Za-z]:[\\/])[^\0]*$/),
  v.check((value) => !value.split(/[\\/]/).some((step) => step === '..' || step === '.')),
);

const recipient = v.variant('type', [
  v.object({
    id,
    type: v.literal('mail'),
    name,
    address: v.pipe(v.string(), v.trim(), v.email(), v.maxLength(254)),
  }),
  v.object({ id, type: v.literal('folder'), name, path }),
]);

/** Each is of the period that is over. */
export const SENT_KINDS = REPORT_KINDS.filter((kind): kind is Exclude<ReportKind, 'span'> => kind !== 'span');
export type SentKind = (typeof SENT_KINDS)[number];

const plan = v.object({
  id,
  kind: v.picklist(SENT_KINDS),
  /** Absent: all stations. */
  station: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(100))),
  /** By the hall's clock. */
  at: v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/), v.metadata({ format: 'clock' })),
  /** Of a weekly one the weekday, 1 Monday to 7 Sunday. */
  weekday: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(7)), 1),
  /** Of a longer one the day of the month behind its period. */
  monthDay: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(28)), 1),
  formats: v.pipe(v.array(v.picklist(REPORT_FORMATS)), v.minLength(1), v.maxLength(REPORT_FORMATS.length)),
  language: v.optional(v.picklist(['zh', 'en']), 'zh'),
  /** Recipients by their ids. */
  to: v.pipe(v.array(id), v.minLength(1), v.maxLength(50)),
  /** The first and the last of the hall's days on which it is sent. */
  from: day,
  until: v.optional(day),
});

export const sendingSchema = v.object({
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  recipients: v.pipe(v.array(recipient), v.maxLength(100)),
  plans: v.pipe(v.array(plan), v.maxLength(50)),
});
export type SendingDocument = v.InferOutput<typeof sendingSchema>;
export type Recipient = SendingDocument['recipients'][number];
export type Plan = SendingDocument['plans'][number];

/** Nothing leaves a hall that nobody has told to send. */
export const DEFAULT_SENDING: SendingDocument = { version: 1, recipients: [], plans: [] };

/** Sends what is due, and says every step in the ledger first: whoever's word is taken sends, and nobody else. */
import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { addDays, DAY_MS, dayOf, type Zone } from '../../domain/calendar/zone.ts';
import type { HallEvent, LedgerEvent } from '../../domain/events/event.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import type { ReportFormat } from '../../domain/report/kinds.ts';
import { toPlainText } from '../../domain/report/text.ts';
import type { Plan, Recipient } from '../../domain/sending/document.ts';
import {
  intentEvent,
  resultEvent,
  runEvent,
  SENDING_SOURCE,
  settledEvent,
  type Outcome,
  type Try,
} from '../../domain/sending/events.ts';
import { dueTries, isOpen, toRuns, type Run } from '../../domain/sending/runs.ts';
import { isTooLate, LOOK_BACK_DAYS, slotsBetween } from '../../domain/sending/slots.ts';
import { SENDING_WORDS } from '../../domain/sending/words.ts';
import type { Report } from '../../domain/wire/report.ts';
import { createTurns } from '../in-turn.ts';
import type { Actor } from '../ledger/actor.ts';
import type { Ledger } from '../ledger/port.ts';
import { withTime, type RecordEvents } from '../record.ts';
import { nameFile } from '../reports/file-name.ts';
import type { ReportFiles } from '../reports/files.ts';
import { PrintError } from '../reports/print.ts';
import type { ReadReport } from '../reports/read-report.ts';
import { writeToFolder } from './folder.ts';
import type { Mail, SendMail } from './mail.ts';
import type { Secrets } from './secrets.ts';

const LOOK_MS = 30_000;
const SENDING: Actor = { kind: 'hall', id: 'sending' };
/** Runs of reports whose last day lies no farther back are known: a year's is due a month behind it. */
const KNOWN_DAYS = LOOK_BACK_DAYS + 40;
const PAGE = 2_000;
/** What is under way at the end is waited for so long. */
const GRACE_MS = 5_000;
/** Another PDF that is being made at this moment is waited for so often, so long. */
const PRINT_TRIES = 12;
const PRINT_WAIT_MS = 5_000;

export interface SenderOptions {
  readonly ledger: Pick<Ledger, 'readOf'>;
  readonly record: RecordEvents;
  readonly config: () => HallConfig;
  readonly zone: Zone;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
  readonly read: ReadReport;
  readonly files: ReportFiles;
  readonly secrets: Pick<Secrets, 'smtp'>;
  readonly sendMail: SendMail;
  /** The hall's own data folder. */
  readonly dataFolder: string;
  readonly onError: (error: unknown) => void;
  /** Between two looks at the clock, real ms; shorter in tests. */
  readonly lookMs?: number;
}

export type Settled = 'settled' | 'unknown' | 'not-open';

export interface Sender {
  /** Resolves once what is due now was tried, in its turn. */
  look(): Promise<void>;
  /** The latest first. */
  runs(): Promise<readonly Run[]>;
  /** A person's word on a try that failed or that nobody knows the end of. @throws LedgerError */
  settle(of: Try, as: 'sent' | 'again', by: string): Promise<Settled>;
  /** A mail without a report; `undefined` where that is nobody's mailbox. */
  test(recipient: string): Promise<Outcome | undefined>;
  /** Resolves once nothing is being sent or written; nothing follows. */
  stop(): Promise<void>;
}

export function startSender(options: SenderOptions): Sender {
  const { ledger, record, config, zone, now, read, onError, lookMs = LOOK_MS } = options;
  const stopping = new AbortController();
  let isEnding = false;
  const inTurn = createTurns();
  /** Slots whose run is in the ledger. */
  const known = new Set<string>();
  /** What could not be written down when it became known. */
  let untold: HallEvent[] = [];
  let seen: { readonly until: number; readonly document: HallConfig['sending'] } | undefined;
  let hasOpen = true;

  const readRuns = async (): Promise<ReadonlyMap<string, Run>> => {
    const events: LedgerEvent[] = [];
    let from = addDays(dayOf(zone, now()), -KNOWN_DAYS);
    for (;;) {
      const page = await ledger.readOf(SENDING_SOURCE, from, '~', PAGE);
      events.push(...page.filter(({ voided }) => !voided).map(({ event }) => event));
      if (page.length < PAGE) return toRuns(events, now());
      // The smallest text behind the last.
      from = `${page.at(-1)!.event.id}\0`;
    }
  };
  const tell = async (): Promise<void> => {
    while (untold.length > 0) {
      const [first] = untold;
      await record(withTime([first!]), SENDING);
      untold = untold.slice(1);
    }
  };

  const begin = async (isForced: boolean): Promise<readonly Run[]> => {
    const { sending: document } = config();
    const at = now();
    const back = seen?.document === document ? DAY_MS : LOOK_BACK_DAYS * DAY_MS;
    const after = Math.min(seen?.until ?? at, at) - back;
    const slots = document.plans
      .flatMap((plan) => slotsBetween(plan, zone, after, at))
      .filter(({ id }) => !known.has(id));
    if (slots.length === 0 && !hasOpen && !isForced) {
      seen = { until: at, document };
      return [];
    }
    const before = await readRuns();
    for (const slot of slots) {
      const event = runEvent(slot, isTooLate({ kind: slot.plan.kind, at: slot.at }, at) ? 'missed' : 'begun', at);
      // Another sender may have begun it meanwhile: what the ledger says then holds.
      if (!before.has(slot.id)) await record(withTime([event]), SENDING);
    }
    const runs = [...(await readRuns()).values()];
    for (const { id } of slots) known.add(id);
    seen = { until: at, document };
    hasOpen = runs.some((run) => isOpen(run) && document.plans.some(({ id }) => id === run.plan));
    return runs;
  };

  const carry = async (run: Run, plan: Plan): Promise<void> => {
    const due = dueTries(run, now());
    if (due.length === 0 || isEnding) return;
    const report = await read({ kind: run.kind, span: run.span, station: run.station, language: plan.language });
    const made = await make(report, plan.formats);
    for (const one of due) {
      if (isEnding) return;
      const [taken] = await record(withTime([intentEvent(one, report.seq, now())]), SENDING);
      // Another sender's word came first.
      if (typeof taken !== 'object') continue;
      const outcome = await send(one, report, made);
      untold = [...untold, resultEvent(one, { ...outcome, ...lackingOf(outcome, made) }, now())];
      await tell();
    }
  };

  const make = async (report: Report, formats: readonly ReportFormat[]): Promise<Made> => {
    const files: Made['files'] = [];
    const lacking: Made['lacking'] = [];
    for (const format of formats) {
      try {
        const { type, write } = options.files[format];
        const bytes = await untilPrinted(() => write(report), stopping.signal);
        files.push({ name: nameFile(report, format), type, bytes });
      } catch (error) {
        const isPrint = error instanceof PrintError;
        if (!isPrint) onError(error);
        const { notMade } = SENDING_WORDS[report.language];
        lacking.push({ format, says: isPrint ? error.say(report.language) : notMade(format) });
      }
    }
    return { files, lacking };
  };

  const send = async (of: Try, report: Report, { files, lacking }: Made): Promise<Outcome> => {
    const recipient = config().sending.recipients.find(({ id }) => id === of.recipient);
    if (!recipient) return { result: 'failed', reason: 'no-recipient' };
    if (recipient.type === 'folder') {
      if (files.length === 0) return { result: 'failed', reason: 'not-made' };
      return writeToFolder({ folder: recipient.path, dataFolder: options.dataFolder, files });
    }
    const { hall, title, spanName, language } = report;
    const told = lacking.map(({ says }) => says);
    return post(recipient, {
      fromName: hall.name,
      subject: `${title} ${spanName}`,
      text: [...(told.length === 0 ? [] : [SENDING_WORDS[language].lacking, ...told, '']), toPlainText(report)].join(
        '\n',
      ),
      messageId: nameMessage(config().profile.hall, of),
      files,
    });
  };

  const post = async (
    { name, address }: Recipient & { type: 'mail' },
    mail: Omit<Mail, 'to' | 'date'>,
  ): Promise<Outcome> => {
    const settings = await options.secrets.smtp();
    if (!settings) return { result: 'failed', reason: 'no-settings' };
    const outcome = await options.sendMail(settings, { ...mail, to: { name, address }, date: now() }, stopping.signal);
    return outcome.result === 'failed' && stopping.signal.aborted ? { result: 'failed', reason: 'stopped' } : outcome;
  };

  const look = (isForced = false): Promise<void> =>
    inTurn(async () => {
      if (isEnding) return;
      await tell();
      const runs = await begin(isForced);
      for (const run of runs) {
        const plan = config().sending.plans.find(({ id }) => id === run.plan);
        // One that cannot be read now holds up no other, and is tried at the next look.
        if (plan) await carry(run, plan).catch(onError);
      }
    });

  let timer: NodeJS.Timeout;
  const lookIn = (waitMs: number): void => {
    timer = setTimeout(() => {
      void look()
        .catch(onError)
        .finally(() => {
          if (!isEnding) lookIn(lookMs);
        });
    }, waitMs);
    timer.unref();
  };
  lookIn(0);

  return {
    look: () => look(true),
    runs: async () => [...(await readRuns()).values()].sort((a, b) => b.at - a.at),
    async settle(of, as, by) {
      const found = (await readRuns()).get(of.slot)?.deliveries.find(({ recipient }) => recipient === of.recipient);
      if (!found) return 'unknown';
      if (found.attempt !== of.attempt || (found.state !== 'unknown' && found.state !== 'failed')) return 'not-open';
      const [taken] = await record(withTime([settledEvent(of, as, by, now())]), { kind: 'staff', id: by });
      return typeof taken === 'object' ? 'settled' : 'not-open';
    },
    async test(id) {
      const recipient = config().sending.recipients.find((one) => one.id === id);
      if (recipient?.type !== 'mail') return undefined;
      const { profile } = config();
      const { testSubject, testText } = SENDING_WORDS.zh;
      const name = profile.name.zh;
      return post(recipient, {
        fromName: name,
        subject: testSubject(name),
        text: testText(name),
        messageId: nameMessage(profile.hall, { slot: `test:${now()}`, recipient: id, attempt: 1 }),
        files: [],
      });
    },
    async stop() {
      isEnding = true;
      clearTimeout(timer);
      // A mail under way is worth a moment: cut off, it may be one of which nobody knows.
      const grace = setTimeout(() => stopping.abort(), GRACE_MS);
      await inTurn(tell).catch(onError);
      clearTimeout(grace);
    },
  };
}

interface Made {
  readonly files: { readonly name: string; readonly type: string; readonly bytes: Uint8Array }[];
  readonly lacking: { readonly format: ReportFormat; readonly says: string }[];
}

function lackingOf({ result }: Outcome, { lacking }: Made): { lacking?: readonly string[] } {
  return result === 'sent' ? { lacking: lacking.map(({ format }) => format) } : {};
}

/** The same for every try of one recipient, so that a mailbox knows a second one for what it is. */
function nameMessage(hall: string, { slot, recipient }: Try): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([hall, slot, recipient]))
    .digest('hex')
    .slice(0, 40);
  return `<${hash}@hallpulse.internal>`;
}

async function untilPrinted<T>(write: () => T | Promise<T>, signal: AbortSignal): Promise<T> {
  for (let left = PRINT_TRIES; ; left--) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof PrintError) || error.problem !== 'printing' || left === 0) throw error;
      await wait(PRINT_WAIT_MS, undefined, { signal });
    }
  }
}

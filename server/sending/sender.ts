/** Sends what is due, and says every step in the ledger first: whoever's word is taken sends, and nobody else. */
import { createHash } from 'node:crypto';
import { DAY_MS, type Zone } from '../../domain/calendar/zone.ts';
import type { HallEvent } from '../../domain/events/event.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import { toPlainText } from '../../domain/report/text.ts';
import { beginTrust, goOn } from '../../domain/sending/clock.ts';
import type { Plan, Recipient } from '../../domain/sending/document.ts';
import {
  firstHead,
  intentEvent,
  resultEvent,
  runEvent,
  settledEvent,
  type Outcome,
  type Try,
} from '../../domain/sending/events.ts';
import { dueTries, isAhead, isOpen, nextHead, type DeliveryState, type Run } from '../../domain/sending/runs.ts';
import { isTooLate, LOOK_BACK_DAYS, slotsBetween } from '../../domain/sending/slots.ts';
import { SENDING_WORDS } from '../../domain/sending/words.ts';
import type { Report } from '../../domain/wire/report.ts';
import { createTurns } from '../in-turn.ts';
import type { Actor } from '../ledger/actor.ts';
import type { Ledger } from '../ledger/port.ts';
import { withTime, type RecordEvents } from '../record.ts';
import type { ReportFiles } from '../reports/files.ts';
import type { ReadReport } from '../reports/read-report.ts';
import { writeToFolder } from './folder.ts';
import type { Mail, SendMail } from './mail.ts';
import { makeFiles, type Made } from './make-files.ts';
import { createRunBook } from './run-book.ts';
import type { Secrets } from './secrets.ts';

const LOOK_MS = 30_000;
/** What a person may settle. */
const SETTLED_STATES: ReadonlySet<DeliveryState> = new Set(['unknown', 'failed', 'early']);
const SENDING: Actor = { kind: 'hall', id: 'sending' };
/** What is under way at the end is waited for so long. */
const GRACE_MS = 5_000;

export interface SenderOptions {
  readonly ledger: Pick<Ledger, 'readOf'>;
  readonly record: RecordEvents;
  readonly config: () => HallConfig;
  readonly zone: Zone;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
  /** What has passed, ms, whatever is done to the hall's clock. */
  readonly passedMs: () => number;
  /** When the ledger last took anything before this start, epoch ms. */
  readonly lastHeardAt: number | undefined;
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
  /** Whether nothing is begun or sent, as the clock has moved and has not yet held. */
  isClockDoubted(): boolean;
  /** A person's word on a try that failed or that nobody knows the end of. @throws LedgerError */
  settle(of: Try, as: 'sent' | 'again', by: string): Promise<Settled>;
  /** A person's word that a missed run is sent after all. @param turn that of the run as they saw it @throws LedgerError */
  sendMissed(of: { readonly run: string; readonly turn: number }, by: string): Promise<Settled>;
  /** A mail without a report; `undefined` where that is nobody's mailbox. */
  test(recipient: string): Promise<Outcome | undefined>;
  /** Resolves once nothing is being sent or written; nothing follows. */
  stop(): Promise<void>;
}

export function startSender(options: SenderOptions): Sender {
  const { ledger, record, config, zone, now, passedMs, read, onError, lookMs = LOOK_MS } = options;
  const stopping = new AbortController();
  let isEnding = false;
  const inTurn = createTurns();
  const book = createRunBook({ ledger, zone, now });
  const readClocks = () => ({ wall: now(), passed: passedMs() });
  let trust = beginTrust(readClocks(), options.lastHeardAt);
  const isClockDoubted = (): boolean => {
    trust = goOn(trust, readClocks());
    return trust.doubted !== undefined;
  };
  /** What could not be written down when it became known. */
  let untold: HallEvent[] = [];
  let seen: { readonly until: number; readonly document: HallConfig['sending'] } | undefined;
  let hasOpen = true;

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
    const isAnew = seen?.document !== document;
    const since = Math.min(seen?.until ?? at, at);
    const slots = document.plans
      .flatMap((plan) => slotsBetween(plan, zone, since - (isAnew ? LOOK_BACK_DAYS[plan.kind] : 1) * DAY_MS, at))
      .filter(({ id }) => !book.has(id));
    // A clock that was ahead may have begun what is still to come.
    const isBack = seen === undefined || at < seen.until;
    if (slots.length === 0 && !hasOpen && !isForced && !isBack) {
      seen = { until: at, document };
      return [];
    }
    const before = await book.read();
    for (const run of before.values())
      if (isAhead(run, at)) await record(withTime([runEvent(nextHead(run), 'recalled', at)]), SENDING);
    for (const slot of slots) {
      const status = isTooLate({ kind: slot.plan.kind, at: slot.at }, at) ? 'missed' : 'begun';
      // Another sender may have begun it meanwhile: what the ledger says then holds.
      if (!book.has(slot.id)) await record(withTime([runEvent(firstHead(slot), status, at)]), SENDING);
      book.note(slot.id);
    }
    const runs = [...(await book.read()).values()];
    seen = { until: at, document };
    hasOpen = runs.some((run) => isOpen(run) && document.plans.some(({ id }) => id === run.plan));
    return runs;
  };

  const carry = async (run: Run, plan: Plan): Promise<void> => {
    const due = dueTries(run, now());
    if (due.length === 0 || isEnding) return;
    const report = await read({ kind: run.kind, span: run.span, station: run.station, language: plan.language });
    const made = await makeFiles(report, plan.formats, { files: options.files, signal: stopping.signal, onError });
    for (const one of due) {
      // The clock may have moved meanwhile.
      if (isEnding || isClockDoubted()) return;
      const [taken] = await record(withTime([intentEvent(one, report.seq, now())]), SENDING);
      // Another sender's word came first.
      if (typeof taken !== 'object') continue;
      const outcome = await send(one, report, made).catch((error: unknown): Outcome => {
        onError(error);
        // A mail that may have left is an answer of its own: what throws has sent nothing.
        return { result: 'failed', reason: 'not-composed' };
      });
      untold = [...untold, resultEvent(one, { ...outcome, ...lackingOf(outcome, made) }, now())];
      await tell();
    }
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
      if (isClockDoubted()) return;
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
    runs: async () => [...(await book.read()).values()].sort((a, b) => b.at - a.at),
    isClockDoubted,
    async settle(of, as, by) {
      const found = (await book.find(of.slot))?.deliveries.find(({ recipient }) => recipient === of.recipient);
      if (!found) return 'unknown';
      if (found.attempt !== of.attempt || !SETTLED_STATES.has(found.state)) return 'not-open';
      const [taken] = await record(withTime([settledEvent(of, as, by, now())]), { kind: 'staff', id: by });
      return typeof taken === 'object' ? 'settled' : 'not-open';
    },
    async sendMissed({ run, turn }, by) {
      const found = await book.find(run);
      if (!found) return 'unknown';
      if (found.turn !== turn || !found.deliveries.some(({ state }) => state === 'missed')) return 'not-open';
      const [taken] = await record(withTime([runEvent(nextHead(found), 'begun', now(), by)]), {
        kind: 'staff',
        id: by,
      });
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

/**
 * The HTTP contract: what each route is asked and answers. The pages' own client is typed by it, and what the server
 * says of itself at `/api/openapi.json` is made of it, of the schemas that check what comes in, and of its comments.
 *
 * `query` and `body` say what may be asked, `answer` the JSON of a success; `null`: a success without a body. A refusal
 * is a `Refusal` everywhere. `@door` says who gets in:
 *
 * - `everybody`: needs nothing.
 * - `key`: a sender's key, as a bearer token.
 * - `session`: whoever is signed in; the route then asks what they may do.
 * - `management`: whoever may see the whole hall, signed in; everybody where reading is open.
 * - `reader`: as `management`, and displays with their token.
 * - `post`: a tablet or a kiosk with the token of its window or its station.
 * - `alarm`: a display of the management, whoever works at the station, or a telephone with the alarm's code.
 *
 * `@takes` and `@gives` name what is no JSON.
 */
import type { InferInput } from 'valibot';
import type { Assignment } from '../access/roles.ts';
import type { Scene, Topic } from '../board/topics/data.ts';
import type { AlarmCard } from '../board/topics/data-alarms.ts';
import type { Instruction } from '../brief/instruction.ts';
import type { Period } from '../brief/periods.ts';
import type { Checks } from '../checks/to-events.ts';
import type { DeskCatalogue } from '../desk/catalogue.ts';
import type { EntryOutcome } from '../desk/entry.ts';
import type { DeskLine } from '../desk/from-events.ts';
import type { Score } from '../events/kinds.ts';
import type { FeedStatus, ServiceKind } from '../events/schema.ts';
import type { FollowupDeed } from '../followups/deeds.ts';
import type { Measures } from '../measures/measures.ts';
import type { TermId } from '../measures/terms.ts';
import type { FeedFact } from '../profile/feeds.ts';
import type { Cause } from '../reconcile/causes.ts';
import type { FindingKind } from '../reconcile/finding.ts';
import type { Stamp } from '../reconcile/stamp.ts';
import type { ReportKind, SectionId } from '../report/kinds.ts';
import type { RowOrder, RowPart } from '../rows/query.ts';
import type { Choice, Withdrawal } from '../stars/publish.ts';
import type { ChangedTitle } from '../settings/effects.ts';
import type { starRulesSchema } from '../stars/rules.ts';
import type { Deed, Said } from '../voices/events.ts';
import type { VoiceKind } from '../voices/voice.ts';
import type {
  AccessKeys,
  AccountList,
  AuditKind,
  AuditPage,
  CodeIssued,
  CodeSeen,
  KeyIssued,
  OwnAccount,
} from './accounts.ts';
import type { AlarmSheet } from './alarms.ts';
import type { BreakdownAnswer } from './breakdown.ts';
import type { Brief, BriefScopes, InstructionViews } from './brief.ts';
import type { ChecksState } from './checks.ts';
import type { DeskMatters, DeskOwed, DeskWritten, QueueAnswer, RatingState, SignedIn } from './desk.ts';
import type { IngestAnswer } from './events.ts';
import type { FollowupLife, FollowupList, FollowupListId } from './followups.ts';
import type { FrozenDays } from './frozen.ts';
import type { Health } from './health.ts';
import type { KioskState, TakeAnswer } from './kiosk.ts';
import type { PastMoment } from './past.ts';
import type { Snapshot } from './protocol.ts';
import type { FileReading, ImportLook, ImportState } from './import.ts';
import type { FindingList, ReconcileDay, ReconcileDays } from './reconcile.ts';
import type { Report, ReportSections } from './report.ts';
import type { RobotView } from './robots.ts';
import type { FigureRows, RowLife } from './rows.ts';
import type { SendingState, TestSent } from './sending.ts';
import type { Effects, Settings, SetupState, VersionEntry } from './setup.ts';
import type { OwnStars, StarsState } from './stars.ts';
import type { OwnVoices, SayAnswer, SayPlace, VoiceList, VoicesState } from './voices.ts';

/** Why nothing was done: `error` is a word that docs/http.md explains, `field` the place in what was asked. */
export interface Refusal {
  readonly error: string;
  readonly field?: string;
}

/** A day of the hall's, `YYYY-MM-DD`. */
type Day = string;
/** Any of the hall's documents, or a part of one. */
type Document = Readonly<Record<string, unknown>>;
/** Drawn by the page, 10 to 64 small letters: whoever asks again after a lost answer does nothing twice. */
type DrawnId = string;

interface FiguresQuery {
  from: Day;
  to: Day;
  station?: string;
  item?: string;
  line?: string;
  window?: string;
}

interface ReportQuery {
  kind?: ReportKind;
  /** A day of the period; today's where it is absent. */
  day?: Day;
  /** Both or none; a span needs them. */
  from?: Day;
  to?: Day;
  station?: string;
  lang?: 'zh' | 'en';
}

interface AtWindow {
  station: string;
  window: string;
}

export interface Api {
  /**
   * Whether what is shown follows the ledger, and how far it is behind; 503 where it does not.
   * @door everybody
   */
  'GET /healthz': { answer: Health };
  /**
   * As `/healthz`, and 503 as well while all events are counted anew.
   * @door everybody
   */
  'GET /readyz': { answer: Health };
  /**
   * Events, one or many: written to the ledger whole, each once. What is refused is named by its place in the body and
   * keeps nothing else out.
   * @door key
   * @takes application/cloudevents-batch+json
   */
  'POST /api/events': {
    query: {
      hall?: string;
      /** Nothing is written; the answer says what would be. */
      check?: 'true' | 'false' | '1' | '0';
      /** The answer names the places of what is there already. */
      known?: 'true' | 'false' | '1' | '0';
    };
    answer: IngestAnswer;
  };

  /**
   * Who is signed in in this browser; 401 with the hall's name where nobody is.
   * @door everybody
   */
  'GET /api/session': { answer: SignedIn };
  /**
   * Signs in; whoever was signed in here is signed out.
   * @door everybody
   */
  'POST /api/session': { body: { staff: string; password: string; keep?: boolean }; answer: SignedIn };
  /**
   * Signs out.
   * @door everybody
   */
  'DELETE /api/session': { answer: null };
  /**
   * The password anew, before what needs it given lately.
   * @door session
   */
  'POST /api/session/confirm': { body: { password: string }; answer: SignedIn };
  /**
   * Another password; all other sessions of the account end.
   * @door session
   */
  'POST /api/session/password': { body: { old: string; password: string }; answer: null };
  /**
   * What a code is good for: setting up, an invitation, a password that was forgotten.
   * @door everybody
   */
  'POST /api/codes/look': { body: { code: string }; answer: CodeSeen };
  /**
   * Uses a code up, sets the password, and signs in.
   * @door everybody
   */
  'POST /api/codes/use': {
    body: { code: string; password: string; staff?: string; name?: string };
    answer: SignedIn;
  };

  /**
   * All accounts, for whoever manages them.
   * @door session
   */
  'GET /api/accounts': { answer: AccountList };
  /**
   * Where one's own account is signed in.
   * @door session
   */
  'GET /api/accounts/own': { answer: OwnAccount };
  /**
   * An account with its first assignment; the answer is the invitation.
   * @door session
   */
  'POST /api/accounts': { body: { staff: string; name: string; assignment: Assignment }; answer: CodeIssued };
  /**
   * One more assignment: a station, a role, and its days.
   * @door session
   */
  'POST /api/accounts/:staff/assignments': { body: Assignment; answer: { id: string } };
  /**
   * Ends an assignment with a day.
   * @door session
   */
  'POST /api/accounts/:staff/assignments/:id/end': { body: { until: Day }; answer: object };
  /**
   * A code for a password that was forgotten.
   * @door session
   */
  'POST /api/accounts/:staff/code': { body: object; answer: CodeIssued };
  /**
   * Somebody leaves: the account ends, their windows are closed, and open follow-ups go to `handTo`.
   * @door session
   */
  'POST /api/accounts/:staff/end': { body: { handTo?: string }; answer: { handedOn?: number } };
  /**
   * Signs one browser out, and cuts what it has open.
   * @door session
   */
  'POST /api/accounts/sessions/:id/end': { body: object; answer: null };
  /**
   * Keys of senders and tokens of displays, without their secrets.
   * @door session
   */
  'GET /api/access/keys': { answer: AccessKeys };
  /**
   * A sender's key; its secret is told this once.
   * @door session
   */
  'POST /api/access/keys': {
    body: { label: string; sources: string[]; ticketsRestartFrom?: Day };
    answer: KeyIssued;
  };
  /**
   * A display's token; its secret is told this once.
   * @door session
   */
  'POST /api/access/displays': {
    body: {
      label: string;
      audience: 'management' | 'public' | { rate: string } | { take: string } | { say: string };
    };
    answer: KeyIssued;
  };
  /**
   * A new secret; the old one holds on for so many minutes.
   * @door session
   */
  'POST /api/access/keys/:id/renew': { body: { overlapMinutes: number }; answer: KeyIssued };
  /**
   * A new secret; the old one holds on for so many minutes.
   * @door session
   */
  'POST /api/access/displays/:id/renew': { body: { overlapMinutes: number }; answer: KeyIssued };
  /**
   * Ends a key at once.
   * @door session
   */
  'POST /api/access/keys/:id/end': { body: object; answer: object };
  /**
   * Ends a token at once, and cuts what it has open.
   * @door session
   */
  'POST /api/access/displays/:id/end': { body: object; answer: object };
  /**
   * Who did what, and when, the latest first.
   * @door session
   */
  'GET /api/audit': {
    query: { before?: number; limit?: number; staff?: string; kind?: AuditKind };
    answer: AuditPage;
  };

  /**
   * The hall's documents, for whoever sets it up.
   * @door session
   */
  'GET /api/setup': { answer: SetupState };
  /**
   * Puts a document in force that was made from `version`; 409 where somebody else was first.
   * @door session
   */
  'PUT /api/setup/:document': {
    body: { version: string; value: Document };
    answer: { version: string; value: Document };
  };
  /**
   * Takes away what the seed brought, while nothing leans on it.
   * @door session
   */
  'POST /api/setup/clear': { body: { version: string }; answer: SetupState };
  /**
   * Says that the hall is set up.
   * @door session
   */
  'POST /api/setup/finish': { body: object; answer: SetupState };
  /**
   * The documents that one may look at, and what they are made of.
   * @door session
   */
  'GET /api/settings': { answer: Settings };
  /**
   * Which figures would be others if a document said this.
   * @door session
   */
  'POST /api/settings/:document/effects': { body: { value: Document }; answer: Effects };
  /**
   * The versions of a document, the latest first.
   * @door session
   */
  'GET /api/settings/:document/versions': { answer: readonly VersionEntry[] };
  /**
   * What a version said.
   * @door session
   */
  'GET /api/settings/:document/versions/:mark': { answer: Document };

  /**
   * What was typed at a desk, each judged by itself.
   * @door session
   */
  'POST /api/desk/entries': {
    body: { entries: readonly unknown[] };
    answer: { outcomes: readonly EntryOutcome[]; seq: number };
  };
  /**
   * What the one who asks has written down today and in the days before.
   * @door session
   */
  'GET /api/desk/mine': { answer: { day: Day; lines: readonly DeskLine[] } };
  /**
   * What a station's desk needs to work without its server; with an ETag.
   * @door session
   */
  'GET /api/desk/catalogue': { query: { station: string }; answer: DeskCatalogue };
  /**
   * What waits for an answer at a station.
   * @door session
   */
  'GET /api/desk/matters': { query: { station: string }; answer: DeskMatters };
  /**
   * What a station's cases still owe: papers of open ones, and licences of those finished in the last 62 days.
   * @door session
   */
  'GET /api/desk/owed': { query: { station: string; licences?: number }; answer: DeskOwed };
  /**
   * What others wrote down at a station on one of the last seven days, for whoever may void it.
   * @door session
   */
  'GET /api/desk/written': {
    query: { station: string; day: Day; staff?: string; lines?: number };
    answer: DeskWritten;
  };
  /**
   * Whether the desk stands in for a system that is down: from now on, or, with `since`, from behind the last thing of
   * today that came from a system.
   * @door session
   */
  'POST /api/desk/feed': {
    body: { station: string; facts: readonly FeedFact[]; status: FeedStatus; since?: 'last-sent' };
    answer: { ok: true };
  };
  /**
   * Opens a window.
   * @door session
   */
  'POST /api/desk/queue/open': { body: AtWindow & { takeOver?: boolean }; answer: QueueAnswer };
  /**
   * A window pauses.
   * @door session
   */
  'POST /api/desk/queue/pause': { body: AtWindow & { reason: string }; answer: QueueAnswer };
  /**
   * A window closes.
   * @door session
   */
  'POST /api/desk/queue/close': { body: AtWindow; answer: QueueAnswer };
  /**
   * Calls the next number, or one by name.
   * @door session
   */
  'POST /api/desk/queue/call': { body: AtWindow & { ticket?: string }; answer: QueueAnswer };
  /**
   * Calls the one in hand again, or one that was passed over.
   * @door session
   */
  'POST /api/desk/queue/recall': { body: AtWindow & { ticket?: string }; answer: QueueAnswer };
  /**
   * The one in hand did not come.
   * @door session
   */
  'POST /api/desk/queue/pass': { body: AtWindow; answer: QueueAnswer };
  /**
   * Sends the one in hand to another window, or back into the queue.
   * @door session
   */
  'POST /api/desk/queue/transfer': { body: AtWindow & { to?: string }; answer: QueueAnswer };
  /**
   * The one in hand is served.
   * @door session
   */
  'POST /api/desk/queue/finish': { body: AtWindow; answer: QueueAnswer };
  /**
   * Gives a new number; `asked`, drawn by the page, gets the same number twice.
   * @door session
   */
  'POST /api/desk/queue/take': {
    body: {
      station: string;
      line?: string;
      green?: boolean;
      appointment?: string;
      slot?: { at: number; item?: string };
      asked?: string;
    };
    answer: QueueAnswer;
  };
  /**
   * Takes back a number of today that nobody was called by.
   * @door session
   */
  'POST /api/desk/queue/withdraw': { body: { station: string; ticket: string }; answer: QueueAnswer };
  /**
   * Ends a station's queue for today.
   * @door session
   */
  'POST /api/desk/queue/end': { body: { station: string }; answer: QueueAnswer };
  /**
   * Takes today's end of a station's queue back: whoever left by it waits again.
   * @door session
   */
  'POST /api/desk/queue/reopen': { body: { station: string }; answer: QueueAnswer };
  /**
   * Whatever is no command of the queue: 404.
   * @door session
   */
  'POST /api/desk/queue/:command': { answer: null };
  /**
   * What a kiosk shows.
   * @door post
   */
  'GET /api/take': { answer: KioskState };
  /**
   * A kiosk gives a number.
   * @door post
   */
  'POST /api/take': {
    body: { line?: string; slot?: { at: number; item?: string }; green?: boolean; asked?: string };
    answer: TakeAnswer;
  };
  /**
   * A citizen rates at the window's tablet, once for the round that it shows.
   * @door post
   */
  'POST /api/rate/:window': { body: { round: string; score: Score }; answer: { state: RatingState } };
  /**
   * What was poor, from the hall's own list.
   * @door post
   */
  'POST /api/rate/:window/reasons': { body: { round: string; tags: readonly string[] }; answer: object };

  /**
   * The alarm that a telephone's code opens; 410 once it is over.
   * @door alarm
   */
  'GET /api/alarms/by-code': { answer: AlarmSheet };
  /**
   * Somebody sees to an alarm.
   * @door alarm
   */
  'POST /api/alarms/:id/taken': { body: { by?: string; measure?: string }; answer: { alarm: AlarmCard } };
  /**
   * An alarm is over.
   * @door alarm
   */
  'POST /api/alarms/:id/ended': { body: { by?: string; effect?: string }; answer: { alarm: AlarmCard } };
  /**
   * The picture by which a telephone opens an alarm.
   * @door management
   * @gives image/svg+xml
   */
  'GET /api/alarms/:id/code.svg': { answer: null };

  /**
   * A topic as a whole, for what cannot hold a socket; with an ETag.
   * @door reader
   */
  'GET /api/board': { query: { topic: Topic }; answer: Snapshot };
  /**
   * A scene of the wall as it was at a past moment.
   * @door management
   */
  'GET /api/at': { query: { at: string; topic: Scene; player: DrawnId }; answer: PastMoment };
  /**
   * Days as they were published, and what was corrected since; at most 92.
   * @door management
   */
  'GET /api/days/frozen': { query: { from: Day; to: Day }; answer: FrozenDays };
  /**
   * Every figure of a span.
   * @door management
   */
  'GET /api/measures': { query: FiguresQuery; answer: Measures };
  /**
   * What a span is made of: by item, line, window, station, and hour of the week.
   * @door management
   */
  'GET /api/breakdown': { query: FiguresQuery; answer: BreakdownAnswer };
  /**
   * A leader's page.
   * @door management
   */
  'GET /api/brief': {
    query: {
      period?: Period | 'span';
      day?: Day;
      from?: Day;
      to?: Day;
      station?: string;
      line?: string;
      item?: string;
      window?: string;
      /** A past moment. */
      at?: string;
      /** Of a page that plays past moments: drawn by it, and at most two play at a time. */
      player?: DrawnId;
    };
    answer: Brief;
  };
  /**
   * To what a brief can be narrowed.
   * @door management
   */
  'GET /api/brief/scopes': { answer: BriefScopes };
  /**
   * The instructions that concern whoever asks.
   * @door session
   */
  'GET /api/brief/instructions': { answer: InstructionViews };
  /**
   * A leader's instruction, with its owner.
   * @door session
   */
  'POST /api/brief/instructions': {
    body: Instruction;
    answer: { followup: string };
  };
  /**
   * What the owner has done.
   * @door session
   */
  'POST /api/brief/instructions/:id/notes': { body: { id: DrawnId; note: string }; answer: { followup: string } };
  /**
   * Closed by whoever gave it.
   * @door session
   */
  'POST /api/brief/instructions/:id/close': {
    body: { id: DrawnId; result: 'rectified' | 'explained'; note?: string };
    answer: { followup: string };
  };
  /**
   * The rows behind a figure: as many as it says.
   * @door management
   */
  'GET /api/rows': {
    query: FiguresQuery & {
      term: TermId;
      part?: RowPart;
      staff?: string;
      service?: ServiceKind;
      weekday?: number;
      halfHour?: number;
      until?: string;
      order?: RowOrder;
      after?: string;
      limit?: number;
    };
    answer: FigureRows;
  };
  /**
   * Everything that was ever said of one row.
   * @door management
   */
  'GET /api/rows/one': { query: { key: string }; answer: RowLife };
  /**
   * A report.
   * @door management
   */
  'GET /api/report': { query: ReportQuery; answer: Report };
  /**
   * A report as text.
   * @door management
   * @gives text/plain
   */
  'GET /api/report.txt': { query: ReportQuery; answer: null };
  /**
   * A report as a workbook.
   * @door management
   * @gives application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
   */
  'GET /api/report.xlsx': { query: ReportQuery; answer: null };
  /**
   * A report as a document.
   * @door management
   * @gives application/vnd.openxmlformats-officedocument.wordprocessingml.document
   */
  'GET /api/report.docx': { query: ReportQuery; answer: null };
  /**
   * A report as PDF; 501 where the server has no Chromium.
   * @door management
   * @gives application/pdf
   */
  'GET /api/report.pdf': { query: ReportQuery; answer: null };
  /**
   * What the hall writes in a report by itself.
   * @door session
   */
  'POST /api/reports/words': {
    body: { kind: ReportKind; from: Day; to: Day; station?: string; text: string };
    answer: { ok: true };
  };
  /**
   * Which sections a kind of report holds.
   * @door session
   */
  'GET /api/reports/sections': { query: { kind: ReportKind }; answer: ReportSections };
  /**
   * Arranges the sections of a kind of report; `null`: as the product has them.
   * @door session
   */
  'PUT /api/reports/sections': {
    body: { version: string; kind: ReportKind; sections: readonly SectionId[] | null };
    answer: ReportSections;
  };

  /**
   * What was sent and what is due.
   * @door session
   */
  'GET /api/sending': { answer: SendingState };
  /**
   * Sends a recipient a word to try.
   * @door session
   */
  'POST /api/sending/test': { body: { recipient: string }; answer: TestSent };
  /**
   * What became of a delivery of which nobody knew.
   * @door session
   */
  'POST /api/sending/settle': {
    body: { run: string; recipient: string; attempt: number; as: 'sent' | 'again' };
    answer: { ok: true };
  };
  /**
   * Sends a run that was missed after all.
   * @door session
   */
  'POST /api/sending/missed': { body: { run: string; turn: number }; answer: { ok: true } };
  /**
   * How the mail server is reached: written, and never read back.
   * @door session
   */
  'PUT /api/sending/secrets': {
    body: {
      smtp: {
        host: string;
        port: number;
        security: 'tls' | 'starttls' | 'none';
        user?: string;
        password?: string;
        from: string;
        ca?: string;
      } | null;
    };
    answer: SendingState['smtp'];
  };
  /**
   * The robots of groups, without their addresses.
   * @door session
   */
  'GET /api/robots': { answer: { robots: readonly RobotView[] } };
  /**
   * A robot of a group: written, and never read back.
   * @door session
   */
  'PUT /api/robots': {
    body: {
      id: string;
      kind: RobotView['kind'];
      name: string;
      station?: string;
      address: string;
      secret?: string;
    };
    answer: { id: string };
  };
  /**
   * Takes a robot away.
   * @door session
   */
  'POST /api/robots/remove': { body: { id: string }; answer: { id: string } };
  /**
   * Has a robot say a word to try.
   * @door session
   */
  'POST /api/robots/test': { body: { id: string }; answer: TestSent };

  /**
   * Lays a file against a day: the body is the file.
   * @door session
   * @takes application/octet-stream
   */
  'POST /api/reconcile': { query: { day: Day; mapping: string; kind?: FeedFact }; answer: { stamp: Stamp } };
  /**
   * What a day's files said.
   * @door session
   */
  'GET /api/reconcile': { query: { day?: Day }; answer: ReconcileDay };
  /**
   * The days of the last month with files.
   * @door session
   */
  'GET /api/reconcile/days': { answer: ReconcileDays };
  /**
   * The findings of a run, a stretch at a time.
   * @door session
   */
  'GET /api/reconcile/findings': {
    query: {
      run: string;
      kind?: FindingKind;
      state?: 'open' | 'settled';
      owner?: string;
      station?: string;
      after?: number;
      limit?: number;
    };
    answer: FindingList;
  };
  /**
   * What is the matter with findings, and whose they are.
   * @door session
   */
  'POST /api/reconcile/findings': {
    body: { run: string; findings: readonly number[]; owner?: string; cause?: Cause; note?: string };
    answer: { stamp?: Stamp };
  };

  /**
   * A file to be brought in: the body is the file, which is held for whoever sent it.
   * @door session
   * @takes application/octet-stream
   */
  'POST /api/imports': { query: { name: string }; answer: ImportLook };
  /**
   * How the run of a held file goes, or went.
   * @door session
   */
  'GET /api/imports': { query: { id: string }; answer: ImportState };
  /**
   * A held file, read otherwise.
   * @door session
   */
  'POST /api/imports/look': {
    body: { id: string; reading: FileReading; wanted?: readonly string[] };
    answer: ImportLook;
  };
  /**
   * Brings a held file in, or only tries it; it goes on by itself.
   * @door session
   */
  'POST /api/imports/run': {
    body: {
      id: string;
      mapping: Record<string, unknown>;
      dryRun: boolean;
      correct: boolean;
      limit?: number;
    };
    answer: Record<string, never>;
  };
  /**
   * Ends a run at its next batch: what had gone in stays.
   * @door session
   */
  'POST /api/imports/stop': { body: { id: string }; answer: Record<string, never> };
  /**
   * Removes a held file.
   * @door session
   */
  'POST /api/imports/drop': { body: { id: string }; answer: Record<string, never> };
  /**
   * Keeps a mapping for next month.
   * @door session
   */
  'PUT /api/mappings': {
    body: { name: string; mapping: Record<string, unknown>; replace: boolean };
    answer: { id: string };
  };

  /**
   * What every station owes today, what was found, and what was said of it.
   * @door session
   */
  'GET /api/checks': { answer: ChecksState };
  /**
   * What a checker says of areas: all of it is kept, or none.
   * @door session
   */
  'POST /api/checks': { body: Checks; answer: ChecksState };
  /**
   * The follow-ups that concern whoever asks: 50 of a list, after so many.
   * @door session
   */
  'GET /api/followups': { query: { list?: FollowupListId; from?: number }; answer: FollowupList };
  /**
   * Everything that was said of a follow-up.
   * @door session
   */
  'GET /api/followups/one': { query: { followup: string }; answer: FollowupLife };
  /**
   * Does something about a follow-up.
   * @door session
   */
  'POST /api/followups': {
    body: { id: DrawnId; followup: string; deed: FollowupDeed };
    answer: { followup: string };
  };
  /**
   * Who may be chosen for a month's titles and why, what stands, and what is planned.
   * @door session
   */
  'GET /api/stars': { query: { month?: string }; answer: StarsState };
  /**
   * One's own score, and why.
   * @door session
   */
  'GET /api/stars/mine': { query: { month?: string }; answer: OwnStars };
  /**
   * Publishes a star, at once or at a time.
   * @door session
   */
  'POST /api/stars': { body: Choice; answer: object };
  /**
   * Takes a star back, or its plan alone.
   * @door session
   */
  'POST /api/stars/withdraw': { body: Withdrawal; answer: object };
  /**
   * A photograph that was kept.
   * @door session
   * @gives image/jpeg
   */
  'GET /api/stars/photographs/:staff': { answer: null };
  /**
   * Keeps a photograph: drawn anew, so that nothing but the picture is left of it.
   * @door session
   * @takes application/octet-stream
   */
  'PUT /api/stars/photographs/:staff': { answer: { bytes: number } };
  /**
   * Deletes a photograph.
   * @door session
   */
  'DELETE /api/stars/photographs/:staff': { answer: object };
  /**
   * What other rules would do to a month: the first three of each title whose first would be others or have another
   * score. Without `titles` no candidate would have another score or rank.
   * @door session
   */
  'POST /api/stars/rules/effects': {
    body: { month: string; stars: InferInput<typeof starRulesSchema> };
    answer: { titles?: readonly ChangedTitle[] };
  };
  /**
   * By what candidates are ranked.
   * @door session
   */
  'PUT /api/stars/rules': {
    body: { version: string; stars: InferInput<typeof starRulesSchema> };
    answer: { version: string };
  };
  /**
   * The hall's rules of conduct.
   * @door session
   */
  'PUT /api/stars/conduct': {
    body: { version: string; conduct: readonly { title: string; rules: readonly string[] }[] };
    answer: { version: string };
  };

  /**
   * Where the form for citizens stands.
   * @door post
   */
  'GET /api/say': { answer: SayPlace };
  /**
   * What a citizen says. The page draws the receipt.
   * @door post
   */
  'POST /api/say': { body: Said; answer: { ok: true } };
  /**
   * What became of it, for whoever holds the receipt.
   * @door everybody
   */
  'POST /api/say/look': { body: { code: string }; answer: SayAnswer };
  /**
   * What citizens said, for whoever reads and answers it.
   * @door session
   */
  'GET /api/suggestions': {
    query: { list?: VoiceList; station?: string; kind?: VoiceKind; q?: string; from?: Day; to?: Day };
    answer: VoicesState;
  };
  /**
   * How many are given to whoever asks and wait for an answer.
   * @door session
   */
  'GET /api/suggestions/own': { answer: OwnVoices };
  /**
   * A slip of paper, typed in.
   * @door session
   */
  'POST /api/suggestions': { body: Said; answer: { ok: true } };
  /**
   * Releases, gives to somebody, answers, or declines.
   * @door session
   */
  'POST /api/suggestions/:kind/:id': { body: Deed; answer: { ok: true } };

  /**
   * This description.
   * @door everybody
   */
  'GET /api/openapi.json': { answer: object };
}

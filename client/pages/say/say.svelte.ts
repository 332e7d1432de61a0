/** What the form for citizens goes through: a choice, a few words, a receipt; or a receipt, and what became of it. */
import { identityInText } from '../../../domain/events/identity.ts';
import {
  CODE_LENGTH,
  CODE_SIGNS,
  parseReceipt,
  SAY_LIMIT,
  spellReceipt,
  type SayKind,
} from '../../../domain/voices/events.ts';
import type { SayAnswer, SayPlace } from '../../../domain/wire/voices.ts';
import { ask } from '../../live/ask.ts';
import type { Reply } from '../../live/request.ts';

export type SayView = 'choose' | 'write' | 'sent' | 'look' | 'answer';
export type SayLink = 'connecting' | 'live' | 'offline' | 'denied';
/** Why nothing was sent or found: the name of what is said of it. */
export type SayTrouble = 'empty' | 'identity' | 'refused' | 'failed' | 'tooMany' | 'unknown' | 'guessed' | 'offline';

/** Between two looks at whether the hall is there. */
const LOOK_MS = 15_000;
/** Whoever went away from a tablet leaves nothing to the next one. */
const LEFT_MS = 90_000;
/** A receipt stands a little longer: it is being written down. */
const RECEIPT_MS = 180_000;

export interface SayOptions {
  /** The words of an address that leads to an answer. */
  readonly code?: string | undefined;
  /** The station of a poster's address. */
  readonly at?: string | undefined;
  /** Whether the device prints slips. */
  readonly prints: boolean;
  /** Called at each look of a tablet: a new version of the page may be there. */
  readonly onLook: () => void;
}

export class Say {
  view = $state<SayView>('choose');
  link = $state<SayLink>('connecting');
  place = $state.raw<SayPlace>();
  kind = $state<SayKind>('suggestion');
  text = $state('');
  station = $state('');
  typed = $state('');
  trouble = $state<SayTrouble>();
  isBusy = $state(false);
  /** Spelt for reading; of what was sent. */
  receipt = $state('');
  answer = $state.raw<SayAnswer>();
  readonly prints: boolean;
  readonly #options: SayOptions;
  /** Kept while the same words are tried again, so that they are said once. */
  #drawn: { readonly of: string; readonly code: string } | undefined;
  #leaving: ReturnType<typeof setTimeout> | undefined;

  constructor(options: SayOptions) {
    this.#options = options;
    this.prints = options.prints;
    this.station = options.at ?? '';
  }

  get left(): number {
    return SAY_LIMIT - this.text.length;
  }

  /** Where a picture to scan leads; absent where there is no way in from outside. */
  get receiptAddress(): string | undefined {
    return this.place?.outside === undefined ? undefined : `${this.place.outside}/say#${this.receipt}`;
  }

  start(): void {
    const { code } = this.#options;
    if (code !== undefined && code !== '') {
      this.view = 'look';
      this.typed = code;
      void this.find();
    }
    void this.#look();
    setInterval(() => void this.#look(), LOOK_MS);
  }

  /** Somebody is there. */
  touch(): void {
    clearTimeout(this.#leaving);
    // A telephone is its owner's: nothing is taken away.
    if (this.place?.station === undefined && this.link !== 'denied') return;
    if (this.view === 'choose') return;
    this.#leaving = setTimeout(() => this.leave(), this.view === 'sent' ? RECEIPT_MS : LEFT_MS);
  }

  /** Back to the beginning, without anything that was written. */
  leave(): void {
    clearTimeout(this.#leaving);
    this.view = 'choose';
    this.text = '';
    this.typed = '';
    this.receipt = '';
    this.answer = undefined;
    this.trouble = undefined;
    this.#drawn = undefined;
  }

  choose(kind: SayKind): void {
    this.kind = kind;
    this.trouble = undefined;
    this.view = 'write';
    this.touch();
  }

  async send(): Promise<void> {
    if (this.isBusy) return;
    const text = this.text.trim();
    this.trouble = text === '' ? 'empty' : undefined;
    // Numbers do not even leave the device; names the hall judges, which knows its own staff.
    if (identityInText(text, 'none') !== undefined) this.trouble = 'identity';
    if (this.trouble !== undefined) return;
    const station = this.place?.station === undefined ? this.station || this.place?.stations[0]?.id : undefined;
    const said = { kind: this.kind, text, ...(station === undefined ? {} : { station }) };
    const of = JSON.stringify(said);
    if (this.#drawn?.of !== of) this.#drawn = { of, code: drawCode() };
    const { code } = this.#drawn;
    this.isBusy = true;
    const reply = await ask('POST /api/say', { body: { ...said, code } });
    this.isBusy = false;
    this.touch();
    if (reply.type !== 'answered') {
      this.trouble = nameTrouble(reply);
      // What was refused for good begins anew.
      if (reply.type === 'refused' && reply.status < 500 && reply.status !== 429) this.#drawn = undefined;
      return;
    }
    this.#drawn = undefined;
    this.receipt = spellReceipt(code);
    this.text = '';
    this.view = 'sent';
    this.touch();
  }

  openLook(): void {
    this.trouble = undefined;
    this.answer = undefined;
    this.view = 'look';
    this.touch();
  }

  async find(): Promise<void> {
    if (this.isBusy) return;
    const code = parseReceipt(this.typed);
    this.trouble = code === undefined ? 'unknown' : undefined;
    if (code === undefined) return;
    this.isBusy = true;
    const reply = await ask('POST /api/say/look', { body: { code } });
    this.isBusy = false;
    this.touch();
    if (reply.type === 'answered') {
      this.answer = reply.value;
      this.view = 'answer';
      this.touch();
    } else if (reply.type === 'refused' && reply.status === 404) this.trouble = 'unknown';
    else this.trouble = reply.type === 'refused' && reply.status === 429 ? 'guessed' : 'offline';
  }

  async #look(): Promise<void> {
    const reply = await ask('GET /api/say');
    if (reply.type === 'answered') {
      this.place = reply.value;
      this.link = 'live';
      const { stations, station } = reply.value;
      if (!stations.some(({ id }) => id === this.station)) this.station = stations[0]?.id ?? '';
      if (station !== undefined) this.#options.onLook();
    } else if (reply.type === 'refused' && [401, 403, 404].includes(reply.status)) this.link = 'denied';
    else this.link = 'offline';
  }
}

function nameTrouble(reply: Exclude<Reply<true>, { type: 'answered' }>): SayTrouble {
  if (reply.type === 'unreachable') return 'failed';
  if (reply.error === 'identity') return 'identity';
  if (reply.status === 422 || reply.status === 400) return 'refused';
  return reply.status === 429 ? 'tooMany' : 'failed';
}

/** Each of its signs is as likely as any other: there are 32. */
function drawCode(): string {
  return [...crypto.getRandomValues(new Uint8Array(CODE_LENGTH))]
    .map((byte) => CODE_SIGNS[byte % CODE_SIGNS.length]!)
    .join('');
}

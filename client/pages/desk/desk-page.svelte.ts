/** What the desk's page knows beside its desk: where it stands, what may be recorded there, what was recorded, and what was last said. */
import { untrack } from 'svelte';
import { createZone } from '../../../domain/calendar/zone.ts';
import type { DeskCatalogue } from '../../../domain/desk/catalogue.ts';
import { UNDO_MS, type Act } from '../../../domain/desk/entry.ts';
import type { DeskLine } from '../../../domain/desk/from-events.ts';
import type { FeedStatus } from '../../../domain/events/schema.ts';
import type { FeedFact } from '../../../domain/profile/feeds.ts';
import type { DeskOwed, QueueCommand } from '../../../domain/wire/desk.ts';
import type { KeptStation } from '../../desk/kept-station.ts';
import type { Desk, Recorded } from '../../desk/desk.svelte.ts';
import { Once } from '../../live/once.ts';
import type { DeskOwnWords } from '../../words/zh/desk.ts';
import { keepPlace, readPlace, type Place } from './choices.ts';
import { command, switchFeed, takeAlarm, type CommandBody } from './commands.ts';
import { readMine } from './mine.ts';
import { buildRecent, recentItems, type HeldEntry } from './recent.ts';
import { withoutPromise } from './record.ts';
import { buildServing } from './serving.ts';
import { choosePlace, mayAt } from './stations.ts';
import { withUnsent } from './unsent-cases.ts';

/** What concerns no window. */
const OF_STATION = new Set<QueueCommand>(['take', 'withdraw', 'end', 'reopen']);

/** Whoever goes waits for no longer. */
const GOING_MS = 4_000;

export class DeskPage {
  place = $state.raw<Place>();
  catalogue = $state.raw<DeskCatalogue>();
  /** What the server said last that the station's cases still owe. */
  owed = $state.raw<DeskOwed>();
  sent = $state.raw<readonly DeskLine[]>([]);
  /** Whether the server has told what this person wrote down before this page was there. */
  isSentKnown = $state(false);
  /** Lists of the ledger's that were asked for, by number, and the latest of them that came. */
  #asked = 0;
  #heard = 0;
  /** Why the last thing was not done, and what was, in words. */
  problem = $state<string>();
  said = $state('');

  readonly desk: Desk;
  readonly #once = new Once();
  readonly #words: DeskOwnWords;

  who = $derived.by(() => this.desk.session.who);
  zone = $derived(createZone(this.who?.timeZone ?? 'Asia/Shanghai'));
  state = $derived.by(() => this.desk.link.state);
  /** The station as this browser heard of it last, before this page was there; nothing else is known until the server tells. */
  #kept = $state.raw<KeptStation>();
  isLive = $derived.by(() => this.desk.link.link === 'live');
  day = $derived(this.state?.day ?? this.who?.day ?? '');
  window = $derived(this.state?.windows.find(({ id }) => id === this.place?.window));
  /** What this person has open, wherever this page stands. */
  openWindow = $derived(
    this.state?.windows.find(({ holder, status }) => status === 'open' && holder?.staff === this.who?.staff),
  );
  serving = $derived.by(() => {
    const { state, place, who, isLive, zone } = this;
    return buildServing(state, place?.window, who?.staff ?? '', this.desk.now, isLive, zone, this.#words);
  });
  /** Who was just let go here as served, while that can be taken back: for so many seconds. */
  served = $derived.by(() => {
    const { holder, served } = this.window ?? {};
    if (!served || holder?.staff !== this.who?.staff) return undefined;
    const leftS = Math.ceil((served.at + UNDO_MS - this.desk.now) / 1_000);
    return leftS > 0 ? { ticket: served, leftS } : undefined;
  });
  mayRecord = $derived(this.#may('record'));
  mayServe = $derived(this.#may('serve'));
  mayLead = $derived(this.#may('end-queue'));
  mayCorrect = $derived(this.#may('correct'));
  /** Whether somebody else sits at this desk's window by now: nothing that is written down here is of it. */
  #isOthers = $derived(
    this.window?.holder !== undefined &&
      this.window.status !== 'closed' &&
      this.window.holder.staff !== this.who?.staff,
  );
  #source = $derived.by(() => {
    const { unsent = [], arriving = [], refused = [] } = this.desk.outbox ?? {};
    const held = [
      ...unsent.map((entry) => ({ entry })),
      ...refused,
      ...arriving.map((entry) => ({ entry, isSent: true as const })),
    ];
    return { sent: this.sent, held, catalogue: this.catalogue, now: this.desk.now, zone: this.zone };
  });
  /** What this person did that the server's lists do not tell of yet. */
  #underWay = $derived(
    this.#source.held
      .flatMap((one) => ('reason' in one ? [] : [one.entry]))
      .sort((a, b) => Date.parse(a.at) - Date.parse(b.at)),
  );
  underWay = $derived(this.#underWay.map(({ act }) => act));
  #known = $derived.by(() => this.state ?? (this.desk.link.link === 'not-allowed' ? undefined : this.#kept));
  openCases = $derived.by(() => {
    const { cases = [], caseCount: count, now } = this.#known ?? {};
    const told = { cases, count, ...(this.isLive || now === undefined ? {} : { asOf: now }) };
    return this.place ? withUnsent(told, this.#underWay, this.place.station) : told;
  });
  /** Kinds of fact that another system sends: what is not taken here is not offered. */
  feeds = $derived(this.#known?.feeds ?? {});
  recent = $derived.by(() => buildRecent(this.#source, this.#words));
  recentItems = $derived(recentItems(this.#source));

  /** To be called while a page is set up: it follows the desk as long as that page is there. */
  constructor(desk: Desk, words: DeskOwnWords) {
    this.desk = desk;
    this.#words = words;
    // Whoever is signed in decides everything that is shown: nothing of one is left for the next.
    const staff = $derived(this.who?.staff);
    $effect(() => {
      void staff;
      untrack(() => this.#begin());
    });
    $effect(() => {
      const station = this.place?.station;
      if (station === undefined || staff === undefined) return;
      // What these look at is of this moment: a line that comes and goes is no reason to join anew.
      untrack(() => {
        desk.link.join(station);
        void this.#recall(station);
        void this.#loadCatalogue(station);
      });
    });
    $effect(() => {
      // The list itself: one that is made and sent within a moment leaves no other length behind.
      void desk.outbox?.unsent;
      void this.isLive;
      if (staff !== undefined) untrack(() => void this.#refreshMine());
    });
    $effect(() => {
      // Another day has other promises.
      const { catalogue, day, place } = this;
      if (catalogue && day !== '' && catalogue.day !== day && place) void this.#loadCatalogue(place.station);
    });
  }

  /** Puts an act into the outbox, under the window and, where it is of the one in hand, the ticket. */
  async record(act: Act, isOfTicket = false): Promise<boolean> {
    const { place, serving } = this;
    if (!place) return false;
    const where = this.#isOthers ? { station: place.station } : place;
    const ticket = isOfTicket && serving.serving ? { ticket: serving.serving.ticket } : {};
    return this.#tell(this.desk.record({ ...where, ...ticket, act }));
  }

  undo(entry: string): void {
    const { place } = this;
    // The clock may have been put right since.
    const notBefore = this.recent.find(({ id }) => id === entry)?.at;
    if (place) void this.#tell(this.desk.record({ ...place, act: { type: 'undo', entry } }, notBefore));
  }

  refused(id: string): HeldEntry | undefined {
    return this.desk.outbox?.refused.find((one) => one.id === id);
  }

  /**
   * What was refused is written down anew, as it was or as another act. What was refused for its time is so of this
   * moment, and what it promises is counted from then.
   */
  mend(id: string, act?: Act): Promise<boolean> {
    const refused = this.refused(id);
    if (!refused) return Promise.resolve(false);
    const { reason, entry } = refused;
    const { station, window, ticket } = entry;
    const mended = act ?? (reason === 'time' ? withoutPromise(entry.act) : entry.act);
    return this.#tell(this.desk.correct(id, { station, window, ticket, act: mended }));
  }

  async #tell(recording: Promise<Recorded>): Promise<boolean> {
    this.problem = undefined;
    const recorded = await recording;
    if (recorded.type === 'refused') this.problem = this.#words.recent.refusals[recorded.reason];
    else if (recorded.type === 'nobody') this.problem = this.#words.link.signedOutNote;
    return recorded.type === 'kept' || recorded.type === 'only-in-memory';
  }

  /** Asks for something that needs the present state. */
  async run(name: QueueCommand, body: Omit<CommandBody, 'station'> = {}): Promise<void> {
    const { place } = this;
    if (!place) return;
    const at = OF_STATION.has(name) ? { station: place.station } : place;
    const done = await command(name, { ...at, ...body }, this.#once, this.#words);
    this.problem = 'problem' in done ? done.problem : undefined;
    const number = 'answer' in done ? done.answer.ticket?.number : undefined;
    this.said =
      number === undefined
        ? ''
        : name === 'call'
          ? this.#words.window.called(number, this.window?.label ?? '')
          : name === 'take'
            ? this.#words.queue.took(number)
            : name === 'withdraw'
              ? this.#words.queue.withdrawn(number)
              : '';
  }

  /** Closes the window of whoever goes, or pauses it. @returns whether they may go: not to be answered keeps nobody */
  async leaveWindow(window: string, reason?: string): Promise<boolean> {
    const { place } = this;
    if (!place) return true;
    const body = { station: place.station, window, ...(reason === undefined ? {} : { reason }) };
    const done = await command(reason === undefined ? 'close' : 'pause', body, this.#once, this.#words, GOING_MS);
    this.problem = 'problem' in done ? done.problem : undefined;
    return 'answer' in done || !done.isRefused;
  }

  /** Stands at another station or window from now on, and perhaps opens it. */
  stand(place: Place, isOpening: boolean, takeOver: boolean): void {
    if (place.station !== this.place?.station) {
      this.owed = undefined;
      this.#kept = undefined;
    }
    this.place = place;
    if (this.who) keepPlace(this.who.hall.id, place);
    if (isOpening) void this.run('open', takeOver ? { takeOver } : {});
  }

  async switchFeed(fact: FeedFact, status: FeedStatus, since?: 'last-sent'): Promise<void> {
    if (this.place) this.problem = await switchFeed(this.place.station, [fact], status, since, this.#words);
  }

  async takeAlarm(id: string): Promise<void> {
    this.problem = await takeAlarm(id, this.#words);
  }

  #begin(): void {
    const { who } = this;
    this.place = who && choosePlace(who, readPlace(who.hall.id));
    this.owed = undefined;
    this.#kept = undefined;
    this.sent = [];
    this.isSentKnown = false;
    this.problem = undefined;
    this.said = '';
  }

  #may(action: Parameters<typeof mayAt>[1]): boolean {
    const { who, place } = this;
    return who !== undefined && place !== undefined && mayAt(who, action, place.station);
  }

  async #refreshMine(): Promise<void> {
    const staff = this.who?.staff;
    const { outbox } = this.desk;
    const before = outbox?.arriving ?? [];
    const asked = ++this.#asked;
    const mine = await readMine();
    // A list that was asked for earlier may come later, and lacks what this one has.
    if (!mine || staff !== this.who?.staff || asked < this.#heard) return;
    this.#heard = asked;
    this.sent = mine;
    this.isSentKnown = true;
    // What has left the outbox since the list was asked for may not be in it.
    if (before.length > 0) outbox?.forget(before);
  }

  async #recall(station: string): Promise<void> {
    const kept = await this.desk.readKeptStation(station);
    if (this.place?.station === station) this.#kept = kept;
  }

  async #loadCatalogue(station: string): Promise<void> {
    const answer = await this.desk.readCatalogue(station);
    if (answer.type === 'here' && this.place?.station === station) this.catalogue = answer.catalogue;
  }
}

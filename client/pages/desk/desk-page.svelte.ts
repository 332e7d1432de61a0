/** What the desk's page knows beside its desk: where it stands, what may be recorded there, what was recorded, and what was last said. */
import { untrack } from 'svelte';
import { createZone } from '../../../domain/calendar/zone.ts';
import type { DeskCatalogue } from '../../../domain/desk/catalogue.ts';
import type { Act } from '../../../domain/desk/entry.ts';
import type { DeskLine } from '../../../domain/desk/from-events.ts';
import type { FeedStatus } from '../../../domain/events/schema.ts';
import type { FeedFact } from '../../../domain/profile/feeds.ts';
import type { QueueCommand } from '../../../domain/wire/desk.ts';
import type { Desk } from '../../desk/desk.svelte.ts';
import type { DeskOwnWords } from '../../words/zh/desk.ts';
import { keepPlace, readPlace, type Place } from './choices.ts';
import { command, switchFeed, type CommandBody } from './commands.ts';
import { readMine } from './mine.ts';
import { buildRecent, recentItems } from './recent.ts';
import { buildServing } from './serving.ts';
import { choosePlace, mayAt } from './stations.ts';

/** What concerns no window. */
const OF_STATION = new Set<QueueCommand>(['take', 'end']);

export class DeskPage {
  place = $state.raw<Place>();
  catalogue = $state.raw<DeskCatalogue>();
  sent = $state.raw<readonly DeskLine[]>([]);
  /** Why the last thing was not done, and what was, in words. */
  problem = $state<string>();
  said = $state('');

  readonly desk: Desk;
  readonly #words: DeskOwnWords;

  who = $derived.by(() => this.desk.session.who);
  zone = $derived(createZone(this.who?.timeZone ?? 'Asia/Shanghai'));
  state = $derived.by(() => this.desk.link.state);
  isLive = $derived.by(() => this.desk.link.link === 'live');
  day = $derived(this.state?.day ?? this.who?.day ?? '');
  window = $derived(this.state?.windows.find(({ id }) => id === this.place?.window));
  serving = $derived.by(() => {
    const { state, place, who, isLive, zone } = this;
    return buildServing(state, place?.window, who?.staff ?? '', this.desk.now, isLive, zone, this.#words);
  });
  mayRecord = $derived(this.#may('record'));
  mayServe = $derived(this.#may('serve'));
  mayLead = $derived(this.#may('end-queue'));
  /** Whether somebody else sits at this desk's window by now: nothing that is written down here is of it. */
  #isOthers = $derived(
    this.window?.holder !== undefined &&
      this.window.status !== 'closed' &&
      this.window.holder.staff !== this.who?.staff,
  );
  #source = $derived.by(() => {
    const { unsent = [], refused = [] } = this.desk.outbox ?? {};
    const held = [...unsent.map((entry) => ({ entry })), ...refused];
    return { sent: this.sent, held, catalogue: this.catalogue, now: this.desk.now, zone: this.zone };
  });
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
      if (this.place === undefined || staff === undefined) return;
      desk.link.join(this.place.station);
      void this.#loadCatalogue(this.place.station);
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
    this.problem = undefined;
    const recorded = await this.desk.record({
      ...(this.#isOthers ? { station: place.station } : place),
      ...(isOfTicket && serving.serving ? { ticket: serving.serving.ticket } : {}),
      act,
    });
    if (recorded.type === 'refused') this.problem = this.#words.recent.refusals[recorded.reason];
    else if (recorded.type === 'nobody') this.problem = this.#words.link.signedOutNote;
    return recorded.type === 'kept' || recorded.type === 'only-in-memory';
  }

  undo(entry: string): void {
    void this.record({ type: 'undo', entry });
  }

  /** Asks for something that needs the present state. */
  async run(name: QueueCommand, body: Omit<CommandBody, 'station'> = {}): Promise<void> {
    const { place } = this;
    if (!place) return;
    const at = OF_STATION.has(name) ? { station: place.station } : place;
    const done = await command(name, { ...at, ...body }, this.#words);
    this.problem = 'problem' in done ? done.problem : undefined;
    const number = 'answer' in done ? done.answer.ticket?.number : undefined;
    this.said =
      number === undefined
        ? ''
        : name === 'call'
          ? this.#words.window.called(number, this.window?.label ?? '')
          : name === 'take'
            ? this.#words.queue.took(number)
            : '';
  }

  /** Stands at another station or window from now on, and perhaps opens it. */
  stand(place: Place, isOpening: boolean, takeOver: boolean): void {
    this.place = place;
    if (this.who) keepPlace(this.who.hall.id, place);
    if (isOpening) void this.run('open', takeOver ? { takeOver } : {});
  }

  switchFeed(fact: FeedFact, status: FeedStatus): void {
    if (this.place) void switchFeed(this.place.station, [fact], status);
  }

  #begin(): void {
    const { who } = this;
    this.place = who && choosePlace(who, readPlace(who.hall.id));
    this.sent = [];
    this.problem = undefined;
    this.said = '';
  }

  #may(action: Parameters<typeof mayAt>[1]): boolean {
    const { who, place } = this;
    return who !== undefined && place !== undefined && mayAt(who, action, place.station);
  }

  async #refreshMine(): Promise<void> {
    const staff = this.who?.staff;
    const mine = await readMine();
    if (mine && staff === this.who?.staff) this.sent = mine;
  }

  async #loadCatalogue(station: string): Promise<void> {
    const answer = await this.desk.readCatalogue(station);
    if (answer.type === 'here' && this.place?.station === station) this.catalogue = answer.catalogue;
  }
}

/** A mapping in the making: what its events read, each guess with the question that it raises. */
import type { EventType } from '../../events/schema.ts';
import type { ConditionSpec, EventSpec, MappingSpec, MomentSpec, Scalar, ValueSpec } from '../schema.ts';
import type { Column, IsSafe } from './columns.ts';
import type { DraftHall } from './hall.ts';
import { findPlaces, placesOf } from './places.ts';
import { QuestionList, type QuestionKind } from './question.ts';
import type { FoundRoles, IdRole, LengthRole, PlaceRole, Role, RoleColumn, TimeRole, WordRole } from './roles.ts';
import { CENTURY, type TimeStyle } from './times.ts';

/** To be replaced by a person: what it says is the system's name for ever. */
export const SOURCE = '/import/CHANGE-ME';
/** Stands for what the ledger needs and the file does not tell. */
export const UNSTATED = '未注明';
/** Moments of which a day alone says all. */
const DAYS_ARE_ENOUGH = new Set(['promised', 'day', 'at']);
/** Every day of the file lies behind it. */
const SINCE_EVER = '2000-01-01';

/** Fields of an event; what the file does not tell is left out. */
export type Fields = Readonly<Record<string, ValueSpec | undefined>>;

/** A template that names a thing of each row, and whether the rows of one thing are several. */
export interface ThingId {
  readonly template: string;
  readonly columns: readonly Column[];
  readonly repeats: boolean;
}

export interface SketchInput {
  readonly name: string;
  readonly found: FoundRoles;
  readonly columns: readonly Column[];
  /** Lines of the rows that were looked at. */
  readonly lines: readonly number[];
  readonly hall: DraftHall;
  readonly isSafe: IsSafe;
}

export class Sketch {
  readonly questions = new QuestionList();
  readonly #input: SketchInput;
  readonly #moments = new Map<string, MomentSpec>();
  readonly #styles = new Map<string, { column: Column; style: TimeStyle }>();
  readonly #maps = new Map<string, Readonly<Record<string, Scalar>>>();
  readonly #blanks = new Map<string, readonly string[]>();
  readonly #events: EventSpec[] = [];
  #firstClock: string | undefined;
  #ticketsRestart = false;
  #where: ConditionSpec | undefined;

  constructor(input: SketchInput) {
    this.#input = input;
  }

  has(...roles: Role[]): boolean {
    return roles.every((role) => this.find(role) !== undefined);
  }

  find(role: Role): RoleColumn | undefined {
    return this.#input.found.roles.get(role);
  }

  get hall(): DraftHall {
    return this.#input.hall;
  }

  /** Reads a column: from now on its marks mean nothing, and neither do the texts in `nothing`. */
  use(column: Column, nothing: readonly string[] = []): string {
    const blanks = [...new Set([...(this.#blanks.get(column.name) ?? []), ...column.marks, ...nothing])];
    if (blanks.length > 0) this.#blanks.set(column.name, blanks);
    return `{${column.name}}`;
  }

  column(role: WordRole | IdRole): Column | undefined {
    return this.find(role)?.column;
  }

  /** The first of the roles that the file has, as a moment under `name`; `undefined` where it has none. */
  moment(name: string, ...roles: TimeRole[]): string | undefined {
    for (const role of roles) {
      const found = this.find(role);
      if (!found) continue;
      if (this.#moments.has(name)) return name;
      const spec = found.clock ? this.#clockMoment(name, found.column, found.clock) : this.#ownMoment(name, found);
      if (!spec) continue;
      this.#moments.set(name, spec);
      return name;
    }
    return undefined;
  }

  #ownMoment(name: string, { column, style }: RoleColumn): MomentSpec | undefined {
    if (!style) return undefined;
    this.#styles.set(name, { column, style });
    return { at: this.use(column), ...(style.formats.length > 0 ? { formats: [...style.formats] } : {}) };
  }

  /** A time of day beside the column of days. */
  #clockMoment(name: string, column: Column, clocks: readonly string[]): MomentSpec | undefined {
    const day = this.#dayColumn();
    if (!day?.style) return undefined;
    const dates = day.style.dates;
    const formats = dates.flatMap((date) => clocks.map((clock) => `${date} ${clock}`));
    this.#styles.set(name, { column: day.column, style: { ...day.style, formats, isDayOnly: false } });
    const near = this.#firstClock;
    this.#firstClock ??= name;
    return { at: `${this.use(day.column)} ${this.use(column)}`, formats, ...(near === undefined ? {} : { near }) };
  }

  #dayColumn(): RoleColumn | undefined {
    const { roles, otherTimes } = this.#input.found;
    return [roles.get('date'), ...otherTimes, ...roles.values()].find((found) => found?.style?.isDayOnly === true);
  }

  /** A moment by a length of time from another one, such as a call by the wait. */
  shift(name: string, word: 'after' | 'before', origin: string, role: LengthRole): string | undefined {
    const found = this.find(role);
    if (!found) return undefined;
    const stated = unitOf(found.column.full);
    const unit = stated ?? 'minutes';
    this.#moments.set(name, { [word]: origin, by: this.use(found.column), unit } as unknown as MomentSpec);
    if (stated === undefined && found.saysUnit !== true)
      this.questions.ask('length-unit', `moments.${name}.unit`, [found.column.label]);
    return name;
  }

  /** The first of several moments that a row holds. */
  either(...names: (string | undefined)[]): EventSpec['time'] | undefined {
    const there = [...new Set(names.filter((name) => name !== undefined))];
    return there.length > 1 ? { first: there } : there[0];
  }

  /** The columns behind a moment: where they are filled the row has it. */
  filled(...roles: Role[]): ConditionSpec | undefined {
    const column = roles.map((role) => this.find(role)?.column).find((found) => found !== undefined);
    return column && { column: column.name, blank: false };
  }

  add(
    type: EventType,
    id: string,
    time: EventSpec['time'],
    data: Fields,
    more: Pick<EventSpec, 'where' | 'once'> = {},
  ): void {
    const said = Object.fromEntries(
      Object.entries(data).flatMap(([field, value]) => (value === undefined ? [] : [[field, value] as const])),
    );
    const { where, once } = more;
    this.#events.push({
      type,
      ...(once === undefined ? {} : { once }),
      ...(where === undefined ? {} : { where }),
      id,
      time,
      data: said,
    });
  }

  /** Where the next event's field stands. */
  pathOf(field: string): string {
    return `events[${this.#events.length}].data.${field}`;
  }

  restartTickets(column: Column): void {
    this.#ticketsRestart = true;
    this.questions.ask('tickets-restart', 'tickets.restartFrom', [column.label]);
  }

  leaveOut(column: Column, texts: readonly string[], rows: readonly number[]): void {
    this.#where = { column: column.name, not: [...texts] };
    this.questions.ask('rows-left-out', 'where', [column.label], { values: texts, rows });
  }

  // What stands in the columns of the hall's own things.

  station(): ValueSpec {
    const path = this.pathOf('station');
    const found = this.find('station');
    if (found) return this.place('station', 'station', path) ?? this.hall.usualStation;
    const byWindow = this.#stationByWindow();
    if (byWindow) return byWindow;
    if (this.hall.stations.length > 1)
      this.questions.ask('station-assumed', path, [], { values: [this.hall.usualStation] });
    return this.hall.usualStation;
  }

  /** Where each window of the file is one of the hall's, it tells the station. */
  #stationByWindow(): ValueSpec | undefined {
    const found = this.find('window');
    if (!found?.places || found.places.unknown.length > 0 || found.places.likely.length > 0) return undefined;
    const stationOf = new Map(this.hall.windows.map(({ id, station }) => [id, station]));
    const map: [string, string][] = [...found.places.known].map(([text, id]) => [text, stationOf.get(id)!]);
    const stations = new Set(map.map(([, station]) => station));
    if (found.column.cells.length < this.#input.lines.length) return undefined;
    if (stations.size === 1) return [...stations][0]!;
    return { from: this.use(found.column), map: Object.fromEntries(map.filter(([text]) => this.#input.isSafe(text))) };
  }

  /** The ids of a column's things: as they stand, or by a map of the hall's names. */
  place(
    field: 'station' | 'window' | 'item' | 'line' | 'staff',
    role: PlaceRole,
    path = this.pathOf(field),
  ): ValueSpec | undefined {
    const found = this.find(role);
    if (!found?.places) return undefined;
    if (field === 'window' && !found.places.areIds && this.find('station')) return this.#windowsByStation(found, path);
    const { column, places } = found;
    const ask = (kind: QuestionKind, texts: readonly string[]) => {
      if (texts.length > 0) this.questions.ask(kind, path, [column.label], this.#say(column, texts));
    };
    if (field === 'station' || field === 'window') ask(`${field}-likely`, places.likely);
    if (field === 'staff') ask('staff-unknown', places.unknown);
    else if (field !== 'line') ask(`${field}-${places.known.size === 0 ? 'foreign' : 'unknown'}`, places.unknown);
    // People are no configuration that a ledger flags: whoever the roster does not name is left out.
    if (field === 'staff') {
      if (places.known.size === 0) return undefined;
      return { from: this.use(column), map: { ...this.#mapOf(places.known), '*': null } };
    }
    if (places.areIds || places.known.size === 0)
      return field === 'line' && places.known.size === 0 ? undefined : this.use(column);
    const map = { ...this.#namesOf(role), ...this.#mapOf(places.known), ...(field === 'line' ? { '*': null } : {}) };
    this.#maps.set(field, map);
    return { from: this.use(column), map: field };
  }

  /** Each station counts its windows from 1: station and window together tell which is meant. */
  #windowsByStation({ column }: RoleColumn, path: string): ValueSpec | undefined {
    const { column: stations, places } = this.find('station')!;
    const stationOf = new Map(stations.cells.map(({ line, text }) => [line, text]));
    const pairs = new Map<string, { station: string; window: string; line: number }>();
    for (const { line, text: window } of column.cells) {
      const station = stationOf.get(line);
      if (station !== undefined) pairs.set(`${station}/${window}`, { station, window, line });
    }
    const map = new Map<string, string>();
    for (const [text, { station, window }] of pairs) {
      const id = places?.known.get(station);
      const there = { ...this.hall, windows: this.hall.windows.filter((one) => one.station === id) };
      const meant = findPlaces('window', [window], there).known.get(window);
      if (meant !== undefined) map.set(text, meant);
    }
    const strange = [...pairs].filter(([text]) => !map.has(text));
    const { isSafe } = this.#input;
    if (strange.length > 0) {
      const values = strange
        .filter(([, { station, window }]) => isSafe(station) && isSafe(window))
        .map(([text]) => text);
      const rows = strange.map(([, { line }]) => line);
      this.questions.ask(map.size === 0 ? 'window-foreign' : 'window-unknown', path, [stations.label, column.label], {
        values: values.filter(isSafe),
        rows,
      });
    }
    const from = `${this.use(stations)}/${this.use(column)}`;
    if (map.size === 0) return from;
    return { from, map: this.#nameMap('window', this.#mapOf(map)) };
  }

  /** Every name of the hall's that means one thing, so that rows further down are read too. */
  #namesOf(role: PlaceRole): Record<string, string> {
    const names = placesOf(role, this.hall).flatMap((place) => [place.id, ...place.names]);
    return this.#mapOf(findPlaces(role, names, this.hall).known);
  }

  #mapOf(known: ReadonlyMap<string, string>): Record<string, string> {
    const entries = [...known].filter(([text]) => this.#input.isSafe(text) && text !== '*');
    return Object.fromEntries(entries);
  }

  /** Looks a column's texts up in a list of words; what it does not hold is asked about, and refused until it is said. */
  words<T extends Scalar>(
    field: string,
    column: Column,
    means: (text: string) => T | undefined,
    unknown: 'channel-unknown' | 'outcome-unknown' | 'handling-unknown' | 'score-unknown' | 'medium-unknown',
    fallback?: T,
  ): ValueSpec {
    const path = this.pathOf(field);
    const map = new Map<string, T>();
    const strange: string[] = [];
    for (const text of column.texts) {
      const meaning = means(text);
      if (meaning === undefined) strange.push(text);
      else if (this.#input.isSafe(text) && text !== '*') map.set(text, meaning);
    }
    if (strange.length > 0) this.questions.ask(unknown, path, [column.label], this.#say(column, strange));
    const name = this.#nameMap(field, Object.fromEntries(map));
    const isFull = column.cells.length === this.#input.lines.length;
    return {
      from: this.use(column),
      map: name,
      ...(fallback === undefined || isFull ? {} : { default: fallback }),
    };
  }

  #nameMap(field: string, map: Readonly<Record<string, Scalar>>): string {
    this.#maps.set(field, map);
    return field;
  }

  /** What may be repeated of some texts of a column, and where all of them stand. */
  #say(column: Column, texts: readonly string[]): { values: string[]; rows: number[] } {
    const asked = new Set(texts);
    return {
      values: texts.filter(this.#input.isSafe),
      rows: column.cells.filter(({ text }) => asked.has(text)).map(({ line }) => line),
    };
  }

  say(column: Column, texts: readonly string[]): { values: string[]; rows: number[] } {
    return this.#say(column, texts);
  }

  // Ids.

  /** @param beside what may stand beside an id that is not unique by itself, such as the day of a ticket */
  thing(roles: readonly IdRole[], beside: readonly Role[]): ThingId {
    const path = `events[${this.#events.length}].id`;
    const own = roles.map((role) => this.find(role)?.column).find((column) => column !== undefined);
    if (own) this.#askMangled(own, path);
    if (own && !isCounted(own))
      return { template: this.use(own), columns: [own], repeats: this.repeatedLines(own).length > 0 };
    const guessed = own ? undefined : this.#guessId();
    if (!guessed) return this.build(own ? [own] : [], beside);
    this.#askMangled(guessed, path);
    this.questions.ask('id-guessed', path, [guessed.label]);
    return { template: this.use(guessed), columns: [guessed], repeats: false };
  }

  /**
   * The columns that tell the rows apart, so few as will do.
   * @param beside the first of them is always among them, and where and at which window it was: rows further down may
   * be alike in all else
   */
  build(start: readonly Column[], beside: readonly Role[]): ThingId {
    const path = `events[${this.#events.length}].id`;
    const full = (role: Role): Column[] => {
      const column = this.find(role)?.column;
      return column && column.cells.length === this.#input.lines.length ? [column] : [];
    };
    const rest = [...new Set(beside.flatMap(full))].filter((column) => !start.includes(column));
    const certain = [
      ...rest.slice(0, 1),
      ...(['station', 'window'] as const).filter((role) => beside.includes(role)).flatMap(full),
    ];
    let chosen = [...new Set([...start, ...certain])];
    let left = rest.filter((column) => !chosen.includes(column));
    let repeated = this.#repeatsOf(chosen);
    while (repeated.length > 0 && left.length > 0) {
      const best = left
        .map((column) => ({ column, rows: this.#repeatsOf([...chosen, column]) }))
        .sort((one, other) => one.rows.length - other.rows.length)[0]!;
      if (chosen.length > 0 && best.rows.length >= repeated.length) break;
      chosen = [...chosen, best.column];
      left = left.filter((column) => column !== best.column);
      repeated = best.rows;
    }
    if (chosen.length === 0)
      chosen = this.#input.columns.filter(({ access, cells }) => access === 'named' && cells.length > 0).slice(0, 3);
    const ordered = [...chosen].sort((one, other) => one.index - other.index);
    const labels = ordered.map(({ label }) => label);
    if (repeated.length > 0) this.questions.ask('id-not-unique', path, labels, { rows: repeated });
    else this.questions.ask('id-built', path, labels);
    const template = ordered.map((column) => this.use(column)).join('/');
    return { template, columns: ordered, repeats: repeated.length > 0 };
  }

  /** Lines of rows that say the same in the columns as a row above. */
  #repeatsOf(columns: readonly Column[]): number[] {
    if (columns.length === 0) return [...this.#input.lines];
    const texts = columns.map(({ cells }) => new Map(cells.map(({ line, text }) => [line, text])));
    const seen = new Set<string>();
    return this.#input.lines.filter((line) => {
      const key = JSON.stringify(texts.map((column) => column.get(line) ?? ''));
      return seen.size === seen.add(key).size;
    });
  }

  repeatedLines({ cells }: Column): number[] {
    const seen = new Set<string>();
    return cells.filter(({ text }) => seen.size === seen.add(text).size).map(({ line }) => line);
  }

  #guessId(): Column | undefined {
    const taken = new Set(
      [...this.#input.found.roles.values(), ...this.#input.found.otherTimes].map(({ column }) => column),
    );
    return this.#input.columns.find(
      (column) =>
        column.access === 'named' &&
        column.isUnique &&
        !taken.has(column) &&
        !isCounted(column) &&
        column.texts.every(
          (text) => /^[\p{L}\p{N}_\-./#]{4,64}$/u.test(text) && /\d/.test(text) && !/^\d+\.\d+$/.test(text),
        ),
    );
  }

  #askMangled(column: Column, path: string): void {
    const rows = column.cells.filter(({ text }) => /^\d(\.\d+)?E\+\d{2,}$/i.test(text)).map(({ line }) => line);
    if (rows.length > 0) this.questions.ask('id-mangled', path, [column.label], { rows });
  }

  // The whole.

  finish(): MappingSpec | undefined {
    if (this.#events.length === 0) return undefined;
    this.questions.ask('source', 'source', [], { values: [SOURCE] });
    const formats = this.#hoistFormats();
    this.#askTimes(formats);
    const usesCentury = [...this.#styles.values()].some(({ style }) => hasShortYear(style));
    const objectOf = <T>(entries: ReadonlyMap<string, T>) => Object.fromEntries(entries);
    return {
      name: this.#input.name,
      source: SOURCE,
      timeZone: this.hall.timeZone,
      ...(this.#ticketsRestart ? { tickets: { restartFrom: SINCE_EVER } } : {}),
      ...(formats ? { formats } : {}),
      ...(usesCentury ? { century: CENTURY } : {}),
      ...(this.#blanks.size > 0 ? { blank: objectOf(this.#blanks) as Record<string, string[]> } : {}),
      ...(this.#maps.size > 0 ? { maps: objectOf(this.#maps) } : {}),
      moments: objectOf(this.#moments),
      ...(this.#where ? { where: this.#where } : {}),
      events: this.#events,
    };
  }

  /** Where all moments are written alike it is said once. */
  #hoistFormats(): string[] | undefined {
    const lists = [...this.#styles.values()].map(({ style }) => JSON.stringify(style.formats));
    if (lists.length === 0 || new Set(lists).size > 1 || lists[0] === '[]') return undefined;
    for (const name of this.#styles.keys()) {
      const { formats: _formats, ...spec } = this.#moments.get(name) as { formats?: unknown };
      this.#moments.set(name, spec as MomentSpec);
    }
    return JSON.parse(lists[0]!) as string[];
  }

  /** Columns that are written alike are asked about together. */
  #askTimes(hoisted: readonly string[] | undefined): void {
    const groups = new Map<string, { path: string; columns: Set<Column>; styles: TimeStyle[] }>();
    for (const [name, { column, style }] of this.#styles) {
      const path = hoisted ? 'formats' : `moments.${name}.formats`;
      const group = groups.get(path) ?? { path, columns: new Set(), styles: [] };
      if (!group.columns.has(column)) group.styles.push(style);
      group.columns.add(column);
      groups.set(path, group);
    }
    for (const { path, columns, styles } of groups.values()) {
      const [{ formats, dates, isNumber }] = styles as [TimeStyle];
      const labels = [...columns].map(({ label }) => label);
      const inOrder = (lines: readonly number[]) => [...lines].sort((one, other) => one - other);
      const [doubtful, unread] = (['doubtful', 'unread'] as const).map((key) =>
        inOrder(styles.flatMap((style) => style[key])),
      ) as [number[], number[]];
      if (dates.length > 1) this.questions.ask('times-ambiguous', path, labels, { values: formats, rows: doubtful });
      if (unread.length > 0) this.questions.ask('times-unread', path, labels, { rows: unread });
      if (isNumber) this.questions.ask('times-as-numbers', path, labels, { values: formats });
    }
    const days = [...this.#styles].filter(([name, { style }]) => style.isDayOnly && !DAYS_ARE_ENOUGH.has(name));
    const hasClocks = [...this.#styles.values()].some(({ style }) => !style.isDayOnly);
    if (days.length > 0 && hasClocks)
      this.questions.ask('day-only', '', [...new Set(days.map(([, { column }]) => column.label))]);
    const short = [...this.#styles.values()].filter(({ style }) => hasShortYear(style));
    const labels = [...new Set(short.map(({ column }) => column.label))];
    if (short.length > 0) this.questions.ask('century', 'century', labels, { values: [String(CENTURY)] });
  }
}

function hasShortYear({ formats }: TimeStyle): boolean {
  return formats.some((format) => /(?<!y)yy(?!y)/.test(format));
}

function unitOf(name: string): 'seconds' | 'minutes' | 'hours' | undefined {
  if (/秒|sec/.test(name)) return 'seconds';
  if (/分|min/.test(name)) return 'minutes';
  return /小时|hour/.test(name) ? 'hours' : undefined;
}

/** 1, 2, 3 …: the next export begins anew. */
function isCounted({ cells }: Column): boolean {
  return (
    cells.length > 1 &&
    /^0*[01]$/.test(cells[0]!.text) &&
    cells.every(({ text }, index) => Number(text) === Number(cells[0]!.text) + index)
  );
}

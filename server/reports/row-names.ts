/** What ids in rows and events are called. */
import type { Dimensions } from '../../domain/board/entity-row.ts';
import { stationName, type HallConfig } from '../../domain/profile/profile.ts';
import { own } from '../../domain/wire/own.ts';
import type { Named, Recorder } from '../../domain/wire/rows.ts';
import type { Actor } from '../ledger/actor.ts';

/** What is known outside the hall's documents; `undefined` of an id that nobody knows. */
export interface PeopleNames {
  /** What a staff id is called. */
  readonly nameOf: (staff: string) => string | undefined;
  /** What an ingest key or a display's token is called. */
  readonly labelOf: (kind: 'key' | 'display', id: string) => string | undefined;
}

type Gaps<T> = { readonly [F in keyof T]?: T[F] | undefined };

export interface RowNames {
  readonly dimensions: (of: Gaps<Dimensions>) => Partial<Record<keyof Dimensions, Named>>;
  /** Those of an event's data, by the field. */
  readonly fields: (data: Readonly<Record<string, unknown>>, day: string) => Record<string, string>;
  readonly recorder: (actor: Actor) => Recorder;
}

export function createRowNames(config: () => HallConfig, { nameOf, labelOf }: PeopleNames): RowNames {
  const staff = (id: string): Named => {
    const known = nameOf(id) ?? config().profile.staff.find((one) => one.id === id)?.name;
    return { id, name: known ?? id };
  };
  const window = (id: string): Named => ({
    id,
    name: config().profile.windows.find((one) => one.id === id)?.label ?? id,
  });
  const dimensions: RowNames['dimensions'] = (of) => {
    const { items, catalogue } = config();
    return {
      ...(of.item === undefined ? {} : { item: { id: of.item, name: items.get(of.item)?.name ?? of.item } }),
      ...(of.line === undefined
        ? {}
        : { line: { id: of.line, name: catalogue.lines.find(({ id }) => id === of.line)?.name ?? of.line } }),
      ...(of.window === undefined ? {} : { window: window(of.window) }),
      ...(of.staff === undefined ? {} : { staff: staff(of.staff) }),
    };
  };
  return {
    dimensions,
    fields: (data, day) => {
      const text = (field: string): string | undefined => {
        const value = own(data, field);
        return typeof value === 'string' && value !== '' ? value : undefined;
      };
      const station = text('station');
      const owner = text('owner') ?? text('by');
      const named = dimensions({
        item: text('item'),
        line: text('line'),
        window: text('window'),
        staff: text('staff'),
      });
      return {
        ...Object.fromEntries(Object.entries(named).map(([field, one]) => [field, one.name])),
        ...(station === undefined ? {} : { station: stationName(config(), station, day) }),
        ...(owner === undefined ? {} : { owner: staff(owner).name, by: staff(owner).name }),
      };
    },
    recorder: ({ kind, id }) => {
      if (kind === 'staff' || kind === 'import') return { kind, ...staff(id) };
      if (kind === 'tablet') return { kind, ...window(id) };
      return { kind, id, name: (kind === 'key' || kind === 'display' ? labelOf(kind, id) : undefined) ?? id };
    },
  };
}

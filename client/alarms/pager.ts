/** Which of several alarms is shown: one after another, and a new one that comes in front at once. Pure. */

export interface AlarmPage {
  /** The alarm that is shown; none while there is none. */
  readonly id?: string;
  /** Every alarm that was there when the page was last read, in the order of the wall. */
  readonly ids: readonly string[];
}

export const NO_PAGE: AlarmPage = { ids: [] };

/** The page once the alarms are `ids`: it stays with its alarm, unless one that was not there before stands in front. */
export function followAlarms(page: AlarmPage, ids: readonly string[]): AlarmPage {
  if (ids.length === page.ids.length && ids.every((id, index) => id === page.ids[index])) return page;
  const [first] = ids;
  if (first === undefined) return NO_PAGE;
  const isNewInFront = !page.ids.includes(first);
  return { id: page.id === undefined || isNewInFront || !ids.includes(page.id) ? first : page.id, ids };
}

/** The next page, and after the last the first. */
export function turnAlarm({ id, ids }: AlarmPage): AlarmPage {
  const next = id === undefined ? undefined : ids[(ids.indexOf(id) + 1) % ids.length];
  return next === undefined ? NO_PAGE : { id: next, ids };
}

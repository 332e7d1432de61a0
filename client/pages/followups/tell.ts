/** What the page of follow-ups tells: countdowns, and what was said of one. Pure. */
import { formatMoment } from '../../../domain/calendar/written.ts';
import type { Zone } from '../../../domain/calendar/zone.ts';
import type { FollowupResult, Lamp, LampCause } from '../../../domain/events/schema.ts';
import { readCountdown, toneOf } from '../../../domain/followups/countdown.ts';
import type { FollowupList, FollowupRow, FollowupSaid } from '../../../domain/wire/followups.ts';
import { own as find } from '../../../domain/wire/own.ts';
import type { FollowupsWords } from '../../words/followups.ts';

export interface ToldTime {
  readonly tone: 'trouble' | 'warning' | 'plain';
  readonly text: string;
  readonly note: string;
}

/** Day and clock without the year, which is this one as a rule. */
export const tellMoment = (zone: Zone, at: number): string => formatMoment(zone, at).slice(5);

/** The same countdown as on the wall. */
export function tellTime(
  row: FollowupRow,
  list: FollowupList,
  now: number,
  zone: Zone,
  words: FollowupsWords,
): ToldTime {
  const own = words.followups;
  if (!row.due) return { tone: 'plain', text: own.noDue, note: '' };
  const countdown = readCountdown(row.openedAt, row.due.at, now, list, zone);
  const time = own.join(words.workTime(countdown.days, countdown.minutes));
  const parts = [own.dueAt(formatMoment(zone, row.due.at)), ...(row.due.by === 'target' ? [own.byTarget] : [])];
  return {
    tone: row.submitted ? 'plain' : toneOf(countdown),
    text: countdown.state === 'late' ? own.late(time) : own.left(time),
    note: [...parts, ...(countdown.running ? [] : [own.stands])].join(' · '),
  };
}

export function tellSaid({ type, data }: FollowupSaid, zone: Zone, { followups: own }: FollowupsWords): string {
  const parts: (string | undefined)[] = [find(own.life.said, type) ?? type];
  const { owner, result, until, granted, lamp, cause, counts, misrated, score, step, note } = data;
  if (typeof owner === 'string') parts.push(type === 'assigned' ? owner : own.owner(owner));
  if (typeof lamp === 'string') parts.push(own.lamp[lamp as Lamp]);
  if (typeof result === 'string') parts.push(own.results[result as FollowupResult]);
  if (typeof granted === 'boolean') parts.push(granted ? own.life.granted : own.life.refused);
  if (typeof until === 'string') parts.push(tellMoment(zone, Date.parse(until)));
  if (typeof cause === 'string') parts.push(own.causes[cause as LampCause]);
  if (typeof counts === 'boolean') parts.push(counts ? own.lampState.counts : own.lampState.excused);
  if (typeof misrated === 'boolean') parts.push(misrated ? own.form.misrated : own.form.upheld);
  if (typeof score === 'number') parts.push(own.life.score(score));
  if (typeof step === 'number') parts.push(own.life.step(step));
  if (typeof note === 'string') parts.push(note);
  return parts.filter((part) => part !== undefined && part !== '').join(' ');
}

/** What every topic holds beside its own figures: the hall, its day, the calendar around it, proof of life, alarms. */
import { getDayDetail } from 'chinese-days';
import type { EventOf } from '../../../domain/events/event.ts';
import { onceFor, type BoardFacts } from '../board.ts';
import { works } from '../arithmetic.ts';
import { daysOf, endOf, moveDay, weekdayOf } from '../days.ts';
import { firstOfEach, instantOf, ofType } from '../facts.ts';
import { dueFollowups, openFollowups } from './followups.ts';
import { fitting, inForce, kindOf, nameStaff, nameStation, nameWindow, optional, sentence, stranger } from './names.ts';

export function hallHead({ config, zone }: BoardFacts) {
  return { name: config.profile.name.zh, demo: false, timeZone: zone };
}

export function dayHead(board: BoardFacts) {
  const { config, day, startsAt, endsAt, ownDays } = board;
  const hall = config.profile.stations.find(({ kind }) => kind === 'hall')!.id;
  const own = ownDays.filter(({ data }) => data.day === day);
  return {
    day,
    startsAt,
    endsAt,
    working: works(config.calendarDocument, day, hall),
    closed: own.at(-1)?.type === 'hall.day.closed',
    hours: minutesOf(hoursOn(board, day, hall)),
  };
}

/** K1. */
function hoursOn({ config }: BoardFacts, day: string, station: string): readonly (readonly [string, string])[] {
  const { calendarDocument: document, profile } = config;
  const concerns = (stations: readonly string[] | undefined) => !stations || stations.includes(station);
  const isWorked = works(document, day, station);
  const isOff = document.daysOff.some(
    ({ from, until, stations }) => concerns(stations) && day >= from && day <= (until ?? from),
  );
  const year = Number(day.slice(0, 4));
  const isHoliday = year >= 2004 && year <= 2026 && !getDayDetail(day).work && getDayDetail(day).name.includes(',');
  const isPlain = isWorked === weekdayOf(day) < 6 && !isHoliday && !isOff;
  const found = document.hours.findLast(
    ({ weekdays, stations }) => concerns(stations) && isPlain && weekdays!.includes(weekdayOf(day)),
  );
  return found?.hours ?? (isWorked ? profile.hours : []);
}

function minutesOf(hours: readonly (readonly [string, string])[]): [number, number][] {
  const minute = (clock: string) => Number(clock.split(':')[0]) * 60 + Number(clock.split(':')[1]);
  return hours.map(([from, until]) => [minute(from), minute(until)]);
}

/** The next day on which the doors of a station open, within half a month. */
export function openingOf(board: BoardFacts, station: string): { day: string; minute: number } | undefined {
  const days = Array.from({ length: 15 }, (_, ahead) => moveDay(board.day, ahead + 1));
  const day = days.find((one) => hoursOn(board, one, station).length > 0);
  return day === undefined ? undefined : { day, minute: minutesOf(hoursOn(board, day, station))[0]![0] };
}

/** K2. */
export const countdownBasis = onceFor(({ config, day, works: worksOn }) => {
  const [from, to] = [moveDay(day, -366), moveDay(day, 366)];
  const around = daysOf(from, to);
  const odd = around.filter((one) => worksOn(one) !== weekdayOf(one) < 6);
  const years = [...new Set(around.map((one) => Number(one.slice(0, 4))))];
  return {
    countdownHours: minutesOf(config.profile.hours),
    calendar: {
      from,
      to,
      off: odd.filter((one) => weekdayOf(one) < 6),
      on: odd.filter((one) => weekdayOf(one) > 5),
      unknownYears: years.filter(
        (year) => !config.calendarDocument.years.includes(year) && (year < 2004 || year > 2026),
      ),
    },
  };
});

export const sceneHead = onceFor((board) => {
  const { config, day, cases, heardAt, today } = board;
  const { scenes, profile } = config;
  const accepted = cases.map(({ accepted: { at } }) => at).filter((at) => board.dayOf(at) === day);
  const stations = profile.stations.filter((station) => inForce(station, day));
  const { cards, more } = alarmCards(board);
  return {
    hall: hallHead(board),
    day: dayHead(board),
    proof: {
      ...optional('lastCaseAt', accepted.length === 0 ? undefined : Math.max(...accepted)),
      stations: stations.length,
      heardAt: Object.fromEntries([...heardAt].filter(([id]) => stations.some((station) => station.id === id))),
      corrected: today.corrected + today.voided,
    },
    thresholds: profile.targets,
    display: {
      theme: scenes.theme,
      language: scenes.language,
      resumeSeconds: scenes.resumeSeconds,
      playlist: scenes.playlist
        .filter(({ when }) => isMet(when, board))
        .map(({ scene, seconds }) => ({ scene, seconds })),
    },
    alarms: cards,
    ...(more > 0 ? { moreAlarms: more } : {}),
    announcing: { sound: false, speech: false },
    ...countdownBasis(board),
  };
});

function isMet(when: string, board: BoardFacts): boolean {
  const { config, living, day } = board;
  const rated = ofType(living, 'hall.rating.given')
    .filter(({ data }) => data.round !== 2)
    .map(({ at }) => board.dayOf(at));
  switch (when) {
    case 'working-day':
      return dayHead(board).working;
    case 'pilot':
      return config.profile.medicalPilot !== undefined;
    case 'rated-today':
      return rated.includes(day);
    case 'rated':
      return rated.some((one) => one >= `${day.slice(0, 7)}-01`);
    case 'poor-open':
      return openFollowups(board).some(({ data }) => data.about === 'rating');
    case 'starred':
      return publishedStars(board).length > 0;
    default:
      return true;
  }
}

/** What stands for each month and kind, by `YYYY-MM:kind`. */
export function publishedStars({ living }: BoardFacts): [string, EventOf<'hall.star.published'>['data']][] {
  const words = [...living]
    .reverse()
    .filter(
      (event): event is EventOf<'hall.star.published' | 'hall.star.withdrawn'> =>
        event.type === 'hall.star.published' || event.type === 'hall.star.withdrawn',
    );
  return firstOfEach(words, ({ data }) => `${data.month}:${data.kind}`)
    .filter(({ type }) => type === 'hall.star.published')
    .map(({ data }) => [`${data.month}:${data.kind}`, data]);
}

const OWN_KINDS = [
  'window-overtime',
  'queue',
  'poor-rating',
  'station-unheard',
  'terminal-broken',
  'promise-lapsing',
] as const;

/** A18: raised in the last 31 days or up to tomorrow, and open, or ended not before today. */
function alarmCards(board: BoardFacts): { cards: Record<string, object>; more: number } {
  const { living, day, zone } = board;
  const known = firstOfEach(ofType(living, 'hall.alarm.raised'), ({ data }) => data.alarm)
    .filter(({ at }) => board.dayOf(at) >= moveDay(day, -31) && at < endOf(zone, moveDay(day, 1)))
    .map((raised) => ({
      raised,
      taken: ofType(living, 'hall.alarm.taken').find(({ data }) => data.alarm === raised.data.alarm),
      ended: ofType(living, 'hall.alarm.ended').findLast(({ data }) => data.alarm === raised.data.alarm),
    }))
    .filter(({ ended }) => ended === undefined || board.dayOf(ended.at) >= day);
  const rank = ({ raised, ended }: (typeof known)[number]): [number, number, number] => [
    ended === undefined ? -Infinity : -ended.at,
    OWN_KINDS.some((kind) => kind === raised.data.kind) ? 0 : 1,
    -raised.at,
  ];
  known.sort((a, b) => {
    const [left, right] = [rank(a), rank(b)];
    const i = left.findIndex((value, n) => value !== right[n]);
    return i >= 0 ? left[i]! - right[i]! : a.raised.data.alarm < b.raised.data.alarm ? -1 : 1;
  });
  const open = known.filter(({ ended }) => ended === undefined).length;
  const cards = known.map((alarm) => [alarm.raised.data.alarm, alarmCard(board, alarm)] as const);
  const shown = fitting(cards, Math.min(Math.max(open, 12), 40), 48_000);
  return { cards: Object.fromEntries(shown), more: Math.max(0, open - shown.length) };
}

interface Alarm {
  readonly raised: EventOf<'hall.alarm.raised'>;
  readonly taken: EventOf<'hall.alarm.taken'> | undefined;
  readonly ended: EventOf<'hall.alarm.ended'> | undefined;
}

function alarmCard(board: BoardFacts, { raised, taken, ended }: Alarm): object {
  const { kind, station, proposal, since, reading } = raised.data;
  const { subject } = raised;
  const { name, short } = nameStation(board, station);
  const window = raised.data.window || (kind === 'window-overtime' ? subject : undefined);
  const [, proposed] = /^open-window:(.*)$/s.exec(proposal ?? '') ?? [];
  const waiting = board.visitors.filter((one) => !one.serving && one.place === station && one.day === board.day);
  return {
    kind: stranger(kind),
    station,
    stationName: name,
    ...(kindOf(board, station) === 'hall' ? {} : { stationShort: short }),
    ...(window ? { window: nameWindow(board, window), windowId: window } : {}),
    ...(kind === 'poor-rating' ? calledBack(board, subject, window) : {}),
    ...optional('subject', subject),
    ...optional('subjectName', board.config.profile.terminals?.find(({ id }) => id === subject)?.name),
    raisedAt: raised.at,
    ...(since ? { since: instantOf(since) } : {}),
    ...(proposal ? { proposal: sentence(proposal) } : {}),
    ...(proposed === undefined ? {} : { proposedWindow: nameWindow(board, proposed) }),
    ...(taken ? { takenAt: taken.at } : {}),
    ...(taken?.data.by ? { takenBy: nameStaff(board, taken.data.by) } : {}),
    ...(taken?.data.measure ? { measure: sentence(taken.data.measure) } : {}),
    ...(ended ? { endedAt: ended.at } : {}),
    ...(ended?.data.by ? { endedBy: nameStaff(board, ended.data.by) } : {}),
    ...optional('endReason', ended?.data.reason),
    ...(ended?.data.effect ? { effect: sentence(ended.data.effect) } : {}),
    ...optional('before', told(reading)),
    ...optional('after', told(ended?.data.reading)),
    ...(ended ? {} : { waiting: waiting.length }),
    ...(ended || waiting.length === 0 ? {} : { waitingSince: Math.min(...waiting.map((one) => one.since)) }),
  };
}

/** Who sees to the rating, by when, and where the case behind it was handled. */
function calledBack(board: BoardFacts, subject: string | undefined, window: string | undefined): object {
  const found = dueFollowups(board).find(({ id, about }) => id === subject && about === 'rating');
  if (!found) return {};
  const card = found.card as { window?: string; owner?: string; openedAt: number };
  return {
    ...(window ? {} : optional('window', card.window)),
    followup: { ...optional('owner', card.owner), openedAt: card.openedAt, ...optional('dueAt', found.dueAt) },
  };
}

function told(reading: EventOf<'hall.alarm.raised'>['data']['reading']): object | undefined {
  if (reading == null) return undefined;
  const { waiting, longestMinutes, things } = reading;
  return { waiting, longestMinutes, ...optional('things', things) };
}

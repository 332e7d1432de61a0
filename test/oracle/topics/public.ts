/** 明星墙 and 群众屏, and the one table of all topics. */
import { speakTicket } from '../../../domain/board/topics/public-calls.ts';
import type { Topic } from '../../../domain/board/topics/data.ts';
import { rank } from '../arithmetic.ts';
import type { BoardFacts } from '../board.ts';
import { weekdayOf } from '../days.ts';
import { firstOfEach, ofType } from '../facts.ts';
import { communitiesTopic } from './communities.ts';
import { dayHead, hallHead, openingOf, publishedStars, sceneHead } from './head.ts';
import { followupsTopic, queueOf, windowCards, windowsTopic } from './floor.ts';
import { medicalTopic } from './medical.ts';
import { fitting, inForce, nameStaff, nameStation, nameWindow, optional, sentence } from './names.ts';
import { overviewTopic } from './overview.ts';
import { ratingsTopic } from './ratings.ts';

/** What each topic holds, recounted. */
export const TOPIC_RECOUNTS: { readonly [T in Topic]: (board: BoardFacts) => object } = {
  overview: overviewTopic,
  windows: windowsTopic,
  communities: communitiesTopic,
  medical: medicalTopic,
  ratings: ratingsTopic,
  stars: starsTopic,
  followups: followupsTopic,
  public: publicTopic,
};

/** C17: released after its receipt, by words of the release or by one text of all receipts; the newest first. */
function released({ living }: BoardFacts) {
  const receipts = ofType(living, 'hall.suggestion.received');
  return firstOfEach(receipts, ({ data }) => data.suggestion)
    .flatMap((received) => {
      const id = received.data.suggestion;
      const after = living.slice(living.indexOf(received));
      const texts = receipts.filter(({ data }) => data.suggestion === id).map(({ data }) => data.text);
      const releases = ofType(after, 'hall.suggestion.released').filter(({ data }) => data.suggestion === id);
      const own = releases.map(({ data }) => data.text).findLast((one) => one != null && one !== '');
      const isOne = new Set(texts.map((one) => one ?? undefined)).size === 1 && texts[0] != null;
      if (releases.length === 0 || (own === undefined && !isOne)) return [];
      const said = ofType(living, 'hall.suggestion.answered').findLast(({ data }) => data.suggestion === id);
      const no = ofType(living, 'hall.suggestion.declined').findLast(({ data }) => data.suggestion === id);
      const isNo = no !== undefined && (said === undefined || living.indexOf(no) > living.indexOf(said));
      const answer = isNo ? no.data.reason : said?.data.answer;
      const verdict = said?.data.adopted === true ? 'adopted' : said?.data.adopted === false ? 'declined' : 'answered';
      const state = isNo ? 'declined' : said === undefined ? 'open' : verdict;
      return { id, text: own ?? texts[0]!, receivedAt: received.at, state, answer };
    })
    .sort((a, b) => b.receivedAt - a.receivedAt || (a.id < b.id ? -1 : 1));
}

function starsTopic(board: BoardFacts): object {
  const { profile } = board.config;
  const stars = publishedStars(board).sort(([a], [b]) => (a < b ? 1 : -1));
  const months = [...new Set(stars.map(([, { month }]) => month))].slice(0, 13);
  const cards = stars
    .filter(([, { month }]) => months.includes(month))
    .map(([id, { month, kind, staff, window, citation, citationEn, reasons }]) => {
      const person = profile.staff.find((one) => one.id === staff);
      const place = kind === 'window' ? profile.windows.find((one) => one.id === window) : person;
      const card = {
        month,
        kind,
        ...(kind === 'window'
          ? { staff: nameWindow(board, window!) }
          : {
              staff: nameStaff(board, staff!),
              staffId: staff!,
              ...optional('role', person?.role),
              ...optional('roleEn', person?.roleEn),
            }),
        ...(place ? { stationName: nameStation(board, place.station).name } : {}),
        ...(citation ? { citation: sentence(citation) } : {}),
        ...(citationEn ? { citationEn: sentence(citationEn) } : {}),
        reasons: (reasons ?? []).slice(0, 6).map(sentence),
      };
      return [id, card] as const;
    });
  const suggestions = released(board).map(({ id, text, receivedAt, state, answer }) => {
    const card = { text: sentence(text), receivedAt, state, ...(answer ? { answer: sentence(answer) } : {}) };
    return [id, card] as const;
  });
  return {
    ...sceneHead(board),
    stars: Object.fromEntries(fitting(cards, 39, 80_000)),
    suggestions: Object.fromEntries(fitting(suggestions, 12, 24_000)),
    ...optional('supervisionTelephone', profile.supervisionTelephone),
    ...optional('duty', onDuty(board)),
    complaints: complaintsThisMonth(board),
    conduct: [],
  };
}

function complaintsThisMonth({ living, day, dayOf }: BoardFacts) {
  const isNow = ({ at }: { at: number }) => dayOf(at) >= `${day.slice(0, 7)}-01`;
  const received = firstOfEach(ofType(living, 'hall.complaint.received'), ({ data }) => data.complaint);
  // C5: what was declined was answered with a no.
  const ends = living.filter((one) => one.type === 'hall.complaint.answered' || one.type === 'hall.complaint.declined');
  const answers = firstOfEach(ends.reverse(), ({ data }) => data.complaint);
  const answered = answers.filter(({ data }) => received.some((one) => one.data.complaint === data.complaint));
  return {
    received: received.filter(isNow).length,
    answered: answered.filter(isNow).length,
    upheld: answered.filter(isNow).filter(({ data }) => 'upheld' in data && data.upheld === true).length,
  };
}

const KINDS = ['pacesetter', 'expert', 'window'];

function onDuty({ config, day }: BoardFacts): object | undefined {
  const duty = config.noticeboard.duty.find(
    (entry) => inForce(entry, day) && (!entry.weekdays || entry.weekdays.includes(weekdayOf(day))),
  );
  const leader = config.profile.staff.find(({ id }) => id === duty?.staff);
  return leader && { name: leader.name, ...optional('role', leader.role), ...optional('roleEn', leader.roleEn) };
}

function publicTopic(board: BoardFacts): object {
  const { config, day } = board;
  const { profile, scenes, noticeboard } = config;
  const stations = profile.stations.filter((station) => inForce(station, day));
  const hall = stations.find(({ kind }) => kind === 'hall');
  const stars = publishedStars(board).flatMap(([, { month, kind, staff, window, citation, citationEn }]) => {
    const name =
      kind === 'window'
        ? profile.windows.find(({ id }) => id === window)?.label
        : profile.staff.find(({ id }) => id === staff)?.name;
    const said = {
      ...(citation ? { citation: sentence(citation) } : {}),
      ...(citationEn ? { citationEn: sentence(citationEn) } : {}),
    };
    return name === undefined ? [] : { month, kind, name, ...said };
  });
  const latest = stars
    .map(({ month }) => month)
    .sort()
    .at(-1);
  const adopted = released(board).filter(({ state }) => state === 'adopted');
  const texts = firstOfEach(adopted, ({ text }) => text).map(({ text, answer }) => ({
    text: sentence(text),
    ...(answer ? { answer: sentence(answer) } : {}),
  }));
  return {
    hall: hallHead(board),
    day: dayHead(board),
    display: { theme: scenes.theme, language: scenes.language },
    calls: hall ? calls(board, hall.id).slice(0, 6) : [],
    ...(hall && calls(board, hall.id).length > 6 ? { callsMore: calls(board, hall.id).length - 6 } : {}),
    ...(hall ? optional('opensNext', openingOf(board, hall.id)) : {}),
    ...(hall ? optional('queue', publicQueue(board, hall.id)) : {}),
    stations: stations
      .filter((station) => station !== hall)
      .map(({ id }) => ({ ...nameStation(board, id), ...optional('queue', publicQueue(board, id)) })),
    ...optional('duty', onDuty(board)),
    notices: noticeboard.notices.filter((notice) => inForce(notice, day)).map(({ zh }) => ({ zh })),
    freeServices: noticeboard.freeServices,
    stars: stars.filter(({ month }) => month === latest).sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind)),
    suggestions: texts.slice(0, 6),
    ...optional('supervisionTelephone', profile.supervisionTelephone),
  };
}

function calls(board: BoardFacts, hall: string): object[] {
  const windows = board.config.profile.windows.filter(
    (window) => window.station === hall && inForce(window, board.day),
  );
  return board.visitors
    .flatMap((one) => {
      const window = windows.find(({ id }) => id === one.window);
      const spoken = speakTicket(one.ticket);
      const isHere = one.serving && one.day === board.day && one.place === hall;
      return isHere && window && spoken ? { ...spoken, window: window.label, at: one.since } : [];
    })
    .sort((a, b) => b.at - a.at || (a.number < b.number ? -1 : 1));
}

function publicQueue(board: BoardFacts, id: string): object | undefined {
  const { config, day, tickets } = board;
  const since = config.profile.stations.find((station) => station.id === id)?.ticketsFrom;
  if (since === undefined || since > day) return undefined;
  const queue = queueOf(board, id);
  const open = windowCards(board).filter(([, card]) => card.station === id && card.status === 'open');
  const busy = open.filter(([, { busySince }]) => busySince !== undefined).length;
  const isToday = (at: number | undefined) => at !== undefined && board.dayOf(at) === day;
  const here = tickets.filter(({ place }) => place === id);
  const waits = here
    .filter(({ calledAt, takenAt }) => isToday(calledAt) && calledAt! >= takenAt)
    .map(({ calledAt, takenAt }) => calledAt! - takenAt);
  if (queue.length === 0 && waits.length === 0) return { waiting: 0, untold: true };
  const times = here.filter(({ servedAt }) => isToday(servedAt)).flatMap(({ serviceMs }) => serviceMs ?? []);
  const range = [rank(waits, 10)!, rank(waits, 90)!];
  if (queue.length > 0 && busy > 0 && times.length >= 5) {
    range[0] = Math.min(range[0]!, Math.floor((queue.length * rank(times, 10)!) / busy));
    range[1] = Math.max(range[1]!, Math.ceil(((queue.length + 1) * rank(times, 90)!) / busy));
  }
  return {
    waiting: queue.length,
    ...(queue.length === 0 && busy < open.length ? { free: true } : {}),
    ...(queue.length > 0 ? { oldestAt: queue[0] } : {}),
    ...(waits.length >= 5 ? { wait: { lowMs: range[0], highMs: range[1] } } : {}),
  };
}

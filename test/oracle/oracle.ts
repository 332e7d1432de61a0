/** A recount of every measure by plain loops over all events, written from docs/spec.md alone: slow, and easy to believe. */
import type { HallEvent } from '../../domain/events/event.ts';
import type { Measures, SpreadDays, SpreadMs } from '../../domain/measures/measures.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import { rank, wilsonLowerBound, workingTime, works } from './arithmetic.ts';
import { dayOf, daysOf, endOf } from './days.ts';
import {
  firstOfEach,
  entryOn,
  identify,
  instantOf,
  isDay,
  isHousekeeping,
  isOwnDay,
  isTakenBack,
  lacksPapers,
  measureTurnaround,
  msOfDays,
  ofType,
  placeNamed,
  readCases,
  readLedger,
  readLiving,
  readUncounted,
  readVoided,
  savedDays,
  type Arrival,
  type CaseFacts,
} from './facts.ts';
import { compareCodePoints } from './order.ts';
import { readReuses, readTickets } from './tickets.ts';

export interface Question {
  readonly config: HallConfig;
  /** IANA name of the hall's zone. */
  readonly zone: string;
  readonly from: string;
  readonly to: string;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly station?: string | undefined;
}

export const MEDICAL = 'medical-insurance';
const DAY_MS = 86_400_000;

/** @param arrivals in order of arrival; repeats of an identity are passed over */
export function oracleMeasures(arrivals: readonly Arrival[], question: Question): Measures {
  const { config, zone, from, to, now, station } = question;
  const day = (at: number): string => dayOf(zone, at);
  const upToEnd = (at: number | undefined): boolean => at !== undefined && day(at) <= to;
  const strangers = new Set<string>();
  const strangeItems = new Set<string>();
  const isHere = (place: string): boolean => station === undefined || place === station;
  /** Whether what happened at `at` and `place` is asked for; a place that the profile does not know is remembered. */
  const counts = (at: number, place: string): boolean => {
    const asked = day(at) >= from && day(at) <= to && isHere(place);
    if (asked && place !== '' && !config.profile.stations.some(({ id }) => id === place)) strangers.add(place);
    return asked;
  };
  const noteItem = (code: string | null | undefined): void => {
    if (code && !config.catalogue.items.some((item) => item.code === code)) strangeItems.add(code);
  };
  const itemOf = (code: string | null | undefined) => config.catalogue.items.find((item) => item.code === code);
  const lineOf = (line: string | null | undefined, code: string | null | undefined) => line || itemOf(code)?.line;

  const ledger = readLedger(arrivals);
  const living = readLiving(ledger);
  const uncounted = readUncounted(ledger);
  const cases = readCases(living);
  const tickets = readTickets(living);

  const acceptedCases = cases.filter(({ accepted }) => counts(accepted.at, accepted.data.station));
  const finishedCases = cases.filter(
    ({ accepted, finished }) => finished !== undefined && counts(finished.at, accepted.data.station),
  );
  const acceptances = acceptedCases.map(({ accepted }) => accepted.data);
  acceptances.forEach(({ item }) => noteItem(item));
  const deferred = acceptances.filter(({ deferredDocuments: papers }) =>
    Array.isArray(papers) || typeof papers === 'string' ? papers.length > 0 : papers === true,
  );
  const windowCases = acceptances.filter(({ channel }) => channel === 'window' || channel === 'home-visit').length;
  const onlineCases = acceptances.filter(({ channel }) => channel === 'online').length;

  const end = Math.min(now, endOf(zone, to));
  const openCases = cases.filter(
    ({ accepted, finished }) => isHere(accepted.data.station) && upToEnd(accepted.at) && !upToEnd(finished?.at),
  );
  const overdue = openCases.filter(({ promise }) => promise !== undefined && promise < end);
  const approved = finishedCases.filter(({ finished }) => finished!.data.outcome === 'approved');
  const licensed = approved.filter(({ accepted }) => itemOf(accepted.data.item)?.yieldsLicence === true);
  const judged = finishedCases.filter(
    ({ finished, promise }) => promise !== undefined || finished!.data.onTime != null,
  );
  const punctual = judged.filter(({ finished, promise }) =>
    promise === undefined ? finished!.data.onTime === true : finished!.at <= promise,
  );
  const turnarounds = finishedCases
    .map((facts) => measureTurnaround(facts, config, zone))
    .filter((ms): ms is number => ms !== null);
  const medianTurnaround = rank(turnarounds, 50);

  const consultations = ofType(living, 'hall.consultation.given').filter(({ at, data }) => counts(at, data.station));
  consultations.forEach(({ data }) => noteItem(data.item));
  const consulted = (medium: 'visit' | 'phone'): number =>
    sum(consultations.filter(({ data }) => data.medium === medium).map(({ data }) => data.count ?? 1));
  const services: Record<string, number> = {};
  for (const { at, data } of ofType(living, 'hall.service.given')) {
    if (counts(at, data.station)) services[data.kind] = (services[data.kind] ?? 0) + (data.count ?? 1);
  }

  const ratings = ofType(living, 'hall.rating.given')
    .filter(({ data }) => data.round !== 2)
    .filter(({ at, data }) => counts(at, data.station))
    .map(({ data }) => data);
  const active = ratings.filter(({ byDefault }) => byDefault !== true);
  const scored = (score: number): number => ratings.filter((rating) => rating.score === score).length;
  const activelySatisfied = { n: active.filter(({ score }) => score >= 3).length, of: active.length };
  const poor = scored(1) + scored(2);

  const followups = firstOfEach(ofType(living, 'hall.followup.opened'), ({ data }) => data.followup)
    .filter(({ at, data }) => data.about === 'rating' && counts(at, data.station))
    .map(({ data }) =>
      ofType(living, 'hall.followup.closed').findLast((closed) => closed.data.followup === data.followup),
    )
    .map((closed) => (closed !== undefined && upToEnd(closed.at) ? closed.data.result : 'open'));
  const resulted = (result: string): number => followups.filter((entry) => entry === result).length;
  const toCall = Math.max(poor, followups.length);

  const entryOf = ({ accepted: { at, data } }: CaseFacts) => entryOn(config.catalogue.items, data.item, day(at));
  const handledAs = (how: 'instant' | 'promised'): number =>
    acceptedCases.filter((facts) => (facts.accepted.data.handling ?? entryOf(facts)?.kind) === how).length;
  // M18: on the day on which they are due, or on that of an acceptance behind it.
  const supplies = cases.filter(
    ({ accepted: { at, data } }) =>
      lacksPapers(data) &&
      data.supplyBy != null &&
      instantOf(data.supplyBy) < now &&
      isHere(data.station) &&
      day(Math.max(instantOf(data.supplyBy), at)) >= from &&
      day(Math.max(instantOf(data.supplyBy), at)) <= to,
  );
  const inTime = supplies.filter(
    ({ accepted, suppliedAt }) => suppliedAt !== undefined && suppliedAt <= instantOf(accepted.data.supplyBy!),
  );

  const booked = firstOfEach(ofType(living, 'hall.appointment.booked'), ({ data }) => data.appointment);
  const shown = booked.map(({ data }) => ({
    place: data.station,
    last: living.findLast(
      (event) =>
        (event.type === 'hall.appointment.kept' || event.type === 'hall.appointment.missed') &&
        event.data.appointment === data.appointment,
    ),
  }));
  const shownAs = (type: string): number =>
    shown.filter(({ last, place }) => last?.type === type && counts(last.at, place)).length;

  const requests = firstOfEach(ofType(living, 'hall.request.received'), ({ data }) => data.request);
  // C5: an answer, or a no with its reason.
  const requestEnds = living.filter(
    (one) => one.type === 'hall.request.answered' || one.type === 'hall.request.declined',
  );
  const answers = requests
    .map(({ data }) => ({
      place: data.station,
      answer: requestEnds.findLast((event) => event.data.request === data.request),
    }))
    .filter(({ place, answer }) => answer !== undefined && counts(answer.at, place));
  const suggestionEnds = living.filter(
    (one) => one.type === 'hall.suggestion.answered' || one.type === 'hall.suggestion.declined',
  );
  const suggestions = firstOfEach(ofType(living, 'hall.suggestion.received'), ({ data }) => data.suggestion).map(
    ({ at, data }) => ({
      at,
      place: data.station ?? '',
      until: suggestionEnds.findLast((one) => one.data.suggestion === data.suggestion)?.at,
    }),
  );
  const matters = firstOfEach(ofType(living, 'hall.followup.opened'), ({ data }) => data.followup).map(
    ({ at, data }) => {
      const notes = ofType(living, 'hall.followup.noted').filter((one) => one.data.followup === data.followup);
      const ends = ofType(living, 'hall.followup.closed').filter((one) => one.data.followup === data.followup);
      const done = ofType(living, 'hall.followup.submitted').filter((one) => one.data.followup === data.followup);
      const said = [...notes, ...done, ...ends].map((one) => one.at).filter((then) => then >= at);
      return {
        at,
        place: data.station,
        first: said.length > 0 ? Math.min(...said) : undefined,
        until: ends.at(-1)?.at,
      };
    },
  );
  const onTimeOf = (end: (typeof requestEnds)[number]) =>
    end.type === 'hall.request.answered' ? end.data.onTime : undefined;
  const complaints = firstOfEach(ofType(living, 'hall.complaint.received'), ({ data }) => data.complaint);
  const complaintEnds = living.filter(
    (one) => one.type === 'hall.complaint.answered' || one.type === 'hall.complaint.declined',
  );
  const replies = complaints
    .map(({ data }) => ({
      place: data.station,
      reply: complaintEnds.findLast((event) => event.data.complaint === data.complaint),
    }))
    .filter(({ place, reply }) => reply !== undefined && counts(reply.at, place));

  const reuses = readReuses(living, day).filter(({ at, place }) => counts(at, place));
  const waits = tickets.filter(({ calledAt, place }) => calledAt !== undefined && counts(calledAt, place));
  const waitsOf = (which: typeof waits): number[] =>
    which.map(({ calledAt, takenAt }) => calledAt! - takenAt).filter((ms) => ms >= 0);
  const served = tickets.filter(({ servedAt, place }) => servedAt !== undefined && counts(servedAt, place));
  const ended = (how: string): number =>
    tickets.filter(({ end: last, place }) => last?.how === how && counts(last.at, place)).length;
  const everyWait = waitsOf(waits);
  const targetMs = config.profile.targets.waitMinutes * 60_000;

  return {
    accepted: acceptances.length,
    windowCases,
    onlineCases,
    selfServiceCases: acceptances.filter(({ channel }) => channel === 'self-service').length,
    otherCases: acceptances.filter(({ channel }) => channel === 'phone' || channel === 'post').length,
    medicalCases: acceptances.filter(({ line, item }) => lineOf(line, item) === MEDICAL).length,
    medicalApproved: approved.filter(({ accepted: { data } }) => lineOf(data.line, data.item) === MEDICAL).length,
    medicalConsultations: sum(
      consultations.filter(({ data }) => lineOf(data.line, data.item) === MEDICAL).map(({ data }) => data.count ?? 1),
    ),
    consultations: { visit: consulted('visit'), phone: consulted('phone') },
    peopleServed:
      countTurns() +
      sum(consultations.filter(({ data }) => data.ticket == null).map(({ data }) => data.count ?? 1)) +
      (services['home-visit'] ?? 0),
    deferredCases: deferred.length,
    medicalItems: new Set(
      approved
        .map(({ accepted: { data } }) => data)
        .filter(({ line, item }) => lineOf(line, item) === MEDICAL)
        .map(({ item }) => item),
    ).size,
    deferredItems: new Set(deferred.map(({ item }) => item)).size,
    trained: sum(
      ofType(living, 'hall.training.held')
        .filter(({ at, data }) => counts(at, data.station ?? ''))
        .map(({ data }) => data.people),
    ),
    instantApprovals: acceptances.filter(({ instantApproval }) => instantApproval === true).length,
    legalPersons: acceptances.filter(({ applicant }) => applicant === 'legal-person').length,
    green: acceptances.filter(({ green }) => green === true).length,
    byAppointment: acceptances.filter(({ appointment }) => isAppointment(appointment)).length,
    finished: finishedCases.length,
    open: openCases.length,
    overdueOpen: overdue.length,
    voided: countVoided(),
    onTime: { n: punctual.length, of: judged.length + overdue.length },
    completion: { n: acceptedCases.filter(({ finished }) => upToEnd(finished?.at)).length, of: acceptances.length },
    rated: { n: finishedCases.filter(({ ratedAt }) => upToEnd(ratedAt)).length, of: finishedCases.length },
    activelyRated: {
      n: finishedCases.filter(({ activelyRatedAt }) => upToEnd(activelyRatedAt)).length,
      of: finishedCases.length,
    },
    satisfied: { n: scored(3) + scored(4) + scored(5), of: ratings.length },
    activelySatisfied,
    satisfiedLowerBound: wilsonLowerBound(activelySatisfied.n, activelySatisfied.of),
    byDefault: ratings.length - active.length,
    scores: { 1: scored(1), 2: scored(2), 3: scored(3), 4: scored(4), 5: scored(5) },
    poor,
    rectified: { n: resulted('rectified'), of: toCall - resulted('misrated') },
    calledBack: { n: followups.length - resulted('open'), of: toCall },
    misrated: resulted('misrated'),
    licences: { n: licensed.filter(({ uploadedAt }) => upToEnd(uploadedAt)).length, of: licensed.length },
    checks: countChecks(),
    tickets: {
      taken: tickets.filter(({ takenAt, place }) => counts(takenAt, place)).length,
      called: waits.length,
      served: served.length,
      passed: ended('passed'),
      left: ended('left'),
    },
    wait: {
      ...spread(everyWait),
      within: { n: everyWait.filter((ms) => ms <= targetMs).length, of: everyWait.length },
    },
    greenWait: spread(waitsOf(waits.filter(({ green }) => green))),
    appointmentWait: spread(waitsOf(waits.filter(({ byAppointment }) => byAppointment))),
    service: spread(served.map(({ serviceMs }) => serviceMs).filter((ms): ms is number => ms !== undefined && ms >= 0)),
    turnaround: {
      medianDays: medianTurnaround === null ? null : Math.round((medianTurnaround / DAY_MS) * 100) / 100,
      n: turnarounds.length,
    },
    promiseCut: savedDays(
      acceptedCases.map((facts) => ({ item: entryOf(facts), ms: msOfDays(entryOf(facts)?.promisedDays) })),
    ),
    speedUp: savedDays(
      finishedCases.map((facts) => ({ item: entryOf(facts), ms: measureTurnaround(facts, config, zone) ?? undefined })),
    ),
    instantShare: { n: handledAs('instant'), of: acceptances.length },
    promisedShare: { n: handledAs('promised'), of: acceptances.length },
    suppliedInTime: { n: inTime.length, of: supplies.length },
    windowTimePerCase: {
      sumMs: sum(
        served.filter(({ servedAt, place }) => takesTickets(servedAt!, place)).map(({ serviceMs }) => serviceMs ?? 0),
      ),
      cases: acceptedCases.filter(
        ({ accepted: { at, data } }) => data.channel === 'window' && takesTickets(at, data.station),
      ).length,
    },
    requestAnswer: answerDays(
      requests.map(({ at, data }) => ({
        at,
        place: data.station,
        until: requestEnds.findLast((one) => one.data.request === data.request)?.at,
      })),
    ),
    suggestionAnswer: answerDays(suggestions),
    followupAnswer: answerDays(matters.map(({ at, place, first }) => ({ at, place, until: first }))),
    followupClosing: answerDays(matters),
    services,
    appointments: {
      booked: booked.filter(({ at, data }) => counts(at, data.station)).length,
      kept: shownAs('hall.appointment.kept'),
      missed: shownAs('hall.appointment.missed'),
    },
    requests: {
      received: requests.filter(({ at, data }) => counts(at, data.station)).length,
      answered: answers.length,
      onTime: answers.filter(({ answer }) => onTimeOf(answer!) === true).length,
      late: answers.filter(({ answer }) => onTimeOf(answer!) === false).length,
    },
    complaints: {
      received: complaints.filter(({ at, data }) => counts(at, data.station)).length,
      answered: replies.length,
      upheld: replies.filter(({ reply }) => reply!.type === 'hall.complaint.answered' && reply!.data.upheld === true)
        .length,
    },
    onlineShare: { n: onlineCases, of: acceptances.length },
    corrected: countCorrected(),
    unknown: {
      stations: [...strangers].sort(compareCodePoints),
      items: [...strangeItems].sort(compareCodePoints),
      reusedTickets: reuses.length,
    },
    unknownYears: [...new Set(daysOf(from, to).map((date) => Number(date.slice(0, 4))))].filter(
      (year) => !config.calendarDocument.years.includes(year) && (year < 2004 || year > 2026),
    ),
    uncounted: tellUncounted(uncounted),
    seq: ledger.length,
  };

  function takesTickets(at: number, place: string): boolean {
    const since = config.profile.stations.find(({ id }) => id === place)?.ticketsFrom;
    return since !== undefined && day(at) >= since;
  }

  /** M20: of answers given in the span, what of the time until then was worked. */
  function answerDays(matters: readonly { at: number; place: string; until: number | undefined }[]): SpreadDays {
    const times = matters.flatMap(({ at, place, until }) => {
      if (until === undefined || until < at || !isHere(place) || day(until) < from || day(until) > to) return [];
      return [workingTime(config.calendarDocument, zone, at, until, place)];
    });
    const median = rank(times, 50);
    return { medianDays: median === null ? null : Math.round((median / DAY_MS) * 100) / 100, n: times.length };
  }

  /** M3: tickets served, and window cases where and when no tickets are taken. */
  function countTurns(): number {
    const atWindows = acceptedCases.filter(
      ({ accepted: { at, data } }) =>
        (data.channel === 'window' || data.channel === 'home-visit') && !takesTickets(at, data.station),
    );
    return atWindows.length + served.filter(({ servedAt, place }) => takesTickets(servedAt!, place)).length;
  }

  /** C14, M12. */
  function countChecks(): { n: number; of: number } {
    const done = new Set(
      ofType(living, 'hall.check.done').map(({ at, data }) => JSON.stringify([day(at), data.station, data.area])),
    );
    for (const { at, data } of ofType(living, 'hall.check.done')) counts(at, data.station);
    const ratio = { n: 0, of: 0 };
    for (const date of daysOf(from, to)) {
      for (const place of config.profile.stations) {
        if (!works(config.calendarDocument, date, place.id)) continue;
        if (!isHere(place.id)) continue;
        if (place.from !== undefined && date < place.from) continue;
        if (place.until !== undefined && date > place.until) continue;
        for (const area of new Set(config.profile.dailyChecks)) {
          ratio.of++;
          if (done.has(JSON.stringify([date, place.id, area]))) ratio.n++;
        }
      }
    }
    return ratio;
  }

  /** M13. */
  function countVoided(): number {
    const named = readVoided(ledger);
    return ledger.filter(
      (event) =>
        event.type !== 'hall.event.voided' &&
        !isDay(event) &&
        named.has(identify(event.source, event.id)) &&
        counts(event.at, placeNamed(event)),
    ).length;
  }

  /** L2. */
  function countCorrected(): number {
    let corrected = 0;
    ledger.forEach((event, index) => {
      if (isHousekeeping(event) || uncounted.includes(event)) return;
      let about: HallEvent | undefined = event;
      if (event.type === 'hall.event.voided') {
        if (isTakenBack(event)) return;
        const named = identify(event.data.source, event.data.id);
        about = ledger.find(({ source, id }) => identify(source, id) === named);
        if (about === undefined || about.type === 'hall.event.voided' || isHousekeeping(about)) return;
      }
      const { at } = about;
      const own = ledger.map((other) => (isOwnDay(other) && other.data.day === day(at) ? other.type : undefined));
      // An opening undoes the closings before it.
      const closedAt = own.indexOf('hall.day.closed', own.lastIndexOf('hall.day.opened') + 1);
      if (closedAt >= 0 && index > closedAt && counts(at, placeNamed(about))) corrected++;
    });
    return corrected;
  }
}

/** As a key of its own, the first twenty by name. */
function tellUncounted(events: readonly HallEvent[]): Measures['uncounted'] {
  const keys = events.map(({ source, id }) => `event:${source.length}:${source}${id}`).sort(compareCodePoints);
  return { n: keys.length, first: keys.slice(0, 20) };
}

function isAppointment(value: boolean | string | null | undefined): boolean {
  return value === true || typeof value === 'string';
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function spread(values: readonly number[]): SpreadMs {
  return { medianMs: rank(values, 50), p90Ms: rank(values, 90), n: values.length };
}

/** What of a day is not known to be 0: figures of a fact whose feed, which the profile names, had sent nothing at the close and has sent nothing since. */
import type { Measures } from '../measures/measures.ts';
import type { TermId } from '../measures/terms.ts';
import { FEED_FACTS, type FeedFact } from '../profile/feeds.ts';
import type { Value } from '../wire/report.ts';
import type { ReportInput } from './input.ts';

/** By the first part of a measure's name; all others are of cases. */
const FACTS: Readonly<Record<string, readonly FeedFact[]>> = {
  activelyRated: ['cases', 'ratings'],
  activelySatisfied: ['ratings'],
  appointmentWait: ['tickets'],
  appointments: ['appointments'],
  byDefault: ['ratings'],
  consultations: ['consultations'],
  greenWait: ['tickets'],
  medicalConsultations: ['consultations'],
  peopleServed: ['tickets', 'consultations'],
  poor: ['ratings'],
  rated: ['cases', 'ratings'],
  requestAnswer: ['requests'],
  requests: ['requests'],
  satisfied: ['ratings'],
  satisfiedLowerBound: ['ratings'],
  scores: ['ratings'],
  service: ['tickets'],
  services: ['services'],
  tickets: ['tickets'],
  wait: ['tickets'],
  windowTimePerCase: ['tickets', 'cases'],
  // No feed sends any of these.
  ...Object.fromEntries(
    ['calledBack', 'checks', 'complaints', 'corrected', 'followupAnswer', 'followupClosing', 'misrated']
      .concat(['rectified', 'suggestionAnswer', 'trained', 'voided'])
      .map((head) => [head, []]),
  ),
};
const CASES: readonly FeedFact[] = ['cases'];

/** How much came of a fact. */
const HEARD: Readonly<Record<FeedFact, (measures: Measures) => number>> = {
  tickets: ({ tickets }) => sumOf(tickets),
  cases: ({ accepted, finished }) => accepted + finished,
  consultations: ({ consultations }) => sumOf(consultations),
  services: ({ services }) => sumOf(services),
  appointments: ({ appointments }) => sumOf(appointments),
  ratings: ({ satisfied }) => satisfied.of,
  requests: ({ requests }) => requests.received + requests.answered,
};

/**
 * Facts of which nothing came, in a report of one day.
 * @param measures of that day and of `station`; without one of the whole hall
 */
export function listSilent(
  { span, frozen }: Pick<ReportInput, 'span' | 'frozen'>,
  measures: Measures,
  station?: string,
): readonly FeedFact[] {
  const [day] = frozen?.days ?? [];
  if (!day || span.from !== span.to) return [];
  const silent = day.silentFeeds.filter((feed) => isOf(feed, station)).map(({ fact }) => fact);
  return FEED_FACTS.filter((fact) => silent.includes(fact) && HEARD[fact](measures) === 0);
}

/** Whether a silent feed is one of a station's, or any of the hall's. */
export function isOf(feed: { readonly station?: string | undefined }, station: string | undefined): boolean {
  return station === undefined || feed.station === undefined || feed.station === station;
}

/** Whether a figure says nothing because nothing was heard. */
export function isNotHeard(value: Value, term: TermId, silent: readonly FeedFact[]): boolean {
  const isNothing = value.type === 'none' || ((value.type === 'number' || value.type === 'share') && value.n === 0);
  return isNothing && (FACTS[term.split('.')[0]!] ?? CASES).some((fact) => silent.includes(fact));
}

function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, n) => sum + n, 0);
}

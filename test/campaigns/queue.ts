// The queueing model against a bank's call centre: for each half hour of a month the wait it predicts, and the true one.
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { adviseWindow, HORIZON_MS, predictWaitMs } from '../../domain/forecast/queue.ts';
import { findRealFile } from './real-folder.ts';

const PERIOD_S = HORIZON_MS / 1000;
/** Someone between two calls that lie no further apart is at their desk. */
const AT_DESK_GAP_S = 600;
/** Fewer calls than this have no mean wait worth predicting. */
const LEAST_CALLS = 10;

interface HalfHour {
  /** Time in the queue of each who came, in seconds, whether they were served or gave up. */
  readonly waits: number[];
  /** Work that the services begun here put into one half hour, in seconds. */
  readonly services: number[];
  /** Those in the queue when it began. */
  waiting: number;
  gaveUp: number;
  /** Seconds at the desk of all agents. */
  deskSeconds: number;
}

interface Call {
  readonly day: string;
  readonly server: string | undefined;
  readonly came: number;
  readonly waited: number;
  readonly served?: { readonly from: number; readonly until: number };
}

/** A usual promise of call centres, in seconds; four in ten half hours of that month were beyond it. */
export const BANK_TARGET_SECONDS = 60;

export interface QueueScore {
  readonly n: number;
  readonly targetSeconds: number;
  readonly patienceSeconds: number;
  /** Mean absolute error in seconds: of the model, of the half hour before, of the mean of all. */
  readonly error: number;
  readonly previousError: number;
  readonly meanError: number;
  readonly errorWithoutPatience: number;
  readonly rankCorrelation: number;
  readonly previousRankCorrelation: number;
  /** Median of predicted ÷ true, where the true wait was 10 s or more. */
  readonly medianRatio: number;
  /** Half hours whose mean wait the model puts beyond the target, and how many of those were; and all that were. */
  readonly flagged: number;
  readonly flaggedRightly: number;
  readonly beyond: number;
  /** Half hours in which it would have asked for one more, and how many of those were beyond the target. */
  readonly advised: number;
  readonly advisedRightly: number;
}

/** The calls that reached the queue or an agent; undefined where the file is not here. */
export function readBankCalls(): Call[] | undefined {
  const file = findRealFile('technion_bank_august.csv');
  if (file === undefined) return undefined;
  const rows: Record<string, string>[] = parse(readFileSync(file), { bom: true, columns: true });
  const calls: Call[] = [];
  for (const { date = '', outcome, server, ...row } of rows) {
    // 0:00:00 stands for never; who never queued came when the voice menu was left.
    const queued = toSeconds(row['q_start']);
    const isServed = outcome === 'AGENT';
    if (outcome === 'PHANTOM' || (!isServed && queued === 0)) continue;
    calls.push({
      day: date,
      server: isServed ? server : undefined,
      came: queued || toSeconds(row['vru_exit']),
      waited: queued ? Math.max(toSeconds(row['q_exit']) - queued, 0) : 0,
      ...(isServed && { served: { from: toSeconds(row['ser_start']), until: toSeconds(row['ser_exit']) } }),
    });
  }
  return calls;
}

/** Times of day have no leading zero and sort wrongly as text. */
function toSeconds(text = '0:00:00'): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number);
  return hours * 3600 + minutes * 60 + seconds;
}

export function backtestQueue(calls: readonly Call[], targetSeconds: number): QueueScore {
  const halfHours = gatherHalfHours(calls);
  const all = [...halfHours.values()];
  const gaveUp = sumOf(all.map((one) => one.gaveUp));
  const patienceMs = (sumOf(all.flatMap((one) => one.waits)) / gaveUp) * 1000;
  const trials = [...halfHours].flatMap(([key, one]) => {
    const previous = halfHours.get(before(key));
    const isWorthIt = one.waits.length >= LEAST_CALLS && one.services.length >= 5 && one.deskSeconds >= PERIOD_S;
    if (!isWorthIt || !previous || previous.waits.length < LEAST_CALLS) return [];
    const serviceMean = meanOf(one.services);
    const load = {
      arrivalsPerHour: (one.waits.length * 3600) / PERIOD_S,
      serviceMeanMs: serviceMean * 1000,
      serviceCv: Math.sqrt(meanOf(one.services.map((s) => (s - serviceMean) ** 2))) / serviceMean,
      servers: Math.round(one.deskSeconds / PERIOD_S),
    };
    const { open } = adviseWindow({
      ...load,
      serviceN: one.services.length,
      openWindows: load.servers,
      waiting: one.waiting,
      targetWaitMs: targetSeconds * 1000,
      patienceMs,
    });
    return {
      truth: meanOf(one.waits),
      predicted: predictWaitMs({ ...load, patienceMs }, one.waiting) / 1000,
      withoutPatience: predictWaitMs(load, one.waiting) / 1000,
      previous: meanOf(previous.waits),
      open,
    };
  });
  const truths = trials.map(({ truth }) => truth);
  const mean = meanOf(truths);
  const errorOf = (of: (trial: (typeof trials)[number]) => number): number =>
    meanOf(trials.map((trial) => Math.abs(of(trial) - trial.truth)));
  const flagged = trials.filter(({ predicted }) => predicted > targetSeconds);
  const advised = trials.filter(({ open }) => open);
  const isBeyond = ({ truth }: { truth: number }): boolean => truth > targetSeconds;
  return {
    n: trials.length,
    targetSeconds,
    patienceSeconds: patienceMs / 1000,
    error: errorOf(({ predicted }) => predicted),
    previousError: errorOf(({ previous }) => previous),
    meanError: errorOf(() => mean),
    errorWithoutPatience: errorOf(({ withoutPatience }) => withoutPatience),
    rankCorrelation: correlate(rank(truths), rank(trials.map(({ predicted }) => predicted))),
    previousRankCorrelation: correlate(rank(truths), rank(trials.map(({ previous }) => previous))),
    medianRatio: medianOf(trials.filter(({ truth }) => truth >= 10).map(({ predicted, truth }) => predicted / truth)),
    flagged: flagged.length,
    flaggedRightly: flagged.filter(isBeyond).length,
    beyond: trials.filter(isBeyond).length,
    advised: advised.length,
    advisedRightly: advised.filter(isBeyond).length,
  };
}

function gatherHalfHours(calls: readonly Call[]): Map<string, HalfHour> {
  const halfHours = new Map<string, HalfHour>();
  const at = (day: string, period: number): HalfHour => {
    const key = `${day}/${period}`;
    let one = halfHours.get(key);
    if (!one) halfHours.set(key, (one = { waits: [], services: [], waiting: 0, gaveUp: 0, deskSeconds: 0 }));
    return one;
  };
  const desks = new Map<string, { day: string; spans: [number, number][] }>();
  for (const { day, server, came, waited, served } of calls) {
    const first = Math.floor(came / PERIOD_S);
    at(day, first).waits.push(waited);
    for (let period = first + 1; period * PERIOD_S <= came + waited; period++) at(day, period).waiting++;
    if (!served) at(day, first).gaveUp++;
    if (!served || server === undefined) continue;
    at(day, Math.floor(served.from / PERIOD_S)).services.push(Math.min(served.until - served.from, PERIOD_S));
    const key = `${day}/${server}`;
    if (!desks.has(key)) desks.set(key, { day, spans: [] });
    desks.get(key)!.spans.push([served.from, served.until]);
  }
  for (const { day, spans } of desks.values()) {
    for (const [from, until] of joinSpans(spans)) {
      for (let period = Math.floor(from / PERIOD_S); period * PERIOD_S < until; period++) {
        const inside = Math.min(until, (period + 1) * PERIOD_S) - Math.max(from, period * PERIOD_S);
        at(day, period).deskSeconds += inside;
      }
    }
  }
  return halfHours;
}

function joinSpans(spans: readonly [number, number][]): [number, number][] {
  const joined: [number, number][] = [];
  for (const [from, until] of spans.toSorted(([a], [b]) => a - b)) {
    const last = joined.at(-1);
    if (last && from - last[1] <= AT_DESK_GAP_S) last[1] = Math.max(last[1], until);
    else joined.push([from, until]);
  }
  return joined;
}

function before(key: string): string {
  const [day, period] = key.split('/');
  return `${day}/${Number(period) - 1}`;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function meanOf(values: readonly number[]): number {
  return sumOf(values) / values.length;
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** Ranks, ties by their mean. */
function rank(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  return values.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2);
}

function correlate(a: readonly number[], b: readonly number[]): number {
  const meanA = meanOf(a);
  const meanB = meanOf(b);
  const cross = (x: readonly number[], meanX: number, y: readonly number[], meanY: number): number =>
    sumOf(x.map((value, i) => (value - meanX) * (y[i]! - meanY)));
  return cross(a, meanA, b, meanB) / Math.sqrt(cross(a, meanA, a, meanA) * cross(b, meanB, b, meanB));
}

/** A lead who is sent for nothing more than one time in four soon stays where they are. */
const LEAST_RIGHT = 0.75;

/** What stands in the score that must not: wrong alarms, missed crowds, or less use than the half hour before. */
export function findQueueFaults(score: QueueScore): string[] {
  const { error, previousError, meanError, rankCorrelation, previousRankCorrelation } = score;
  const { flagged, flaggedRightly, beyond, advised, advisedRightly } = score;
  const shares = {
    'flagged rightly': flaggedRightly / flagged,
    'found of those beyond': flaggedRightly / beyond,
    'advised rightly': advisedRightly / advised,
  };
  return [
    ...Object.entries(shares)
      .filter(([, share]) => !(share >= LEAST_RIGHT))
      .map(([name, share]) => `${name}: ${(share * 100).toFixed(0)} %`),
    ...(error < Math.min(previousError, meanError) ? [] : [`error ${error.toFixed(1)} s is no better than a guess`]),
    ...(rankCorrelation > previousRankCorrelation ? [] : ['the half hour before orders them better']),
  ];
}

/** The score as a few lines of text. */
export function printQueueScore(score: QueueScore): string {
  const share = (n: number, of: number): string => `${n} of ${of} (${((100 * n) / of).toFixed(0)} %)`;
  return [
    `Waits of a bank's call centre, August 2010: ${score.n} half hours; target ${score.targetSeconds} s; people give up after ${score.patienceSeconds.toFixed(0)} s on average`,
    `  mean error    model ${score.error.toFixed(1)} s, the half hour before ${score.previousError.toFixed(1)} s, the mean of all ${score.meanError.toFixed(1)} s, model without leaving ${score.errorWithoutPatience.toFixed(1)} s`,
    `  rank corr.    model ${score.rankCorrelation.toFixed(2)}, the half hour before ${score.previousRankCorrelation.toFixed(2)}`,
    `  median ratio  ${score.medianRatio.toFixed(2)}`,
    `  'beyond the target' was right in ${share(score.flaggedRightly, score.flagged)}, and found ${share(score.flaggedRightly, score.beyond)}`,
    `  'one more' was advised in ${score.advised} half hours; beyond the target were ${share(score.advisedRightly, score.advised)}`,
  ].join('\n');
}

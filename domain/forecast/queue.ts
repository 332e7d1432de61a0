/** How long people will wait with so many windows open: a named queueing model, and what one more window would do. */

const HOUR_MS = 3_600_000;

/** What one hall's windows are up against for a while; rates and times are means. */
export interface QueueLoad {
  arrivalsPerHour: number;
  serviceMeanMs: number;
  /** Standard deviation ÷ mean of the times of service. */
  serviceCv: number;
  servers: number;
  /** How long people would wait on average before they leave; absent where nobody leaves. */
  patienceMs?: number;
}

/**
 * The probability that whoever comes must wait, in M/M/c; 1 where the load is as large as the servers or larger.
 * @param offered arrivals × mean service time, in servers kept busy (erlangs)
 * Source: A. K. Erlang (1917), by the recursion of the loss formula, B(c) = a·B(c−1) ÷ (c + a·B(c−1)).
 */
export function erlangC(servers: number, offered: number): number {
  if (offered <= 0) return 0;
  if (offered >= servers) return 1;
  let loss = 1;
  for (let c = 1; c <= servers; c++) loss = (offered * loss) / (c + offered * loss);
  return (servers * loss) / (servers - offered * (1 - loss));
}

/**
 * People waiting on average in an M/G/c queue that has settled; Infinity where the load is not below the servers.
 * Source: the Allen–Cunneen approximation, Lq(M/M/c) · (1 + cv²) ÷ 2
 * (A. O. Allen, Probability, Statistics, and Queueing Theory, 2nd ed. 1990); exact for one server and for cv = 1.
 */
export function settledQueue(servers: number, offered: number, serviceCv: number): number {
  if (offered >= servers) return Infinity;
  return ((erlangC(servers, offered) * offered) / (servers - offered)) * ((1 + serviceCv ** 2) / 2);
}

/** The span over which a wait is predicted. */
export const HORIZON_MS = HOUR_MS / 2;
const STEP_MS = 30_000;

/**
 * The mean wait of those who come within the next half hour, in ms, from so many waiting now.
 * The queue moves from where it is towards where it would settle, and grows where it never would:
 * dL/dt = λ − c·μ·ρ(L) − θ·q, where ρ(L) is the use of the servers at which the settled queue has L people in the
 * system, q those of them who wait, and θ the rate at which one who waits gives up.
 * Source: the pointwise stationary fluid flow approximation (W.-P. Wang, D. Tipper, S. Banerjee, A simple approximation
 * for modeling nonstationary queues, IEEE INFOCOM 1996), with leaving as in W. Whitt's fluid of M/M/c+M
 * (Efficiency-driven heavy-traffic approximations for many-server queues with abandonments, Management Science 50, 2004).
 */
export function predictWaitMs(load: QueueLoad, waiting: number): number {
  const { arrivalsPerHour, serviceMeanMs, serviceCv, servers, patienceMs = Infinity } = load;
  if (arrivalsPerHour <= 0 && waiting <= 0) return 0;
  if (servers <= 0) return Infinity;
  const arrivals = arrivalsPerHour / HOUR_MS;
  const offered = arrivals * serviceMeanMs;
  // Nobody waits while a server is free; with nobody waiting the usual number of servers is at work.
  let present = waiting > 0 ? servers + waiting : Math.min(offered, servers);
  let sum = 0;
  for (let at = 0; at < HORIZON_MS; at += STEP_MS) {
    const busy = busyServers(servers, serviceCv, present);
    const queue = present - busy;
    const leavesPerMs = busy / serviceMeanMs + queue / patienceMs;
    // Little's law with what leaves the queue, into service or for good.
    sum += leavesPerMs > 0 ? queue / leavesPerMs : 0;
    present = Math.max(0, present + STEP_MS * (arrivals - leavesPerMs));
  }
  return (sum * STEP_MS) / HORIZON_MS;
}

/** The servers at work when a settled queue has `present` people waiting or being served: bisection, as it only rises. */
function busyServers(servers: number, serviceCv: number, present: number): number {
  let low = 0;
  let high = Math.min(servers, present);
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (middle + settledQueue(servers, middle, serviceCv) < present) low = middle;
    else high = middle;
  }
  return low;
}

export interface WindowQuestion {
  /** Those who came for a window in the last hour, or are likely to in the next. */
  arrivalsPerHour: number;
  serviceMeanMs: number;
  /** Standard deviation ÷ mean of those services. */
  serviceCv: number;
  /** Services from which mean and cv come. */
  serviceN: number;
  openWindows: number;
  waiting: number;
  targetWaitMs: number;
  /** Where people are known to leave: how long they would wait on average. */
  patienceMs?: number;
}

export interface WindowAdvice {
  /** Whether one more window is worth opening. */
  open: boolean;
  /** Mean wait predicted for those who come in the next half hour; Infinity where no window is open. */
  waitMs: number;
  /** The same with one window more. */
  waitWithOneMoreMs: number;
}

/** Fewer services than this say too little of how long one takes. */
const LEAST_SERVICES = 20;
/** One more window must take at least this share of the wait away. */
const CLEAR_GAIN = 0.25;

/**
 * Whether one more window would bring the wait from beyond the target to clearly better. The services that are known
 * are few: it is asked for only where people wait beyond the target even if a service took one standard error less.
 */
export function adviseWindow(question: WindowQuestion): WindowAdvice {
  const { openWindows, waiting, targetWaitMs, serviceMeanMs, serviceCv, serviceN } = question;
  const waitWith = (servers: number, meanMs = serviceMeanMs): number =>
    Math.round(predictWaitMs({ ...question, servers, serviceMeanMs: meanMs }, waiting));
  const waitMs = waitWith(openWindows);
  const waitWithOneMoreMs = waitWith(openWindows + 1);
  const advice = { waitMs, waitWithOneMoreMs };
  if (serviceN < LEAST_SERVICES || waitMs <= targetWaitMs) return { open: false, ...advice };
  const shortestMs = serviceMeanMs * Math.max(1 - serviceCv / Math.sqrt(serviceN), 0.5);
  const isSurelyBeyond = waitWith(openWindows, shortestMs) > targetWaitMs;
  const isClearlyBetter = waitWithOneMoreMs <= waitMs * (1 - CLEAR_GAIN);
  return { open: isSurelyBeyond && isClearlyBetter, ...advice };
}

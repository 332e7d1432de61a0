/** What today is likely to end at, and what the next two hours will bring, from the same weekday's last working days. */
import { bandOf, COVERAGE, type Band } from './band.ts';

/** Counts by slot of the day; slot i covers minutes [i·slotMinutes, (i+1)·slotMinutes). */
export interface ForecastBasis {
  slotMinutes: number;
  /** Today's so far. Sparse: absent slots are 0. */
  today: Readonly<Record<string, number>>;
  /** By slot, one count for each usual day, always in the same order of days. Sparse: absent slots are 0 on all of them. */
  usual: Readonly<Record<string, readonly number[]>>;
  usualDays: number;
}

export interface SlotBand extends Band {
  /** Minutes of the day. Counts are of the whole slot, with what it has brought already. */
  fromMinute: number;
  toMinute: number;
}

export interface Forecast {
  /** The whole day's count; `coverage`: the share of days that the range is meant to hold. */
  end: Band & { coverage: number };
  /** The slot that is running and those that begin within the next two hours. */
  slots: SlotBand[];
}

/** Fewer usual days than this say too little. */
export const LEAST_USUAL_DAYS = 3;
const AHEAD_MINUTES = 120;
const DAY_MINUTES = 1440;
/** As many days' weight has what is assumed before looking: that a day's half hours have nothing to do with each other. */
const PRIOR_DAYS = 4;

/**
 * The forecast at a minute of the day; undefined where fewer than three usual days are known.
 *
 * What still comes is taken for negative binomial (`bandOf`), and added to what is there, so that no bound lies below it.
 * Its mean is the usual days' mean, moved by how today runs (`shiftOf`); its variance is `varianceOf`.
 */
export function forecastDay(basis: ForecastBasis, minute: number): Forecast | undefined {
  if (basis.usualDays < LEAST_USUAL_DAYS) return undefined;
  const { slotMinutes } = basis;
  const soFar = sumOf(Object.values(basis.today));
  const soFarUsual = readUsual(basis, 0, minute);
  const excess = slotExcess(basis);
  const predict = (from: number, to: number): Band => {
    const usual = readUsual(basis, from, to);
    const mean = meanOf(usual);
    const shifted = Math.max(mean + shiftOf(soFarUsual, usual, soFar), mean * LEAST_OF_USUAL);
    return bandOf(shifted, varianceOf(basis, from, to, shifted, usual, excess));
  };
  const slots: SlotBand[] = [];
  const first = Math.floor(minute / slotMinutes);
  for (let slot = first; slot * slotMinutes < Math.min(minute + AHEAD_MINUTES, DAY_MINUTES); slot++) {
    const fromMinute = slot * slotMinutes;
    const toMinute = fromMinute + slotMinutes;
    const band = predict(Math.max(minute, fromMinute), toMinute);
    slots.push({ fromMinute, toMinute, ...raise(band, basis.today[String(slot)] ?? 0) });
  }
  return { end: { ...raise(predict(minute, DAY_MINUTES), soFar), coverage: COVERAGE }, slots };
}

/** However quietly a day begins, at least this part of the usual remainder is expected. */
const LEAST_OF_USUAL = 0.2;

/**
 * By how much more or less is to come, for how today's count differs from the usual one by now: the least-squares slope
 * of the usual days, where more so far meant more to come, times its credibility n ÷ (n + 4) for n + 1 days.
 * Source: H. Bühlmann, Experience rating and credibility, ASTIN Bulletin 4 (1967).
 */
function shiftOf(soFarUsual: readonly number[], usual: readonly number[], soFar: number): number {
  const spread = covarianceOf(soFarUsual, soFarUsual);
  if (spread === 0) return 0;
  const slope = Math.max(covarianceOf(soFarUsual, usual), 0) / spread;
  const degrees = usual.length - 1;
  return (slope * degrees * (soFar - meanOf(soFarUsual))) / (degrees + PRIOR_DAYS);
}

/**
 * The variance of what comes between two minutes: μ + κμ², and the same of the usual mean over its number of days.
 * κ, by which the days differ beyond chance, is the moment estimate from these days, (s² − m) ÷ m², drawn with a weight
 * of four days to what the half hours' own `excess` κₛ would give if they were independent, κₛ·Σm² ÷ (Σm)²; and
 * stretched by ν ÷ (ν − 2), as a variance that is itself estimated with ν degrees of freedom has a posterior mean larger
 * by this (A. Gelman et al., Bayesian Data Analysis, 3rd ed. 2013, section 3.2).
 */
function varianceOf(
  basis: ForecastBasis,
  from: number,
  to: number,
  shifted: number,
  usual: readonly number[],
  excess: number,
): number {
  const mean = meanOf(usual);
  if (mean === 0) return shifted;
  const ofDays = Math.max((covarianceOf(usual, usual) - mean) / mean ** 2, 0);
  let squares = 0;
  for (const [slot, counts] of Object.entries(basis.usual))
    squares += (meanOf(counts) * shareWithin(basis, Number(slot), from, to)) ** 2;
  const ofSlots = (excess * squares) / mean ** 2;
  const degrees = usual.length - 1;
  const weight = degrees + PRIOR_DAYS;
  const kappa = ((degrees * ofDays + PRIOR_DAYS * ofSlots) / weight) * (weight / (weight - 2));
  return shifted + kappa * shifted ** 2 + (mean + kappa * mean ** 2) / usual.length;
}

/**
 * κₛ, by which one half hour differs between days beyond chance, one number for all: Σ(s² − m) ÷ Σ(m² − s² ÷ n).
 * Source: C. I. Bliss, A. R. G. Owen, Negative binomial distributions with a common k, Biometrika 45 (1958); κ = 1 ÷ k.
 */
function slotExcess({ usual, usualDays }: ForecastBasis): number {
  let beyond = 0;
  let squares = 0;
  for (const counts of Object.values(usual)) {
    const mean = meanOf(counts);
    const variance = covarianceOf(counts, counts);
    beyond += variance - mean;
    squares += mean ** 2 - variance / usualDays;
  }
  return beyond > 0 && squares > 0 ? beyond / squares : 0;
}

/** Each usual day's count between two minutes; a slot that is cut counts by its share. */
function readUsual(basis: ForecastBasis, from: number, to: number): number[] {
  const days = new Array<number>(basis.usualDays).fill(0);
  for (const [slot, counts] of Object.entries(basis.usual)) {
    const share = shareWithin(basis, Number(slot), from, to);
    if (share > 0) counts.forEach((count, day) => (days[day]! += count * share));
  }
  return days;
}

function shareWithin({ slotMinutes }: ForecastBasis, slot: number, from: number, to: number): number {
  const begins = Math.max(slot * slotMinutes, from);
  const ends = Math.min((slot + 1) * slotMinutes, to);
  return Math.max(ends - begins, 0) / slotMinutes;
}

function raise({ low, mid, high }: Band, by: number): Band {
  return { low: low + by, mid: mid + by, high: high + by };
}

function covarianceOf(a: readonly number[], b: readonly number[]): number {
  const meanA = meanOf(a);
  const meanB = meanOf(b);
  return a.reduce((sum, value, i) => sum + (value - meanA) * (b[i]! - meanB), 0) / (a.length - 1);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function meanOf(values: readonly number[]): number {
  return sumOf(values) / values.length;
}

/** 医保试点. */
import { rank } from '../arithmetic.ts';
import type { BoardFacts } from '../board.ts';
import { moveDay, weekdayOf } from '../days.ts';
import { measureTurnaround, ofType } from '../facts.ts';
import { MEDICAL } from '../oracle.ts';
import { sceneHead } from './head.ts';
import { spreadOf } from './floor.ts';
import { acceptances, sameWeekdays, slotOf } from './overview.ts';
import { inForce, lineOf, nameItem, nameStation, splitStrangers, tally } from './names.ts';

const OUTCOMES = [
  ['approved', 'approved'],
  ['refused', 'refused'],
  ['not-accepted', 'notAccepted'],
  ['withdrawn', 'withdrawn'],
] as const;

export function medicalTopic(board: BoardFacts): object {
  const { config, day, living, today } = board;
  const pilot = config.profile.medicalPilot;
  const isHere = (place: string) => pilot === undefined || place === pilot.station;
  const cases = board.cases.filter(
    ({ accepted: { data } }) => isHere(data.station) && lineOf(board, data.line, data.item) === MEDICAL,
  );
  const given = ofType(living, 'hall.consultation.given').filter(
    ({ data }) => isHere(data.station) && lineOf(board, data.line, data.item) === MEDICAL,
  );
  const isSince = (at: number) => pilot !== undefined && board.dayOf(at) >= pilot.from;
  const isToday = (at: number) => board.dayOf(at) === day;
  const accepted = (when: (at: number) => boolean) => cases.filter(({ accepted: { at } }) => when(at));
  const finished = (when: (at: number) => boolean) =>
    cases.filter((one) => one.finished !== undefined && when(one.finished.at));
  const outcomes = (of: typeof cases) =>
    Object.fromEntries(
      OUTCOMES.map(([word, name]) => [name, of.filter((one) => one.finished!.data.outcome === word).length]),
    );
  const consulted = (medium: string, when: (at: number) => boolean) =>
    given
      .filter(({ at, data }) => when(at) && data.medium === medium)
      .reduce((sum, { data }) => sum + (data.count ?? 1), 0);
  const sums = (when: (at: number) => boolean) => ({
    accepted: accepted(when).length,
    outcomes: outcomes(finished(when)),
    consultations: { visit: consulted('visit', when), phone: consulted('phone', when) },
  });
  const open = cases.filter((one) => one.finished === undefined);
  const item = (codes: readonly string[], naming: object) => {
    const of = (list: typeof cases) => list.filter((one) => codes.includes(one.accepted.data.item));
    return {
      ...naming,
      today: of(accepted(isToday)).length,
      since: of(accepted(isSince)).length,
      outcomes: outcomes(of(finished(isSince))),
      open: of(open).length,
    };
  };
  const due = config.catalogue.items.filter((one) => one.line === MEDICAL && inForce(one, day)).map(({ code }) => code);
  const handled = [...accepted(isToday), ...accepted(isSince), ...finished(isSince), ...open];
  const others = [...new Set(handled.map((one) => one.accepted.data.item))].filter((code) => !due.includes(code));
  const weigh = (code: string) =>
    [...accepted(isToday), ...accepted(isSince)].filter((one) => one.accepted.data.item === code).length;
  const { shown, rest } = splitStrangers(others, weigh);
  const isKnown = (code: string) => config.catalogue.items.some((one) => one.code === code);
  const items = [...due, ...shown].map((code) => [
    code,
    item([code], { name: nameItem(board, code), ...(isKnown(code) ? {} : { unknown: true }) }),
  ]);
  if (rest.length > 0) items.push(['', item(rest, { name: '', unknown: true, merged: rest.length })]);
  return {
    ...sceneHead(board),
    ...(pilot
      ? { from: pilot.from, station: { id: pilot.station, name: nameStation(board, pilot.station).name } }
      : {}),
    elsewhere: today.medicalCases - accepted(isToday).length,
    today: sums(isToday),
    since: sums(isSince),
    open: open.length,
    items: Object.fromEntries(items) as object,
    order: items.map(([code]) => code),
    weeks: pilot
      ? Object.fromEntries(
          weeksOf(pilot.from, day).map((monday) => [
            monday,
            finished((at) => isSince(at) && mondayOf(board.dayOf(at)) === monday).filter(
              (one) => one.finished!.data.outcome === 'approved',
            ).length,
          ]),
        )
      : {},
    pace: paceOf(board, finished(isSince)),
    usual: usualOf(board),
  };
}

function mondayOf(day: string): string {
  return moveDay(day, 1 - weekdayOf(day));
}

function weeksOf(from: string, day: string): string[] {
  const weeks = Array.from({ length: 30 }, (_, i) => moveDay(mondayOf(day), -7 * i));
  return weeks.filter((monday) => monday >= mondayOf(from));
}

/** M7: of the minutes two digits are told. */
function paceOf({ config, zone }: BoardFacts, finished: BoardFacts['cases']): object {
  const times = finished.flatMap((facts) => {
    const ms = measureTurnaround(facts, config, zone);
    if (ms === null) return [];
    const minutes = Math.round(ms / 60_000);
    const told = Math.round(Number(Math.abs(minutes).toExponential(6).replace(/e.*/, '')) * 10);
    const digits = minutes < 10 ? minutes : told * 10 ** (String(minutes).length - 2);
    const kind = config.catalogue.items.find(({ code }) => code === facts.accepted.data.item)?.kind ?? 'other';
    return [{ kind, ms: digits * 60_000 }];
  });
  const spread = (kind: string) => {
    const values = times.filter((one) => one.kind === kind).map(({ ms }) => ms);
    return spreadOf({ n: values.length, medianMs: rank(values, 50), p90Ms: rank(values, 90) });
  };
  return { instant: spread('instant'), promised: spread('promised'), other: spread('other') };
}

function usualOf(board: BoardFacts): object {
  const pilot = board.config.profile.medicalPilot;
  const all = acceptances(board);
  const days = sameWeekdays(board, 8).filter(
    (day) => all.some((one) => one.day === day) && (pilot === undefined || day >= pilot.from),
  );
  const medical = all.filter(
    (one) => days.includes(one.day) && one.medical && (pilot === undefined || one.place === pilot.station),
  );
  const slots = Object.entries(tally(medical, slotOf)).map(([slot, n]) => [
    slot,
    Math.round((n / days.length) * 100) / 100,
  ]);
  return { slotMinutes: 30, days: days.length, slots: Object.fromEntries(slots) as object };
}

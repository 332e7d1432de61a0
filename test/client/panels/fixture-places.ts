/** Realistic topics of 社区 and 医保试点, at the moment of the fixture of the overview. */
import type { CommunitiesData, StationRow } from '../../../domain/board/topics/data-communities.ts';
import type { MedicalData } from '../../../domain/board/topics/data-medical.ts';
import { buildHead, MINUTE, NOW } from '../fixture-overview.ts';

export const CHECK_DAYS = ['2019-11-21', '2019-11-22', '2019-11-25'];

export function buildRow(name: string, more: Partial<StationRow> = {}): StationRow {
  return {
    name: `${name}社区`,
    short: name,
    kind: 'community',
    accepted: 0,
    waiting: 0,
    load: {},
    finished: 0,
    wait: { n: 0 },
    promises: { finishedOnTime: 0, finishedPromised: 0, overdueBefore: 0, dueToday: [] },
    ratings: { satisfied: { n: 0, of: 0 }, activelySatisfied: { n: 0, of: 0 }, byDefault: 0, poor: 0 },
    checks: {
      '2019-11-21': { cases: 'ok', licences: 'ok' },
      '2019-11-22': { cases: 'ok', licences: 'ok' },
      '2019-11-25': {},
    },
    ...more,
  };
}

/** Three stations: the hall, a busy community and a quiet one. */
export function buildCommunitiesData(): CommunitiesData {
  const head = buildHead();
  return {
    ...head,
    proof: {
      ...head.proof,
      stations: 3,
      heardAt: { hall: NOW, meifeng: NOW - 6 * MINUTE, longwei: NOW - 30 * MINUTE },
    },
    stations: {
      hall: buildRow('街道大厅', {
        kind: 'hall',
        accepted: 21,
        load: { window: 19, online: 2 },
        finished: 18,
        tickets: true,
        wait: { n: 24, medianMs: 4 * MINUTE + 1, p90Ms: 9 * MINUTE },
        promises: { finishedOnTime: 5, finishedPromised: 6, overdueBefore: 0, dueToday: [] },
        ratings: { satisfied: { n: 12, of: 12 }, activelySatisfied: { n: 10, of: 10 }, byDefault: 2, poor: 0 },
      }),
      meifeng: buildRow('梅丰', { accepted: 3, load: { window: 2, online: 1 }, finished: 1 }),
      longwei: buildRow('龙尾'),
    },
    order: ['hall', 'meifeng', 'longwei'],
    areas: ['cases', 'licences'],
    areaNames: {},
    checkDays: [...CHECK_DAYS],
  };
}

const none = { approved: 0, refused: 0, notAccepted: 0, withdrawn: 0 };

export function buildMedicalData(): MedicalData {
  const head = buildHead();
  return {
    ...head,
    from: '2019-06-05',
    station: { id: 'hall', name: head.hall.name },
    elsewhere: 0,
    today: { accepted: 4, outcomes: { ...none, approved: 2 }, consultations: { visit: 8, phone: 4 } },
    since: {
      accepted: 1005,
      outcomes: { approved: 968, refused: 0, notAccepted: 21, withdrawn: 11 },
      consultations: { visit: 952, phone: 587 },
    },
    open: 5,
    items: {
      'mi-01': { name: '少儿医保', today: 3, since: 905, outcomes: { ...none, approved: 868 }, open: 3 },
      'mi-02': { name: '产检报销', today: 1, since: 99, outcomes: { ...none, approved: 99 }, open: 1 },
      'x/1': { name: 'x/1', unknown: true, today: 0, since: 1, outcomes: { ...none, approved: 1 }, open: 1 },
    },
    order: ['mi-01', 'mi-02', 'x/1'],
    weeks: { '2019-11-25': 8, '2019-11-11': 900, '2019-11-18': 60 },
    pace: {
      instant: { n: 714, medianMs: 3 * MINUTE, p90Ms: 90 * MINUTE },
      promised: { n: 283, medianMs: 2500 * MINUTE, p90Ms: 5800 * MINUTE },
      other: { n: 0 },
    },
    usual: { slotMinutes: 30, days: 8, slots: { 18: 1, 21: 1, 30: 2 } },
  };
}

/** What a day holds beside tickets and cases: windows opened and closed, questions answered, services, daily checks. */
import type { HallEvent } from '../../domain/events/event.ts';
import type { ServiceKind } from '../../domain/events/schema.ts';
import { headOf, staffInRole } from './demo-hall.ts';
import { demoEvent } from './demo-event.ts';
import { writeFollowup } from './followup-events.ts';
import { drawArrival } from './hall-queue.ts';
import type { DayRun } from './hall-run.ts';
import type { Random } from './random.ts';

const SERVICES: readonly (readonly [ServiceKind, number])[] = [
  ['copying', 11],
  ['express', 6],
  ['terminal', 14],
  ['accompaniment', 1.2],
  ['nursing-room', 0.8],
  ['counselling', 0.3],
];
/** What a check has seen, by area. */
const ISSUES: Readonly<Record<string, string>> = {
  cases: '有 2 件即办件录入晚于办结，请补录说明',
  licences: '有证照未上传，请补传并核对',
  satisfaction: '一台评价器没有开机，请报修',
  conduct: '公示栏的值班信息没有更新',
};
const WHY_SKIPPED = ['站长外出培训，当天无人替核', '系统升级，下班前没有核成', '当天人手不足，次日补看无异常'];
const TOPICS = ['办理条件', '所需材料', '办理进度', '办理地点与时间', '网上申报操作', '政策解读'];

export function runHouse(run: DayRun): HallEvent[] {
  const random = run.hall.random('house', run.day);
  return [
    ...writeWindows(run, random),
    ...writeTerminals(run),
    ...writeConsultations(run, random),
    ...writeServices(run, random),
    ...writeChecks(run, random),
  ];
}

function writeWindows(run: DayRun, random: Random): HallEvent[] {
  const { hall, day, happenings } = run;
  const events: HallEvent[] = [];
  for (const [window, staff] of run.seats) {
    const station = hall.config.profile.windows.find((entry) => entry.id === window)!.station;
    const change = (key: string, minute: number, status: 'open' | 'paused' | 'closed', reason?: string): number =>
      events.push(
        demoEvent('hall.window.changed', `${window}/${day}/${key}`, hall.work.at(day, minute), window, {
          window,
          station,
          status,
          ...(reason && { reason }),
          staff,
        }),
      );
    hall.work.sessions.forEach(([from, to], i) => {
      change(`open-${i + 1}`, from, 'open');
      change(`close-${i + 1}`, to - (station === hall.main ? 0 : random.next() * 2), 'closed');
    });
    happenings.pauses
      .filter((pause) => pause.window === window)
      .forEach((pause, i) => {
        // A window is paused once it has served the one in hand.
        change(`pause-${i + 1}`, pause.from, 'paused', pause.reason);
        change(`resume-${i + 1}`, pause.to, 'open');
      });
  }
  return events;
}

function writeTerminals({ hall, day, happenings }: DayRun): HallEvent[] {
  const change = (terminal: string, key: string, minute: number, status: 'working' | 'out-of-paper'): HallEvent => {
    const station = hall.params.terminals.find((entry) => entry.id === terminal)?.station ?? hall.main;
    const at = hall.work.at(day, minute);
    return demoEvent('hall.terminal.changed', `${terminal}/${day}/${key}`, at, terminal, { terminal, station, status });
  };
  const isFirst = hall.work.shift(day, -1) < hall.params.span.from;
  return [
    ...(isFirst ? hall.params.terminals.map(({ id }) => change(id, 'start', hall.work.opensMinute, 'working')) : []),
    ...happenings.outOfPaper.flatMap(({ terminal, from, to }) => [
      change(terminal, 'out-of-paper', from, 'out-of-paper'),
      change(terminal, 'working', to, 'working'),
    ]),
  ];
}

function writeConsultations(run: DayRun, random: Random): HallEvent[] {
  const { hall, day, plan, happenings } = run;
  const lines = hall.config.catalogue.lines.map((line) => line.id).filter((id) => id !== hall.medicalLine);
  const events: HallEvent[] = [];
  const ask = (station: string, line: string, staff: string | undefined, count: number, minute: number): void => {
    const id = run.number('q');
    events.push(
      demoEvent('hall.consultation.given', id, hall.work.at(day, minute), station, {
        station,
        medium: random.chance(0.38) ? 'phone' : 'visit',
        line,
        topic: random.pick(TOPICS),
        ...(staff && { staff }),
        result: random.chance(0.94) ? 'answered' : 'referred',
        ...(count > 1 && { count }),
      }),
    );
  };
  const desk = staffInRole(hall, hall.main, '咨询台');
  const deskStaff = (): string | undefined => random.pick(desk)?.id;
  for (const count of splitCount(random, plan.quota.hallConsultations)) {
    ask(hall.main, random.pick(lines), deskStaff(), count, drawArrival(hall, random));
  }
  if (hall.medicalLine) {
    for (const count of splitCount(random, plan.quota.medicalConsultations)) {
      ask(hall.main, hall.medicalLine, deskStaff(), count, drawArrival(hall, random));
    }
  }
  const { quiet } = happenings;
  for (const [station, total] of plan.quota.communityConsultations) {
    // A community reports what it was asked, and what it copied, about once in three quarters of an hour.
    const times = hall.work.sessions.flatMap(([from, to]) => {
      const steps = Math.floor((to - from) / 42);
      return Array.from({ length: steps }, (_, i) => from + 8 + (i + random.next() * 0.7) * 42);
    });
    const isHeard = (minute: number): boolean => quiet?.station !== station || minute < quiet.from || minute > quiet.to;
    const heard = times.filter(isHeard);
    const counts = heard.map(() => 0);
    for (let i = 0; i < total; i++) counts[random.integer(0, counts.length - 1)]!++;
    heard.forEach((minute, i) => {
      const at = Math.min(minute, 1_075);
      if (counts[i]! > 0) ask(station, random.pick(lines), headOf(hall, station), counts[i]!, at);
      else
        events.push(
          demoEvent('hall.service.given', run.number('v'), hall.work.at(day, at), station, {
            station,
            kind: 'copying',
          }),
        );
    });
  }
  return events;
}

function writeServices(run: DayRun, random: Random): HallEvent[] {
  const { hall, day } = run;
  const station = hall.main;
  return SERVICES.flatMap(([kind, mean]) =>
    Array.from({ length: random.poisson(mean) }, () =>
      demoEvent('hall.service.given', run.number('v'), hall.work.at(day, drawArrival(hall, random)), station, {
        station,
        kind,
      }),
    ),
  );
}

function writeChecks(run: DayRun, random: Random): HallEvent[] {
  const { hall, day } = run;
  const { work } = hall;
  const { checkMissed, checkIssue } = hall.params.shares;
  const events: HallEvent[] = [];
  for (const station of [hall.main, ...hall.communities]) {
    hall.config.profile.dailyChecks.forEach((area, i) => {
      if (random.chance(checkMissed)) {
        events.push(...explainSkipped(run, station, area));
        return;
      }
      const minute = work.closesMinute - 62 + i * 15 + random.next() * 13;
      const at = work.at(day, minute);
      const by = headOf(hall, station) ?? station;
      const isIssue = random.chance(checkIssue);
      const id = `check/${day}/${station}/${area}`;
      events.push(
        demoEvent('hall.check.done', id, at, station, { station, area, result: isIssue ? 'issue' : 'ok', by }),
      );
      if (!isIssue) return;
      const next = work.shift(day, 1);
      const note = ISSUES[area] ?? '现场有一处需要整改';
      const followup = `f-check-${day}-${station}-${area}`;
      events.push(
        demoEvent('hall.check.answered', `${id}/seen`, at, station, {
          ...{ station, area, day, finding: 'seen', answer: 'follow-up', note, followup },
        }),
      );
      events.push(
        ...writeFollowup(hall, {
          id: followup,
          about: 'check',
          station,
          area,
          asks: note,
          openedAt: at + 120_000,
          dueBy: work.at(next, work.closesMinute),
          closedAt: work.at(next, work.opensMinute + 30 + random.next() * 120),
          result: 'rectified',
        }),
      );
    });
  }
  return events;
}

/** Most are explained on the morning after; drawn by itself, so that nothing else of the year depends on it. */
function explainSkipped({ hall, day }: DayRun, station: string, area: string): HallEvent[] {
  const random = hall.random('skipped', `${day}/${station}/${area}`);
  if (!random.chance(0.9)) return [];
  const at = hall.work.at(hall.work.shift(day, 1), hall.work.opensMinute + 10 + random.next() * 90);
  return [
    demoEvent('hall.check.answered', `check/${day}/${station}/${area}/skipped`, at, station, {
      ...{ station, area, day, finding: 'skipped', thing: day, answer: 'explained', note: random.pick(WHY_SKIPPED) },
    }),
  ];
}

/** `total` people asked one, two or three at a time. */
function splitCount(random: Random, total: number): number[] {
  const parts: number[] = [];
  for (let left = total; left > 0; left -= parts[parts.length - 1]!) {
    parts.push(Math.min(left, random.chance(0.88) ? 1 : random.integer(2, 3)));
  }
  return parts;
}

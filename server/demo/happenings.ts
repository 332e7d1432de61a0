/** What goes wrong on a day of the living demo: arranged for the first morning, drawn from the seed afterwards. */
import type { DemoHall } from './demo-hall.ts';
import type { WindowBlock } from './hall-queue.ts';
import type { Random } from './random.ts';
import { toMinute } from './work-time.ts';

/** A case that keeps its window busy from a set minute for a set time, and perhaps ends in a poor rating. */
export interface Booking {
  readonly window: string;
  readonly from: number;
  readonly minutes: number;
  readonly score?: 1 | 2 | undefined;
}

export interface Happenings {
  readonly bookings: readonly Booking[];
  readonly pauses: readonly (WindowBlock & { readonly reason: string })[];
  /** A terminal without paper. Minutes past midnight. */
  readonly outOfPaper: readonly { readonly terminal: string; readonly from: number; readonly to: number }[];
  /** A community of which nothing is heard for a while. */
  readonly quiet: { readonly station: string; readonly from: number; readonly to: number } | undefined;
}

const PAUSE_REASONS = ['系统升级', '高拍仪检修', '打印机故障', '工作人员临时离岗'];

export function arrangeDay(hall: DemoHall, day: string): Happenings {
  const { params } = hall;
  const random = hall.random('happenings', day);
  const windows = (hall.windowsOf.get(hall.main) ?? [])
    .map((window) => window.id)
    .filter((id) => id !== params.special.appointmentWindow && id !== params.special.greenWindow);
  if (day < params.live.day) {
    return {
      bookings: [],
      pauses: drawPauses(random, windows, random.integer(0, 2)),
      outOfPaper: drawPaper(hall, random, 0.1),
      quiet: undefined,
    };
  }
  const isScene = day === params.live.day;
  const { scene } = params;
  const free = random.shuffle(windows);
  const afternoon: Booking[] = [
    { window: free[0]!, from: 865 + random.integer(0, 60), minutes: random.integer(18, 27) },
    {
      window: free[1]!,
      from: 945 + random.integer(0, 30),
      minutes: random.integer(7, 12),
      score: random.chance(0.3) ? 1 : 2,
    },
    { window: free[2]!, from: 985 + random.integer(0, 40), minutes: random.integer(16, 22) },
  ];
  const morning: Booking[] = isScene
    ? scene.bookings.map((booking) => ({ ...booking, from: toMinute(booking.from) }))
    : [
        { window: free[3]!, from: 580 + random.integer(0, 60), minutes: random.integer(17, 25) },
        {
          window: free[4]!,
          from: 600 + random.integer(0, 60),
          minutes: random.integer(7, 12),
          score: random.chance(0.3) ? 1 : 2,
        },
      ];
  const pauses = isScene
    ? scene.pauses.map((pause) => ({ ...pause, from: toMinute(pause.from), to: toMinute(pause.from) + pause.minutes }))
    : drawPauses(random, free.slice(5, 7), 1);
  const from = isScene ? 645 : 560 + random.integer(0, 90);
  const quietFrom = isScene ? 845 : 545;
  return {
    bookings: [...morning, ...afternoon],
    pauses: [...pauses, ...drawPauses(random, free.slice(7), 1, 870)],
    outOfPaper: isScene ? [{ terminal: params.terminals[0]!.id, from, to: from + 32 }] : drawPaper(hall, random, 0.6),
    quiet:
      isScene || random.chance(0.5)
        ? { station: random.pick(hall.communities), from: quietFrom, to: quietFrom + random.integer(135, 160) }
        : undefined,
  };
}

function drawPauses(random: Random, windows: readonly string[], count: number, from = 560): Happenings['pauses'] {
  return random
    .shuffle(windows)
    .slice(0, count)
    .map((window) => {
      const start = from + random.integer(0, 80);
      return { window, from: start, to: start + random.integer(10, 28), reason: random.pick(PAUSE_REASONS) };
    });
}

function drawPaper(hall: DemoHall, random: Random, probability: number): Happenings['outOfPaper'] {
  if (hall.params.terminals.length === 0 || !random.chance(probability)) return [];
  const from = 850 + random.integer(0, 120);
  return [{ terminal: random.pick(hall.params.terminals).id, from, to: from + random.integer(15, 50) }];
}

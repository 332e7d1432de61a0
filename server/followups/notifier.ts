/** Tells the robots of groups of lamps and reminders: each try is said in the ledger first, no more than a robot takes in a minute, nothing twice. */
import { readFollowup } from '../../domain/board/parts/followup.ts';
import { findDeadline } from '../../domain/board/topics/followups.ts';
import { createView, nameStaff, nameStation } from '../../domain/board/topics/view.ts';
import { formatMoment } from '../../domain/calendar/written.ts';
import { DAY_MS, dayOf, type Zone } from '../../domain/calendar/zone.ts';
import { compareEvents, type HallEvent, type LedgerEvent, type LedgerEventOf } from '../../domain/events/event.ts';
import {
  NOTICE_TYPES,
  NOTICES_SOURCE,
  noticeSendingEvent,
  noticeSentEvent,
  readNotices,
  writeNotice,
  type NoticeState,
  type NoticeTry,
} from '../../domain/followups/notices.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import type { Board } from '../board/board.ts';
import { createTurns } from '../in-turn.ts';
import type { Actor } from '../ledger/actor.ts';
import type { Ledger } from '../ledger/port.ts';
import { withTime, type RecordEvents } from '../record.ts';
import type { Secrets } from '../sending/secrets.ts';
import { postToRobot, type Robot, type RobotOutcome } from './robots.ts';

const LOOK_MS = 5_000;
const TIMEOUT_MS = 15_000;
/** WeCom's and DingTalk's robots take so many in a minute, and DingTalk's none for ten minutes behind that. */
const MOST = 20;
const WINDOW_MS = 61_000;
/** What is older is news to nobody. */
const KEPT_MS = DAY_MS;
const GRACE_MS = 5_000;
const PAGE = 2_000;
const NOTICES: Actor = { kind: 'hall', id: 'notices' };

type Told = LedgerEventOf<(typeof NOTICE_TYPES)[number]>;

export interface NotifierOptions {
  readonly board: Board;
  readonly ledger: Pick<Ledger, 'head' | 'historyOf' | 'readOf' | 'readSpan'>;
  readonly record: RecordEvents;
  readonly config: () => HallConfig;
  readonly zone: Zone;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
  /** The machine's: signatures go by it. */
  readonly machineNow: () => number;
  readonly secrets: Pick<Secrets, 'robots'>;
  readonly nameOf: (staff: string) => string | undefined;
  readonly onError: (error: unknown) => void;
  /** Between two looks, how long an answer is waited for, and what a minute is, real ms; shorter in tests. */
  readonly lookMs?: number;
  readonly timeoutMs?: number;
  readonly windowMs?: number;
}

export interface Notifier {
  /** How what was told of lately stands, by robot. */
  states(): Promise<ReadonlyMap<string, Readonly<Partial<Record<NoticeState['state'], number>>>>>;
  /** A message without a follow-up; `undefined` where there is no such robot, or it has had what it takes in a minute. */
  test(robot: string): Promise<RobotOutcome | 'unknown-robot' | 'too-many'>;
  /** Resolves once nothing is being sent or written; nothing follows. */
  stop(): Promise<void>;
}

export function startNotifier(options: NotifierOptions): Notifier {
  const { board, ledger, record, config, zone, now, secrets, nameOf, onError } = options;
  const { lookMs = LOOK_MS, timeoutMs = TIMEOUT_MS, windowMs = WINDOW_MS } = options;
  const stopping = new AbortController();
  const inTurn = createTurns();
  /** When something left for each robot, by the monotonic clock. */
  const left = new Map<string, number[]>();
  /** What could not be written down when it became known. */
  let untold: HallEvent[] = [];
  let isBegun = false;
  let isEnding = false;

  const leftLately = (robot: string): number[] => {
    const since = performance.now() - windowMs;
    const lately = (left.get(robot) ?? []).filter((at) => at > since);
    left.set(robot, lately);
    return lately;
  };
  const readTold = async (from: number): Promise<Told[]> => {
    const upTo = ledger.head();
    const found: Told[] = [];
    for (let after = 0; ;) {
      const query = { types: NOTICE_TYPES, from, until: now() + DAY_MS, upTo, after, limit: PAGE };
      const page = await ledger.readSpan(query);
      found.push(...page.filter(({ voided }) => !voided).map(({ event }) => event as Told));
      if (page.length < PAGE) return found;
      after = page.at(-1)!.event.seq;
    }
  };
  const readTries = async (): Promise<LedgerEvent[]> => {
    const found: LedgerEvent[] = [];
    let from = dayOf(zone, now() - KEPT_MS);
    for (;;) {
      const page = await ledger.readOf(NOTICES_SOURCE, from, '~', PAGE);
      found.push(...page.map(({ event }) => event));
      if (page.length < PAGE) return found;
      from = `${page.at(-1)!.event.id}\0`;
    }
  };
  const tell = async (): Promise<void> => {
    while (untold.length > 0) {
      await record(withTime([untold[0]!]), NOTICES);
      untold = untold.slice(1);
    }
  };
  /** What a robot was sent before this process counts for its minute as well. */
  const begin = (tries: readonly LedgerEvent[]): void => {
    for (const { type, at, data } of tries)
      if (type === 'hall.notice.sending') {
        const ago = now() - at;
        if (ago >= 0 && ago < windowMs)
          left.set(data.robot, [...(left.get(data.robot) ?? []), performance.now() - ago]);
      }
    isBegun = true;
  };

  const look = (): Promise<void> =>
    inTurn(async () => {
      if (isEnding) return;
      await tell();
      const robots = await secrets.robots();
      if (robots.length === 0) return;
      await board.caughtUp();
      const tries = await readTries();
      if (!isBegun) begin(tries);
      const states = readNotices(tries, now());
      const told = await readTold(now() - KEPT_MS);
      // One robot that does not answer holds up no other.
      await Promise.all(robots.map((robot) => carry(robot, told, states).catch(onError)));
      await tell();
    });
  const carry = async (
    robot: Robot,
    told: readonly Told[],
    states: ReadonlyMap<string, NoticeState>,
  ): Promise<void> => {
    for (const event of told) {
      if (isEnding || leftLately(robot.id).length >= MOST) return;
      if (event.at < robot.since) continue;
      const notice = `${dayOf(zone, event.at)}:${event.seq}`;
      const state = states.get(`${notice} ${robot.id}`);
      if (state && (state.state !== 'due' || state.nextAt > now())) continue;
      await sendOne(robot, event, { notice, robot: robot.id, attempt: (state?.attempt ?? 0) + 1 });
    }
  };
  const sendOne = async (robot: Robot, event: Told, of: NoticeTry): Promise<void> => {
    const key = `followup:${event.data.followup}`;
    const history = (await ledger.historyOf([key], ledger.head())).get(key)!;
    const facts = readFollowup([...history].sort(compareEvents));
    if (!facts || (robot.station !== undefined && facts.station !== robot.station)) return;
    if (facts.closed) {
      await record(withTime([noticeSentEvent(of, { result: 'expired' }, now())]), NOTICES);
      return;
    }
    const [taken] = await record(withTime([noticeSendingEvent(of, now())]), NOTICES);
    // Another sender's word came first.
    if (typeof taken !== 'object') return;
    const view = createView(board.state, config(), zone, false);
    const due = findDeadline(view, facts)?.at;
    const { owner, about, station } = facts;
    const text = writeNotice(event, {
      hall: config().profile.name.zh,
      about,
      station: nameStation(view, station).name,
      ...(owner === undefined ? {} : { owner: nameOf(owner) ?? nameStaff(view, owner) }),
      ...(due === undefined ? {} : { due: formatMoment(zone, due) }),
    });
    const outcome = await post(robot, text);
    untold.push(noticeSentEvent(of, outcome, now()));
  };
  const post = (robot: Robot, text: string): Promise<RobotOutcome> => {
    left.set(robot.id, [...(left.get(robot.id) ?? []), performance.now()]);
    return postToRobot(robot, text, { now: options.machineNow(), signal: stopping.signal, timeoutMs });
  };

  let timer: NodeJS.Timeout;
  const lookIn = (waitMs: number): void => {
    timer = setTimeout(() => {
      void look()
        .catch(onError)
        .finally(() => {
          if (!isEnding) lookIn(lookMs);
        });
    }, waitMs);
    timer.unref();
  };
  lookIn(0);
  return {
    async states() {
      const found = new Map<string, Partial<Record<NoticeState['state'], number>>>();
      for (const [key, { state }] of readNotices(await readTries(), now())) {
        const robot = key.slice(key.lastIndexOf(' ') + 1);
        const counts = found.get(robot) ?? {};
        found.set(robot, { ...counts, [state]: (counts[state] ?? 0) + 1 });
      }
      return found;
    },
    async test(id) {
      const robot = (await secrets.robots()).find((one) => one.id === id);
      if (!robot) return 'unknown-robot';
      if (leftLately(id).length >= MOST) return 'too-many';
      return post(
        robot,
        `【督办提醒】${config().profile.name.zh}\n这是一条测试消息。收到它，说明督办提醒可以发到本群。`,
      );
    },
    async stop() {
      isEnding = true;
      clearTimeout(timer);
      // A message under way is worth a moment: cut off, it may be one of which nobody knows.
      const grace = setTimeout(() => stopping.abort(), GRACE_MS);
      await inTurn(tell).catch(onError);
      clearTimeout(grace);
    },
  };
}

/** What the self-test found, as rows that a photograph can be read from. Pure. */
import { formatCount } from '../../../domain/measures/numbers.ts';
import type { Start } from '../../live/reload-log.ts';
import type { SelfTestWords } from '../../words/zh/self-test.ts';
import type { SoundState } from './sound.ts';

/** `note`: nothing to judge. */
export type Judgement = 'good' | 'warning' | 'trouble' | 'note';

export interface Fact {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  readonly judgement: Judgement;
}

export interface Health {
  readonly hall: string;
  readonly build: string;
  /** The ledger's latest position. */
  readonly seq: number;
  /** The hall's clock, epoch ms. */
  readonly now: number;
  /** The server's own clock by its `Date` header, to the second. */
  readonly serverAt?: number;
  /** This machine's clock in the middle of the question, and how long the question took. */
  readonly askedAt: number;
  readonly tookMs: number;
  /** Years whose holidays the hall's calendar does not know. */
  readonly unknownYears?: readonly number[];
}

export interface Found {
  readonly screen: { width: number; height: number; pixelRatio: number };
  readonly page: { width: number; height: number; remPx: number };
  readonly zone: string;
  readonly browser: string;
  readonly build: string;
  /** Absent while it is being asked; `failed` where nothing answered. */
  readonly health?: Health | 'failed';
  readonly live?: { openMs: number; roundTripMs: number } | 'failed';
  readonly wakeLock: 'asking' | 'held' | 'refused' | 'insecure' | 'absent';
  readonly sound: SoundState;
  readonly heap?: { usedMb: number; limitMb: number };
  readonly navigation: { type: string; at: number };
  readonly starts: readonly Start[];
  /** Signs that no font of the product draws. */
  readonly fonts?: { figures: boolean; missing: readonly string[] };
}

/** Further than this from the server's own clock, the hall's clock is a demonstration's. */
const DEMO_MS = 60_000;
const OFFSET_WARNING_MS = 2_000;
const OFFSET_TROUBLE_MS = 60_000;
const SLOW_MS = 500;
const HEAP_WARNING = 0.7;
const MODERN = 111;

export function buildFacts(found: Found, words: SelfTestWords, writeTime: (at: number) => string): Fact[] {
  const { facts } = words;
  const fact = (key: keyof typeof facts.labels, judgement: Judgement, value: string): Fact => {
    return { key, label: facts.labels[key], value, judgement };
  };
  const { screen, page, health, live, heap, fonts } = found;
  const isWhole = page.width === screen.width && page.height === screen.height;
  const size = `${screen.width} × ${screen.height}`;
  const [last] = found.starts;
  return [
    fact('screen', isWhole ? 'good' : 'warning', isWhole ? size : facts.partly(size, `${page.width} × ${page.height}`)),
    fact('pixelRatio', 'note', facts.scale(String(round(screen.pixelRatio, 2)), String(round(page.remPx, 2)))),
    fonts === undefined
      ? fact('fonts', 'note', facts.asking)
      : fonts.figures && fonts.missing.length === 0
        ? fact('fonts', 'good', facts.fontsLoaded)
        : fact('fonts', 'trouble', facts.fontsMissing([...(fonts.figures ? [] : ['0–9']), ...fonts.missing].join(' '))),
    live === undefined
      ? fact('live', 'note', facts.asking)
      : live === 'failed'
        ? fact('live', 'trouble', facts.noSocket)
        : fact('live', live.roundTripMs > SLOW_MS ? 'warning' : 'good', facts.socket(Math.round(live.roundTripMs))),
    clockFact(health, words, (judgement, value) => fact('clock', judgement, value)),
    fact(
      'seq',
      'note',
      health === undefined ? facts.asking : health === 'failed' ? facts.unknown : formatCount(health.seq),
    ),
    fact('zone', 'note', found.zone),
    calendarFact(health, words, (judgement, value) => fact('calendar', judgement, value)),
    soundFact(found, words, (judgement, value) => fact('sound', judgement, value)),
    fact(
      'wakeLock',
      found.wakeLock === 'held' ? 'good' : found.wakeLock === 'asking' ? 'note' : 'warning',
      facts.wakeLock[found.wakeLock],
    ),
    heap === undefined
      ? fact('heap', 'note', facts.unknown)
      : fact(
          'heap',
          heap.usedMb / heap.limitMb > HEAP_WARNING ? 'warning' : 'good',
          facts.heapOf(Math.round(heap.usedMb), Math.round(heap.limitMb)),
        ),
    buildFact(found, words, (judgement, value) => fact('build', judgement, value)),
    fact('browser', readMajor(found.browser) >= MODERN ? 'good' : 'warning', found.browser || facts.unknown),
    fact('opened', 'note', `${writeTime(found.navigation.at)} · ${facts.navigation(found.navigation.type)}`),
    fact(
      'wall',
      'note',
      last ? `${writeTime(last.at)} · ${facts.reasons[last.reason]} · ${last.build}` : facts.noStart,
    ),
  ];
}

type Judge = (judgement: Judgement, value: string) => Fact;

function clockFact(health: Found['health'], { facts }: SelfTestWords, judge: Judge): Fact {
  if (health === undefined) return judge('note', facts.asking);
  if (health === 'failed') return judge('trouble', facts.noServer);
  const { isDemo, offsetMs } = compareClocks(health);
  const size = Math.abs(offsetMs);
  const judgement = size > OFFSET_TROUBLE_MS ? 'trouble' : size > OFFSET_WARNING_MS ? 'warning' : 'good';
  const text = facts.offset(round(offsetMs / 1000, 1));
  return judge(judgement, isDemo ? `${text} · ${facts.demoClock}` : text);
}

/** How far this machine's clock is ahead of the server's. A demonstration's clock says nothing about it. */
export function compareClocks({ now, serverAt, askedAt }: Health): { isDemo: boolean; offsetMs: number } {
  const isDemo = serverAt !== undefined && Math.abs(now - serverAt) > DEMO_MS;
  if (!isDemo) return { isDemo, offsetMs: askedAt - now };
  // The header names whole seconds: on average half of one has passed.
  const ahead = askedAt - (serverAt + 500);
  return { isDemo, offsetMs: Math.abs(ahead) < 1000 ? 0 : ahead };
}

function calendarFact(health: Found['health'], { facts }: SelfTestWords, judge: Judge): Fact {
  if (health === undefined) return judge('note', facts.asking);
  if (health === 'failed') return judge('note', facts.unknown);
  const { unknownYears = [] } = health;
  return unknownYears.length === 0
    ? judge('good', facts.calendarKnown)
    : judge('warning', facts.calendarUnknown(unknownYears));
}

function soundFact({ sound }: Found, { facts }: SelfTestWords, judge: Judge): Fact {
  return judge(sound === 'free' ? 'good' : 'warning', facts.sound[sound]);
}

function buildFact({ build, health }: Found, { facts }: SelfTestWords, judge: Judge): Fact {
  if (health === undefined) return judge('note', build);
  if (health === 'failed') return judge('trouble', facts.builds(build, facts.unknown));
  return judge(
    health.build === build ? 'good' : 'warning',
    health.build === build ? build : facts.builds(build, health.build),
  );
}

function readMajor(browser: string): number {
  return Number(/\d+/.exec(browser)?.[0] ?? 0);
}

function round(value: number, places: number): number {
  return Number(value.toFixed(places));
}

/** How many rows are well, want a look, are wrong. */
export function countJudgements(facts: readonly Fact[]): Record<Judgement, number> {
  const counts = { good: 0, warning: 0, trouble: 0, note: 0 };
  for (const { judgement } of facts) counts[judgement]++;
  return counts;
}

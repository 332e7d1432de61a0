/** What this browser on this screen is asked: each probe answers, none throws. */
import type { Health as HealthAnswer } from '../../../domain/wire/health.ts';
import { atBase } from '../../live/base.ts';
import { askAs } from '../../live/ask.ts';
import { readJson } from '../../live/request.ts';
import type { Found, Health } from './facts.ts';

const TIMEOUT_MS = 8_000;

export async function probeHealth(): Promise<Health | 'failed'> {
  const startedAt = performance.now();
  const reply = await askAs(
    'GET /healthz',
    { timeoutMs: TIMEOUT_MS },
    {
      read: async (response) => {
        const tookMs = performance.now() - startedAt;
        const askedAt = Date.now() - tookMs / 2;
        const { hall, build, seq, now, unknownYears = [] } = await readJson<HealthAnswer>(response);
        const serverAt = Date.parse(response.headers.get('Date') ?? '');
        return {
          hall,
          build,
          seq,
          now,
          unknownYears,
          askedAt,
          tookMs,
          ...(Number.isNaN(serverAt) ? {} : { serverAt }),
        };
      },
    },
  );
  return reply.type === 'answered' ? reply.value : 'failed';
}

/**
 * Opens the wall's own socket and times one question: Engine.IO 4 answers the opening with a packet `0…`, Socket.IO 5
 * the request for a namespace (`40/live,`) with `40…` or `44…`. No right to read is needed for either.
 */
export function probeLive(): Promise<NonNullable<Found['live']>> {
  return new Promise((resolve) => {
    const startedAt = performance.now();
    const address = new URL(atBase('/socket.io/?EIO=4&transport=websocket'), location.href);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(address);
    const end = (result: NonNullable<Found['live']>) => {
      clearTimeout(timer);
      socket.close();
      resolve(result);
    };
    const timer = setTimeout(() => end('failed'), TIMEOUT_MS);
    socket.onerror = () => end('failed');
    let openMs: number | undefined;
    let sentAt = 0;
    socket.onmessage = ({ data }) => {
      if (openMs === undefined) {
        openMs = performance.now() - startedAt;
        sentAt = performance.now();
        socket.send('40/live,');
      } else if (/^4[04]/.test(String(data))) end({ openMs, roundTripMs: performance.now() - sentAt });
    };
  });
}

/** Keeps the screen awake while the page is open: what the wall itself asks for. */
export async function probeWakeLock(): Promise<Found['wakeLock']> {
  if (!isSecureContext) return 'insecure';
  if (!('wakeLock' in navigator)) return 'absent';
  try {
    await navigator.wakeLock.request('screen');
    return 'held';
  } catch {
    return 'refused';
  }
}

/** Signs that tell whether the right font is drawn, and not one that the system put in its place. */
export const HARD_SIGNS = ['梅', '岭', '谏', '孖', '龘'] as const;

export async function probeFonts(): Promise<NonNullable<Found['fonts']>> {
  const isDrawn = async (font: string, text: string): Promise<boolean> => {
    try {
      const faces = await document.fonts.load(font, text);
      return faces.length > 0 && document.fonts.check(font, text);
    } catch {
      return false;
    }
  };
  const figures = await isDrawn('600 20px "Wall Figures"', '0123456789');
  const drawn = await Promise.all(HARD_SIGNS.map((sign) => isDrawn('400 20px "Noto Sans SC Variable"', sign)));
  return { figures, missing: HARD_SIGNS.filter((_, index) => !drawn[index]) };
}

export function readHeap(): Pick<Found, 'heap'> {
  const { memory } = performance as { memory?: { usedJSHeapSize: number; jsHeapSizeLimit: number } };
  if (!memory) return {};
  return { heap: { usedMb: memory.usedJSHeapSize / 1e6, limitMb: memory.jsHeapSizeLimit / 1e6 } };
}

export function readBrowser(): string {
  const match = /(Edg|Chrome|Firefox|Version)\/(\d+)/.exec(navigator.userAgent);
  if (!match) return '';
  const name = { Edg: 'Edge', Chrome: 'Chrome', Firefox: 'Firefox', Version: 'Safari' }[match[1] as 'Edg'];
  return `${name} ${match[2]}`;
}

export function readNavigation(): Found['navigation'] {
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return { type: entry?.type ?? '', at: performance.timeOrigin };
}

export function measurePage(): Pick<Found, 'screen' | 'page'> {
  const { width, height } = window.screen;
  return {
    screen: { width, height, pixelRatio: devicePixelRatio },
    page: {
      width: innerWidth,
      height: innerHeight,
      remPx: parseFloat(getComputedStyle(document.documentElement).fontSize),
    },
  };
}

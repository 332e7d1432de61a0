// Tabs that can really lie hidden. Playwright keeps each of its own pages awake and visible, so these are opened beside it.
import { chromium, type Browser, type CDPSession } from 'playwright-core';
import { describeBrowser } from '../e2e/browser.ts';
import type { TakeSnapshot } from './heap-snapshot.ts';

export interface Tab {
  send<T = unknown>(method: string, params?: object): Promise<T>;
  /** The value of an expression of the page. */
  read<T>(expression: string): Promise<T>;
  readonly takeSnapshot: TakeSnapshot;
  /** Brings it before the other tabs of its window, which are hidden by that. */
  show(): Promise<void>;
}

export interface TabWindow {
  open(url: string): Promise<Tab>;
}

interface Message {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
  readonly method?: string;
  readonly params?: { readonly chunk?: string };
}

/** A browser in which what is hidden is slowed, as at home: Playwright turns that off for the sake of tests. */
export function openThrottlingBrowser(): Promise<Browser> {
  return chromium.launch({
    ...describeBrowser(),
    ignoreDefaultArgs: [
      '--disable-background-timer-throttling',
      '--disable-backgrounding-occluded-windows',
      '--disable-renderer-backgrounding',
    ],
  });
}

/** Windows of their own, each with what it stores. */
export async function createWindows(browser: Browser): Promise<() => Promise<TabWindow>> {
  const cdp = await browser.newBrowserCDPSession();
  const listeners = new Map<string, (message: Message) => void>();
  cdp.on('Target.receivedMessageFromTarget', ({ sessionId, message }) =>
    listeners.get(sessionId)?.(JSON.parse(message) as Message),
  );
  return async () => {
    const { browserContextId } = await cdp.send('Target.createBrowserContext');
    let newWindow = true;
    return {
      async open(url) {
        const { targetId } = await cdp.send('Target.createTarget', { url, browserContextId, newWindow });
        newWindow = false;
        const { sessionId } = await cdp.send('Target.attachToTarget', { targetId, flatten: false });
        return createTab(cdp, { targetId, sessionId }, (listen) => listeners.set(sessionId, listen));
      },
    };
  };
}

function createTab(
  cdp: CDPSession,
  { targetId, sessionId }: { targetId: string; sessionId: string },
  listen: (listener: (message: Message) => void) => void,
): Tab {
  const waiting = new Map<number, (message: Message) => void>();
  let asked = 0;
  let onPiece: ((piece: string) => void) | undefined;
  listen((message) => {
    if (message.id === undefined) {
      if (message.method === 'HeapProfiler.addHeapSnapshotChunk') onPiece?.(message.params!.chunk!);
      return;
    }
    waiting.get(message.id)?.(message);
    waiting.delete(message.id);
  });
  const send = async <T>(method: string, params: object = {}): Promise<T> => {
    const id = ++asked;
    const answer = new Promise<Message>((resolve) => waiting.set(id, resolve));
    await cdp.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params }) });
    const { result, error } = await answer;
    if (error) throw new Error(`${method}: ${error.message}`);
    return result as T;
  };
  return {
    send,
    async read<T>(expression: string) {
      const { result } = await send<{ result: { value: T } }>('Runtime.evaluate', { expression, returnByValue: true });
      return result.value;
    },
    async takeSnapshot(take) {
      onPiece = take;
      await send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
      onPiece = undefined;
    },
    async show() {
      await cdp.send('Target.activateTarget', { targetId });
    },
  };
}

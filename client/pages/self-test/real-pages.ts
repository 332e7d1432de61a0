/** The hall's real pages as this screen shows them: opened one after the other in a frame of its size, and measured. */
import { SCENES } from '../../../domain/board/topics/data.ts';
import { atBase } from '../../live/base.ts';
import { LEAST_ANGLE, OVERVIEW_ANGLE } from './legibility.ts';
import { measureSigns, type Sign } from './signs.ts';

export const REAL_PAGES = [...SCENES, 'public'] as const;
export type RealPage = (typeof REAL_PAGES)[number];

/** What was found on a page: its writing, or that it cannot be opened here. */
export type Found = readonly Sign[] | 'unreadable';

const PATIENCE_MS = 20_000;
const LOOK_MS = 250;

/** Minutes of arc that the page's smallest writing is to have. */
export function leastAngleOf(page: RealPage): number {
  return page === 'overview' ? OVERVIEW_ANGLE : LEAST_ANGLE;
}

/** Opens each page in turn and tells what it has written; the answer calls off the rest. */
export function measurePages(look: string, tell: (page: RealPage, found: Found) => void): () => void {
  let isOff = false;
  let frame: HTMLIFrameElement | undefined;
  void (async () => {
    for (const page of REAL_PAGES) {
      if (isOff) return;
      frame = openFrame(atBase(page === 'public' ? `/public?${look}` : `/?scene=${page}&${look}`));
      const drawn = await waitFor(frame, () => isOff);
      if (!isOff) tell(page, drawn ? measureSigns(drawn) : 'unreadable');
      frame.remove();
    }
  })();
  return () => {
    isOff = true;
    frame?.remove();
  };
}

/** As large as the screen and behind everything: laid out and drawn, with frames of its own, and not seen. */
function openFrame(address: string): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.src = address;
  frame.tabIndex = -1;
  frame.setAttribute('aria-hidden', 'true');
  frame.title = address;
  frame.style.cssText =
    'position:fixed;inset:0;width:100vw;height:100vh;border:0;opacity:0;pointer-events:none;z-index:-1';
  document.body.append(frame);
  return frame;
}

/** The frame's document once its picture, its letters and its charts are there. */
async function waitFor(frame: HTMLIFrameElement, isOff: () => boolean): Promise<Document | undefined> {
  const until = performance.now() + PATIENCE_MS;
  while (performance.now() < until && !isOff()) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    // A page that forbids its frame, or an identity provider's, is another origin's document.
    const page = frame.contentDocument;
    if (!page?.querySelector('main.picture') || page.fonts.status !== 'loaded') continue;
    if ([...page.querySelectorAll('.chart')].every((chart) => chart.querySelector('canvas'))) return page;
  }
  return undefined;
}

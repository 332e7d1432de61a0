/** The attachment that draws an option into an element. */
import type { Attachment } from 'svelte/attachments';
import { afterNextFrame } from '../ui/after-frame.ts';
import type { ChartOption, openChart } from './echarts.ts';

/** A busy hall brings ten deltas a second; the figures follow each of them, an option that takes as long to make does not. */
const LOOK_GAP_MS = 1_000;
/** ECharts takes longer to draw a chart, whatever changed in it, than five deltas take: bars of half hours can wait. */
const DRAW_GAP_MS = 10_000;

/**
 * Draws what `read` gives, again whenever a state that it reads changes. Series carry stable ids; those that are
 * gone from an option leave the picture. A chart takes longer to draw than all the rest of a scene, so it is drawn,
 * the first time too, once the frame with the figures has been shown, and only where the option says something else
 * than before: whatever a formatter looks up must therefore stand in the option's data too. What changes after a pause
 * is drawn at once; what goes on changing is drawn every ten seconds.
 */
export function drawChart(open: typeof openChart, read: () => ChartOption): Attachment<HTMLElement> {
  return (element) => {
    // ECharts asks for a frame as soon as it is opened, and lets go of nothing until it comes. A hidden page has no frames,
    // and would keep each scene that it turned past: so a chart is opened only once there is a frame to draw it in.
    let chart: ReturnType<typeof open> | undefined;
    let drawn = '';
    let isLettered = false;
    let mayLookAt = -Infinity;
    let mayDrawAt = -Infinity;
    const draw = (option: ChartOption, isForced = false) => {
      // A scene is read anew every few seconds, and nearly always to the same picture.
      const text = describeOption(option);
      const now = performance.now();
      mayLookAt = now + LOOK_GAP_MS;
      if (text === drawn && !isForced) return;
      drawn = text;
      mayDrawAt = now + DRAW_GAP_MS;
      chart ??= open(element);
      chart.setOption(option, { replaceMerge: ['series', 'xAxis', 'yAxis'] });
      isLettered = hasLetters(text, getComputedStyle(element).fontFamily);
    };
    // Canvas text does not follow a font that arrives later by itself; a piece that it has no letter of is no reason.
    const redraw = () => {
      if (drawn !== '' && !isLettered) draw(read(), true);
    };
    document.fonts.addEventListener('loadingdone', redraw);
    const resizing = new ResizeObserver(() => {
      chart?.resize();
      // Another screen has other sizes of text and lines, and nobody waits for them.
      if (drawn !== '') draw(read());
    });
    resizing.observe(element);
    let turn = $state(0);
    $effect(() => {
      void turn;
      const waitMs = Math.max(mayLookAt, mayDrawAt) - performance.now();
      if (waitMs > 0) {
        // Meanwhile nothing is read, so nothing that changes costs anything here.
        const timer = setTimeout(() => turn++, waitMs);
        return () => clearTimeout(timer);
      }
      const option = read();
      return afterNextFrame(() => draw(option));
    });
    return () => {
      document.fonts.removeEventListener('loadingdone', redraw);
      resizing.disconnect();
      chart?.dispose();
    };
  };
}

function describeOption(option: ChartOption): string {
  return JSON.stringify(option, (_key, value: unknown) => (typeof value === 'function' ? 'f' : value));
}

/** Whether the pieces of the fonts that an option needs have come: the first family has the figures, the others the words. */
function hasLetters(description: string, families: string): boolean {
  const [first, ...rest] = families.split(',');
  const words = description.replace(/[ -~]/g, '');
  return document.fonts.check(`16px ${first}`, '0123456789:') && document.fonts.check(`16px ${rest.join()}`, words);
}

/** The one place that knows ECharts: what is used of it, and the attachment that draws an option into an element. */
import { BarChart, LineChart, type BarSeriesOption, type LineSeriesOption } from 'echarts/charts';
import {
  GridComponent,
  MarkAreaComponent,
  type GridComponentOption,
  type MarkAreaComponentOption,
} from 'echarts/components';
import { init, use, type ComposeOption } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import type { Attachment } from 'svelte/attachments';

use([BarChart, LineChart, GridComponent, MarkAreaComponent, CanvasRenderer]);

export type SeriesOption = BarSeriesOption | LineSeriesOption;
export type ChartOption = ComposeOption<SeriesOption | GridComponentOption | MarkAreaComponentOption>;

/** A busy hall brings ten deltas a second; the figures follow each of them, a drawing that takes six times as long does not. */
const LEAST_GAP_MS = 1_000;

/**
 * Draws what `read` gives, again whenever a state that it reads changes. Series carry stable ids; those that are
 * gone from an option leave the picture. A chart takes longer to draw than all the rest of a scene, so it is drawn,
 * the first time too, once the frame with the figures has been shown, and only where the option says something else
 * than before: whatever a formatter looks up must therefore stand in the option's data too.
 */
export function drawChart(read: () => ChartOption): Attachment<HTMLElement> {
  return (element) => {
    const chart = init(element, undefined, { renderer: 'canvas' });
    const resizing = new ResizeObserver(() => chart.resize());
    resizing.observe(element);
    let drawn = '';
    let drawnAt: number | undefined;
    const draw = (option: ChartOption, isForced = false) => {
      // A scene is read anew every second, and nearly always to the same picture.
      const text = describeOption(option);
      if (text === drawn && !isForced) return;
      drawn = text;
      drawnAt = performance.now();
      chart.setOption(option, { replaceMerge: ['series', 'xAxis', 'yAxis'] });
    };
    // Canvas text does not follow a font that arrives later by itself.
    const redraw = () => draw(read(), true);
    document.fonts.addEventListener('loadingdone', redraw);
    $effect(() => {
      const option = read();
      const waitMs = drawnAt === undefined ? 0 : drawnAt + LEAST_GAP_MS - performance.now();
      // Another option calls this one off, but not its turn: that is counted from the last drawing.
      return afterNextFrame(() => draw(option), waitMs);
    });
    return () => {
      document.fonts.removeEventListener('loadingdone', redraw);
      resizing.disconnect();
      chart.dispose();
    };
  };
}

function describeOption(option: ChartOption): string {
  return JSON.stringify(option, (_key, value: unknown) => (typeof value === 'function' ? 'f' : value));
}

/**
 * Runs `task` when the next frame has been handed over, and not before `waitMs` have passed; the answer calls it off.
 * A hidden page has no frames and waits.
 */
function afterNextFrame(task: () => void, waitMs: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(task, Math.max(0, waitMs));
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}

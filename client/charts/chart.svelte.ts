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

/**
 * Draws what `read` gives, again whenever a state that it reads changes. Series carry stable ids; those that are
 * gone from an option leave the picture. A chart takes longer to draw than all the rest of a scene, so it is drawn,
 * the first time too, once the frame with the figures has been shown.
 */
export function drawChart(read: () => ChartOption): Attachment<HTMLElement> {
  return (element) => {
    const chart = init(element, undefined, { renderer: 'canvas' });
    const resizing = new ResizeObserver(() => chart.resize());
    resizing.observe(element);
    const draw = (option: ChartOption) => chart.setOption(option, { replaceMerge: ['series', 'xAxis', 'yAxis'] });
    // Canvas text does not follow a font that arrives later by itself.
    const redraw = () => draw(read());
    document.fonts.addEventListener('loadingdone', redraw);
    $effect(() => {
      const option = read();
      return afterNextFrame(() => draw(option));
    });
    return () => {
      document.fonts.removeEventListener('loadingdone', redraw);
      resizing.disconnect();
      chart.dispose();
    };
  };
}

/** Runs `task` when the next frame has been handed over; the answer calls it off. A hidden page has no frames and waits. */
function afterNextFrame(task: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(task);
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}

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

export type ChartOption = ComposeOption<
  BarSeriesOption | LineSeriesOption | GridComponentOption | MarkAreaComponentOption
>;

/**
 * Draws what `read` gives, again whenever a state that it reads changes. Series carry stable ids; those that are
 * gone from an option leave the picture.
 */
export function drawChart(read: () => ChartOption): Attachment<HTMLElement> {
  return (element) => {
    const chart = init(element, undefined, { renderer: 'canvas' });
    const resizing = new ResizeObserver(() => chart.resize());
    resizing.observe(element);
    // Canvas text does not follow a font that arrives later by itself.
    const redraw = () => chart.setOption(read(), { replaceMerge: ['series', 'xAxis', 'yAxis'] });
    document.fonts.addEventListener('loadingdone', redraw);
    $effect(redraw);
    return () => {
      document.fonts.removeEventListener('loadingdone', redraw);
      resizing.disconnect();
      chart.dispose();
    };
  };
}

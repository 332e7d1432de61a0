/** The one place that knows ECharts: what is used of it. It outweighs all the rest of a wall, so it is fetched by itself. */
import { BarChart, LineChart, type BarSeriesOption, type LineSeriesOption } from 'echarts/charts';
import {
  GridComponent,
  MarkAreaComponent,
  type GridComponentOption,
  type MarkAreaComponentOption,
} from 'echarts/components';
import { init, use, type ComposeOption, type ECharts } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([BarChart, LineChart, GridComponent, MarkAreaComponent, CanvasRenderer]);

export type SeriesOption = BarSeriesOption | LineSeriesOption;
export type ChartOption = ComposeOption<SeriesOption | GridComponentOption | MarkAreaComponentOption>;

export function openChart(element: HTMLElement): ECharts {
  return init(element, undefined, { renderer: 'canvas' });
}

/** The charts' own chunk, loaded after the page has painted: only what `hoursOption` needs of ECharts. */
import { BarChart, type CustomSeriesOption, CustomChart, LineChart } from "echarts/charts";
import { GridComponent, TooltipComponent } from "echarts/components";
import { type ECharts, type EChartsCoreOption, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { HourRow } from "./hours.js";

use([BarChart, CustomChart, LineChart, GridComponent, TooltipComponent, SVGRenderer]);

export type Chart = ECharts;

export interface Look {
  text: string;
  secondary: string;
  line: string;
  surface: string;
  bar: string;
  accent: string;
  font: string;
  motion: boolean;
}

export function open(element: HTMLElement): Chart {
  return init(element, null, { renderer: "svg" });
}

/** Bars of responses; above them, where any hour has a score, a line of CSAT with its intervals. */
export function hoursOption(rows: HourRow[], look: Look): EChartsCoreOption {
  const scored = rows.some(({ csat }) => csat);
  const grids = scored ? [panel(30, 120), panel(190, 130)] : [panel(30, 150)];
  return {
    animation: look.motion,
    animationDuration: 300,
    animationDurationUpdate: 300,
    textStyle: { fontFamily: look.font, color: look.secondary },
    tooltip: tooltip(rows, look),
    axisPointer: { link: [{ xAxisIndex: "all" }] },
    grid: grids,
    xAxis: grids.map((_, index) => hourAxis(rows, look, index, index === grids.length - 1)),
    yAxis: scored ? [scoreAxis(look), countAxis(look, 1)] : [countAxis(look, 0)],
    series: [...(scored ? scoreSeries(rows, look) : []), countSeries(rows, look, scored ? 1 : 0)],
  };
}

function panel(top: number, height: number) {
  return { top, height, left: 44, right: 12 };
}

// renderMode: the HTML kind writes style attributes, which the page's CSP refuses.
function tooltip(rows: HourRow[], look: Look) {
  return {
    trigger: "axis",
    renderMode: "richText",
    confine: true,
    backgroundColor: look.surface,
    borderColor: look.line,
    textStyle: { color: look.text, fontFamily: look.font, fontSize: 14 },
    transitionDuration: 0,
    formatter: (points: { dataIndex: number }[]) => {
      const row = rows[points[0]?.dataIndex ?? -1];
      return row ? [row.label, row.responsesText, `CSAT ${row.csatText}`].join("\n") : "";
    },
  };
}

function hourAxis(rows: HourRow[], look: Look, gridIndex: number, labelled: boolean) {
  return {
    type: "category",
    gridIndex,
    data: rows.map(({ label }) => label),
    axisTick: { show: false },
    axisLine: { lineStyle: { color: look.line } },
    axisLabel: { show: labelled, color: look.secondary, fontSize: 12, hideOverlap: true },
    axisPointer: { type: "shadow", shadowStyle: { color: look.line, opacity: 0.35 } },
  };
}

function valueAxis(look: Look, gridIndex: number, name: string) {
  return {
    type: "value",
    gridIndex,
    name,
    nameGap: 12,
    nameTextStyle: { align: "left", padding: [0, 0, 0, -36], color: look.secondary, fontSize: 13 },
    axisLabel: { color: look.secondary, fontSize: 12 },
    splitLine: { lineStyle: { color: look.line, opacity: 0.6 } },
  };
}

function scoreAxis(look: Look) {
  return { ...valueAxis(look, 0, "CSAT, % satisfied"), min: 0, max: 100, interval: 50 };
}

function countAxis(look: Look, gridIndex: number) {
  return { ...valueAxis(look, gridIndex, "Responses"), minInterval: 1, splitNumber: 3 };
}

function countSeries(rows: HourRow[], look: Look, index: number) {
  return {
    type: "bar",
    name: "Responses",
    xAxisIndex: index,
    yAxisIndex: index,
    data: rows.map(({ responses }) => responses),
    barMaxWidth: 36,
    itemStyle: { color: look.bar, borderRadius: [3, 3, 0, 0] },
    emphasis: { disabled: true },
  };
}

function scoreSeries(rows: HourRow[], look: Look) {
  const line = {
    type: "line",
    name: "CSAT",
    data: rows.map(({ csat }) => csat?.score ?? null),
    connectNulls: false,
    symbol: "circle",
    symbolSize: 9,
    lineStyle: { color: look.accent, width: 2.5 },
    itemStyle: { color: look.accent },
    emphasis: { disabled: true },
    z: 3,
  };
  return [line, intervalSeries(rows, look)];
}

function intervalSeries(rows: HourRow[], look: Look): CustomSeriesOption {
  return {
    type: "custom",
    name: "95 % interval",
    silent: true,
    encode: { x: 0, y: [1, 2] },
    data: rows.flatMap(({ csat }, index) => (csat ? [[index, csat.low, csat.high]] : [])),
    renderItem: (_, api) => {
      const [x, y1] = api.coord([api.value(0), api.value(1)]);
      const [, y2] = api.coord([api.value(0), api.value(2)]);
      return {
        type: "line",
        shape: { x1: x!, y1: y1!, x2: x!, y2: y2! },
        style: { stroke: look.accent, lineWidth: 7, opacity: 0.35 },
      };
    },
  };
}

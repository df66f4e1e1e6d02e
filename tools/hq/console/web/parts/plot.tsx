/**
 * A plot of amounts; what it shows stands in a table or in words beside it too. Drawn on a canvas by
 * uPlot; it never fetches anything itself.
 */
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";

/** One line or row of bars. `values` has one for each label; null where there is none. */
export interface Series {
  readonly name: string;
  readonly values: readonly (number | null)[];
  readonly isFaint?: boolean;
}

const HEIGHT_PX = 260;
/** Labels stand at whole places only. */
const WHOLE_STEPS = [1, 2, 3, 5, 10, 20, 50, 100];
const INK = "#565d59";
const RULE = "#e2e0d8";
const STRONG = "#0e6b4f";
const FAINT = "#9a7b1f";

/** `label` says what is shown to those who do not see it; `valueText` writes a value of the axis. */
export function Plot(props: {
  readonly label: string;
  readonly labels: readonly string[];
  readonly series: readonly Series[];
  readonly isBars?: boolean;
  readonly valueText: (value: number) => string;
}) {
  const { label, labels, series, isBars = false, valueText } = props;
  const holder = useRef<HTMLDivElement>(null);
  // Values decide whether it is drawn anew, not the arrays that hold them.
  const shown = JSON.stringify([labels, series, isBars]);
  useEffect(() => {
    const element = holder.current;
    if (element === null) return undefined;
    const plot = new uPlot(
      optionsOf({ labels, series, isBars, valueText }, element.clientWidth),
      [labels.map((_label, index) => index), ...series.map(({ values }) => [...values])],
      element,
    );
    const resized = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT_PX }));
    resized.observe(element);
    return () => {
      resized.disconnect();
      plot.destroy();
    };
  }, [shown, valueText(0)]);
  return <div class="plot" role="img" aria-label={label} ref={holder} />;
}

function optionsOf(
  shown: {
    readonly labels: readonly string[];
    readonly series: readonly Series[];
    readonly isBars: boolean;
    readonly valueText: (value: number) => string;
  },
  width: number,
): uPlot.Options {
  const { labels, series, isBars, valueText } = shown;
  const bars = uPlot.paths.bars?.({ size: [0.7, 48] });
  const nameOf = (index: number): string => (Number.isInteger(index) ? (labels[index] ?? "") : "");
  return {
    width,
    height: HEIGHT_PX,
    cursor: { drag: { x: false, y: false } },
    legend: { live: false },
    scales: {
      x: { time: false, range: [-0.5, Math.max(labels.length - 0.5, 0.5)] },
      // Bars are read by their length: they begin at nothing.
      y: { range: (_plot, low, high) => uPlot.rangeNum(Math.min(low, 0), Math.max(high, 0), 0.1, true) },
    },
    axes: [
      {
        stroke: INK,
        incrs: WHOLE_STEPS,
        grid: { show: false },
        values: (_plot, splits) => splits.map(nameOf),
      },
      { stroke: INK, size: 84, grid: { stroke: RULE }, values: (_plot, splits) => splits.map(valueText) },
    ],
    series: [
      { label: "", value: (_plot, index) => (index === null ? "" : nameOf(index)) },
      ...series.map(({ name, isFaint }): uPlot.Series => ({
        label: name,
        stroke: isFaint === true ? FAINT : STRONG,
        width: isFaint === true ? 1.5 : 2.5,
        ...(isFaint === true ? { dash: [6, 4] } : {}),
        ...(isBars && bars !== undefined ? { paths: bars, fill: STRONG } : {}),
        points: { show: false },
        value: (_plot, value) => (value === null ? "" : valueText(value)),
      })),
    ],
  };
}

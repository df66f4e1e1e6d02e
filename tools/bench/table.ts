/**
 * The bench's table for people, in plain text and in Markdown, and its plot. Made from rows alone;
 * measures and reads nothing.
 */
import { judgedOf } from "./row.ts";
import type { BenchRow } from "./row.ts";

const HEAD = ["id", "what", "ours", "peer", "ratio", "reach", "dream", "met", "unit", "peer is, and more"];

/** The table in Markdown. */
export function markdownTable(rows: readonly BenchRow[]): string {
  const lines = [HEAD, HEAD.map(() => "---"), ...rows.map(cellsOf)].map(
    (cells) => `| ${cells.map((cell) => cell.replaceAll("|", "/")).join(" | ")} |`,
  );
  return `${lines.join("\n")}\n`;
}

/** The same for a terminal, its columns aligned; the last one, which is long, is left out. */
export function plainTable(rows: readonly BenchRow[]): string {
  const table = [HEAD, ...rows.map(cellsOf)].map((cells) => cells.slice(0, -1));
  const widths = HEAD.slice(0, -1).map((_, column) =>
    Math.max(...table.map((cells) => cells[column]?.length ?? 0)),
  );
  return `${table
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n")}\n`;
}

function cellsOf(row: BenchRow): readonly string[] {
  const bound = (value: number): string =>
    `${row.judged === "difference" ? "+" : ""}${value}${row.judged === "ratio" ? " x" : ""}`;
  return [
    row.id,
    row.what,
    String(row.ours),
    row.peer === null ? "" : String(row.peer),
    row.ratio === null ? "" : String(row.ratio),
    bound(row.reach),
    bound(row.dream),
    row.met ? "yes" : "NO",
    row.unit,
    [row.peerName, row.note].filter((text) => text !== "").join("; "),
  ];
}

const LABEL_PX = 110;
const PLOT_PX = 640;
const ROW_PX = 26;
const HEAD_PX = 44;
/** Ten times short of what is to be reached at the left, ten times beyond it at the right. */
const DECADES = 1;

/** How far a row is, as a power of ten of reach: 0 reached, 1 ten times better. */
export function decadesOf(row: BenchRow, bound: number = judgedOf(row)): number {
  const share = row.better === "more" ? bound / row.reach : row.reach / bound;
  return Math.max(
    -DECADES,
    Math.min(DECADES, Number.isFinite(share) && share > 0 ? Math.log10(share) : DECADES),
  );
}

/** The plot: a row each, bars from what is to be reached, the dream as a line, earlier runs as dots. */
export function plotSvg(rows: readonly BenchRow[], earlier: readonly (readonly BenchRow[])[]): string {
  const heightPx = HEAD_PX + rows.length * ROW_PX + 10;
  const xOf = (decades: number): number => LABEL_PX + ((decades + DECADES) / (2 * DECADES)) * PLOT_PX;
  const body = rows.flatMap((row, index) => {
    const y = HEAD_PX + index * ROW_PX;
    const [from, to] = [xOf(0), xOf(decadesOf(row))];
    const dots = earlier
      .flatMap((run) => run.filter(({ id }) => id === row.id))
      .map((its) => `<circle cx="${xOf(decadesOf(its)).toFixed(1)}" cy="${y + 9}" r="2.5" fill="#555"/>`);
    const x = Math.min(from, to).toFixed(1);
    const width = Math.max(1, Math.abs(to - from)).toFixed(1);
    return [
      `<text x="${LABEL_PX - 8}" y="${y + 13}" text-anchor="end">${row.id}</text>`,
      `<rect x="${x}" y="${y}" width="${width}" height="18" fill="${row.met ? "#2e7d4f" : "#c0392b"}"/>`,
      `<path d="M${xOf(decadesOf(row, row.dream)).toFixed(1)} ${y - 2}v22" stroke="#b8860b" stroke-width="2"/>`,
      ...dots,
    ];
  });
  const axis = [-1, -0.5, 0, 0.5, 1].map((decades) => {
    const words =
      decades === 0
        ? "reach"
        : `${(10 ** Math.abs(decades)).toFixed(decades % 1 === 0 ? 0 : 1)} x ${decades < 0 ? "short" : "beyond"}`;
    return `<path d="M${xOf(decades)} ${HEAD_PX - 8}V${heightPx - 6}" stroke="#bbb"/><text x="${xOf(decades)}" y="${HEAD_PX - 14}" text-anchor="middle">${words}</text>`;
  });
  const widthPx = LABEL_PX + PLOT_PX + 60;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}" font-family="sans-serif" font-size="12">`,
    `<rect width="${widthPx}" height="${heightPx}" fill="#fff"/>`,
    ...axis,
    ...body,
    "</svg>\n",
  ].join("\n");
}

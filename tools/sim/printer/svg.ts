/**
 * A receipt as a picture: one dot of the printer is one unit of the SVG. Every character gets its own x,
 * so that columns stand where the device puts them whatever font the viewer has.
 */

import type { PaperGraphic, PaperLine, PaperRun, Receipt } from "./paper.ts";
import { indentOf } from "./paper.ts";

const COLUMN_DOTS = 12;
const LINE_DOTS = 32;
const BASELINE_DOTS = 24;
const SIDE_DOTS = 32;
const HEAD_DOTS = 36;
const FOOT_DOTS = 44;
const TOOTH_DOTS = 8;
/** A CJK glyph fills 23 of its 24 dots; a Latin one at this size advances about 12. */
const LATIN_FONT_DOTS = 20.5;
const CJK_FONT_DOTS = 23;

const PAPER = "#fdfcf7";
const INK = "#26262b";
const LATIN_FONTS = "'DejaVu Sans Mono','Liberation Mono','Noto Sans Mono','Courier New',monospace";
const CJK_FONTS =
  "'Noto Sans Mono CJK SC','Noto Sans CJK SC','WenQuanYi Zen Hei','PingFang SC','Microsoft YaHei',sans-serif";

/** The picture of one receipt, a complete SVG document. */
export function receiptSvg(receipt: Receipt): string {
  const widthDots = receipt.columnCount * COLUMN_DOTS + 2 * SIDE_DOTS;
  let topDots = HEAD_DOTS;
  const drawn = receipt.lines.map((line) => {
    const picture = drawLine(line, receipt.columnCount, topDots);
    topDots += heightOf(line);
    return picture;
  });
  const heightDots = topDots + FOOT_DOTS;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${widthDots} ${heightDots}" width="${widthDots}" height="${heightDots}" role="img" aria-label="Receipt ${receipt.number}">`,
    `<path d="${paperOutline(widthDots, heightDots)}" fill="${PAPER}"/>`,
    `<g fill="${INK}" style="white-space:pre">`,
    ...drawn,
    "</g></svg>",
  ].join("\n");
}

/** Straight at the top, where the cutter went before; teeth at the bottom. */
function paperOutline(widthDots: number, heightDots: number): string {
  const points: string[] = [`M0 0H${widthDots}V${heightDots - TOOTH_DOTS}`];
  for (let x = widthDots, isUp = false; x > 0; isUp = !isUp) {
    x = Math.max(0, x - TOOTH_DOTS);
    points.push(`L${x} ${isUp ? heightDots - TOOTH_DOTS : heightDots}`);
  }
  return `${points.join("")}Z`;
}

function heightOf({ graphic, heightScale }: PaperLine): number {
  if (graphic === undefined) return LINE_DOTS + (heightScale - 1) * (LINE_DOTS - 4);
  return graphic.heightDots + (graphic.caption === undefined ? 0 : LINE_DOTS);
}

function drawLine(line: PaperLine, columnCount: number, topDots: number): string {
  const leftDots = SIDE_DOTS + indentOf(line, columnCount) * COLUMN_DOTS;
  if (line.graphic !== undefined) return drawGraphic(line.graphic, leftDots, topDots);
  return line.runs.map((run) => drawRun(run, line, leftDots, topDots)).join("");
}

/** One path: a rectangle for each run of black dots. */
function drawGraphic(graphic: PaperGraphic, leftDots: number, topDots: number): string {
  const { widthDots, heightDots, dots, caption } = graphic;
  const rowBytes = Math.ceil(widthDots / 8);
  const isBlack = (x: number, y: number): boolean =>
    x < widthDots && ((dots[y * rowBytes + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0;
  const parts: string[] = [];
  for (let y = 0; y < heightDots; y += 1) {
    for (let x = 0; x < widthDots; x += 1) {
      if (!isBlack(x, y)) continue;
      const start = x;
      while (isBlack(x, y)) x += 1;
      parts.push(`M${start} ${y}h${x - start}v1h-${x - start}z`);
    }
  }
  const captionLeft = widthDots / 2 - ((caption?.length ?? 0) * COLUMN_DOTS) / 2;
  const text = Array.from(caption ?? "", (character, index) => ({ character, xDots: index * COLUMN_DOTS }));
  const below = `<g transform="translate(${captionLeft} ${heightDots + BASELINE_DOTS})">${drawPlaced(text, LATIN_FONTS, LATIN_FONT_DOTS, "start")}</g>`;
  const path = `<path shape-rendering="crispEdges" d="${parts.join("")}"/>`;
  return `<g transform="translate(${leftDots} ${topDots})">${path}${caption === undefined ? "" : below}</g>`;
}

function drawRun(run: PaperRun, line: PaperLine, lineLeftDots: number, topDots: number): string {
  const leftDots = lineLeftDots + run.columnIndex * COLUMN_DOTS;
  // Characters of one line stand on one baseline, whatever their height.
  const baselineDots = topDots + BASELINE_DOTS * line.heightScale;
  const widthDots = run.columnCount * COLUMN_DOTS;
  const heightDots = 26 * run.heightScale;
  const box = run.reverse
    ? `<rect x="${leftDots}" y="${baselineDots - 20 * run.heightScale}" width="${widthDots}" height="${heightDots}"/>`
    : "";
  const underline = run.underline
    ? `<rect x="${leftDots}" y="${baselineDots + 4}" width="${widthDots}" height="2"/>`
    : "";
  const fill = run.reverse ? ` fill="${PAPER}"` : "";
  const weight = run.bold ? ` font-weight="700"` : "";
  const transform = `translate(${leftDots} ${baselineDots}) scale(${run.widthScale} ${run.heightScale})`;
  return `${box}${underline}<g transform="${transform}"${fill}${weight}>${drawCharacters(run)}</g>`;
}

/** Two text elements: Latin and Chinese differ in font and size. */
function drawCharacters({ text, columnCount, widthScale }: PaperRun): string {
  // A run of the two-byte mode covers more columns than it has characters.
  const isWideRun = columnCount / widthScale > Array.from(text).length;
  const latin: Placed[] = [];
  const chinese: Placed[] = [];
  let columnIndex = 0;
  for (const character of text) {
    const isWide = isWideRun && (character.codePointAt(0) ?? 0) >= 0x80 && character !== "\u25a1";
    if (character !== " ") (isWide ? chinese : latin).push({ character, xDots: columnIndex * COLUMN_DOTS });
    columnIndex += isWide ? 2 : 1;
  }
  return (
    drawPlaced(latin, LATIN_FONTS, LATIN_FONT_DOTS, "start") +
    drawPlaced(chinese, CJK_FONTS, CJK_FONT_DOTS, "middle")
  );
}

interface Placed {
  readonly character: string;
  readonly xDots: number;
}

function drawPlaced(
  placed: readonly Placed[],
  fonts: string,
  fontDots: number,
  anchor: "start" | "middle",
): string {
  if (placed.length === 0) return "";
  const offset = anchor === "middle" ? COLUMN_DOTS : 0;
  const xs = placed.map(({ xDots }) => xDots + offset).join(" ");
  const text = escapeXml(placed.map(({ character }) => character).join(""));
  const anchorAttribute = anchor === "middle" ? ` text-anchor="middle"` : "";
  return `<text x="${xs}" y="0" font-family="${fonts}" font-size="${fontDots}"${anchorAttribute}>${text}</text>`;
}

function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&apos;");
}

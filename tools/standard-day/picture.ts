/**
 * The picture of a day: its Zs as they were printed beside the report of headquarters. What is in it
 * comes as values; nothing is counted here.
 */
import type { Browser } from "playwright-core";
import type { Report } from "../hq/report-of.ts";

/** CSS px of the picture; the papers give its height. */
const WIDTH_PX = 1460;
const HEIGHT_PX = 900;

/** Draws it to `path`; `papers` are SVG documents. */
export async function drawDay(
  browser: Browser,
  report: Report,
  papers: readonly string[],
  path: string,
): Promise<void> {
  const context = await browser.newContext({ viewport: { width: WIDTH_PX, height: HEIGHT_PX } });
  const page = await context.newPage();
  await page.setContent(dayPage(report, papers));
  await page.screenshot({ path, fullPage: true });
  await context.close();
}

/** The page that is drawn. */
export function dayPage(report: Report, papers: readonly string[]): string {
  const totals = [
    ["Turnover", `${report.net} ${report.currency}`],
    ["Sales", String(report.saleCount)],
    ["Returns", String(report.returnCount)],
    ...report.tenders.map(({ method, amount, count }) => [`${method} (${count})`, amount]),
    ...report.taxes.map(({ ratePpm, net, tax }) => [`Tax ${ratePpm / 10_000} % of ${net}`, tax]),
    ["Records held", String(report.eventCount)],
    ["Alarms", String(report.alarms.length)],
  ];
  const shifts = report.shifts.map((shift) => [
    `Z ${shift.zNumber}`,
    shift.businessDate,
    String(shift.saleCount),
    String(shift.returnCount),
    shift.net,
    shift.heldNet,
    shift.expected,
    shift.counted,
    shift.difference,
    shift.agrees ? "agrees" : "differs",
  ]);
  const heads = ["", "day", "sales", "returns", "net by Z", "net held", "expected", "counted", "off", ""];
  const table = (rows: readonly (readonly string[])[], head: readonly string[] = []): string =>
    `<table>${head.length === 0 ? "" : row(head, "th")}${rows.map((its) => row(its, "td")).join("")}</table>`;
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>A standard day</title><style>
  body { margin: 0; padding: 32px; display: flex; gap: 32px; align-items: flex-start; background: #e9e7e0;
    color: #1a1d1b; font: 15px/1.5 system-ui, "Noto Sans", sans-serif; font-variant-numeric: tabular-nums; }
  figure { margin: 0; } figure svg { display: block; width: 370px; height: auto; filter: drop-shadow(0 6px 12px #0004); }
  section { flex: 1; background: #fff; border-radius: 14px; padding: 24px; }
  h1 { font-size: 22px; margin: 0 0 16px; } h2 { font-size: 16px; margin: 24px 0 8px; }
  table { border-collapse: collapse; width: 100%; font-size: 13px; }
  td, th { padding: 6px 4px; border-bottom: 1px solid #e2e0d8; text-align: right; white-space: nowrap; }
  td:first-child, th:first-child { text-align: left; font-weight: 600; }
  </style><body>${papers.map((svg) => `<figure>${svg}</figure>`).join("")}
  <section><h1>Headquarters: the day's report</h1>${table(totals)}
  <h2>Shifts</h2>${table(shifts, heads)}</section></body></html>`;
}

function row(cells: readonly string[], tag: "td" | "th"): string {
  return `<tr>${cells.map((text) => `<${tag}>${escaped(text)}</${tag}>`).join("")}</tr>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

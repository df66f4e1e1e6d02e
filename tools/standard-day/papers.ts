/**
 * What comes out of the virtual printer in a day: its papers, collected before it forgets them, its
 * buttons, and the figures that stand on an X or a Z. Reads what is printed as a person would, by the
 * words on the paper.
 */
import { setTimeout as pause } from "node:timers/promises";
import { REPORT_WORDS } from "../../core/receipt/report-words.ts";
import { DayFault } from "./fault.ts";

/** One paper. */
export interface Paper {
  /** Counts from 1. */
  readonly number: number;
  readonly marks: readonly string[];
  readonly lines: readonly string[];
}

/** The figures of an X or a Z as printed; what an X does not say is null. */
export interface PrintedReport {
  readonly title: string;
  readonly saleCount: number | null;
  readonly salesMinor: number | null;
  readonly returnCount: number | null;
  readonly returnsMinor: number | null;
  readonly netMinor: number | null;
  readonly voidCount: number | null;
  readonly expectedMinor: number | null;
  readonly countedMinor: number | null;
  readonly differenceMinor: number | null;
}

/** How long a paper may take; a new roll is put in long before. */
const PAPER_MS_MAX = 90_000;
const LOOK_AGAIN_MS = 100;

/** The printer as somebody who stands before it has it. */
export class Papers {
  readonly #pageUrl: string;
  readonly #papers = new Map<number, Paper>();

  constructor(pageUrl: string) {
    this.#pageUrl = pageUrl;
  }

  /** All papers so far, in the order in which they came. */
  get all(): readonly Paper[] {
    return [...this.#papers.values()].sort((a, b) => a.number - b.number);
  }

  /** Takes what came since the last time. Throws standard_day/printer when some were forgotten meanwhile. */
  async collect(): Promise<void> {
    const response = await fetch(new URL("receipts.json", this.#pageUrl));
    const { receipts }: { readonly receipts: readonly Paper[] } = JSON.parse(await response.text());
    for (const { number, marks, lines } of receipts) this.#papers.set(number, { number, marks, lines });
    const newest = receipts[0]?.number ?? 0;
    if (this.#papers.size !== newest)
      throw new DayFault("standard_day/printer", `${this.#papers.size} of ${newest} papers were read`);
  }

  /** The first paper that `isIt`; waits for it at most PAPER_MS_MAX. */
  async find(isIt: (paper: Paper) => boolean, what: string): Promise<Paper> {
    const untilMs = performance.now() + PAPER_MS_MAX;
    for (;;) {
      await this.collect();
      const found = this.all.find(isIt);
      if (found !== undefined) return found;
      if (performance.now() > untilMs) throw new DayFault("standard_day/printer", `no paper: ${what}`);
      await pause(LOOK_AGAIN_MS);
    }
  }

  /** Presses a button of the printer's page, as "roll-new". */
  async press(button: string): Promise<void> {
    const response = await fetch(new URL(`button/${button}`, this.#pageUrl), {
      method: "POST",
      headers: { "x-virtual-printer": "button" },
    });
    if (!response.ok) throw new DayFault("standard_day/printer", `${button}: HTTP ${response.status}`);
  }

  /** The picture of a paper. */
  async picture(number: number): Promise<string> {
    return (await fetch(new URL(`receipt/${number}.svg`, this.#pageUrl))).text();
  }
}

/** Whether a paper is of this receipt: its number ends a line. */
export function isOfReceipt(paper: Paper, receipt: string): boolean {
  return paper.lines.some((line) => line.endsWith(` ${receipt}`));
}

/** What the receipt's QR code says; empty where the paper has none. */
export function codeOn(paper: Paper): string {
  return paper.lines.map((line) => /\[qr (.+)\]/.exec(line)?.[1] ?? "").find((code) => code !== "") ?? "";
}

/** Whether a paper is the X or the Z of this title ("X", "Z 1"). */
export function isReport(paper: Paper, title: string): boolean {
  return paper.lines.some((line) => line.trim() === title);
}

/** The figures on an X or a Z in the demo shop's language. */
export function readReport(paper: Paper, title: string): PrintedReport {
  const words = REPORT_WORDS.zh;
  const amount = (label: string): number | null => {
    const pattern = new RegExp(`^${label} +(-?[0-9]+\\.[0-9]{2})$`);
    const text = paper.lines.map((line) => pattern.exec(line)?.[1]).find((its) => its !== undefined);
    return text === undefined ? null : minorOf(text);
  };
  const count = (pattern: RegExp): number | null => {
    const text = paper.lines.map((line) => pattern.exec(line)?.[1]).find((its) => its !== undefined);
    return text === undefined ? null : Number(text);
  };
  return {
    title,
    saleCount: count(new RegExp(`^${words.sales} ([0-9]+) `)),
    salesMinor: amount(`${words.sales} [0-9]+`),
    returnCount: count(new RegExp(`^${words.returns} ([0-9]+) `)),
    returnsMinor: amount(`${words.returns} [0-9]+`),
    netMinor: amount(words.net),
    voidCount: count(new RegExp(`^${words.voids} +([0-9]+)$`)),
    expectedMinor: amount(words.expected),
    countedMinor: amount(words.counted),
    differenceMinor: amount(words.difference),
  };
}

/** "-¥1,234.50" or "1234.50" in minor units. */
export function minorOf(text: string): number {
  const found = /(-?)[^\d-]*([\d,]+)\.(\d{2})/.exec(text);
  return found === null ? Number.NaN : Number(`${found[1]}${found[2]?.replaceAll(",", "")}${found[3]}`);
}

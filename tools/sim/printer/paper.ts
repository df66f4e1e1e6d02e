/**
 * What is on the paper: lines of runs, in columns of font A. A value that can be shown as a picture or
 * as plain text; knows nothing of ESC/POS.
 */
import { RECEIPT_WORDS } from "../../../core/receipt/words.ts";

/** Characters of one style beside each other. */
export interface PaperRun {
  readonly text: string;
  /** Column of its first character, counted from the line's own left end. */
  readonly columnIndex: number;
  /** Columns it covers, the width scale included. */
  readonly columnCount: number;
  readonly widthScale: number;
  readonly heightScale: number;
  readonly bold: boolean;
  readonly underline: boolean;
  readonly reverse: boolean;
}

/** Black dots, 8 a byte, the highest bit left, each row from its own byte; and what it is, in words. */
export interface PaperGraphic {
  readonly label: string;
  readonly widthDots: number;
  readonly heightDots: number;
  readonly dots: Uint8Array;
  /** Text that the printer set below. */
  readonly caption?: string;
}

/** One printed line; without runs it is an empty one. */
export interface PaperLine {
  readonly align: "left" | "center" | "right";
  readonly runs: readonly PaperRun[];
  readonly columnCount: number;
  readonly heightScale: number;
  /** Instead of runs. */
  readonly graphic?: PaperGraphic;
}

/** A piece of paper, from the first line to the cut. */
export interface Receipt {
  /** Counts from 1 since the printer was started. */
  readonly number: number;
  readonly columnCount: number;
  readonly lines: readonly PaperLine[];
  /** "torn": no cut came; somebody tore it off. "length": longer than the printer keeps. */
  readonly endedBy: "cut" | "torn" | "length";
  /** Commands that were read and not shown: old image modes, rare barcodes, and bytes that are no command. */
  readonly notShown: readonly string[];
}

/** By what a paper says that it is not the one whole receipt: its rest, a second whole print, a copy. */
export type ReceiptMark = "continued" | "reprint" | "copy";

/** How often papers say so; "unmarked" is what a receipt should be, and no receipt may be twice. */
export type PaperAccount = Readonly<Record<`${ReceiptMark | "unmarked"}Count`, number>>;

const MARK_WORDS: readonly (readonly [mark: ReceiptMark, line: RegExp])[] = (["en", "zh"] as const).flatMap(
  (language) => {
    const { continued, reprint, copy } = RECEIPT_WORDS[language];
    return [
      ["continued", lineOfStars(continued)],
      ["reprint", lineOfStars(reprint)],
      ["copy", lineOfStars(`${copy} [0-9]+`)],
    ] as const;
  },
);

function lineOfStars(words: string): RegExp {
  return new RegExp(`^ *[*]{3} ${words} [*]{3}$`);
}

/** The mark that this line is, or undefined. */
export function markOfLine(line: string): ReceiptMark | undefined {
  return MARK_WORDS.find(([, shape]) => shape.test(line))?.[0];
}

/** The marks of a paper, from its top, in the words of tills of both languages. */
export function marksOf(receipt: Receipt): readonly ReceiptMark[] {
  return plainLines(receipt).flatMap((line) => markOfLine(line) ?? []);
}

/** Counts papers by what stands on them. */
export function accountOf(receipts: readonly Receipt[]): PaperAccount {
  const marks = receipts.map(marksOf);
  const count = (mark: ReceiptMark): number => marks.filter((its) => its.includes(mark)).length;
  return {
    unmarkedCount: marks.filter((its) => its.length === 0).length,
    continuedCount: count("continued"),
    reprintCount: count("reprint"),
    copyCount: count("copy"),
  };
}

/** Columns that a line stands in from the left edge. */
export function indentOf(line: PaperLine, columnCount: number): number {
  const blankCount = Math.max(0, columnCount - line.columnCount);
  if (line.align === "left") return 0;
  return line.align === "right" ? blankCount : blankCount / 2;
}

/** The text of a receipt, a string for each line, aligned with spaces. */
export function plainLines(receipt: Receipt): readonly string[] {
  return receipt.lines.map((line) => {
    const indent = " ".repeat(Math.floor(indentOf(line, receipt.columnCount)));
    const text = line.graphic?.label ?? line.runs.map((run) => run.text).join("");
    return (indent + text).trimEnd();
  });
}

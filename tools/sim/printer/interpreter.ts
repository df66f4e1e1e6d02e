/**
 * Tokens to paper: the modes of an ESC/POS printer and what it does with text. Wraps a line that is too
 * long as the device does, so that a driver that cannot count columns is seen. Answers nothing itself;
 * it says what happened and the server answers.
 */

import { upperHalf } from "./code-page.ts";
import { SYMBOL_START, barGraphic, qrCommand, rasterGraphic } from "./graphics.ts";
import type { PaperGraphic, PaperLine, PaperRun, Receipt } from "./paper.ts";
import type { Token } from "./tokenizer.ts";

/** What the engine did that others must know. */
export type PrinterHappening =
  | { readonly kind: "receipt"; readonly receipt: Receipt }
  | { readonly kind: "drawer" }
  /** GS r n: everything before it has been printed. */
  | { readonly kind: "status_wanted"; readonly query: number };

/** Lines of one receipt; then it is taken as cut. */
export const RECEIPT_LINES_MAX = 2_000;
const NOT_SHOWN_MAX = 50;

interface Modes {
  readonly align: PaperLine["align"];
  readonly widthScale: number;
  readonly heightScale: number;
  readonly bold: boolean;
  readonly underline: boolean;
  readonly reverse: boolean;
  readonly chinese: boolean;
}

const START: Modes = {
  align: "left",
  widthScale: 1,
  heightScale: 1,
  bold: false,
  underline: false,
  reverse: false,
  chinese: false,
};

/** Shown for a byte that the present mode has no character for. */
const NO_GLYPH = "\u25a1";
const ALIGNS = ["left", "center", "right"] as const;
const gbk = new TextDecoder("gbk");
/** Dots of a column of font A. */
const COLUMN_DOTS = 12;

/** The print engine; one for all connections, since there is one roll. */
export class Interpreter {
  readonly #columnCount: number;
  #modes: Modes = START;
  #symbols = SYMBOL_START;
  #upperHalf: readonly string[] | undefined;
  #runs: PaperRun[] = [];
  #lineColumns = 0;
  #leadByte: number | undefined;
  #lines: PaperLine[] = [];
  #notShown: string[] = [];
  #receiptCount = 0;
  #printedLineCount = 0;

  /** `columnCount` of font A: 48 for 80 mm paper, 32 for 58 mm. */
  constructor(columnCount: number) {
    this.#columnCount = columnCount;
  }

  /** Carries out one token. */
  push(token: Token): readonly PrinterHappening[] {
    let happenings: readonly PrinterHappening[] = [];
    if (token.kind === "text") this.#text(token.bytes);
    else if (token.kind === "control") this.#control(token.bytes[0] ?? 0);
    else if (token.kind === "garbage") this.#note(`garbage ${hex(token.bytes.subarray(0, 8))}`);
    else happenings = this.#command(token.name, token.parameters);
    return this.#lines.length < RECEIPT_LINES_MAX ? happenings : [...happenings, ...this.#finish("length")];
  }

  /** Lines printed since the last cut. */
  get hangingLineCount(): number {
    return this.#lines.length;
  }

  /** Lines printed since the printer was made. */
  get printedLineCount(): number {
    return this.#printedLineCount;
  }

  /** Empty lines after the last text. */
  get blankTailCount(): number {
    const lastIndex = this.#lines.findLastIndex(({ runs }) => runs.length > 0);
    return lastIndex < 0 ? 0 : this.#lines.length - 1 - lastIndex;
  }

  /** The line that is being set is printed, what hangs out is torn off, modes are forgotten. */
  tearOff(): readonly PrinterHappening[] {
    const happenings = this.#finish("torn");
    this.#modes = START;
    return happenings;
  }

  /** The power was off: the line that was being set is gone, and the modes; the paper stays where it is. */
  powerCycle(): void {
    this.#initialise();
    this.#modes = START;
  }

  #command(name: string, parameters: Uint8Array): readonly PrinterHappening[] {
    const value = parameters[0] ?? 0;
    if (name === "GS V") return this.#finish("cut");
    if (name === "ESC p" || (name === "DLE DC4" && value === 1)) return [{ kind: "drawer" }];
    if (name === "GS r") return [{ kind: "status_wanted", query: value }];
    if (name === "ESC d") {
      for (let lineIndex = 0; lineIndex < value; lineIndex += 1) this.#endLine();
      return [];
    }
    if (name === "ESC t") this.#upperHalf = upperHalf(value);
    if (this.#symbol(name, parameters)) return [];
    const change = modeChange(name, value);
    if (change !== undefined) {
      if (name === "ESC @") this.#initialise();
      this.#modes = { ...this.#modes, ...change };
    } else if (!SILENT.has(name)) {
      this.#note(name);
    }
    return [];
  }

  #text(bytes: Uint8Array): void {
    for (const byte of bytes) {
      const lead = this.#leadByte;
      this.#leadByte = undefined;
      if (lead !== undefined) this.#place(decodePair(lead, byte), 2);
      else if (byte < 0x80) this.#place(String.fromCharCode(byte), 1);
      else if (this.#modes.chinese && byte >= 0x81 && byte <= 0xfe) this.#leadByte = byte;
      else this.#place(this.#glyph(byte), 1);
    }
  }

  #glyph(byte: number): string {
    const character = this.#modes.chinese ? undefined : this.#upperHalf?.[byte - 0x80];
    return character === undefined || character === "\ufffd" ? NO_GLYPH : character;
  }

  /** True when the command draws something, or sets how. */
  #symbol(name: string, parameters: Uint8Array): boolean {
    const value = parameters[0] ?? 0;
    if (name === "GS v 0") this.#draw(rasterGraphic(parameters));
    else if (name === "GS h") this.#symbols = { ...this.#symbols, barHeightDots: value };
    else if (name === "GS w") this.#symbols = { ...this.#symbols, barModuleDots: value };
    else if (name === "GS H") this.#symbols = { ...this.#symbols, hasBarText: value % 48 >= 2 };
    else if (name === "GS ( k") {
      const { settings, graphic } = qrCommand(this.#symbols, parameters);
      this.#symbols = settings;
      this.#draw(graphic);
    } else if (name === "GS k") {
      const graphic = barGraphic(this.#symbols, parameters);
      this.#draw(graphic);
      return graphic !== undefined;
    } else return false;
    return true;
  }

  #draw(graphic: PaperGraphic | undefined): void {
    if (graphic === undefined) return;
    if (this.#runs.length > 0) this.#endLine();
    this.#printedLineCount += 1;
    const columnCount = graphic.widthDots / COLUMN_DOTS;
    this.#lines.push({ align: this.#modes.align, runs: [], columnCount, heightScale: 1, graphic });
  }

  #initialise(): void {
    this.#clearLine();
    this.#symbols = SYMBOL_START;
    this.#upperHalf = undefined;
  }

  #control(byte: number): void {
    this.#leadByte = undefined;
    if (byte === 0x0a) this.#endLine();
    else if (byte === 0x09) this.#place(" ".repeat(8 - (this.#lineColumns % 8)), 1);
  }

  #place(text: string, cellColumns: number): void {
    const { widthScale, heightScale, bold, underline, reverse } = this.#modes;
    const columnCount = text.length * cellColumns * widthScale;
    if (this.#lineColumns + columnCount > this.#columnCount) this.#endLine();
    const style = { widthScale, heightScale, bold, underline, reverse };
    const last = this.#runs.at(-1);
    if (last !== undefined && isSameStyle(last, style)) {
      const longer = { ...last, text: last.text + text, columnCount: last.columnCount + columnCount };
      this.#runs.splice(-1, 1, longer);
    } else {
      this.#runs.push({ ...style, text, columnIndex: this.#lineColumns, columnCount });
    }
    this.#lineColumns += columnCount;
  }

  #endLine(): void {
    const heightScale = this.#runs.reduce((highest, run) => Math.max(highest, run.heightScale), 1);
    this.#printedLineCount += 1;
    this.#lines.push({
      align: this.#modes.align,
      runs: this.#runs,
      columnCount: this.#lineColumns,
      heightScale,
    });
    this.#clearLine();
  }

  #clearLine(): void {
    this.#runs = [];
    this.#lineColumns = 0;
    this.#leadByte = undefined;
  }

  #finish(endedBy: Receipt["endedBy"]): readonly PrinterHappening[] {
    if (this.#runs.length > 0) this.#endLine();
    const lines = this.#lines;
    // What could not be shown is told with the next paper: a cut through nothing makes none.
    if (lines.length === 0) return [];
    const notShown = this.#notShown;
    this.#lines = [];
    this.#notShown = [];
    this.#receiptCount += 1;
    const receipt = { number: this.#receiptCount, columnCount: this.#columnCount, lines, endedBy, notShown };
    return [{ kind: "receipt", receipt }];
  }

  #note(what: string): void {
    if (this.#notShown.length < NOT_SHOWN_MAX) this.#notShown.push(what);
  }
}

/** Commands without a trace on the paper. */
const SILENT = new Set(["GS a", "ESC t", "ESC R", "ESC 2", "ESC 3", "ESC 9", "ESC M", "DLE EOT", "DLE ENQ"]);

function modeChange(name: string, value: number): Partial<Modes> | undefined {
  switch (name) {
    case "ESC @":
      return START;
    case "ESC a":
      return { align: ALIGNS[value % 48] ?? "left" };
    case "ESC E":
    case "ESC G":
      return { bold: (value & 1) === 1 };
    case "ESC -":
      return { underline: value % 48 !== 0 };
    case "GS B":
      return { reverse: (value & 1) === 1 };
    case "GS !":
      return { widthScale: ((value >> 4) & 7) + 1, heightScale: (value & 7) + 1 };
    case "FS &":
      return { chinese: true };
    case "FS .":
      return { chinese: false };
    default:
      return undefined;
  }
}

function isSameStyle(run: PaperRun, style: Omit<PaperRun, "text" | "columnIndex" | "columnCount">): boolean {
  return (
    run.widthScale === style.widthScale &&
    run.heightScale === style.heightScale &&
    run.bold === style.bold &&
    run.underline === style.underline &&
    run.reverse === style.reverse
  );
}

function decodePair(lead: number, trail: number): string {
  const text = gbk.decode(Uint8Array.of(lead, trail));
  return text.length === 1 && text !== "\ufffd" ? text : NO_GLYPH;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

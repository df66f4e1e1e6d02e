/**
 * Tokens to paper: the modes of an ESC/POS printer and what it does with text. Wraps a line that is too
 * long as the device does, so that a driver that cannot count columns is seen. Answers nothing itself;
 * it says what happened and the server answers.
 */

import type { PaperLine, PaperRun, Receipt } from "./paper.ts";
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

/** The print engine; one for all connections, since there is one roll. */
export class Interpreter {
  readonly #columnCount: number;
  #modes: Modes = START;
  #runs: PaperRun[] = [];
  #lineColumns = 0;
  #leadByte: number | undefined;
  #lines: PaperLine[] = [];
  #notShown: string[] = [];
  #receiptCount = 0;

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

  /** The client has gone: what hangs out of the printer is torn off, its modes are forgotten. */
  disconnect(): readonly PrinterHappening[] {
    const happenings = this.#finish("connection");
    this.#modes = START;
    return happenings;
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
    const change = modeChange(name, value);
    if (change !== undefined) {
      if (name === "ESC @") this.#clearLine();
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
      else this.#place(NO_GLYPH, 1);
    }
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
    const notShown = this.#notShown;
    this.#lines = [];
    this.#notShown = [];
    if (lines.length === 0 && notShown.length === 0) return [];
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

/**
 * `inspect escpos`: what a receipt printer shows of a stream: styled lines, pulses of the drawer, and an
 * account of every byte. Never refuses: a printer takes any bytes.
 */
import { Interpreter } from "../../sim/printer/interpreter.ts";
import type { PrinterHappening } from "../../sim/printer/interpreter.ts";
import { plainLines } from "../../sim/printer/paper.ts";
import type { PaperLine, Receipt } from "../../sim/printer/paper.ts";
import { Tokenizer } from "../../sim/printer/tokenizer.ts";
import type { Token } from "../../sim/printer/tokenizer.ts";
import { refused } from "./inspector.ts";
import type { Inspector, Json } from "./inspector.ts";

const COLUMN_COUNT = 48;
const COLUMNS_COUNT_MAX = 96;

/** The kind. */
export const escposInspector: Inspector = {
  name: "escpos",
  summary: "what a receipt printer shows of these bytes, as styled text lines; every byte accounted for",
  options: { columns: "N   columns of font A: 48 for 80 mm paper (the default), 32 for 58 mm" },
  input: "bytes",
  inspect: (bytes, options) => {
    const columnCount = Number(options["columns"] ?? COLUMN_COUNT);
    if (!Number.isInteger(columnCount) || columnCount < 1 || columnCount > COLUMNS_COUNT_MAX)
      return refused("input/columns", 0, `--columns is a whole number from 1 to ${COLUMNS_COUNT_MAX}`);
    const interpreter = new Interpreter(columnCount);
    const tokenizer = new Tokenizer();
    const tokens = [...tokenizer.push(bytes), ...tokenizer.end()];
    const happenings = tokens.flatMap((token) => interpreter.push(token));
    const torn = interpreter.tearOff();
    const receipts = [...happenings, ...torn].flatMap(receiptIn);
    return {
      ok: true,
      value: {
        kind: "escpos",
        receipts: receipts.map(receiptJson),
        drawerPulses: happenings.filter(({ kind }) => kind === "drawer").length,
        bytes: accountOf(tokens, bytes.length),
      },
    };
  },
};

function receiptIn(happening: PrinterHappening): readonly Receipt[] {
  return happening.kind === "receipt" ? [happening.receipt] : [];
}

function receiptJson(receipt: Receipt): Json {
  return {
    endedBy: receipt.endedBy,
    text: plainLines(receipt),
    lines: receipt.lines.map(lineJson),
    notShown: receipt.notShown,
  };
}

function lineJson(line: PaperLine): Json {
  const { align, runs, heightScale, graphic } = line;
  if (graphic !== undefined) {
    const { label, widthDots, heightDots } = graphic;
    return { align, graphic: { label, widthDots, heightDots } };
  }
  return {
    align,
    heightScale,
    runs: runs.map(({ text, bold, underline, reverse, widthScale, heightScale: height }) => ({
      text,
      bold,
      underline,
      reverse,
      width: widthScale,
      height,
    })),
  };
}

// Each byte of the input is in exactly one token.
function accountOf(tokens: readonly Token[], total: number): Json {
  const count = (kind: Token["kind"]): number =>
    tokens.reduce((sum, token) => sum + (token.kind === kind ? token.bytes.length : 0), 0);
  const [text, control, command, garbage] = [
    count("text"),
    count("control"),
    count("command"),
    count("garbage"),
  ];
  return { total, text, control, command, garbage, unaccounted: total - text - control - command - garbage };
}

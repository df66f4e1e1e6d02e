/**
 * Receipts to bytes: the goldens both ways, each block in hex, and texts that try to become commands.
 * The virtual printer's tokenizer and engine are the judges; they share no table with the encoder.
 */

import * as fc from "fast-check";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { ReceiptBlock } from "../../../core/receipt/block.ts";
import { encodeDrawer, encodeReceipt } from "../../../drivers/printer/encode.ts";
import { encodeInPage, printableInPage } from "../../../drivers/printer/code-page.ts";
import { style } from "../../../drivers/printer/escpos.ts";
import { encodeGbk, printable } from "../../../drivers/printer/gbk.ts";
import { layoutPair } from "../../../drivers/printer/pair.ts";
import { columnsOfCharacter, oneColumn } from "../../../drivers/printer/width.ts";
import { PRINTER_MODELS } from "../../../drivers/printer/models.ts";
import type { PrinterModel } from "../../../drivers/printer/models.ts";
import { Interpreter } from "../../../tools/sim/printer/interpreter.ts";
import { plainLines } from "../../../tools/sim/printer/paper.ts";
import { Tokenizer } from "../../../tools/sim/printer/tokenizer.ts";
import { bytesOfGolden, escposGoldens } from "../../support/escpos-goldens.ts";
import { toHex } from "../../support/hex.ts";

const GOLDEN_FOLDER = new URL("../../golden/escpos/", import.meta.url);
const WIDE = PRINTER_MODELS.gbk_80mm;
const NARROW = PRINTER_MODELS.gbk_58mm;

test.each([...escposGoldens()])("%s is encoded as the golden has it", (fileName, text) => {
  expect(text).toBe(readFileSync(new URL(fileName, GOLDEN_FOLDER), "utf8"));
});

test.each([...escposGoldens()])("every byte of %s is text or a known command", (_fileName, text) => {
  const bytes = bytesOfGolden(text);
  const tokens = new Tokenizer().push(bytes);
  expect(tokens.filter((token) => token.kind === "garbage")).toEqual([]);
  expect(toHex(Uint8Array.from(tokens.flatMap((token) => [...token.bytes])))).toBe(toHex(bytes));
});

const lineOf = (text: string): ReceiptBlock => ({
  kind: "text",
  text,
  align: "left",
  size: "normal",
  bold: false,
});
const pairOf = (left: string, right: string, size: "normal" | "double" = "normal"): ReceiptBlock => ({
  kind: "pair",
  left,
  right,
  size,
  bold: false,
});

const STYLE = "1b61001d21001b4500";
const rows: readonly [what: string, block: ReceiptBlock, model: PrinterModel, hex: string][] = [
  ["a line of text", lineOf("Tea 茶"), WIDE, `${STYLE}54656120b2e80a`],
  ["an empty line", lineOf(""), WIDE, `${STYLE}0a`],
  ["a rule over 32 columns", { kind: "rule" }, NARROW, `${STYLE}${"2d".repeat(32)}0a`],
  ["a feed", { kind: "feed", lineCount: 2 }, WIDE, "1b6402"],
  ["a feed of nothing", { kind: "feed", lineCount: 0 }, WIDE, ""],
  ["a feed without end is bounded", { kind: "feed", lineCount: 1e9 }, WIDE, "1b640f".repeat(4)],
  ["a cut", { kind: "cut" }, WIDE, "1d564200"],
  ["a cut without a cutter feeds to the tear bar", { kind: "cut" }, NARROW, "1b6404"],
];

test.each(rows)("%s", (_what, block, model, hex) => {
  const bytes = encodeReceipt([block], model)
    .slice(1)
    .flatMap((chunk) => [...chunk.bytes]);
  expect(toHex(Uint8Array.from(bytes))).toBe(hex);
});

test("the drawer's chunk is the pulse on the model's pin", () => {
  const bytes = encodeDrawer({ ...WIDE, drawerPin: 5 }).map((chunk) => toHex(chunk.bytes));
  expect(bytes).toEqual(["1b700119fa"]);
});

test("a pair is laid out the same by the short way and by measuring", () => {
  const texts = fc.oneof(
    fc.constantFrom(
      "",
      " ",
      "a",
      " a",
      "a ",
      "a  b",
      "茶",
      "tea 茶",
      "x".repeat(31),
      "x".repeat(46),
      "\u007f",
    ),
    fc.string({ unit: "grapheme-ascii", maxLength: 50 }),
  );
  const models = fc.constantFrom<PrinterModel>(WIDE, NARROW, {
    ...NARROW,
    charset: { kind: "page", page: "cp437", number: 0 },
  });
  fc.assert(
    fc.property(texts, texts, models, fc.boolean(), (left, right, model, bold) => {
      const size = "normal" as const;
      const [, chunk] = encodeReceipt([{ kind: "pair", left, right, size, bold }], model);
      const shown = (text: string): string =>
        model.charset.kind === "gbk" ? printable(text) : printableInPage(text, model.charset.page);
      const measure = model.charset.kind === "gbk" ? columnsOfCharacter : oneColumn;
      const lines = layoutPair(shown(left), shown(right).trim(), model.columnCount, measure);
      const encoded = lines.flatMap((line) => [
        ...(model.charset.kind === "gbk" ? encodeGbk(line) : encodeInPage(line, model.charset.page)),
        0x0a,
      ]);
      expect([...(chunk?.bytes ?? [])]).toEqual([...style("left", size, bold), ...encoded]);
    }),
    { numRuns: 400 },
  );
});

test("an amount too wide for double size is printed at normal size, whole", () => {
  expect(printed([pairOf("TOTAL", "￥1,234,567,890.00", "double")], NARROW)).toEqual([
    "TOTAL         ￥1,234,567,890.00",
  ]);
});

const NAUGHTY = [
  "\u001b@\u001bp\u0000\u0019\u00fa",
  "\u0010\u0014\u0001\u0000\u0008",
  "\u001c.\u00b2\u00e8",
  "\u009b31m\u0085\u007f",
  "a\rb\nc\td\u000ce",
  "\u202e00.01 LATOT\u202c",
  "👩‍🍳🇨🇳☕\ufe0f\ud83d",
  "ｆｕｌｌ\u3000ｗｉｄｔｈ",
  "\u{10ffff}\u{20000}\ufffe",
];

test("no text reaches the wire as anything but text, nor makes the printer wrap by itself", () => {
  const texts = fc.oneof(fc.constantFrom(...NAUGHTY), fc.string({ unit: "binary", maxLength: 120 }));
  const models = fc.constantFrom(WIDE, NARROW);
  const sizes = fc.constantFrom("normal" as const, "double" as const);
  fc.assert(
    fc.property(texts, texts, models, sizes, (left, right, model, size) => {
      const block: ReceiptBlock = { kind: "text", text: left, align: "center", size, bold: true };
      const chunks = encodeReceipt([block, pairOf(left, right, size)], model);
      const bytes = chunks.flatMap((chunk) => [...chunk.bytes]);
      expect(bytes).not.toContain(0x10);
      const tokens = new Tokenizer().push(Uint8Array.from(bytes));
      const names = tokens.map((token) => (token.kind === "command" ? token.name : token.kind));
      const style = ["ESC a", "GS !", "ESC E"];
      const commands = names.filter((name) => name !== "text" && name !== "control");
      expect(commands).toEqual(["ESC @", "GS a", "FS &", ...style, ...style]);
      const lineFeeds = tokens.filter((token) => token.kind === "control");
      expect(lineFeeds.every((token) => token.bytes[0] === 0x0a)).toBe(true);
      expect(printed([block, pairOf(left, right, size)], model)).toHaveLength(lineFeeds.length);
    }),
  );
});

/** What the virtual printer puts on paper. */
function printed(blocks: readonly ReceiptBlock[], model: PrinterModel): readonly string[] {
  const interpreter = new Interpreter(model.columnCount);
  const bytes = encodeReceipt(blocks, model).flatMap((chunk) => [...chunk.bytes]);
  for (const token of new Tokenizer().push(Uint8Array.from(bytes))) interpreter.push(token);
  const [happening] = interpreter.tearOff();
  return happening?.kind === "receipt" ? plainLines(happening.receipt) : [];
}

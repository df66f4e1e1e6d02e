/**
 * Logos, QR codes and barcodes on printers that can draw them and on those that cannot: what the virtual
 * printer finds in the bytes, and that no content becomes a command.
 */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { ReceiptBlock } from "../../../core/receipt/block.ts";
import { encodeReceipt } from "../../../drivers/printer/encode.ts";
import { ALL_PRINTER_MODELS, PRINTER_MODELS } from "../../../drivers/printer/models.ts";
import type { PrinterModel } from "../../../drivers/printer/models.ts";
import { Interpreter } from "../../../tools/sim/printer/interpreter.ts";
import { plainLines } from "../../../tools/sim/printer/paper.ts";
import { Tokenizer } from "../../../tools/sim/printer/tokenizer.ts";

const WIDE = PRINTER_MODELS.gbk_80mm;
const NARROW = PRINTER_MODELS.gbk_58mm;
const image = (widthDots: number, heightDots: number): ReceiptBlock => {
  const dots = new Uint8Array(Math.ceil(widthDots / 8) * heightDots).fill(0x10);
  return { kind: "image", widthDots, heightDots, dots, align: "left" };
};

const rows: readonly [what: string, block: ReceiptBlock, model: PrinterModel, lines: readonly string[]][] = [
  ["a QR code drawn by the printer", { kind: "qr", text: "茶 1" }, WIDE, ["[qr 茶 1]"]],
  [
    "a QR code as a picture, in slices",
    { kind: "qr", text: "tea" },
    NARROW,
    [48, 48, 48, 48, 40].map((rowCount) => `[image 232x${rowCount}]`),
  ],
  [
    "a QR text that is too long",
    { kind: "qr", text: "x".repeat(214) },
    NARROW,
    ["x".repeat(32), "", "", "", "", "", ""].map((_, index) => "x".repeat(index < 6 ? 32 : 22)),
  ],
  ["no QR text", { kind: "qr", text: "" }, WIDE, [""]],
  [
    "a barcode drawn by the printer",
    { kind: "barcode", symbology: "ean8", text: "9638507" },
    WIDE,
    ["[ean8 96385074]"],
  ],
  [
    "a barcode as a picture",
    { kind: "barcode", symbology: "ean8", text: "9638507" },
    NARROW,
    ["[image 208x48]", "[image 208x32]", "96385074"],
  ],
  [
    "a barcode with a wrong check digit",
    { kind: "barcode", symbology: "ean8", text: "96385075" },
    WIDE,
    ["96385075"],
  ],
  [
    "a barcode wider than the paper",
    { kind: "barcode", symbology: "code128", text: "x".repeat(24) },
    NARROW,
    ["x".repeat(24)],
  ],
  ["a brace in Code 128", { kind: "barcode", symbology: "code128", text: "{B}" }, WIDE, ["[code128 {B}]"]],
  ["a picture as it is", image(64, 20), WIDE, ["[image 64x20]"]],
  ["a picture wider than the paper", image(768, 20), NARROW, ["[image 384x10]"]],
  ["a picture without dots", image(0, 20), NARROW, []],
];

test.each(rows)("%s", (_what, block, model, lines) => {
  expect(printed([block], model).map((line) => line.trim())).toEqual(lines);
});

test("no content of a symbol is a command, whatever it holds", () => {
  const texts = fc.oneof(
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.constantFrom("\u0010\u0014\u0001", "\u001b@", "{A", "4006381333931"),
  );
  const symbology = fc.constantFrom("ean13" as const, "ean8" as const, "code128" as const);
  const dots = fc.uint8Array({ maxLength: 400 });
  fc.assert(
    fc.property(texts, symbology, dots, fc.constantFrom(...ALL_PRINTER_MODELS), (text, its, bits, model) => {
      const blocks: readonly ReceiptBlock[] = [
        { kind: "qr", text },
        { kind: "barcode", symbology: its, text },
        { kind: "image", widthDots: 40, heightDots: 80, dots: bits, align: "center" },
      ];
      const bytes = Uint8Array.from(encodeReceipt(blocks, model).flatMap((chunk) => [...chunk.bytes]));
      const tokens = new Tokenizer().push(bytes);
      expect(tokens.filter((token) => token.kind === "garbage")).toEqual([]);
      expect(tokens.filter((token) => token.kind === "command" && token.isRealtime)).toEqual([]);
      bytes.forEach((byte, index) => {
        if (byte === 0x10) expect([0x04, 0x05, 0x14]).not.toContain(bytes[index + 1]);
      });
    }),
    { numRuns: 60 },
  );
});

function printed(blocks: readonly ReceiptBlock[], model: PrinterModel): readonly string[] {
  const interpreter = new Interpreter(model.columnCount);
  const bytes = encodeReceipt(blocks, model).flatMap((chunk) => [...chunk.bytes]);
  for (const token of new Tokenizer().push(Uint8Array.from(bytes))) interpreter.push(token);
  const [happening] = interpreter.tearOff();
  return happening?.kind === "receipt" ? plainLines(happening.receipt) : [];
}

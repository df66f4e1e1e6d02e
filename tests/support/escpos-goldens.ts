/**
 * The text of the ESC/POS goldens: each sample receipt for each printer model, a section for each chunk
 * and 24 bytes a line, so that a change of wrapping or style reads well as a diff.
 */

import type { ReceiptBlock } from "../../core/receipt/block.ts";
import { encodeReceipt } from "../../drivers/printer/encode.ts";
import { ALL_PRINTER_MODELS, findPrinterModel } from "../../drivers/printer/models.ts";
import { CHINESE_RECEIPT, ENGLISH_RECEIPT, RUSSIAN_RECEIPT, SYMBOL_RECEIPT } from "./sample-receipts.ts";

/** Every model prints English; these print more, or in another page than their first. */
const MORE: readonly (readonly [sample: string, blocks: readonly ReceiptBlock[], model: string])[] = [
  ["chinese", CHINESE_RECEIPT, "gbk_80mm"],
  ["chinese", CHINESE_RECEIPT, "gbk_58mm"],
  ["symbols", SYMBOL_RECEIPT, "gbk_80mm"],
  ["symbols", SYMBOL_RECEIPT, "gbk_58mm"],
  ["russian", RUSSIAN_RECEIPT, "tm_t20iii/cp866"],
  ["russian", RUSSIAN_RECEIPT, "pos_5890/cp866"],
  ["english", ENGLISH_RECEIPT, "tm_t20iii/cp437"],
  ["english", ENGLISH_RECEIPT, "tm_t20iii/cp1252"],
  ["english", ENGLISH_RECEIPT, "pos_5890/cp437"],
  ["english", ENGLISH_RECEIPT, "pos_5890/cp1252"],
];
const BYTES_PER_LINE = 24;

/** File name below tests/golden/escpos/ to content. */
export function escposGoldens(): ReadonlyMap<string, string> {
  const all = [...ALL_PRINTER_MODELS.map(({ name }) => ["english", ENGLISH_RECEIPT, name] as const), ...MORE];
  const goldens = new Map<string, string>();
  for (const [sample, blocks, name] of all) {
    const model = findPrinterModel(name);
    if (model === undefined) throw new Error(`There is no model ${name}`);
    const chunks = encodeReceipt(blocks, model).map(({ kind, bytes }) => `# ${kind}\n${hexLines(bytes)}\n`);
    goldens.set(`${sample}-${name.replace("/", "-")}.hex`, chunks.join(""));
  }
  return goldens;
}

/** The bytes of a golden's text: comments and spaces fall away. */
export function bytesOfGolden(text: string): Uint8Array {
  const digits = text.replaceAll(/^#.*$/gm, "").replaceAll(/\s/g, "");
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function hexLines(bytes: Uint8Array): string {
  const pairs = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"));
  const lines: string[] = [];
  for (let start = 0; start < pairs.length; start += BYTES_PER_LINE) {
    lines.push(pairs.slice(start, start + BYTES_PER_LINE).join(" "));
  }
  return lines.join("\n");
}

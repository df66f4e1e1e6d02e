/**
 * The text of the ESC/POS goldens: each sample receipt for each printer model, a section for each chunk
 * and 24 bytes a line, so that a change of wrapping or style reads well as a diff.
 */

import type { ReceiptBlock } from "../../core/receipt/block.ts";
import { encodeReceipt } from "../../drivers/printer/encode.ts";
import { PRINTER_MODELS } from "../../drivers/printer/models.ts";
import { CHINESE_RECEIPT, ENGLISH_RECEIPT } from "./sample-receipts.ts";

const SAMPLES: ReadonlyMap<string, readonly ReceiptBlock[]> = new Map([
  ["english", ENGLISH_RECEIPT],
  ["chinese", CHINESE_RECEIPT],
]);
const BYTES_PER_LINE = 24;

/** File name below tests/golden/escpos/ to content. */
export function escposGoldens(): ReadonlyMap<string, string> {
  const goldens = new Map<string, string>();
  for (const [sampleName, blocks] of SAMPLES) {
    for (const model of Object.values(PRINTER_MODELS)) {
      const chunks = encodeReceipt(blocks, model).map(({ kind, bytes }) => `# ${kind}\n${hexLines(bytes)}\n`);
      goldens.set(`${sampleName}-${model.name}.hex`, chunks.join(""));
    }
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

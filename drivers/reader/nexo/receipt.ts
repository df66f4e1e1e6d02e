/**
 * Slips as a terminal hands them over: lines of named parts ("name=TOTAL&value=...") or plain text, laid
 * out for a narrow roll. Card numbers were masked when the line was read (form.ts).
 */

import { maskCardNumbers } from "./form.ts";
import { at, listAt, textAt } from "./scan.ts";
import type { Scanned } from "./scan.ts";
import type { ReaderSlip, ReaderSlipLine } from "../reader.ts";

const COPIES: ReadonlyMap<string, ReaderSlip["copy"]> = new Map([
  ["CashierReceipt", "merchant"],
  ["CustomerReceipt", "customer"],
  ["SaleReceipt", "customer"],
  ["Journal", "admin"],
]);
/** Columns of the narrowest paper in use, 58 mm. */
const COLUMNS = 32;
const LINES_MAX = 120;

/** The slips of a response, without those of a kind that nobody prints. */
export function slipsOf(receipts: readonly Scanned[]): readonly ReaderSlip[] {
  return receipts.flatMap((receipt) => {
    const copy = COPIES.get(textAt(receipt, "DocumentQualifier"));
    const lines = linesOf(listAt(receipt, "OutputContent", "OutputText"));
    return copy === undefined || lines.length === 0 ? [] : [{ copy, lines }];
  });
}

function linesOf(outputs: readonly Scanned[]): readonly ReaderSlipLine[] {
  const lines: ReaderSlipLine[] = [];
  let pending = "";
  for (const output of outputs.slice(0, LINES_MAX)) {
    pending += textOf(at(output, "Text"));
    if (at(output, "EndOfLineFlag") === false) continue;
    lines.push({
      text: masked(pending),
      isBold: textAt(output, "CharacterStyle") === "Bold",
      isCentred: textAt(output, "Alignment") === "Centred",
    });
    pending = "";
  }
  if (pending !== "") lines.push({ text: masked(pending), isBold: false, isCentred: false });
  return lines;
}

// Parts of a line, or control characters that are gone, may have kept a card number apart.
function masked(text: string): string {
  const bytes = new TextEncoder().encode(text);
  maskCardNumbers(bytes);
  return new TextDecoder().decode(bytes);
}

function textOf(form: Scanned | undefined): string {
  const name = clean(textAt(form, "name") || textAt(form, "text"));
  const value = clean(textAt(form, "value"));
  if (name === "" || value === "") return name + value;
  const gap = Math.max(1, COLUMNS - name.length - value.length);
  return `${name}${" ".repeat(gap)}${value}`;
}

function clean(text: string): string {
  return text
    .replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/g, "")
    .replaceAll("\u00a0", " ")
    .trimEnd();
}

/**
 * The single-byte pages of the virtual printer, numbered as Epson does. The platform's decoder is used
 * where it has the page; for the others the product's own table, which its tests hold against the chart.
 */

import { encodeInPage } from "../../../drivers/printer/code-page.ts";
import type { CodePageName } from "../../../drivers/printer/code-page.ts";

const PAGES: ReadonlyMap<number, { readonly page: CodePageName; readonly label: string | undefined }> =
  new Map([
    [0, { page: "cp437", label: undefined }],
    [2, { page: "cp850", label: undefined }],
    [16, { page: "cp1252", label: "windows-1252" }],
    [17, { page: "cp866", label: "ibm866" }],
    [18, { page: "cp852", label: undefined }],
    [19, { page: "cp858", label: undefined }],
    [45, { page: "cp1250", label: "windows-1250" }],
    [46, { page: "cp1251", label: "windows-1251" }],
  ]);
const FIRST_CODE = 0xa0;
const LAST_CODE = 0x25ff;

/** The characters of the bytes 80 to FF, or undefined for a page that this printer has not got. */
export function upperHalf(number: number): readonly string[] | undefined {
  const row = PAGES.get(number);
  if (row === undefined) return undefined;
  const bytes = Uint8Array.from({ length: 128 }, (_, index) => 0x80 + index);
  if (row.label !== undefined) return Array.from(new TextDecoder(row.label).decode(bytes));
  const half = Array.from({ length: 128 }, () => "\ufffd");
  for (let code = FIRST_CODE; code <= LAST_CODE; code += 1) {
    const character = String.fromCodePoint(code);
    const [byte = 0] = encodeInPage(character, row.page);
    if (byte >= 0x80) half[byte - 0x80] = character;
  }
  return half;
}

/**
 * Writes drivers/printer/profiles.ts: the facts of some receipt printers out of the escpos-printer-db
 * profiles (receipt-print-hq/escpos-printer-db, dist/capabilities.json, CC BY 4.0), in our own words.
 * Usage: node tools/build/printer-models.ts <capabilities.json>
 */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "./root.ts";

/** Profiles whose width and columns are known and agree with a font of 12 dots. */
const WANTED = [
  "TM-T88V",
  "TM-T20III",
  "TM-m30III",
  "TM-T70II",
  "POS-5890",
  "ZJ-5870",
  "NT-5890K",
  "Sunmi-V2",
] as const;
const PAGES = ["cp437", "cp850", "cp852", "cp858", "cp866", "cp1250", "cp1251", "cp1252"] as const;

interface Profile {
  readonly vendor: string;
  readonly name: string;
  readonly codePages: Readonly<Record<string, string>>;
  readonly features: Readonly<Record<string, boolean>>;
  readonly fonts: Readonly<Record<string, { readonly columns: number }>>;
  readonly media: { readonly width: { readonly pixels: number } };
}

const [sourcePath] = process.argv.slice(2);
if (sourcePath === undefined) {
  console.error("Name the capabilities.json of escpos-printer-db.");
  process.exit(2);
}
const source: { readonly profiles: Readonly<Record<string, Profile>> } = JSON.parse(
  readFileSync(sourcePath, "utf8"),
);
const rows = WANTED.map((id) => {
  const profile = source.profiles[id];
  if (profile === undefined) throw new Error(`There is no profile ${id}`);
  const { codePages, features, fonts, media } = profile;
  const pages = PAGES.flatMap((page) => {
    // The lowest number: some list a page twice.
    const [number] = Object.keys(codePages).filter((key) => codePages[key]?.toLowerCase() === page);
    return number === undefined ? [] : [`${page}: ${number}`];
  });
  return `  {
    name: ${JSON.stringify(id.toLowerCase().replaceAll("-", "_"))},
    columnCount: ${fonts["0"]?.columns},
    paperWidthDots: ${media.width.pixels},
    pages: { ${pages.join(", ")} },
    hasCutter: ${features["paperPartCut"] === true || features["paperFullCut"] === true},
    hasQr: ${features["qrCode"] === true},
    hasBarcode: ${features["barcodeB"] === true},
  },`;
});
const text = `/**
 * Facts of receipt printers, written by tools/build/printer-models.ts out of the profiles of
 * escpos-printer-db (receipt-print-hq, CC BY 4.0), shortened and renamed. Not edited by hand.
 */

import type { CodePageName } from "./code-page.ts";

/** What a profile tells of one printer. */
export interface PrinterProfile {
  readonly name: string;
  /** Columns of font A. */
  readonly columnCount: number;
  readonly paperWidthDots: number;
  /** The number that ESC t takes for each code page. */
  readonly pages: Readonly<Partial<Record<CodePageName, number>>>;
  readonly hasCutter: boolean;
  /** GS ( k draws QR codes. */
  readonly hasQr: boolean;
  /** GS k with a length byte draws barcodes. */
  readonly hasBarcode: boolean;
}

/** Every profile that was taken over. */
export const PRINTER_PROFILES: readonly PrinterProfile[] = [
${rows.join("\n")}
];
`;
writeFileSync(join(PROJECT_ROOT, "drivers/printer/profiles.ts"), text);
console.log(`${rows.length} printers written to drivers/printer/profiles.ts; npx oxfmt it, then make golden`);

/**
 * The scanner against real data, where it is present: the committed table of application identifiers is
 * what GS1's dictionary gives, and real products' numbers are read in every dress.
 */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FRAME_CONFIG, FRAME_START, frameBytes } from "../../drivers/scanner/frame.ts";
import { READ_CONFIG, readFrame, readKeyed } from "../../drivers/scanner/read.ts";
import { GS1_TABLE_PATH, gs1DictionaryPath, gs1TableSource } from "../../tools/build/gs1-table.ts";
import { PROJECT_ROOT } from "../../tools/build/root.ts";

test("the committed table of application identifiers is what the dictionary gives", ({ skip }) => {
  const path = gs1DictionaryPath();
  if (!existsSync(path)) skip("no dictionary here: TILLWRIGHT_DATA names its folder");
  expect(readFileSync(GS1_TABLE_PATH, "utf8")).toBe(gs1TableSource(readFileSync(path, "utf8")));
});

test("each of the real products' numbers but a mistyped one is one item, plain, with identifier, as element string and as link", ({
  skip,
}) => {
  const data = process.env["TILLWRIGHT_DATA"] ?? join(PROJECT_ROOT, "../shared/data");
  const file = join(data, "barcodes/openfoodfacts-690-699-china.csv");
  if (!existsSync(file)) skip("no barcodes here: TILLWRIGHT_DATA names their folder");
  const gtins = readFileSync(file, "utf8")
    .split("\n")
    .slice(1)
    .flatMap((line) => /^[0-9]+(?=,)/.exec(line)?.[0] ?? []);
  expect(gtins).toHaveLength(1561);
  // One row was typed wrong by whoever entered it; no scanner could have read it.
  const mistyped = "6913555892619";
  const refused: string[] = [];
  for (const gtin of gtins) {
    const padded = gtin.padStart(14, "0");
    const texts = [gtin, `]E0${gtin}`, `]C101${padded}`, `]Q1https://id.gs1.org/01/${gtin}`];
    for (const text of texts) {
      const [result, ...others] = readKeyed(text, READ_CONFIG, "goods");
      if (result?.kind === "rejected" && result.code === "scan/check_digit") refused.push(gtin);
      else if (result?.kind !== "item") expect.fail(`${text} is no item`);
      else expect([result.name, others]).toEqual([{ kind: "gtin", gtin: padded }, []]);
    }
  }
  expect(refused).toEqual([mistyped, mistyped, mistyped, mistyped]);
  const line = Uint8Array.from(gtins.map((gtin) => `${gtin}\r\n`).join(""), (letter) => letter.charCodeAt(0));
  const { frames } = frameBytes(FRAME_START, line, FRAME_CONFIG);
  const items = frames.filter((frame) => readFrame(frame, READ_CONFIG, "goods").kind === "item");
  expect(items).toHaveLength(gtins.length - 1);
});

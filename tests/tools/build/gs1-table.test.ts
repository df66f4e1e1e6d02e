/** The generator of the table of application identifiers, over invented lines in the dictionary's form. */

import { expect, test } from "vitest";
import { gs1TableSource } from "../../../tools/build/gs1-table.ts";
import { table } from "../../support/table.ts";

const lines = table(
  ["line", "row"],
  `
  line                                                   | row
  01         *?  N14,csum,gcppos2  ex=255 dlpkey=22,10   | ["01", "01", "*?", "N14,csum", "key=22,10"],
  00         *?  N18,csum  dlpkey  # SSCC                | ["00", "00", "*?", "N18,csum", "key"],
  20         *   N2                                      | ["20", "20", "*", "N2", ""],
  21             X..20  req=01,03                        | ["21", "21", "", "X..20", ""],
  3100-3105  *?  N6  req=01,02 ex=310n  # NET WEIGHT     | ["3100", "3105", "*?", "N6", ""],
  253         ?  N13,csum,gcppos1 [X..17]  dlpkey        | ["253", "253", "?", "N13,csum [X..17]", "key"],
  8008        ?  N6,yymmdd N2,hh [N2],mi [N2],ss         | ["8008", "8008", "?", "N6,yymmdd N2,hh [N2,mi] [N2,ss]", ""],
  8030        ?  Z..90  req=00,01+21  # DIGSIG           | ["8030", "8030", "?", "Z..90", ""],
  90          ?  X..30                                   | ["90", "90", "?", "X..30", ""],
  `,
);

test.each(lines)("$title", ({ line, row }) => {
  expect(gs1TableSource(`# A remark.\n\n${line}\n`)).toContain(`  ${row}\n];\n`);
});

test.each(["01 * N14,csum other=1", "A1 N2", "01 *? W14", "01", "1 N2"])(
  "a line that is not understood is named: %s",
  (line) => {
    expect(() => gs1TableSource(`# one\n${line}\n`)).toThrow(
      `Line 2 of the dictionary is not understood: ${line}`,
    );
  },
);

test("a dictionary without an entry is refused", () => {
  expect(() => gs1TableSource("# Nothing.\n")).toThrow("no entry");
});

test("the table names its source and its generator", () => {
  const source = gs1TableSource("20 * N2\n");
  expect(source).toContain("GS1 Barcode Syntax Dictionary");
  expect(source).toContain("Apache-2.0");
  expect(source).toContain("tools/build/gs1-table.ts");
});

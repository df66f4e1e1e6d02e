/** The page that people read is the table that the code uses. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { recoveryPage } from "./recovery-page.ts";

test("docs/CARD-RECOVERY.md is the table as the code has it (make golden writes it)", () => {
  expect(readFileSync("docs/CARD-RECOVERY.md", "utf8")).toBe(recoveryPage());
});

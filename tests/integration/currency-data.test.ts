/** The decimals of every currency in use against ISO 4217's own list, where it is present. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { currencyExponent } from "../../core/money.ts";
import { PROJECT_ROOT } from "../../tools/build/root.ts";
import { readCsv } from "../../tools/replay-day/day/csv.ts";

const DATA = process.env["TILLWRIGHT_DATA"] ?? join(PROJECT_ROOT, "../shared/data");

test("every currency of ISO 4217 that is in use has its number of decimals; units of account are no money", ({
  skip,
}) => {
  const file = join(DATA, "currencies/codes-all.csv");
  if (!existsSync(file)) skip("no list of currencies here: TILLWRIGHT_DATA names its folder");
  const read = readCsv(new Uint8Array(readFileSync(file)));
  if (!read.ok) return expect.fail(read.message);
  const inUse = read.rows.slice(1).filter(([, , code = "", , unit = "", gone = ""]) => {
    return code !== "" && gone === "" && /^[0-9]$/.test(unit);
  });
  expect(inUse.length).toBeGreaterThan(150);
  const wrong = inUse.flatMap(([, , code = "", , unit = ""]) =>
    currencyExponent(code) === Number(unit) ? [] : [`${code} ${unit}`],
  );
  // Chile's and Uruguay's units of account: debts are counted in them, nobody pays with them.
  expect([...new Set(wrong)].sort()).toEqual(["CLF 4", "UYI 0", "UYW 4"]);
});

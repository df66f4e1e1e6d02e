/** Options of replayed baskets: where they come from, and what is refused. */
import { expect, test } from "vitest";
import { ReplayFault } from "../../../tools/replay-day/fault.ts";
import { readBasketOptions } from "../../../tools/replay-baskets/options.ts";

test("the command line wins over the environment, and the data folder may be named", () => {
  expect(readBasketOptions(["--baskets", "7"], { BASKETS: "9", TILLWRIGHT_DATA: "/d" })).toEqual({
    folder: "/d/grocery",
    basketCountMax: 7,
    report: null,
  });
  expect(readBasketOptions(["--folder", "f", "--report", "r.csv"], {})).toEqual({
    folder: "f",
    basketCountMax: null,
    report: "r.csv",
  });
  expect(readBasketOptions(["--help"], {})).toBe("help");
});

test.each([[["--baskets", "0"]], [["--baskets", "many"]], [["--bogus"]]])(
  "%j is refused with replay/option",
  (args) => {
    expect(() => readBasketOptions(args, {})).toThrow(ReplayFault);
    expect(() => readBasketOptions(args, {})).toThrow("replay/option");
  },
);

/** Commands as bytes: what the terminal is sent for each request. */

import { expect, test } from "vitest";
import { encodeApdu } from "../../../../drivers/reader/zvt/apdu.ts";
import { fromHex, toHex } from "../../../../drivers/reader/zvt/bytes.ts";
import {
  ZVT_AMOUNT_MINOR_MAX,
  abortCommand,
  diagnosisCommand,
  displayCommand,
  endOfDayCommand,
  enquiryCommand,
  initialisationCommand,
  moneyCommand,
  openPreAuthorisationsCommand,
  preAuthorisationCommand,
  readCardCommand,
  registrationCommand,
  repeatCommand,
} from "../../../../drivers/reader/zvt/requests.ts";
import type { ZvtSetup } from "../../../../drivers/reader/zvt/requests.ts";
import type { ZvtCommand } from "../../../../drivers/reader/zvt/session.ts";
import { payRequest } from "../../../conformance/reader.ts";

const CLASSIC: ZvtSetup = {
  password: "123456",
  currencies: new Map([["EUR", "0978"]]),
  currency: "EUR",
  printsItself: false,
  generation: "classic",
};
const CURRENT: ZvtSetup = { ...CLASSIC, generation: "current" };
const PAY = payRequest("EUR", { amountMinor: 11_000, watermark: "0041:000016" });

test.each<[string, ZvtCommand | undefined, string]>([
  // An acquirer's known-good string.
  ["registration", registrationCommand(CLASSIC), "06 00 0E 12 34 56 BE 09 78 06 06 26 04 0A 02 06 D3"],
  [
    "registration that offers ids",
    registrationCommand(CURRENT),
    "06 00 14 12 34 56 BE 09 78 06 0C 26 04 0A 02 06 D3 1F 73 03 00 00 00",
  ],
  [
    "registration of one that prints itself",
    registrationCommand({ ...CLASSIC, printsItself: true }),
    "06 00 0E 12 34 56 38 09 78 06 06 26 04 0A 02 06 D3",
  ],
  ["status enquiry", enquiryCommand(CLASSIC), "05 01 03 12 34 56"],
  ["repeat receipt", repeatCommand(CLASSIC), "06 20 05 12 34 56 03 03"],
  ["payment", moneyCommand(PAY, CLASSIC), "06 01 0A 04 00 00 00 01 10 00 49 09 78"],
  [
    "payment that tells our newest receipt",
    moneyCommand(PAY, CURRENT),
    "06 01 11 04 00 00 00 01 10 00 49 09 78 06 05 1F 1F 02 00 41",
  ],
  [
    "payment without a receipt to tell",
    moneyCommand({ ...PAY, watermark: "" }, CURRENT),
    "06 01 0F 04 00 00 00 01 10 00 49 09 78 06 03 1F 1F 00",
  ],
  [
    "refund",
    moneyCommand({ ...PAY, kind: "refund" }, CLASSIC),
    "06 31 0D 12 34 56 04 00 00 00 01 10 00 49 09 78",
  ],
  [
    "reversal",
    moneyCommand({ ...PAY, kind: "reverse", original: "0041:000016" }, CLASSIC),
    "06 30 10 12 34 56 87 00 41 04 00 00 00 01 10 00 49 09 78",
  ],
  [
    "reservation",
    preAuthorisationCommand({ ...PAY, kind: "reserve" }, CLASSIC),
    "06 22 0A 04 00 00 00 01 10 00 49 09 78",
  ],
  [
    "booking",
    preAuthorisationCommand({ ...PAY, kind: "book", original: "0039:000012" }, CLASSIC),
    "06 24 0D 87 00 39 04 00 00 00 01 10 00 49 09 78",
  ],
  [
    "a part given back",
    preAuthorisationCommand({ ...PAY, kind: "release_part", original: "0039:" }, CLASSIC),
    "06 23 0D 87 00 39 04 00 00 00 01 10 00 49 09 78",
  ],
  [
    "all given back",
    preAuthorisationCommand({ ...PAY, kind: "release", original: "0039:" }, CLASSIC),
    "06 25 06 87 00 39 49 09 78",
  ],
  ["open reservations", openPreAuthorisationsCommand(), "06 23 03 87 FF FF"],
  ["end of day", endOfDayCommand(CLASSIC), "06 50 03 12 34 56"],
  ["diagnosis", diagnosisCommand(), "06 70 00"],
  ["initialisation", initialisationCommand(CLASSIC), "06 93 03 12 34 56"],
  ["read card", readCardCommand(), "06 C0 0F 1E 19 10 FC 02 06 08 1F 15 01 D0 1F 60 01 07"],
  ["abort", abortCommand(), "06 B0 00"],
  ["display", displayCommand(["Hallo", ""], 5), "06 E0 0D F0 05 F1 F0 F5 48 61 6C 6C 6F F2 F0 F0"],
])("%s", (_, command, hex) => {
  expect(command === undefined ? "" : toHex(encodeApdu(command.message))).toBe(toHex(fromHex(hex)));
});

test.each([
  { currency: "CNY" },
  { amountMinor: 0 },
  { amountMinor: ZVT_AMOUNT_MINOR_MAX + 1 },
  { amountMinor: 0.5 },
  { kind: "reverse", original: "" } as const,
  { kind: "reverse", original: ":000016" } as const,
])("%o cannot be said", (part) => {
  expect(moneyCommand({ ...PAY, ...part }, CURRENT)).toBeUndefined();
});

test("only requests for money bring results to the desk", () => {
  expect(moneyCommand(PAY, CURRENT)?.money).toEqual({ kind: "pay", amountMinor: 11_000, currency: "EUR" });
  expect(preAuthorisationCommand({ ...PAY, kind: "book", original: "0039:" }, CURRENT)?.money?.kind).toBe(
    "pay",
  );
  for (const command of [repeatCommand(CURRENT), endOfDayCommand(CURRENT), readCardCommand()]) {
    expect(command.money).toBeNull();
  }
});

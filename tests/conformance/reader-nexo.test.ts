/** The conformance suite of readers over the nexo driver, and the row of the registry that makes it. */

import { expect, test } from "vitest";
import { currencyExponent } from "../../core/money.ts";
import { CURRENCY_DIGITS, decimalsOf } from "../../drivers/reader/currencies.ts";
import { readerRow } from "../../drivers/reader/registry.ts";
import { nexoCrypto } from "../../runtime/adapters/nexo-crypto.ts";
import type { NexoFault } from "../../tools/sim/reader/nexo/faults.ts";
import { ManualTimers } from "../support/manual-timers.ts";
import { NexoWorld, POI_ID, taps } from "../support/nexo-world.ts";
import { readerConformance } from "./reader.ts";
import type { ReaderPlan } from "./reader.ts";

const FAULTS: Partial<Readonly<Record<ReaderPlan, NexoFault>>> = {
  die_before_result: { kind: "cut_request", atByte: 10 },
  die_after_result: { kind: "cut_answer", atByte: 100 },
  other_amount: { kind: "other_amount", amountMinor: 1341 },
};

readerConformance({
  name: "nexo",
  serial: POI_ID,
  currency: "EUR",
  planted: "4111111111111111",
  make: () => {
    let holder = taps("visa");
    const world = new NexoWorld({
      holder: (...asked) => holder(...asked),
      options: { exponentOf: decimalsOf },
    });
    return {
      reader: world.reader,
      timers: world.timers,
      plan: (plan) => {
        if (plan === "decline") holder = taps("declined");
        if (plan === "hold") holder = taps("visa", new Promise(() => {}));
        if (plan === "silent") world.isSilent = true;
        const fault = FAULTS[plan];
        if (fault !== undefined) world.faults.addNext("Payment", fault);
      },
      standingMinor: () => world.acquirer.netMinor("EUR"),
      requestCount: () => world.requestCount,
      swap: () => {
        world.isSwapped = true;
      },
      vanish: () => {
        world.isOn = false;
      },
    };
  },
});

test("the registry's nexo terminals promise what their rows say", () => {
  for (const model of ["nexo", "nexo-printer"]) {
    const row = readerRow(model);
    const reader = row?.make({
      timers: new ManualTimers(),
      password: "p@ssw0rd123456",
      currency: "EUR",
      link: {
        kind: "https",
        exchange: {
          post: () => Promise.resolve({ kind: "not_sent", code: "reader/unreachable" }),
          close: () => {},
        },
        crypto: nexoCrypto,
        ends: { saleId: "till-1", poiId: POI_ID },
        key: { identifier: "shop-key", version: 1 },
        softwareVersion: "0.2.0",
        nowIso: () => "2026-11-22T16:00:00.000Z",
      },
    });
    expect(reader?.capabilities).toEqual(row?.capabilities);
    expect(reader?.capabilities.printsItself).toBe(model === "nexo-printer");
  }
});

test("currencies have the decimals that the rest of the product gives them", () => {
  for (const currency of CURRENCY_DIGITS.keys())
    expect([currency, decimalsOf(currency)]).toEqual([currency, currencyExponent(currency)]);
  expect(decimalsOf("XXX")).toBeUndefined();
});

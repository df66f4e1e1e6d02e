/**
 * What an answer means for money: every word of the protocol, and what no table has.
 */

import { expect, test } from "vitest";
import { scanJson } from "../../../../drivers/reader/nexo/scan.ts";
import type { Allowed } from "../../../../drivers/reader/nexo/scan.ts";
import { verdictOf, wordsOf } from "../../../../drivers/reader/nexo/verdict.ts";
import { requestOf } from "../../../support/nexo-world.ts";

const ALLOWED: Allowed = {
  Response: { Result: "text", ErrorCondition: "text", AdditionalResponse: "form" },
  POIData: { POITransactionID: { TransactionID: "text", TimeStamp: "text" } },
  PaymentResult: {
    OnlineFlag: "flag",
    AuthenticationMethod: ["text"],
    AmountsResp: { AuthorizedAmount: "number", Currency: "text" },
    PaymentAcquirerData: { ApprovalCode: "text" },
    PaymentInstrumentData: {
      CardData: { PaymentBrand: "text", MaskedPan: "last_four", EntryMode: ["text"] },
    },
  },
  ReversedAmount: "number",
};
const POIData = { POITransactionID: { TransactionID: "T1", TimeStamp: "2026-11-22T16:00:00Z" } };

function verdict(body: unknown) {
  const scanned = scanJson(new TextEncoder().encode(JSON.stringify(body)), ALLOWED);
  const facts = { request: requestOf(), serial: "SIM100-1", exponent: 2 };
  return verdictOf(scanned.ok ? scanned.value : undefined, facts);
}

test.each([
  ["Aborted", "reader/cancelled"],
  ["Busy", "reader/not_ready"],
  ["Cancel", "reader/cancelled"],
  ["Communication timeout", "reader/host_unreachable"],
  ["DeviceOut", "reader/not_ready"],
  ["InsertedCard", "reader/not_ready"],
  ["InvalidCard", "reader/card_unreadable"],
  ["LoggedOut", "reader/not_ready"],
  ["MessageFormat", "reader/unsupported"],
  ["NotAllowed", "reader/unsupported"],
  ["NotFound", "reader/not_reversible"],
  ["PaymentRestriction", "reader/card_unknown"],
  ["Refusal", "reader/declined"],
  ["UnavailableDevice", "reader/not_ready"],
  ["UnavailableService", "reader/not_ready"],
  ["UnreachableHost", "reader/host_unreachable"],
  ["WrongPIN", "reader/wrong_pin"],
])("a Failure with %s is %s", (ErrorCondition, code) => {
  expect(verdict({ Response: { Result: "Failure", ErrorCondition } })).toEqual({
    kind: "refused",
    code,
    text: "",
  });
});

test.each([
  ["no result", {}],
  ["a result that is not known", { Response: { Result: "Perhaps" } }],
  ["a Failure without a condition", { Response: { Result: "Failure" } }],
  ["a Failure of an unknown kind", { Response: { Result: "Failure", ErrorCondition: "Sunspots" } }],
  [
    "an approval without a transaction",
    {
      Response: { Result: "Success" },
      PaymentResult: { AmountsResp: { AuthorizedAmount: 1, Currency: "EUR" } },
    },
  ],
  [
    "an approval without an amount",
    { Response: { Result: "Success" }, POIData, PaymentResult: { AmountsResp: { Currency: "EUR" } } },
  ],
  [
    "an approval without a currency",
    { Response: { Result: "Success" }, POIData, PaymentResult: { AmountsResp: { AuthorizedAmount: 1 } } },
  ],
  [
    "an amount finer than the currency",
    {
      Response: { Result: "Success" },
      POIData,
      PaymentResult: { AmountsResp: { AuthorizedAmount: 1.005, Currency: "EUR" } },
    },
  ],
])("%s is not understood", (_what, body) => {
  expect(verdict(body)).toEqual({ kind: "not_understood" });
});

test("a Failure that says InProgress is not an end", () => {
  expect(verdict({ Response: { Result: "Failure", ErrorCondition: "InProgress" } })).toEqual({
    kind: "in_progress",
  });
});

test("an approval of a part, offline, by chip and signature is told as it is", () => {
  const said = verdict({
    Response: { Result: "Partial" },
    POIData,
    PaymentResult: {
      OnlineFlag: false,
      AuthenticationMethod: ["PaperSignature"],
      AmountsResp: { AuthorizedAmount: 5, Currency: "EUR" },
      PaymentAcquirerData: { ApprovalCode: "12 \u0007 34567890123456789" },
      PaymentInstrumentData: {
        CardData: { PaymentBrand: "bancontact", MaskedPan: "****0010", EntryMode: ["ICC"] },
      },
    },
  });
  expect(said).toEqual({
    kind: "approved",
    slips: [],
    result: {
      reference: "T1@2026-11-22T16:00:00Z",
      amountMinor: 500,
      currency: "EUR",
      card: { brand: "bancontact", lastFour: "0010", entry: "chip", verification: "signature" },
      authorisation: "12 3456789012345",
      serial: "SIM100-1",
      isOffline: true,
    },
  });
});

test("a reversal that repeats no amount is one of what was asked for", () => {
  expect(verdict({ Response: { Result: "Success" }, POIData })).toMatchObject({
    result: { amountMinor: 1340, currency: "EUR" },
  });
  expect(verdict({ Response: { Result: "Success" }, POIData, ReversedAmount: 1 })).toMatchObject({
    result: { amountMinor: 100 },
  });
});

test("the words of a terminal are the reason, or its message, or what it says, cleaned", () => {
  const words = (AdditionalResponse: string): string => {
    const scanned = scanJson(new TextEncoder().encode(JSON.stringify({ AdditionalResponse })), {
      AdditionalResponse: "form",
    });
    return scanned.ok ? wordsOf(scanned.value) : "";
  };
  expect(words("message=M&refusalReason=R%0a%0aR")).toBe("R R");
  expect(words("message=M")).toBe("M");
  expect(words("plain words")).toBe("plain words");
  expect(words(`message=${"x".repeat(200)}`)).toHaveLength(80);
});

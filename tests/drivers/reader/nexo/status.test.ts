/**
 * What a terminal says became of a request, and that it speaks of that one.
 */

import { expect, test } from "vitest";
import { statusOf } from "../../../../drivers/reader/nexo/status.ts";
import type { Scanned } from "../../../../drivers/reader/nexo/scan.ts";
import { requestOf } from "../../../support/nexo-world.ts";

const ENDS = { saleId: "till-1", poiId: "SIM100-1" };
const facts = { request: requestOf(), serial: ENDS.poiId, exponent: 2 };
const map = (fields: Readonly<Record<string, Scanned>>): Scanned => new Map(Object.entries(fields));

function answer(header: Readonly<Record<string, string>>): Scanned {
  const known = { MessageCategory: "Payment", ServiceID: "s", SaleID: ENDS.saleId, POIID: ENDS.poiId };
  const refused = map({ Response: map({ Result: "Failure", ErrorCondition: "Refusal" }) });
  return map({
    Response: map({ Result: "Success" }),
    RepeatedMessageResponse: map({
      MessageHeader: map({ ...known, ...header }),
      RepeatedResponseMessageBody: map({ PaymentResponse: refused }),
    }),
  });
}

test("the answer that is repeated is the verdict", () => {
  expect(statusOf(answer({}), "s", ENDS, facts)).toMatchObject({
    kind: "verdict",
    verdict: { code: "reader/declined" },
  });
});

test.each([["ServiceID"], ["SaleID"], ["POIID"], ["MessageCategory"]])(
  "a repeated answer with another %s is not ours: reader/protocol",
  (field) => {
    expect(statusOf(answer({ [field]: "other" }), "s", ENDS, facts)).toEqual({
      kind: "broken",
      code: "reader/protocol",
    });
  },
);

test.each([
  ["NotFound", { kind: "not_found" }],
  ["InProgress", { kind: "verdict", verdict: { kind: "in_progress" } }],
  ["Busy", { kind: "broken", code: "reader/busy" }],
  ["Sunspots", { kind: "broken", code: "reader/unknown_result" }],
])("a Failure with %s says so", (ErrorCondition, event) => {
  const body = map({ Response: map({ Result: "Failure", ErrorCondition }) });
  expect(statusOf(body, "s", ENDS, facts)).toEqual(event);
});

test("no result at all is reader/unknown_result", () => {
  expect(statusOf(undefined, "s", ENDS, facts)).toEqual({ kind: "broken", code: "reader/unknown_result" });
});

/**
 * The fault plan and its text form.
 */

import { expect, test } from "vitest";
import { FaultPlan, FAULT_KINDS, faultOfText } from "../../../../../tools/sim/reader/nexo/faults.ts";

test("every kind of fault has a text, and its number where it has one", () => {
  for (const [kind, number] of FAULT_KINDS) {
    const text = `Payment#2:${kind}${number === "" ? "" : "@40"}`;
    expect(faultOfText(text)).toMatchObject({ category: "Payment", nth: 2, fault: { kind } });
    expect(faultOfText(`Payment#2:${kind}${number === "" ? "@40" : ""}`)).toBeUndefined();
  }
});

test.each(["", "Payment", "Payment#0:twice", "Payment#1:explode", "Payment#1:late@x"])(
  "%j is no fault",
  (text) => {
    expect(faultOfText(text)).toBeUndefined();
  },
);

test("a plan counts by category, and each fault happens once", () => {
  const plan = new FaultPlan([{ category: "Payment", nth: 2, fault: { kind: "twice" } }]);
  expect([plan.next("Payment"), plan.next("Login"), plan.next("Payment"), plan.next("Payment")]).toEqual([
    undefined,
    undefined,
    { kind: "twice" },
    undefined,
  ]);
  plan.addNext("Login", { kind: "not_found" });
  expect(plan.next("Login")).toEqual({ kind: "not_found" });
});

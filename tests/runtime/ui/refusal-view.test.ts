/** The trade's refusal as a page reads it. */
import { expect, test } from "vitest";

import { clerkId, epochId, terminalId } from "../../../core/ids.ts";
import { refuse, REFUSAL_WORDS } from "../../../core/refusal.ts";
import { emptyState } from "../../../core/state.ts";
import { printerRefusal, refusalView } from "../../../runtime/ui/refusal-view.ts";

const ana = clerkId("ana");

function stateWith(failureCount: number) {
  const state = emptyState(terminalId("till-1"), epochId("00000000000000a1"));
  state.pins.set(ana, { failureCount, passed: null, open: null, purpose: "sign_on" });
  return state;
}

test("a refusal has its sentence in the page's language and nothing to do where there is nothing", () => {
  const { refusal } = refuse("order/empty");
  for (const language of ["en", "zh"] as const)
    expect(refusalView({ refusal, waitSeconds: 7 }, stateWith(3), ana, language)).toEqual({
      code: "order/empty",
      sentence: REFUSAL_WORDS["order/empty"][language],
      right: null,
      waitSeconds: null,
      triesLeft: null,
    });
});

test("a missing right is named where it is one", () => {
  const of = (about: string) =>
    refusalView({ ...refuse("clerk/right_missing", about), waitSeconds: null }, stateWith(0), "", "en").right;
  expect(of("refund")).toBe("refund");
  expect(of("something else")).toBeNull();
});

test("a wrong PIN says how many are left, and both it and a wait say how long", () => {
  const said = (code: "clerk/pin_wrong" | "clerk/pin_wait") =>
    refusalView({ ...refuse(code), waitSeconds: 60 }, stateWith(6), ana, "en");
  expect(said("clerk/pin_wrong")).toMatchObject({ triesLeft: 4, waitSeconds: 60 });
  expect(said("clerk/pin_wait")).toMatchObject({ triesLeft: null, waitSeconds: 60 });
  const first = { ...refuse("clerk/pin_wrong"), waitSeconds: 0 };
  expect(refusalView(first, stateWith(1), ana, "en")).toMatchObject({ triesLeft: 9, waitSeconds: null });
});

test("a printer's word is told in both languages", () => {
  expect(printerRefusal("printer/not_saved", "en")).toMatchObject({
    code: "printer/not_saved",
    right: null,
    waitSeconds: null,
    triesLeft: null,
  });
  expect(printerRefusal("printer/not_saved", "zh").sentence).toContain("配对未能保存");
});

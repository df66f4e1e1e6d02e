/** A second person lends a right for one command: who may, how often, and what is recorded of it. */
import { expect, test } from "vitest";
import type { Command } from "../../../core/command.ts";
import type { Context } from "../../../core/context.ts";
import { STAFF } from "../../support/core-fixtures.ts";
import { clerk, closingOf, idOf, refundOf, Till } from "../../support/day-till.ts";

const BOSS = clerk("boss");
const DRAWER: Command = { type: "open_drawer", reason: "change" };

function guarded(): Till {
  return new Till("A", { hasPin: () => true });
}

test("a missing right is lent once, and recorded with both people behind what it led to", () => {
  const till = guarded();
  const approval = { approver: BOSS, attempt: till.pin("boss", "approve") };
  const recorded = till.must(DRAWER, "sam", approval);
  expect(recorded.map(({ event }) => event)).toEqual([
    { type: "drawer_opened", shift: null, reason: "change" },
    {
      type: "override_granted",
      approver: "boss",
      requester: "sam",
      action: "open_drawer",
      right: "drawer",
      order: null,
      amountMinor: 0,
    },
  ]);
  expect(recorded[0]?.cause?.clerk).toBe("sam");
  expect(till.says(DRAWER, "sam", approval)).toBe("clerk/pin_needed boss");
  expect(till.says(DRAWER, "sam")).toBe("clerk/right_missing drawer");
});

test("nobody approves for themselves: approval/same_person", () => {
  const till = guarded();
  const approver = clerk("may_approve");
  const approval = { approver, attempt: till.pin("may_approve", "approve") };
  expect(till.says(DRAWER, "may_approve", approval)).toBe("approval/same_person");
});

test("who may not approve, or is nobody, does not: approval/not_allowed", () => {
  const till = guarded();
  const attempt = till.pin("may_drawer", "approve");
  expect(till.says(DRAWER, "sam", { approver: clerk("may_drawer"), attempt })).toBe(
    "approval/not_allowed may_drawer",
  );
  expect(till.says(DRAWER, "sam", { approver: clerk("ghost"), attempt })).toBe("approval/not_allowed ghost");
});

test("nobody lends a right that they do not have: approval/not_allowed", () => {
  const till = guarded();
  const approval = { approver: clerk("may_approve"), attempt: till.pin("may_approve", "approve") };
  expect(till.says(DRAWER, "sam", approval)).toBe("approval/not_allowed may_approve");
});

test("a name alone, another's PIN, or a PIN for something else approves nothing: clerk/pin_needed", () => {
  const till = guarded();
  const wrong = [
    till.pin("sam", "approve"),
    till.pin("boss", "sign_on"),
    till.pin("boss", "training"),
    till.wrongPin("boss"),
  ];
  for (const attempt of wrong)
    expect(till.says(DRAWER, "sam", { approver: BOSS, attempt })).toBe("clerk/pin_needed boss");
});

test("an approval that is not needed is not recorded and stays unused", () => {
  const till = guarded();
  const approval = { approver: BOSS, attempt: till.pin("boss", "approve") };
  expect(till.says(DRAWER, "may_drawer", approval)).toBe("drawer_opened");
  expect(till.says(DRAWER, "sam", approval)).toBe("drawer_opened override_granted");
});

test("what is refused for another reason, or changes nothing, uses no approval up", () => {
  const till = guarded();
  const approval = { approver: BOSS, attempt: till.pin("boss", "approve") };
  expect(till.says({ type: "open_drawer", reason: "" }, "sam", approval)).toBe("order/reason_missing");
  expect(till.says({ type: "set_sold_out", sku: "tea", isSoldOut: false }, "sam", approval)).toBe("");
  expect(till.says(DRAWER, "sam", approval)).toBe("drawer_opened override_granted");
});

test("nobody's tap is approved for: clerk/not_signed_on", () => {
  const till = guarded();
  const approval = { approver: BOSS, attempt: till.pin("boss", "approve") };
  expect(till.says(DRAWER, "", approval)).toBe("clerk/not_signed_on");
});

test("each right that was lent is recorded, and no more of them", () => {
  const till = guarded();
  const order = till.sell(1, 250);
  const approval = { approver: BOSS, attempt: till.pin("boss", "approve") };
  const recorded = till.must(refundOf(order, 1000), "idle", approval);
  const overrides = recorded.flatMap(({ event }) => (event.type === "override_granted" ? [event] : []));
  expect(overrides.map(({ right }) => right)).toEqual(["sell", "refund"]);
});

test("an override names the order and the money that it moved", () => {
  const till = guarded();
  const shift = till.openShift(0);
  const order = till.sell(2, 500);
  const approved = (command: Command): unknown => {
    const approval = { approver: BOSS, attempt: till.pin("boss", "approve") };
    const { event } = till.must(command, "sam", approval).at(-1) ?? {};
    return event?.type === "override_granted" ? [event.action, event.order, event.amountMinor] : event;
  };
  const next = till.state.seq + 3;
  expect(approved(refundOf(order, 1000))).toEqual(["refund", `A/${till.state.epoch}/${next}`, -250]);
  expect(approved({ type: "move_cash", kind: "drop", amountMinor: 70, reason: "safe" })).toEqual([
    "move_cash",
    null,
    70,
  ]);
  expect(approved({ type: "copy_receipt", order: order.id })).toEqual(["copy_receipt", order.id, 0]);
  till.count(shift, 0);
  expect(approved({ type: "close_shift", shift, reason: "empty" })).toEqual(["close_shift", null, 0]);
});

test("an approval changes no id of what it allows", () => {
  const ids = [true, false].map((isLent) => {
    const till = guarded();
    const order = till.sell(2, 500);
    const attempt = till.pin("boss", "approve");
    const approval = isLent ? { approver: BOSS, attempt } : null;
    const recorded = till.must(refundOf(order, 1000), isLent ? "sam" : "boss", approval);
    const returned = till.order(idOf(recorded[0]));
    const { id, lines, tenders } = returned.checks[0] ?? {};
    return [
      returned.id,
      id,
      lines?.map((line) => line.id),
      tenders?.map((its) => its.id),
      closingOf(returned).id,
    ];
  });
  expect(ids[0]).toEqual(ids[1]);
});

test("the staff list says who may approve now, not who may have at sign-on", () => {
  let isDemoted = false;
  const staff: Context["staff"] = (code) => {
    const grant = STAFF.find((its) => its.clerk === code) ?? null;
    return isDemoted && grant !== null ? { ...grant, rights: ["sell"] } : grant;
  };
  const till = new Till("A", { hasPin: () => true, staff });
  const approval = { approver: BOSS, attempt: till.pin("boss", "approve") };
  isDemoted = true;
  expect(till.says(DRAWER, "sam", approval)).toBe("approval/not_allowed boss");
});

/** Who is signed on at which page, and what a PIN opens. */
import { expect, test } from "vitest";

import { clerkId } from "../../../core/ids.ts";
import type { ClerkGrant } from "../../../core/facts.ts";
import { PIN_FREE_TRIES_COUNT, PIN_TRIES_COUNT_MAX } from "../../../core/limits.ts";
import { settled, TestPage } from "../../support/screen-page.ts";
import { BOSS_PIN, LI_PIN, shop, SHOP_STAFF } from "../../support/screen-shop.ts";

const signOn = (clerk: string) => ({ type: "sign_on", clerk });
const coffee = { type: "add_item", order: null, sku: "101", quantityMilli: 1000 };
const cake = { ...coffee, sku: "201" };
const TCP = { address: { kind: "tcp", host: "10.0.0.9", port: 9100 }, model: "generic-80" };

test("a clerk without a PIN signs on by name, and the view says who is signed on before the answer", async () => {
  const { page } = await shop();
  const till = page().hello();
  const told = await till.taps(signOn("ana"));
  expect(told.map(({ kind }) => kind)).toEqual(["view", "answer"]);
  expect(told[0]).toMatchObject({ clerk: "ana" });
});

test("a clerk with a PIN does not sign on by name: clerk/pin_needed", async () => {
  const { page } = await shop();
  const till = page().hello();
  await till.taps(signOn("boss"));
  expect(till.refusal).toMatchObject({ code: "clerk/pin_needed", right: null, waitSeconds: null });
  expect(till.clerk).toBe("");
});

test("the right PIN signs on, and a sign-on needs one each time", async () => {
  const { page } = await shop();
  const till = page().hello();
  await till.pins("boss", BOSS_PIN);
  expect(till.clerk).toBe("boss");
  expect(till.refusal).toBeNull();
  await till.taps({ type: "sign_off", clerk: "boss" });
  expect(till.clerk).toBe("");
  await till.taps(signOn("boss"));
  expect(till.refusal).toMatchObject({ code: "clerk/pin_needed" });
});

test("a wrong PIN counts down, makes the clerk wait with the seconds told, and locks in the end", async () => {
  const { page, clock } = await shop();
  const till = page().hello();
  for (let tried = 1; tried < PIN_FREE_TRIES_COUNT; tried += 1) {
    await till.pins("boss", "00000000");
    const triesLeft = PIN_TRIES_COUNT_MAX - tried;
    expect(till.refusal).toMatchObject({ code: "clerk/pin_wrong", triesLeft });
  }
  await till.pins("boss", "00000000");
  expect(till.refusal).toMatchObject({ code: "clerk/pin_wrong", triesLeft: 5, waitSeconds: 30 });
  clock.nowMs += 1000;
  await till.pins("boss", BOSS_PIN);
  expect(till.refusal).toMatchObject({ code: "clerk/pin_wait", waitSeconds: 29, triesLeft: null });
  for (let tried = PIN_FREE_TRIES_COUNT; tried < PIN_TRIES_COUNT_MAX; tried += 1) {
    clock.nowMs += 86_400_000;
    await till.pins("boss", "00000000");
  }
  clock.nowMs += 86_400_000;
  await till.pins("boss", BOSS_PIN);
  expect(till.refusal).toMatchObject({ code: "clerk/locked" });
  expect(till.clerk).toBe("");
});

test("a name that nobody has is answered as a wrong PIN is", async () => {
  const { page } = await shop();
  const till = page().hello();
  await till.pins("nobody", "0000");
  expect(till.refusal).toMatchObject({ code: "clerk/pin_wrong", triesLeft: null });
});

test("a PIN is in no view, answer, log and fault", async () => {
  const { page, logged, bugs } = await shop();
  const till = page().hello();
  till.opens({ panel: "health" });
  await till.pins("boss", BOSS_PIN.replace("8", "1"));
  await till.pins("boss", BOSS_PIN);
  await till.pins("boss", BOSS_PIN, "sign_on", { type: "undo", order: "x" });
  await till.pins("boss", BOSS_PIN, "enter_training");
  till.says({ kind: "pin", n: 9, pin: BOSS_PIN });
  const told = JSON.stringify([till.messages, logged, bugs]);
  for (const pin of [BOSS_PIN, BOSS_PIN.replace("8", "1")]) expect(told).not.toContain(pin);
});

test("a page acts for the clerk who signed on at it and for nobody else: clerk/not_signed_on", async () => {
  const { page, loop } = await shop();
  const first = page().hello();
  const second = page().hello();
  await first.pins("boss", BOSS_PIN);
  await second.taps(coffee, undefined, "boss");
  expect(second.refusal).toMatchObject({ code: "clerk/not_signed_on" });
  await second.taps(signOn("ana"));
  await second.taps(coffee, undefined, "boss");
  expect(second.refusal).toMatchObject({ code: "clerk/not_signed_on" });
  await second.sends({ kind: "scan", clerk: "boss", text: "101" });
  expect(second.refusal).toMatchObject({ code: "clerk/not_signed_on" });
  await second.sends({ kind: "test_print", clerk: "boss" });
  expect(second.refusal).toMatchObject({ code: "clerk/not_signed_on" });
  await second.taps(coffee, undefined, "");
  expect(second.refusal).toMatchObject({ code: "clerk/not_signed_on" });
  expect(loop.state.orders.size).toBe(0);
  await second.taps(coffee);
  expect(second.refusal).toBeNull();
});

test("the clerk stays over a reconnect of the view, and a new load of the page begins with nobody", async () => {
  const { page, server } = await shop();
  const till = page().hello();
  await till.taps(signOn("ana"));
  till.leaves();
  const again = new TestPage(server, 1).hello();
  expect(again.clerk).toBe("ana");
  again.says({ kind: "hello", view: 77, language: null });
  expect(again.clerk).toBe("");
  expect(page().hello().clerk).toBe("");
});

test("a sign-off is for the page's own clerk, and leaves who works at another page alone", async () => {
  const { page, loop } = await shop();
  const first = page().hello();
  const second = page().hello();
  await first.taps(signOn("ana"));
  await second.taps(signOn("ana"));
  await second.taps({ type: "sign_off", clerk: "boss" });
  expect(second.refusal).toMatchObject({ code: "clerk/not_signed_on" });
  await second.taps({ type: "sign_off", clerk: "ana" });
  expect(second.clerk).toBe("");
  await first.taps(coffee);
  expect(first.refusal).toBeNull();
  await first.taps({ type: "sign_off", clerk: "ana" });
  expect(loop.state.clerks.has(clerkId("ana"))).toBe(false);
  expect(first.order).toMatchObject({ itemCount: 1 });
});

test("who signed off everywhere is signed on at no old view either", async () => {
  const { page, server } = await shop();
  const lost = page().hello();
  await lost.taps(signOn("ana"));
  lost.leaves();
  const till = page().hello();
  await till.taps(signOn("ana"));
  await till.taps({ type: "sign_off", clerk: "ana" });
  await till.taps(signOn("ana"));
  expect(new TestPage(server, 1).hello().clerk).toBe("");
});

test("a sign-on that is sent again later signs nobody on a second time", async () => {
  const { page } = await shop();
  const till = page().hello();
  await till.taps(signOn("ana"), 1);
  await till.taps({ type: "sign_off", clerk: "ana" }, 2);
  await till.taps(signOn("ana"), 1);
  expect(till.refusal).toBeNull();
  expect(till.clerk).toBe("");
});

test("a tap that had its effect is answered as before, though its clerk has left", async () => {
  const { page, loop } = await shop();
  const till = page().hello();
  await till.taps(signOn("ana"), 1);
  await till.taps(coffee, 2);
  await till.taps({ type: "sign_off", clerk: "ana" }, 3);
  await till.taps(coffee, 2, "ana");
  expect(till.refusal).toBeNull();
  await till.taps(coffee, 4, "ana");
  expect(till.refusal).toMatchObject({ code: "clerk/not_signed_on" });
  expect([...loop.state.orders.values()][0]?.order.openTotalMinor).toBe(1800);
});

test("a right that is missing is named, and a second person lends it for one command", async () => {
  const { page, loop } = await shop();
  const till = page().hello();
  await till.taps(signOn("ana"));
  await till.taps(coffee);
  const voiding = { type: "void_order", order: till.order?.order, reason: "left" };
  await till.taps(voiding);
  expect(till.refusal).toMatchObject({ code: "clerk/right_missing", right: "void" });
  await till.pins("boss", BOSS_PIN, "approve", voiding);
  expect(till.refusal).toBeNull();
  expect(till.clerk).toBe("ana");
  expect(till.order).toBeNull();
  expect([...loop.state.orders.values()][0]?.order.phase).toBe("voided");
  await till.taps(coffee);
  await till.taps({ ...voiding, order: till.order?.order });
  expect(till.refusal).toMatchObject({ code: "clerk/right_missing", right: "void" });
});

const APPROVALS = [
  ["oneself", "ana", "0000", "approval/same_person"],
  ["a wrong PIN", "boss", "0000", "clerk/pin_wrong"],
  ["somebody who may not approve", "li", LI_PIN, "approval/not_allowed"],
] as const;

test.each(APPROVALS)(
  "an approval by %s (%s) is refused, and nothing happens",
  async (_title, who, pin, code) => {
    const { page } = await shop();
    const till = page().hello();
    await till.taps(signOn("ana"));
    await till.taps(coffee);
    await till.pins(who, pin, "approve", { type: "void_order", order: till.order?.order, reason: "left" });
    expect(till.refusal).toMatchObject({ code });
    expect(till.order).toMatchObject({ itemCount: 1 });
  },
);

test("nobody approves for a page at which nobody is signed on", async () => {
  const { page, loop } = await shop();
  const till = page().hello();
  await till.pins("boss", BOSS_PIN, "approve", coffee);
  expect(till.refusal).toMatchObject({ code: "clerk/not_signed_on" });
  await till.sends({
    kind: "pin",
    clerk: "ana",
    who: "boss",
    pin: BOSS_PIN,
    purpose: "approve",
    command: coffee,
  });
  expect(till.refusal).toMatchObject({ code: "clerk/not_signed_on" });
  expect(loop.state.orders.size).toBe(0);
  expect(loop.state.pins.size).toBe(0);
});

test("training begins with a PIN of somebody who may, and every page works on it then", async () => {
  const { page, loop, training } = await shop();
  const till = page().hello();
  const other = page().hello();
  await till.taps(signOn("ana"));
  await till.taps(coffee);
  const liveSeq = loop.state.seq;
  await till.pins("boss", "0000", "enter_training");
  expect(till.refusal).toMatchObject({ code: "clerk/pin_wrong" });
  expect(training.room).toBeNull();
  await till.pins("boss", BOSS_PIN, "enter_training");
  expect(till.refusal).toBeNull();
  expect(till.clerk).toBe("ana");
  expect(till.order).toBeNull();
  expect(till.status).toMatchObject({ isTraining: true });
  expect(other.clerk).toBe("");
  expect(other.status).toMatchObject({ isTraining: true });
  expect(other.all("welcome").at(-1)?.welcome.isTraining).toBe(true);
  const seq = loop.state.seq;
  await till.taps(cake);
  expect(till.order).toMatchObject({ totalMinor: 2200 });
  await till.taps({ type: "take_cash", order: till.order?.order, handedMinor: 5000, leftMinor: 2200 });
  expect(till.last).toMatchObject({ totalMinor: 2200 });
  expect(loop.state.seq).toBe(seq);
  expect(seq).toBeGreaterThan(liveSeq);
});

test("training needs the right: clerk/right_missing names it, and no PIN is looked at", async () => {
  const { page, loop } = await shop();
  const till = page().hello();
  await till.pins("ana", "1234", "enter_training");
  expect(till.refusal).toMatchObject({ code: "clerk/right_missing", right: "training" });
  expect(loop.state.pins.size).toBe(0);
});

test("training ends with a PIN, which signs its clerk on for real, and the open order is back", async () => {
  const { page, training } = await shop();
  const till = page().hello();
  await till.taps(signOn("ana"));
  await till.taps(coffee);
  await till.pins("li", LI_PIN, "enter_training");
  await till.pins("li", "0000", "leave_training");
  expect(till.refusal).toMatchObject({ code: "clerk/pin_wrong" });
  expect(training.room).not.toBeNull();
  await till.pins("boss", BOSS_PIN, "leave_training");
  expect(training.room).toBeNull();
  expect(till.clerk).toBe("boss");
  expect(till.status).toMatchObject({ isTraining: false });
  expect(till.order).toMatchObject({ totalMinor: 1800 });
  expect(till.all("welcome").at(-1)?.welcome.isTraining).toBe(false);
});

test("a name that is taken up in training pairs no printer: any PIN is right there", async () => {
  const { page, printer } = await shop();
  const till = page().hello();
  await till.pins("li", LI_PIN, "enter_training");
  await till.pins("boss", "0000");
  expect(till.clerk).toBe("boss");
  await till.sends({ kind: "pair_printer", printer: TCP });
  expect(till.refusal).toMatchObject({ code: "clerk/right_missing", right: "approve" });
  expect(printer.paired).toBeNull();
});

test("signing off ends training, and nobody is signed on for real", async () => {
  const { page, training } = await shop();
  const till = page().hello();
  await till.pins("li", LI_PIN, "enter_training");
  expect(till.clerk).toBe("li");
  await till.taps({ type: "sign_off", clerk: "li" });
  expect(training.room).toBeNull();
  expect(till.clerk).toBe("");
  await till.taps(coffee, undefined, "li");
  expect(till.refusal).toMatchObject({ code: "clerk/not_signed_on" });
});

test("somebody without a PIN enters by name where the staff list gives the right, and nobody with one does", async () => {
  const staff: readonly ClerkGrant[] = [
    { clerk: clerkId("ana"), name: "Ana", rights: ["sell", "training"] },
    ...SHOP_STAFF.slice(2),
  ];
  const { page, training } = await shop({ staff });
  const till = page().hello();
  await till.pins("li", "", "enter_training");
  expect(till.refusal).toMatchObject({ code: "clerk/pin_needed" });
  await till.pins("ana", "", "enter_training");
  expect(training.room).not.toBeNull();
  expect(till.clerk).toBe("ana");
});

test("what a PIN opens in training is not opened for real when training ends meanwhile", async () => {
  const { page, training, loop } = await shop();
  const real = page().hello();
  await real.pins("boss", BOSS_PIN);
  await real.taps(coffee);
  const { order } = real.order ?? { order: "" };
  const till = page().hello();
  await till.pins("li", LI_PIN, "enter_training");
  await till.pins("boss", "0000");
  expect(till.clerk).toBe("boss");
  const command = { type: "void_order", order, reason: "mine" };
  till.says({ kind: "pin", n: 9, clerk: "boss", who: "li", pin: "0000", purpose: "approve", command });
  await training.leave();
  await settled();
  expect(till.refusal).toMatchObject({ code: "clerk/not_signed_on" });
  expect(loop.state.orders.get(order as never)?.order.phase).toBe("open");
});

test("a doubted clock is believed again by somebody who may approve, and by no page without a clerk", async () => {
  const { page, loop } = await shop();
  await loop.submit({ type: "flag_clock", flag: "behind", byMs: 7_200_000 });
  const till = page().hello();
  await till.taps({ type: "trust_clock" });
  expect(till.refusal).toMatchObject({ code: "clerk/not_signed_on" });
  await till.taps(signOn("ana"));
  await till.taps({ type: "trust_clock" });
  expect(till.refusal).toMatchObject({ code: "clerk/right_missing", right: "approve" });
  expect(till.status).toMatchObject({ clockFlag: "behind" });
  await till.pins("boss", BOSS_PIN, "approve", { type: "trust_clock" });
  expect(till.status).toMatchObject({ clockFlag: "none" });
});

test("somebody who is locked out is unlocked by a second person", async () => {
  const { page, clock } = await shop();
  const till = page().hello();
  for (let tried = 0; tried < PIN_TRIES_COUNT_MAX; tried += 1) {
    clock.nowMs += 86_400_000;
    await till.pins("li", "00000000");
  }
  clock.nowMs += 86_400_000;
  till.opens({ panel: "health" });
  expect(till.panel("health")?.content.lockedClerks).toEqual(["li"]);
  await till.pins("boss", BOSS_PIN);
  await till.taps({ type: "unlock_clerk", clerk: "li" });
  expect(till.refusal).toBeNull();
  expect(till.panel("health")?.content.lockedClerks).toEqual([]);
  await till.pins("li", LI_PIN);
  expect(till.clerk).toBe("li");
});

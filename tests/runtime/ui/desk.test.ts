/** What is remembered of a view between its connections. */
import { expect, test } from "vitest";

import { clerkId } from "../../../core/ids.ts";
import { Desk, Desks } from "../../../runtime/ui/desk.ts";
import { DESKS_COUNT_MAX, WAITING_TAPS_COUNT_MAX } from "../../../runtime/ui/limits.ts";
import { settled } from "../../support/screen-page.ts";

const ana = clerkId("ana");

/** Work that ends when the test says so. */
function work() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { promise, end: resolve };
}

test("quick work runs at once and side by side", () => {
  const desk = new Desk(1);
  const order: string[] = [];
  const never = work().promise;
  for (const name of ["a", "b"]) {
    const isTaken = desk.take(() => {
      order.push(name);
      return never;
    }, false);
    expect(isTaken).toBe(true);
  }
  expect(order).toEqual(["a", "b"]);
});

test("slow work runs at once, and everything behind it waits for its end in order", async () => {
  const desk = new Desk(1);
  const order: string[] = [];
  const slow = work();
  desk.take(async () => {
    order.push("pin");
    await slow.promise;
    order.push("compared");
  }, true);
  expect(order).toEqual(["pin"]);
  for (const name of ["a", "b"])
    desk.take(() => {
      order.push(name);
      return Promise.resolve();
    }, false);
  await settled();
  expect(order).toEqual(["pin"]);
  slow.end();
  await settled();
  expect(order).toEqual(["pin", "compared", "a", "b"]);
  desk.take(() => {
    order.push("at once");
    return Promise.resolve();
  }, false);
  expect(order.at(-1)).toBe("at once");
});

test("what waits has a bound, and there is room again when it has run", async () => {
  const desk = new Desk(1);
  const slow = work();
  desk.take(() => slow.promise, true);
  for (let count = 1; count < WAITING_TAPS_COUNT_MAX; count += 1)
    expect(desk.take(() => Promise.resolve(), false)).toBe(true);
  expect(desk.take(() => Promise.resolve(), false)).toBe(false);
  slow.end();
  for (let count = 0; count < 10; count += 1) await settled();
  expect(desk.take(() => Promise.resolve(), true)).toBe(true);
});

test("a view's desk is found again, and the longest unused leaves first", () => {
  const desks = new Desks();
  const first = desks.of(1);
  first.clerk = ana;
  for (let view = 2; view <= DESKS_COUNT_MAX; view += 1) desks.of(view);
  expect(desks.of(1)).toBe(first);
  desks.of(DESKS_COUNT_MAX + 1);
  expect(desks.of(1).clerk).toBe("ana");
  desks.of(DESKS_COUNT_MAX + 2);
  expect(desks.of(1)).toBe(first);
  expect(desks.of(2).clerk).toBe("");
});

test("a clerk is at another page only while that page is connected", () => {
  const desks = new Desks();
  desks.of(1).clerk = ana;
  expect(desks.isAtAnother(ana)).toBe(false);
  desks.of(1).connectionCount = 1;
  expect(desks.isAtAnother(ana)).toBe(true);
  desks.forget(ana);
  expect(desks.isAtAnother(ana)).toBe(false);
});

test("clearing signs everybody off", () => {
  const desks = new Desks();
  desks.of(1).clerk = ana;
  desks.clear();
  expect(desks.of(1).clerk).toBe("");
});

/** What a tap means at the moment it arrives. */
import { expect, test } from "vitest";

import type { Command } from "../../../core/command.ts";
import { clerkId } from "../../../core/ids.ts";
import type { LineId } from "../../../core/ids.ts";
import { resolveTap } from "../../../runtime/ui/resolve.ts";
import { orderView } from "../../../runtime/ui/view.ts";
import { memoryTerminal } from "../../support/screen-terminal.ts";

const tapOn = (sku: string): Extract<Command, { type: "add_item" }> => ({
  type: "add_item",
  order: null,
  sku,
  quantityMilli: 1000,
});

async function seller() {
  const terminal = await memoryTerminal();
  let n = 0;
  const tap = async (command: Command): Promise<void> => {
    n += 1;
    const resolved = resolveTap(terminal.loop.state, terminal.catalogue, command);
    await terminal.loop.submit(resolved, { view: 9, n, clerk: clerkId("ana") });
  };
  await tap({ type: "sign_on", clerk: clerkId("ana"), attempt: null });
  const resolve = (command: Command): Command => resolveTap(terminal.loop.state, terminal.catalogue, command);
  const lines = () => orderView(terminal.loop.state, null)?.lines ?? [];
  return { ...terminal, tap, resolve, lines };
}

test("the first item opens an order, the next goes on it", async () => {
  const { loop, tap, resolve } = await seller();
  expect(resolve(tapOn("101"))).toEqual(tapOn("101"));
  await tap(tapOn("101"));
  const order = orderView(loop.state, null)?.order;
  expect(resolve(tapOn("201"))).toEqual({ ...tapOn("201"), order });
});

test("a second tap on an item is one more on its line, however fast it comes", async () => {
  const { loop, tap, lines } = await seller();
  await Promise.all([tap(tapOn("101")), tap(tapOn("101")), tap(tapOn("101"))]);
  expect(lines()).toMatchObject([{ sku: "101", quantityMilli: 3000 }]);
  expect(loop.state.orders.size).toBe(1);
});

test("two weighings of an item are two lines, and a piece of it is a third", async () => {
  const { tap, lines } = await seller();
  for (const quantityMilli of [755, 500])
    await tap({ type: "add_item", order: null, sku: "101", quantityMilli });
  await tap(tapOn("101"));
  await tap(tapOn("101"));
  expect(lines().map(({ quantityMilli }) => quantityMilli)).toEqual([755, 500, 2000]);
});

test("a line with a note, and one at an open price, are left alone", async () => {
  const { loop, tap, lines } = await seller();
  await tap(tapOn("101"));
  const order = orderView(loop.state, null)?.order ?? null;
  const line = lines()[0]?.line as LineId;
  if (order === null) throw new Error("No order is open");
  await tap({ type: "set_note", order, line, text: "oat milk" });
  await tap({
    type: "add_open_item",
    order: null,
    sku: "201",
    name: "",
    quantityMilli: 1000,
    unitPriceMinor: 2200,
    reason: "yesterday's",
  });
  await tap(tapOn("101"));
  await tap(tapOn("201"));
  expect(lines().map(({ sku, note, amountMinor }) => [sku, note, amountMinor])).toEqual([
    ["101", "oat milk", 1800],
    ["201", "", 2200],
    ["101", "", 1800],
    ["201", "", 2200],
  ]);
});

test("a named order stays named, and items without stock or name are left to the trade to refuse", async () => {
  const { loop, tap, resolve } = await seller();
  await tap(tapOn("101"));
  const order = orderView(loop.state, null)?.order ?? null;
  expect(resolve(tapOn("302"))).toEqual({ ...tapOn("302"), order });
  expect(resolve(tapOn("999"))).toEqual({ ...tapOn("999"), order });
  const other = { ...tapOn("201"), order } as Command;
  expect(resolve(other)).toBe(other);
});

test("other commands pass as they are", async () => {
  const { resolve } = await seller();
  const command: Command = { type: "sign_on", clerk: clerkId("ana"), attempt: null };
  expect(resolve(command)).toBe(command);
});

test("what was set here goes before the catalogue: an item off sale makes no unit more of its line", async () => {
  const { loop, tap, resolve } = await seller();
  await tap(tapOn("101"));
  const order = orderView(loop.state, null)?.order ?? null;
  expect(resolve(tapOn("101"))).toMatchObject({ type: "add_units", order });
  await tap({ type: "set_sold_out", sku: "101", isSoldOut: true });
  expect(resolve(tapOn("101"))).toEqual({ ...tapOn("101"), order });
  await tap({ type: "set_sold_out", sku: "302", isSoldOut: false });
  await tap(tapOn("302"));
  expect(resolve(tapOn("302"))).toMatchObject({ type: "add_units", order });
});

test("after a park the next item opens an order", async () => {
  const { loop, tap, resolve } = await seller();
  await tap(tapOn("101"));
  const order = orderView(loop.state, null)?.order;
  if (order === undefined) throw new Error("No order is open");
  await tap({ type: "park_order", order, label: "" });
  expect(resolve(tapOn("101"))).toEqual(tapOn("101"));
});

/** Laying an order aside, taking it up again, and taking edits back. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Command } from "../../../core/command.ts";
import type { EventId } from "../../../core/ids.ts";
import { businessView } from "../../../core/order/view.ts";
import { currentOrder } from "../../../core/state.ts";
import { idOf, Till } from "../../support/day-till.ts";

const TEA = { type: "add_item", order: null, sku: "tea", quantityMilli: 1000 } as const;

function begun(till: Till): EventId {
  return idOf(till.must(TEA)[0]);
}

function park(order: EventId, label = ""): Command {
  return { type: "park_order", order, label };
}

function undo(order: EventId): Command {
  return { type: "undo", order };
}

test("a parked order leaves the screen and keeps its lines; recalled it is in front again", () => {
  const till = new Till("A");
  const first = begun(till);
  till.must(park(first, "man with the dog"));
  expect(currentOrder(till.state)).toBeNull();
  const second = begun(till);
  till.must({ type: "recall_order", order: first });
  expect(currentOrder(till.state)).toMatchObject({ id: first, label: "man with the dog", isParked: false });
  till.pay(first, 250);
  expect(currentOrder(till.state)?.id).toBe(second);
});

test("an order that is parked again without a name keeps the one it has", () => {
  const till = new Till("A");
  const order = begun(till);
  for (const label of ["table 4", ""]) {
    till.must(park(order, label));
    till.must({ type: "recall_order", order });
  }
  expect(till.order(order).label).toBe("table 4");
});

test("a parked order is not changed, paid or parked again before it is recalled: order/parked", () => {
  const till = new Till("A");
  const order = begun(till);
  const line = till.order(order).lines[0]?.id ?? order;
  till.must(park(order));
  const tried: readonly Command[] = [
    park(order),
    undo(order),
    { ...TEA, order },
    { type: "add_units", order, line, quantityMilli: 1000 },
    { type: "remove_units", order, line, quantityMilli: 1000, reason: "" },
    { type: "set_note", order, line: null, text: "" },
    { type: "void_order", order, reason: "left" },
    { type: "freeze_check", order },
    { type: "take_cash", order, handedMinor: 250, leftMinor: null },
    { type: "close_without_tender", order },
  ];
  for (const command of tried)
    expect([command.type, till.says(command)]).toEqual([command.type, "order/parked"]);
});

test("parking is refused where there is nothing to wait for", () => {
  const till = new Till("A");
  const [opened] = till.must({ type: "open_order", kind: "sale", label: "", reason: "" });
  const empty = idOf(opened);
  expect(till.says(park(empty))).toBe("order/empty");
  expect(till.says(park(empty, "x".repeat(201)))).toBe("command/out_of_range label");
  expect(till.says({ type: "recall_order", order: empty })).toBe("order/not_parked");
  const order = begun(till);
  till.must({ type: "freeze_check", order });
  expect(till.says(park(order))).toBe("order/frozen");
  till.pay(order, 250);
  expect(till.says(park(order))).toBe("order/not_open");
});

test("only the order's own terminal lays it aside and takes it up: order/not_owner", () => {
  const [a, b] = [new Till("A"), new Till("B")];
  const order = begun(a);
  b.hear(a);
  expect(b.says(park(order))).toBe("order/not_owner");
  a.must(park(order));
  b.hear(a);
  expect(b.says({ type: "recall_order", order })).toBe("order/not_owner");
  expect(b.order(order).isParked).toBe(true);
});

test("with nothing edited there is nothing to take back: undo/nothing", () => {
  const till = new Till("A");
  const [opened] = till.must({ type: "open_order", kind: "sale", label: "", reason: "" });
  expect(till.says(undo(idOf(opened)))).toBe("undo/nothing");
});

test("undo takes back the newest edit, then the one before: an undo is not undone", () => {
  const till = new Till("A");
  const order = begun(till);
  till.must({ ...TEA, order, sku: "bun" });
  const skus = (): readonly string[] => till.order(order).lines.map(({ sku }) => sku);
  expect(till.must(undo(order)).map(({ event }) => event.type)).toEqual(["units_removed", "edit_undone"]);
  expect(skus()).toEqual(["tea"]);
  till.must(undo(order));
  expect(skus()).toEqual([]);
  expect(till.says(undo(order))).toBe("undo/nothing");
});

test("undo of a removal puts the units back where the line stood", () => {
  const till = new Till("A");
  const order = begun(till);
  till.must({ ...TEA, order, sku: "bun" });
  const before = businessView(till.order(order));
  const line = till.order(order).lines[0]?.id ?? order;
  till.must({ type: "remove_units", order, line, quantityMilli: 1000, reason: "mistyped" });
  expect(till.order(order).lines).toHaveLength(1);
  expect(till.says(undo(order))).toBe("units_added edit_undone");
  expect(businessView(till.order(order))).toBe(before);
});

test("what a check took is not taken back, a thaw gives it back", () => {
  const till = new Till("A");
  const order = begun(till);
  till.must({ type: "freeze_check", order });
  expect(till.says(undo(order))).toBe("order/frozen");
  const check = till.order(order).checks[0]?.id ?? order;
  till.must({ type: "thaw_check", order, check });
  expect(till.says(undo(order))).toBe("units_removed edit_undone");
});

test("what a check took is not taken back out of another terminal's later units", () => {
  const [a, b] = [new Till("A"), new Till("B")];
  const order = begun(a);
  const line = a.order(order).lines[0]?.id ?? order;
  b.hear(a);
  b.must({ type: "add_units", order, line, quantityMilli: 2000 });
  a.pay(order, 250);
  a.hear(b);
  expect(a.order(order)).toMatchObject({ phase: "open", lines: [{ quantityMilli: 2000 }] });
  expect(a.says(undo(order))).toBe("undo/nothing");
});

test("what another terminal took off meanwhile is not there to be taken back", () => {
  const [a, b] = [new Till("A"), new Till("B")];
  const order = begun(a);
  const line = a.order(order).lines[0]?.id ?? order;
  b.hear(a);
  b.must({ type: "remove_units", order, line, quantityMilli: 1000, reason: "" });
  a.hear(b);
  expect(a.says(undo(order))).toBe("undo/nothing");
});

test("each terminal takes back its own edits", () => {
  const [a, b] = [new Till("A"), new Till("B")];
  const order = begun(a);
  b.hear(a);
  b.must({ ...TEA, order, sku: "bun" });
  a.hear(b);
  a.must(undo(order));
  expect(a.order(order).lines.map(({ sku }) => sku)).toEqual(["bun"]);
  b.hear(a);
  b.must(undo(order));
  expect([b.order(order).lines, b.says(undo(order))]).toEqual([[], "undo/nothing"]);
});

test("as many undos as edits are the first state", () => {
  const edits = fc.array(fc.tuple(fc.nat(3), fc.nat(50), fc.integer({ min: 1, max: 3000 })), {
    maxLength: 12,
  });
  const property = fc.property(edits, (choices) => {
    const till = new Till("A");
    const [opened] = till.must({ type: "open_order", kind: "sale", label: "", reason: "" });
    const order = idOf(opened);
    const views = [businessView(till.order(order))];
    for (const [kind, pick, quantityMilli] of choices) {
      const { lines } = till.order(order);
      const line = lines[pick % Math.max(1, lines.length)];
      if (kind === 0 || line === undefined) till.must({ ...TEA, order, quantityMilli });
      else if (kind === 1) till.must({ type: "add_units", order, line: line.id, quantityMilli });
      else {
        const units = kind === 2 ? line.quantityMilli : Math.min(quantityMilli, line.quantityMilli);
        till.must({ type: "remove_units", order, line: line.id, quantityMilli: units, reason: "" });
      }
      views.push(businessView(till.order(order)));
    }
    for (const view of views.slice(0, -1).toReversed()) {
      till.must(undo(order));
      expect(businessView(till.order(order))).toBe(view);
    }
    expect(till.says(undo(order))).toBe("undo/nothing");
  });
  fc.assert(property);
});

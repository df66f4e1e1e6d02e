/** Effects become outcomes, and outcomes become commands; nothing a device does reaches the loop otherwise. */
import { expect, test } from "vitest";
import type { Command } from "../../core/command.ts";
import { effects } from "../../core/effect.ts";
import type { Effect } from "../../core/effect.ts";
import type { OrderId, TenderId } from "../../core/ids.ts";
import type { Printer } from "../../drivers/printer/driver.ts";
import type { PrintOutcome } from "../../drivers/printer/session.ts";
import { createExecutors } from "../../runtime/executors.ts";
import { PrinterSlot } from "../../runtime/printer-slot.ts";
import { Writer } from "../support/core-fixtures.ts";
import { ManualTimers } from "../support/manual-timers.ts";
import { PaperTray, settle, shopConfig } from "../support/fake-world.ts";

class World {
  readonly writer = new Writer("till-1").signOn("boss");
  readonly submitted: Command[] = [];
  readonly asked: (readonly [OrderId, TenderId])[] = [];
  readonly log: string[] = [];
  readonly words: string[] = [];
  readonly execute: (effect: Effect) => void;

  constructor(printer: Printer | null) {
    const { shop, receiptLanguage, zoneMinutes } = shopConfig();
    this.execute = createExecutors({
      printer,
      shop: { ...shop, language: receiptLanguage, zoneMinutes, isTraining: false },
      state: this.writer.state,
      askReader: (order, tender) => {
        this.asked.push([order, tender]);
        return Promise.resolve();
      },
      submit: (command) => this.submitted.push(command),
      log: (code, detail) => this.log.push(`${code}: ${detail}`),
      onPrinter: (word) => this.words.push(word),
    });
  }

  /** Sells a tea and hands out what the world must do. */
  sell(): readonly Effect[] {
    const { writer } = this;
    writer.tap({ type: "add_item", order: null, sku: "tea", quantityMilli: 1000 });
    const [order] = [...writer.state.orders.keys()].slice(-1);
    if (order === undefined) return expect.fail("No order");
    writer.tap({ type: "take_cash", order, handedMinor: 250, leftMinor: null });
    const closing = writer.records.at(-1) ?? expect.fail("No record");
    return effects(writer.state, closing);
  }
}

function jobOf(list: readonly Effect[]): Extract<Effect, { type: "print_receipt" }> {
  return list.find((effect) => effect.type === "print_receipt") ?? expect.fail("No receipt");
}

test("cash opens the drawer and prints the receipt; the outcome comes back as a command", async () => {
  const printer = new PaperTray();
  const world = new World(printer);
  const list = world.sell();
  list.forEach((effect) => world.execute(effect));
  await settle();
  const { id, job, order } = jobOf(list);
  expect(printer.printed).toEqual([id]);
  expect(printer.drawers).toHaveLength(1);
  expect(world.submitted).toEqual([
    { type: "finish_print", order, job, outcome: "printed", code: "", mark: "none" },
  ]);
  expect(world.words).toEqual(["ok"]);
});

test("what the printer could not do, or does not know, is its code in the command and in the status", async () => {
  const outcomes: readonly PrintOutcome[] = [
    { kind: "failed", code: "printer/paper_out" },
    { kind: "unknown", code: "printer/paper_out" },
  ];
  for (const outcome of outcomes) {
    const printer = new PaperTray();
    printer.print = () => Promise.resolve(outcome);
    const world = new World(printer);
    world.execute(jobOf(world.sell()));
    await settle();
    expect(world.submitted).toMatchObject([{ outcome: outcome.kind, code: "printer/paper_out" }]);
    expect(world.words).toEqual(["printer/paper_out"]);
  }
});

test("what the printer had to mark on the paper is in the journal", async () => {
  for (const mark of ["resumed", "reprinted"] as const) {
    const printer = new PaperTray();
    printer.print = () => Promise.resolve({ kind: "printed", paperLow: false, mark });
    const world = new World(printer);
    world.execute(jobOf(world.sell()));
    await settle();
    expect(world.submitted).toMatchObject([{ type: "finish_print", outcome: "printed", code: "", mark }]);
  }
});

test("a slot without a printer ends a job with printer/none and is not told of as a drawer that fails", async () => {
  const world = new World(new PrinterSlot(() => null, new ManualTimers()));
  world.sell().forEach((effect) => world.execute(effect));
  await settle();
  expect(world.submitted).toMatchObject([{ outcome: "failed", code: "printer/none" }]);
  expect(world.log).toEqual([]);
});

test("without a printer a job ends as failed with printer/none, and no drawer is missed", async () => {
  const world = new World(null);
  world.sell().forEach((effect) => world.execute(effect));
  await settle();
  expect(world.submitted).toMatchObject([{ outcome: "failed", code: "printer/none" }]);
  expect(world.log).toEqual([]);
});

test("a receipt of an order that is not known ends as failed with receipt/unknown", async () => {
  const world = new World(new PaperTray());
  const job = jobOf(world.sell());
  world.writer.state.orders.clear();
  world.execute(job);
  await settle();
  expect(world.submitted).toMatchObject([{ outcome: "failed", code: "receipt/unknown" }]);
});

test("a drawer that does not open is logged as drawer/not_opened, and the sale stands", async () => {
  const printer = new PaperTray();
  printer.openDrawer = async () => ({ kind: "failed", code: "printer/unreachable" });
  const world = new World(printer);
  const drawer = world.sell().find((effect) => effect.type === "open_drawer") ?? expect.fail("No drawer");
  world.execute(drawer);
  await settle();
  expect(world.log).toEqual([`drawer/not_opened: ${drawer.id}: printer/unreachable`]);
  expect(world.submitted).toEqual([]);
});

test("a driver that throws is logged as executor/fault and never reaches the loop", async () => {
  const printer = new PaperTray();
  printer.print = () => {
    throw new Error("out of its mind");
  };
  const world = new World(printer);
  const job = jobOf(world.sell());
  world.execute(job);
  await settle();
  expect(world.log).toEqual([`executor/fault: ${job.id}: out of its mind`]);
  expect(world.submitted).toEqual([]);
});

/**
 * Executors: one for each kind of effect. They hand it to a driver and bring what came back into
 * the loop as a command. A new effect does not compile until it has an executor.
 *
 * E1 An executor never throws into the loop and never decides: outcomes are commands.
 * E2 A drawer that does not open is told to people (counters, log); the sale stands.
 */
import type { Command } from "../core/command.ts";
import type { Effect } from "../core/effect.ts";
import { receiptBlocks } from "../core/receipt/layout.ts";
import type { ReceiptShop } from "../core/receipt/layout.ts";
import type { OrderId, TenderId } from "../core/ids.ts";
import { reportBlocks } from "../core/receipt/report.ts";
import { slipBlocks } from "../core/receipt/slip.ts";
import type { State } from "../core/state.ts";
import type { Printer } from "../drivers/printer/driver.ts";
import type { PrintOutcome } from "../drivers/printer/session.ts";

export interface ExecutorOptions {
  /** Null for a terminal without paper: jobs end as failed with printer/none. */
  readonly printer: Printer | null;
  readonly shop: ReceiptShop;
  readonly state: State;
  /** Asks a card reader (runtime/reader/desk.ts); resolves when the request has ended. */
  readonly askReader: (order: OrderId, tender: TenderId) => Promise<void>;
  /** Brings an outcome into the loop. */
  readonly submit: (command: Command) => void;
  readonly log: (code: string, detail: string) => void;
  /** Called with the printer's last word: "ok" or a printer/… code. */
  readonly onPrinter: (word: string) => void;
}

type Finished = Extract<Command, { type: "finish_print" }>;

type ExecutorTable = {
  readonly [T in Effect["type"]]: (effect: Extract<Effect, { type: T }>) => Promise<void>;
};

/** A function that performs effects; each call returns at once. */
export function createExecutors(options: ExecutorOptions): (effect: Effect) => void {
  const table: ExecutorTable = {
    print_receipt: (effect) => printReceipt(effect, options),
    print_report: (effect) => printReport(effect, options),
    open_drawer: (effect) => openDrawer(effect, options),
    print_slip: (effect) => printSlip(effect, options),
    ask_reader: (effect) => options.askReader(effect.order, effect.tender),
  };
  return (effect) => {
    void perform(table, effect).catch((cause: unknown) => {
      // E1: what a driver did not foresee is still not the sale's business.
      options.log(
        "executor/fault",
        `${effect.id}: ${cause instanceof Error ? cause.message : String(cause)}`,
      );
    });
  };
}

function perform(table: ExecutorTable, effect: Effect): Promise<void> {
  switch (effect.type) {
    case "print_receipt":
      return table.print_receipt(effect);
    case "print_report":
      return table.print_report(effect);
    case "open_drawer":
      return table.open_drawer(effect);
    case "print_slip":
      return table.print_slip(effect);
    case "ask_reader":
      return table.ask_reader(effect);
  }
}

async function printReceipt(
  effect: Extract<Effect, { type: "print_receipt" }>,
  options: ExecutorOptions,
): Promise<void> {
  const { order: orderId, job } = effect;
  const order = options.state.orders.get(orderId)?.order;
  const closing = order?.checks.flatMap((check) => check.closings).find((its) => its.id === effect.closing);
  if (order === undefined || closing === undefined || options.printer === null) {
    const code = options.printer === null ? "printer/none" : "receipt/unknown";
    options.submit({ type: "finish_print", order: orderId, job, outcome: "failed", code, mark: "none" });
    return;
  }
  const blocks = receiptBlocks(order, closing, options.shop, effect.copyNumber);
  const outcome = await options.printer.print(effect.id, blocks);
  options.onPrinter(wordOf(outcome));
  options.submit({ type: "finish_print", order: orderId, job, ...endOf(outcome) });
}

async function printReport(
  effect: Extract<Effect, { type: "print_report" }>,
  options: ExecutorOptions,
): Promise<void> {
  const { job, report } = effect;
  if (options.printer === null) {
    options.submit({ type: "finish_report", job, outcome: "failed", code: "printer/none", mark: "none" });
    return;
  }
  const outcome = await options.printer.print(effect.id, reportBlocks(report, options.shop));
  options.onPrinter(wordOf(outcome));
  options.submit({ type: "finish_report", job, ...endOf(outcome) });
}

async function printSlip(
  effect: Extract<Effect, { type: "print_slip" }>,
  options: ExecutorOptions,
): Promise<void> {
  const { order, job, slip } = effect;
  if (options.printer === null) {
    options.submit({
      type: "finish_print",
      order,
      job,
      outcome: "failed",
      code: "printer/none",
      mark: "none",
    });
    return;
  }
  const outcome = await options.printer.print(effect.id, slipBlocks(slip, options.shop.isTraining));
  options.onPrinter(wordOf(outcome));
  options.submit({ type: "finish_print", order, job, ...endOf(outcome) });
}

function wordOf(outcome: PrintOutcome): string {
  return outcome.kind === "printed" ? "ok" : outcome.code;
}

/** What the journal keeps of an outcome. */
function endOf(outcome: PrintOutcome): Pick<Finished, "outcome" | "code" | "mark"> {
  if (outcome.kind !== "printed") return { outcome: outcome.kind, code: outcome.code, mark: "none" };
  return { outcome: "printed", code: "", mark: outcome.mark ?? "none" };
}

async function openDrawer(
  effect: Extract<Effect, { type: "open_drawer" }>,
  options: ExecutorOptions,
): Promise<void> {
  if (options.printer === null) return;
  const outcome = await options.printer.openDrawer(effect.id);
  // E2
  if (outcome.kind !== "printed" && outcome.code !== "printer/none")
    options.log("drawer/not_opened", `${effect.id}: ${outcome.code}`);
}

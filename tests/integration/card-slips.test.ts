/**
 * Slips that a reader wants on paper, through the real terminal, drivers and sockets to the virtual printer:
 * both copies come out as jobs of their own, no payment begins without a printer, and one whose printer
 * fails half-way is taken back by the reader.
 */
import { afterEach, expect, test } from "vitest";
import { clerkId } from "../../core/ids.ts";
import type { CardTender } from "../../core/tender/types.ts";
import { createTcpPort } from "../../drivers/port/tcp.ts";
import { createPrinter } from "../../drivers/printer/driver.ts";
import { PRINTER_MODELS } from "../../drivers/printer/models.ts";
import { readerRow } from "../../drivers/reader/registry.ts";
import { machineTimers } from "../../runtime/adapters/machine.ts";
import { FakeDisk } from "../../tools/sim/disk-fake.ts";
import { plainLines } from "../../tools/sim/printer/paper.ts";
import { startVirtualPrinter } from "../../tools/sim/printer/server.ts";
import type { VirtualPrinter } from "../../tools/sim/printer/server.ts";
import { startVirtualReader } from "../../tools/sim/reader/server.ts";
import { OLDER } from "../../tools/sim/reader/zvt/behaviour.ts";
import { promptOf } from "../../tools/sim/reader/zvt/state.ts";
import { openTill } from "../support/terminal-harness.ts";
import type { Till } from "../support/terminal-harness.ts";

const closers: (() => Promise<void> | void)[] = [];
const WITHIN = { timeout: 20_000 };
const OUT = { paper: "out", cover: "closed", cutter: "working" } as const;

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

type VirtualReader = Awaited<ReturnType<typeof startVirtualReader>>;

interface Counter {
  readonly till: Till;
  readonly paper: VirtualPrinter;
  readonly reader: VirtualReader;
  /** The roll ends, and the terminal heard of it. */
  readonly takePaper: () => Promise<void>;
}

async function counter(): Promise<Counter> {
  const paper = await startVirtualPrinter({ tcpPort: 0, httpPort: 0, columnCount: 48 });
  const reader = await startVirtualReader({
    link: { kind: "tcp", tcpPort: 0 },
    httpPort: 0,
    behaviour: { ...OLDER, currency: "0826" },
    directory: null,
    faults: [],
  });
  const tcp = (tcpPort: number) => () =>
    createTcpPort(
      {
        ...{ host: "127.0.0.1", tcpPort, connectTimeoutMs: 3_000, writeTimeoutMs: 3_000 },
        queueBytesMax: 128 * 1024,
      },
      machineTimers,
    );
  const driver = readerRow("zvt")?.make({
    timers: machineTimers,
    link: { kind: "tcp", openPort: tcp(reader.tcpPort) },
    password: "123456",
    currency: "GBP",
  });
  if (driver === undefined) throw new Error("The registry has no ZVT");
  const printer = createPrinter(tcp(paper.tcpPort), machineTimers, PRINTER_MODELS.gbk_80mm);
  const readers = new Map([["1", driver]]);
  const till = await openTill(new FakeDisk(), 1, { timers: machineTimers, printer, readers });
  closers.push(
    () => paper.close(),
    () => reader.close(),
    () => printer.close(),
    () => till.terminal.close(),
  );
  await till.must({ type: "sign_on", clerk: clerkId("boss"), attempt: null });
  await expect.poll(() => till.terminal.cards.serialOf("1"), WITHIN).toBe(OLDER.terminalId);
  // As the printer's slot does at the start and while the printer rests.
  await printer.check();
  const takePaper = async (): Promise<void> => {
    paper.setCondition(OUT);
    await printer.check();
  };
  return { till, paper, reader, takePaper };
}

async function ask({ till }: Counter): Promise<void> {
  await till.add("tea");
  const order = till.order?.id;
  const serial = till.terminal.cards.serialOf("1");
  if (order === undefined || serial === null) throw new Error("ask: no order, or no reader");
  const amounts = { amountMinor: null, leftMinor: null };
  await till.must({ type: "request_card", order, ...amounts, reader: "1", serial });
}

function cardOf({ till }: Counter): CardTender | undefined {
  return [...till.state.orders.values()]
    .flatMap(({ order }) => order.checks.flatMap(({ cards }) => cards))
    .at(-1);
}

async function present({ reader }: Counter): Promise<void> {
  await expect.poll(() => promptOf(reader.unit.state), WITHIN).toBe("present_card");
  reader.unit.put({ kind: "holder", act: { kind: "present", cardKey: "visa", technology: "contactless" } });
}

test("the merchant's and the customer's slip and the receipt come out, each as a job of its own", async () => {
  const desk = await counter();
  await ask(desk);
  await present(desk);
  await expect.poll(() => desk.paper.receipts().length, WITHIN).toBe(3);
  const texts = desk.paper.receipts().map((its) => plainLines(its).join("\n"));
  expect(texts.filter((text) => text.includes("Haendlerbeleg"))).toHaveLength(1);
  expect(texts.filter((text) => text.includes("Kundenbeleg"))).toHaveLength(1);
  expect(texts.filter((text) => text.includes("1 High Street"))).toHaveLength(1);
  expect(desk.paper.receipts().map(({ endedBy }) => endedBy)).toEqual(["cut", "cut", "cut"]);
  expect(texts.join("\n")).not.toMatch(/\d{13,}/);
  expect(cardOf(desk)).toMatchObject({ status: "captured", code: "" });
  const order = [...desk.till.state.orders.values()][0]?.order;
  await expect
    .poll(() => [...desk.till.state.orders.values()][0]?.order.jobs.map(({ outcome }) => outcome), WITHIN)
    .toEqual(["printed", "printed", "printed"]);
  expect(order?.phase).toBe("closed");
  expect(desk.reader.acquirer.netMinor("GBP")).toBe(250);
});

test("without paper no payment begins: the reader hears nothing, and the clerk hears why", async () => {
  const desk = await counter();
  await desk.takePaper();
  expect(desk.till.terminal.status().printer).toBe("printer/paper_out");
  await ask(desk);
  await expect.poll(() => cardOf(desk)?.status, WITHIN).toBe("declined");
  expect(cardOf(desk)).toMatchObject({ code: "reader/printer_not_ready", result: null });
  expect(desk.reader.acquirer.list()).toEqual([]);
  expect(desk.till.order).toMatchObject({ phase: "frozen" });
});

test("a printer that fails in mid-payment makes the reader take it back, and the order is still due", async () => {
  const desk = await counter();
  await ask(desk);
  await expect.poll(() => promptOf(desk.reader.unit.state), WITHIN).toBe("present_card");
  await desk.takePaper();
  expect(desk.till.terminal.status().printer).toBe("printer/paper_out");
  await present(desk);
  await expect.poll(() => cardOf(desk)?.status, WITHIN).toMatch(/declined|reversed/);
  await expect.poll(() => desk.reader.acquirer.netMinor("GBP"), WITHIN).toBe(0);
  expect(desk.reader.acquirer.list().length).toBeGreaterThan(0);
  const { order } = desk.till;
  expect(order?.phase).toBe("frozen");
  expect(order?.checks.flatMap(({ tenders }) => tenders)).toEqual([]);
});

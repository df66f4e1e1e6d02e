/** The card desk between the loop and its readers: what it brings where, and when it asks again. */
import { expect, test } from "vitest";
import type { Command } from "../../../core/command.ts";
import type { OrderId } from "../../../core/ids.ts";
import { CardDesk, INQUIRY_DELAYS_MS, REQUEST_RUNS_MS_MAX } from "../../../runtime/reader/desk.ts";
import type { Answer } from "../../../runtime/loop.ts";
import { CardTill } from "../../support/card-world.ts";
import { settle } from "../../support/fake-world.ts";
import { ManualTimers } from "../../support/manual-timers.ts";
import { ScriptedReader } from "../../support/scripted-reader.ts";

/** A till, one reader and the desk between them. */
class Counter {
  readonly till = new CardTill();
  readonly timers = new ManualTimers();
  readonly log: string[] = [];
  isPrinterReady = true;
  /** Slips that belong to no tender. */
  readonly printed: string[] = [];
  desk: CardDesk;
  readonly reader: ScriptedReader;

  constructor(reader = new ScriptedReader("68000001")) {
    this.reader = reader;
    this.desk = this.#deskOf();
  }

  #deskOf(): CardDesk {
    return new CardDesk({
      readers: new Map([["r1", this.reader]]),
      state: this.till.writer.state,
      submit: (command: Command): Promise<Answer> => {
        const decided = this.till.writer.tap(command, "");
        return Promise.resolve(decided.ok ? { ok: true, events: [] } : decided);
      },
      timers: this.timers,
      printSlip: (lines) => this.printed.push(lines.map(({ text }) => text).join("|")),
      isPrinterReady: () => this.isPrinterReady,
      log: (code, detail) => this.log.push(`${code} ${detail}`),
      onChange: () => undefined,
    });
  }

  /** Asks for a tea of 2.50 by card; the order. */
  async ask(): Promise<OrderId> {
    const order = this.till.sell("tea");
    const card = this.till.ask(order);
    void this.desk.ask(order, card.id);
    await settle();
    return order;
  }

  /** Another start over the same journal. */
  async restart(): Promise<void> {
    this.desk.close();
    await settle();
    this.desk = this.#deskOf();
    await this.desk.start();
    await settle();
  }

  status(order: OrderId): string {
    return this.till.card(order).status;
  }
}

test("an approval is recorded before the reader hears that it was taken, and its end closes the check", async () => {
  const world = new Counter();
  const { reader } = world;
  const order = await world.ask();
  expect(reader.requests[0]).toMatchObject({ kind: "pay", amountMinor: 250, currency: "SEK", watermark: "" });
  expect(await reader.desk.take(reader.result())).toBe("accept");
  expect(world.status(order)).toBe("approved");
  reader.end({ kind: "captured", reference: "1:ref" });
  await settle();
  expect(world.till.order(order).phase).toBe("closed");
});

test("a result for another amount is refused to the reader and kept as an orphan", async () => {
  const world = new Counter();
  const order = await world.ask();
  expect(await world.reader.desk.take(world.reader.result({ amountMinor: 2500 }))).toBe("refuse");
  expect(world.status(order)).toBe("orphaned");
  world.reader.end({ kind: "declined", code: "reader/refused_result", text: "" });
  await settle();
  expect(world.status(order)).toBe("declined");
});

test.each([
  [{ kind: "declined", code: "reader/wrong_pin", text: "PIN" }, "declined"],
  [{ kind: "not_sent", code: "reader/unreachable" }, "declined"],
  [{ kind: "unknown", code: "reader/link_lost" }, "unknown"],
] as const)("a request that ends as %j leaves the tender %s", async (end, status) => {
  const world = new Counter();
  const order = await world.ask();
  world.reader.end(end);
  await settle();
  expect(world.status(order)).toBe(status);
});

test("what is not known is asked again until the reader can say it", async () => {
  const world = new Counter();
  const order = await world.ask();
  const result = world.reader.result();
  world.reader.end({ kind: "unknown", code: "reader/link_lost" });
  await settle();
  for (const delayMs of [0, ...INQUIRY_DELAYS_MS, 30_000]) {
    world.timers.advance(delayMs);
    await settle();
  }
  expect(world.reader.inquiries.length).toBe(INQUIRY_DELAYS_MS.length + 2);
  expect(world.reader.inquiries[0]).toMatchObject({ serial: "68000001", request: { amountMinor: 250 } });
  world.reader.inquiryAnswer = { kind: "found", result };
  world.reader.become({ link: "ready" });
  world.timers.advance(0);
  await settle();
  expect(world.till.order(order).phase).toBe("closed");
  world.timers.advance(120_000);
  expect(world.reader.inquiries.length).toBe(INQUIRY_DELAYS_MS.length + 3);
});

test("a start records what was under way as unknown and asks about it before anything else", async () => {
  const world = new Counter();
  const order = await world.ask();
  world.reader.inquiryAnswer = { kind: "absent", serial: "68000001" };
  await world.restart();
  expect(world.status(order)).toBe("unknown");
  world.timers.advance(0);
  await settle();
  expect(world.status(order)).toBe("declined");
});

test("another device in the reader's place is for a person to judge, and is not asked again by itself", async () => {
  const world = new Counter();
  const order = await world.ask();
  world.reader.end({ kind: "unknown", code: "reader/link_lost" });
  world.reader.inquiryAnswer = { kind: "absent", serial: "68007777" };
  await settle();
  world.timers.advance(0);
  await settle();
  expect(world.till.card(order)).toMatchObject({ status: "unknown", isManual: true });
  world.timers.advance(120_000);
  expect(world.reader.inquiries).toHaveLength(1);
  world.reader.inquiryAnswer = { kind: "absent", serial: "68000001" };
  world.desk.check(world.till.card(order).id);
  world.timers.advance(0);
  await settle();
  expect(world.status(order)).toBe("declined");
});

test.each([
  ["the printer cannot print what the reader will ask for", "reader/printer_not_ready"],
  ["another device is connected than the one that the request names", "reader/swapped"],
])("nothing is sent when %s", async (what, code) => {
  const world = new Counter();
  const order = world.till.sell("tea");
  const card = world.till.ask(order);
  if (code === "reader/swapped") world.reader.become({ identity: { model: "scripted", serial: "other" } });
  else world.isPrinterReady = false;
  await world.desk.ask(order, card.id);
  expect(world.reader.requests, what).toHaveLength(0);
  expect(world.till.card(order)).toMatchObject({ status: "declined", code });
});

test("a slip is durable before it is answered, and refused when no printer would take it", async () => {
  const world = new Counter();
  const order = await world.ask();
  const slip = {
    copy: "customer",
    lines: [{ text: "x".repeat(99), isBold: false, isCentred: false }],
  } as const;
  expect(await world.reader.desk.slip(slip)).toBe(true);
  expect(world.till.card(order).slips[0]?.slip.lines[0]?.text).toHaveLength(64);
  world.isPrinterReady = false;
  expect(await world.reader.desk.slip(slip)).toBe(false);
});

test("a cancel reaches the reader that runs the tender, and no other", async () => {
  const world = new Counter();
  const order = await world.ask();
  world.desk.cancel(order);
  expect(world.reader.cancelCount).toBe(0);
  world.desk.cancel(world.till.card(order).id);
  expect(world.reader.cancelCount).toBe(1);
});

test("a day close records the reader's totals beside the journal's, and waits for a request that runs", async () => {
  const world = new Counter();
  const order = await world.ask();
  expect(await world.desk.closeDay("r1")).toMatchObject({ kind: "failed", code: "reader/busy" });
  await world.reader.desk.take(world.reader.result());
  world.reader.end({ kind: "captured", reference: "1:ref" });
  await settle();
  world.reader.dayEnd = {
    kind: "closed",
    serial: "68000001",
    totals: [{ brand: "girocard", count: 2, amountMinor: 500 }],
  };
  await world.desk.closeDay("r1");
  const closed = world.till.writer.records.at(-1)?.event;
  expect(closed).toMatchObject({ type: "reader_day_closed", journalCount: 1, journalMinor: 250 });
  expect(world.till.order(order).phase).toBe("closed");
  expect(await world.desk.closeDay("none")).toMatchObject({ code: "reader/none" });
});

test("a request that no reader was asked for yet is recorded as cut by the next start", async () => {
  const world = new Counter();
  const card = world.till.ask(world.till.sell("tea"));
  await world.desk.start();
  expect(world.till.card(card.order)).toMatchObject({ status: "unknown", code: "tender/restarted" });
  expect(world.reader.requests).toHaveLength(0);
});

test("a day is not closed while its reader is asked about a payment", async () => {
  const world = new Counter();
  const order = await world.ask();
  world.reader.end({ kind: "unknown", code: "reader/link_lost" });
  await settle();
  world.timers.advance(0);
  await settle();
  expect(world.status(order)).toBe("unknown");
  expect(await world.desk.closeDay("r1")).toMatchObject({ kind: "failed", code: "reader/busy" });
});

test("another device under a reader's name is found ready before it is asked for money, each device once", async () => {
  const world = new Counter();
  await world.desk.start();
  await settle();
  expect(world.reader.readyCount).toBe(1);
  const become = async (link: "down" | "ready", serial: string): Promise<void> => {
    world.reader.become({ link, identity: { model: "scripted", serial } });
    world.timers.advance(0);
    await settle();
  };
  await become("ready", "68000001");
  expect(world.reader.readyCount).toBe(1);
  await become("ready", "68000002");
  expect(world.reader.readyCount).toBe(2);
  await become("ready", "68000002");
  expect(world.reader.readyCount).toBe(2);
});

test("a reader that was not there at the start is asked again whether it is ready", async () => {
  const world = new Counter();
  world.reader.become({ link: "down", identity: null });
  await world.desk.start();
  await settle();
  for (const delayMs of INQUIRY_DELAYS_MS) {
    world.timers.advance(delayMs);
    await settle();
  }
  expect(world.reader.readyCount).toBeGreaterThan(3);
  world.desk.close();
  const { readyCount } = world.reader;
  world.timers.advance(60_000);
  await settle();
  expect(world.reader.readyCount).toBe(readyCount);
});

test("a request that does not end is unknown after a while, and what the reader says then is still heard", async () => {
  const world = new Counter();
  const order = await world.ask();
  world.timers.advance(REQUEST_RUNS_MS_MAX - 1);
  await settle();
  expect(world.status(order)).toBe("requested");
  world.timers.advance(1);
  await settle();
  expect(world.status(order)).toBe("unknown");
  expect(world.reader.inquiries).toHaveLength(0);
  expect(await world.reader.desk.take(world.reader.result())).toBe("accept");
  world.reader.end({ kind: "captured", reference: "1:ref" });
  await settle();
  expect(world.till.order(order).phase).toBe("closed");
});

test("what a reader wants on paper at its end of day is printed, and refused where no paper is", async () => {
  const world = new Counter();
  const slips: boolean[] = [];
  world.reader.onDay = async (desk) => {
    const slip = {
      copy: "admin",
      lines: [{ text: "Kassenschnitt", isBold: true, isCentred: true }],
    } as const;
    slips.push(await desk.slip(slip));
    world.isPrinterReady = false;
    slips.push(await desk.slip(slip));
  };
  await world.desk.closeDay("r1");
  expect(slips).toEqual([true, false]);
  expect(world.printed).toEqual(["Kassenschnitt"]);
});

/**
 * A receipt from the sale to the paper: the real terminal and driver, and the virtual printer's engine at
 * the end of a pipe in memory. What the journal says of the paper is what is on it.
 */
import { expect, test } from "vitest";
import { clerkId } from "../../core/ids.ts";
import { receiptBlocks } from "../../core/receipt/layout.ts";
import { RECEIPT_WORDS } from "../../core/receipt/words.ts";
import { createMemoryPair } from "../../drivers/port/memory.ts";
import type { Port } from "../../drivers/port/port.ts";
import { SHOP_PATIENCE, createPrinter } from "../../drivers/printer/driver.ts";
import { encodeReceipt } from "../../drivers/printer/encode.ts";
import { PRINTER_MODELS } from "../../drivers/printer/models.ts";
import { FakeDisk } from "../../tools/sim/disk-fake.ts";
import { Engine } from "../../tools/sim/printer/engine.ts";
import type { PlannedStop } from "../../tools/sim/printer/engine.ts";
import { accountOf, plainLines } from "../../tools/sim/printer/paper.ts";
import { GOOD_CONDITION } from "../../tools/sim/printer/status.ts";
import { Tray } from "../../tools/sim/printer/tray.ts";
import { settle, shopConfig } from "../support/fake-world.ts";
import { ManualTimers } from "../support/manual-timers.ts";
import { openTill, readJournal } from "../support/terminal-harness.ts";
import type { Till } from "../support/terminal-harness.ts";

const MODEL = PRINTER_MODELS.gbk_80mm;
const LIMITS = { writeTimeoutMs: 3_000, queueBytesMax: 128 * 1024 };

interface Shop {
  readonly till: Till;
  readonly disk: FakeDisk;
  readonly tray: Tray;
  readonly engine: Engine;
  /** Runs until no job is pending; puts the printer right on the way. */
  readonly printOut: () => Promise<void>;
}

async function openShop(language: "en" | "zh"): Promise<Shop> {
  const timers = new ManualTimers();
  const tray = new Tray();
  const engine = new Engine(MODEL.columnCount, tray);
  const openPort = (): Port => {
    const { port, peer } = createMemoryPair(LIMITS, timers);
    if (engine.plug === "in") {
      const link = engine.connect({ send: (bytes) => peer.send(bytes), die: () => peer.close() });
      peer.onData((bytes) => link.receive(bytes));
    } else peer.refuse();
    return port;
  };
  const { continued, reprint } = RECEIPT_WORDS[language];
  const options = { patience: SHOP_PATIENCE, markWords: { resumed: continued, reprinted: reprint } };
  const printer = createPrinter(openPort, timers, MODEL, options);
  const disk = new FakeDisk();
  const till = await openTill(disk, 1, { printer, config: shopConfig({ receiptLanguage: language }) });
  await till.must({ type: "sign_on", clerk: clerkId("boss"), attempt: null });
  const isPending = (): boolean =>
    [...till.state.orders.values()].some(({ order }) =>
      order.jobs.some(({ outcome }) => outcome === "pending"),
    );
  const printOut = async (): Promise<void> => {
    for (let turn = 0; turn < 200 && isPending(); turn += 1) {
      await settle();
      if (turn === 26) {
        engine.setCondition(GOOD_CONDITION);
        engine.setPower(true);
        engine.setCable(true);
      } else if (turn > 20) timers.advanceToNext();
    }
    expect(isPending()).toBe(false);
  };
  return { till, disk, tray, engine, printOut };
}

async function finished({ disk, till }: Shop): Promise<readonly unknown[]> {
  await till.terminal.close();
  const { records } = await readJournal(disk);
  return records.flatMap(({ event }) =>
    event.type === "print_finished" ? [[event.outcome, event.mark]] : [],
  );
}

test.each(["en", "zh"] as const)(
  "T11: three copies are COPY 1, 2 and 3 in the journal and on paper, and differ by their banner alone (%s)",
  async (language) => {
    const shop = await openShop(language);
    const { till, tray } = shop;
    await till.sell("tea", "bun");
    await shop.printOut();
    const [order] = [...till.state.orders.values()].map((entry) => entry.order);
    const closing = order?.checks[0]?.closings[0];
    if (order === undefined || closing === undefined) return expect.fail("Nothing was sold");
    for (let copy = 0; copy < 3; copy += 1) {
      await till.must({ type: "copy_receipt", order: order.id });
      await shop.printOut();
    }
    expect(accountOf(tray.receipts)).toEqual({
      unmarkedCount: 1,
      continuedCount: 0,
      reprintCount: 0,
      copyCount: 3,
    });
    const [original = [], ...copies] = tray.receipts.map(plainLines).reverse();
    const { copy } = RECEIPT_WORDS[language];
    expect(copies.map((lines) => lines[0]?.trim())).toEqual([1, 2, 3].map((n) => `*** ${copy} ${n} ***`));
    for (const lines of copies) expect(lines.slice(1)).toEqual(original);

    // The same in bytes: a copy is the original's chunks with one chunk before the shop's name.
    const { shop: shopFacts, zoneMinutes } = shopConfig();
    const facts = { ...shopFacts, language, zoneMinutes, isTraining: false };
    const chunks = (copyNumber: number): readonly string[] =>
      encodeReceipt(receiptBlocks(order, closing, facts, copyNumber), MODEL).map(({ bytes }) =>
        Buffer.from(bytes).toString("hex"),
      );
    const [init, ...rest] = chunks(0);
    for (const copyNumber of [1, 2, 3]) {
      const [copyInit, banner, ...copyRest] = chunks(copyNumber);
      expect([copyInit, ...copyRest]).toEqual([init, ...rest]);
      expect(banner).not.toBe(rest[0]);
    }
    await till.terminal.close();
    const { records } = await readJournal(shop.disk);
    expect(
      records.flatMap(({ event }) => (event.type === "receipt_copied" ? [event.copyNumber] : [])),
    ).toEqual([1, 2, 3]);
  },
);

const stops: readonly (readonly [PlannedStop["fault"], string, object])[] = [
  ["paper", "none", { unmarkedCount: 1, reprintCount: 0 }],
  ["cover", "none", { unmarkedCount: 1, reprintCount: 0 }],
  ["cable", "reprinted", { unmarkedCount: 1, reprintCount: 1 }],
  ["power", "reprinted", { unmarkedCount: 1, reprintCount: 1 }],
];

test.each(stops)(
  "T11: a receipt that %s stops in the middle is printed with the mark %s in the journal, and never twice unmarked",
  async (fault, mark, account) => {
    const shop = await openShop("zh");
    shop.engine.planStop({ afterBytes: 300, fault });
    await shop.till.sell("tea", "bun");
    await shop.printOut();
    shop.engine.tearOff();
    expect(accountOf(shop.tray.receipts)).toMatchObject(account);
    expect(await finished(shop)).toEqual([["printed", mark]]);
    const { receivedBytes, carriedOutBytes, heldBytes, lostBytes } = shop.engine.account();
    expect(receivedBytes).toBe(carriedOutBytes + heldBytes + lostBytes);
  },
);

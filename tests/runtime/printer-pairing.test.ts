/** Pairing keeps a printer, tries it and says how it is; the test page has what receipts are made of. */
import { expect, test } from "vitest";
import type { ReceiptBlock } from "../../core/receipt/block.ts";
import { PRINTER_STATE_START } from "../../drivers/printer/driver.ts";
import type { WatchedPrinter } from "../../drivers/printer/driver.ts";
import type { PrintOutcome } from "../../drivers/printer/session.ts";
import { PrinterPairing } from "../../runtime/printer-pairing.ts";
import { PrinterSlot } from "../../runtime/printer-slot.ts";
import type { PairedPrinter } from "../../runtime/ui/panels.ts";
import { ManualTimers } from "../support/manual-timers.ts";

const PAIRED: PairedPrinter = {
  address: { kind: "serial", path: "/dev/serial/by-id/printer", baudRate: 19_200 },
  model: "gbk_80mm",
};

function bench(outcome: PrintOutcome, language: "en" | "zh" = "en", isSaved = true) {
  const printed: (readonly ReceiptBlock[])[] = [];
  const printer: WatchedPrinter = {
    print: (_id, blocks) => {
      printed.push(blocks);
      return Promise.resolve(outcome);
    },
    openDrawer: () => Promise.resolve(outcome),
    check: () => Promise.resolve(outcome),
    counters: () => ({ printedCount: 0, failedCount: 0, unknownCount: 0, garbageByteCount: 0 }),
    state: () => PRINTER_STATE_START,
    onState: () => () => {},
    close: () => {},
  };
  const slot = new PrinterSlot(({ model }) => (model === PAIRED.model ? printer : null), new ManualTimers());
  const saved: PairedPrinter[] = [];
  const pairing = new PrinterPairing({
    slot,
    shopName: "Corner Shop",
    language,
    save: (its) => {
      saved.push(its);
      return Promise.resolve(isSaved);
    },
    serialPaths: () => Promise.resolve(["/dev/ttyUSB0"]),
  });
  return { pairing, saved, slot, printed };
}

test("a printer is kept and tried; it stays paired though nobody answers there", async () => {
  const good = bench({ kind: "printed", paperLow: false });
  expect(await good.pairing.pair(PAIRED)).toBe("ok");
  const away = bench({ kind: "failed", code: "printer/unreachable" });
  expect(await away.pairing.pair(PAIRED)).toBe("printer/unreachable");
  for (const { saved, slot } of [good, away]) {
    expect([saved, slot.paired]).toEqual([[PAIRED], PAIRED]);
    slot.close();
  }
});

test("a model that is not known is printer/unknown_model and is not kept", async () => {
  const { pairing, saved, slot } = bench({ kind: "printed", paperLow: false });
  expect(await pairing.pair({ ...PAIRED, model: "dot-matrix" })).toBe("printer/unknown_model");
  expect([saved, slot.paired]).toEqual([[], null]);
});

test("a pairing that cannot be kept is printer/not_saved", async () => {
  const { pairing, slot } = bench({ kind: "printed", paperLow: false }, "en", false);
  expect(await pairing.pair(PAIRED)).toBe("printer/not_saved");
  slot.close();
});

test.each([
  ["en", "PRINTER TEST"],
  ["zh", "打印测试"],
] as const)(
  "the test page in %s has its title, the shop and a code, and ends with a cut",
  async (language, title) => {
    const { pairing, printed, slot } = bench({ kind: "printed", paperLow: false }, language);
    await pairing.pair(PAIRED);
    expect(await pairing.testPrint()).toBe("ok");
    const [blocks = []] = printed;
    expect(blocks.slice(0, 2)).toMatchObject([{ text: title }, { text: "Corner Shop" }]);
    expect(blocks.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["pair", "qr"]));
    expect(blocks.at(-1)).toEqual({ kind: "cut" });
    slot.close();
  },
);

test("without a printer the test page is printer/none; the settings name every model and line", async () => {
  const { pairing } = bench({ kind: "printed", paperLow: false });
  expect(await pairing.testPrint()).toBe("printer/none");
  const settings = await pairing.settings();
  expect(settings).toMatchObject({ printer: null, serialPaths: ["/dev/ttyUSB0"] });
  expect(settings.models).toEqual(expect.arrayContaining(["gbk_80mm", "gbk_58mm"]));
});

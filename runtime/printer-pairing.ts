/**
 * Pairing a printer at the screen, and the page that shows whether it prints what the shop needs. What
 * was paired is kept and goes before the configuration at the next start.
 */
import type { ReceiptBlock } from "../core/receipt/block.ts";
import { pair, text } from "../core/receipt/parts.ts";
import type { PrinterFaultCode } from "../drivers/fault.ts";
import { ALL_PRINTER_MODELS } from "../drivers/printer/models.ts";
import type { PrintOutcome } from "../drivers/printer/session.ts";
import type { PrinterSlot } from "./printer-slot.ts";
import type { PairedPrinter, SettingsPanel } from "./ui/panels.ts";

/** "ok", or why a printer was not paired or does not print. */
export type PairWord = "ok" | PrinterFaultCode | "printer/unknown_model" | "printer/not_saved";

/** What pairing needs. */
export interface PairingOptions {
  readonly slot: PrinterSlot;
  readonly shopName: string;
  readonly language: "en" | "zh";
  /** Keeps the pairing durably; false when it cannot. */
  readonly save: (paired: PairedPrinter) => Promise<boolean>;
  /** Serial lines of this machine that a printer may be on. */
  readonly serialPaths: () => Promise<readonly string[]>;
}

/** One for a terminal. */
export class PrinterPairing {
  readonly #options: PairingOptions;
  #testCount = 0;

  constructor(options: PairingOptions) {
    this.#options = options;
  }

  /** Takes this printer from now on and says how it is. It stays paired though nobody answers there: it may be off. */
  async pair(paired: PairedPrinter): Promise<PairWord> {
    const { slot, save } = this.#options;
    if (!slot.pair(paired)) return "printer/unknown_model";
    if (!(await save(paired))) return "printer/not_saved";
    return wordOf(await slot.check());
  }

  /** Prints the test page. */
  async testPrint(): Promise<PairWord> {
    this.#testCount += 1;
    const { slot, shopName, language } = this.#options;
    return wordOf(
      await slot.print(`test:${this.#testCount}`, testBlocks(shopName, slot.paired?.model ?? "", language)),
    );
  }

  /** What the settings show. */
  async settings(): Promise<SettingsPanel> {
    return {
      printer: this.#options.slot.paired,
      models: ALL_PRINTER_MODELS.map(({ name }) => name),
      serialPaths: await this.#options.serialPaths(),
    };
  }
}

const TEST_TITLE = { en: "PRINTER TEST", zh: "打印测试" } as const;

/** Both scripts, a column of amounts, a code: what receipts are made of. */
function testBlocks(shopName: string, model: string, language: "en" | "zh"): readonly ReceiptBlock[] {
  return [
    text(TEST_TITLE[language], "center", "double", true),
    text(shopName, "center"),
    { kind: "rule" },
    pair(model, "1,234.50"),
    text("ABCDEFGHIJKLM abcdefghijklm 0123456789", "left"),
    text("茶 面包 合计 找零", "left"),
    { kind: "rule" },
    { kind: "qr", text: "TEST" },
    { kind: "feed", lineCount: 3 },
    { kind: "cut" },
  ];
}

function wordOf(outcome: PrintOutcome): PairWord {
  return outcome.kind === "printed" ? "ok" : outcome.code;
}

/**
 * A shop whose terminal is a process of its own (card-payer.ts), with a card reader and a printer that live in
 * this one, and everything that it leaves collected in a folder: journal, log, screens, paper.
 */

import { spawn } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { createInterface } from "node:readline";
import { PROJECT_ROOT } from "../../tools/build/root.ts";
import { PLANTED } from "../../tools/proof/leak/files.ts";
import { plainLines } from "../../tools/sim/printer/paper.ts";
import { startVirtualPrinter } from "../../tools/sim/printer/server.ts";
import type { VirtualPrinter } from "../../tools/sim/printer/server.ts";
import { CATALOGUE_JSON, shopConfig } from "./fake-world.ts";
import { lookInto } from "./process-memory.ts";
import type { MemoryLook } from "./process-memory.ts";
import type { Plant } from "./plant.ts";

/** What the terminal said of one payment. */
export interface Paid {
  readonly status: string;
  readonly code: string;
}

/** The reader's entry in the configuration, or the path of a NEO 2. */
export type ShopReader = Readonly<Record<string, unknown>> | { readonly neo2: string };

const DUMP_AFTER_MS = 1_000;

/** See the header; `close` in the end. */
export class CardShop {
  readonly directory = mkdtempSync(join(tmpdir(), "card-shop-"));
  readonly #printer: VirtualPrinter;
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #lines: AsyncIterator<string>;
  readonly #ended: Promise<unknown>;

  /** Starts it; `plants` change its code as it is loaded. */
  static async open(reader: ShopReader, plants: readonly Plant[] = []): Promise<CardShop> {
    const printer = await startVirtualPrinter({ tcpPort: 0, httpPort: 0, columnCount: 48 });
    return new CardShop(reader, plants, printer);
  }

  private constructor(reader: ShopReader, plants: readonly Plant[], printer: VirtualPrinter) {
    this.#printer = printer;
    const { directory } = this;
    const isNeo2 = "neo2" in reader;
    const address = { host: "127.0.0.1", port: printer.tcpPort };
    const config = {
      ...shopConfig(),
      pins: undefined,
      printer: { ...address, model: "gbk_80mm" },
      readers: isNeo2 ? [] : [{ name: "1", model: "zvt", password: "123456", ...reader }],
    };
    mkdirSync(join(directory, "left"));
    writeFileSync(join(directory, "config.json"), JSON.stringify(config));
    writeFileSync(join(directory, "catalogue.json"), CATALOGUE_JSON);
    // What is planted is found by whoever looks, and is no leak of the product's.
    if (plants.length > 0) writeFileSync(join(directory, PLANTED), "");
    const plant = plants.length > 0 ? ["--import", join(PROJECT_ROOT, "tests/support/plant.ts")] : [];
    const script = join(PROJECT_ROOT, "tests/support/card-payer.ts");
    const own = [join(directory, "config.json"), join(directory, "left/journal")];
    const child = spawn(
      process.execPath,
      [...plant, script, ...own, ...(isNeo2 ? [String(reader["neo2"])] : [])],
      { stdio: ["pipe", "pipe", "pipe"], env: { ...process.env, PLANTS: JSON.stringify(plants) } },
    );
    this.#child = child;
    this.#ended = new Promise((resolve) => {
      child.once("close", resolve);
    });
    child.stderr.pipe(createWriteStream(join(directory, "left/terminal.log")));
    child.stdout.pipe(createWriteStream(join(directory, "left/screens.jsonl")));
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  /** What it leaves: journal, log, screens, and paper once `writePaper` was called. */
  get left(): string {
    return join(this.directory, "left");
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Sells one tea for card. */
  async pay(): Promise<Paid> {
    this.#child.stdin.write("pay\n");
    const { value } = await this.#lines.next();
    return JSON.parse(String(value ?? '{"status":"ended","code":""}')) as Paid;
  }

  /** What of `needles` is in its memory one second from now. */
  async remembers(needles: ReadonlyMap<string, Uint8Array>): Promise<MemoryLook> {
    await pause(DUMP_AFTER_MS);
    return lookInto(this.pid, needles);
  }

  /** Puts what was printed beside the rest, as text; its receipts so far. */
  writePaper(): number {
    const receipts = this.#printer.receipts();
    writeFileSync(join(this.left, "paper.txt"), receipts.flatMap((its) => plainLines(its)).join("\n"));
    return receipts.length;
  }

  /** Ends it and removes what it left. */
  async close(): Promise<void> {
    this.#child.stdin.end("end\n");
    await Promise.race([this.#ended, pause(5_000).then(() => this.#child.kill("SIGKILL"))]);
    await this.#printer.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

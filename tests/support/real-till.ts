/**
 * A real terminal: the seller's process on a real folder, with its link to headquarters through
 * whatever broker a test puts there. Sells on and on, and says what its journal holds.
 */
import { join } from "node:path";
import { terminalId } from "../../core/ids.ts";
import type { TerminalId } from "../../core/ids.ts";
import { loadSigner } from "../../runtime/adapters/keys.ts";
import { machineRng } from "../../runtime/adapters/machine.ts";
import type { Step } from "../../tools/sell/step.ts";
import type { RealHq } from "./real-hq.ts";
import { journalLines } from "./real-records.ts";
import type { RecordLine } from "./real-records.ts";
import { SellerShop } from "./sell-process.ts";
import type { Said, SellerProcess } from "./sell-process.ts";

const LOOK_MS = 50;
const TEA_MINOR = 250;

/** One terminal of one shop. */
export class RealTill {
  readonly terminal: TerminalId;
  readonly data: string;
  readonly #shop: SellerShop;
  #seller: SellerProcess | null = null;
  #saleCount = 0;
  #showCount = 0;

  private constructor(shop: SellerShop, terminal: TerminalId) {
    this.#shop = shop;
    this.terminal = terminal;
    this.data = shop.data("data");
  }

  /** A terminal that headquarters knows and that will connect to `port` of loopback. */
  static async prepare(name: string, hq: RealHq, port: number): Promise<RealTill> {
    const publicKey = Buffer.from(hq.publicKey).toString("hex");
    const shop = await new SellerShop().prepare({
      terminal: name,
      hq: { host: "127.0.0.1", port, publicKey },
    });
    const till = new RealTill(shop, terminalId(name));
    hq.register(till.terminal, loadSigner(join(till.data, "keys"), machineRng).publicKey);
    return till;
  }

  get seller(): SellerProcess {
    if (this.#seller === null) throw new Error("till: The seller must have been started");
    return this.#seller;
  }

  /** Sales that were asked for so far, and what they come to. */
  get saleCount(): number {
    return this.#saleCount;
  }

  get soldMinor(): number {
    return Array.from({ length: this.#saleCount }, (_, index) => teaCount(index) * TEA_MINOR).reduce(
      (sum, minor) => sum + minor,
      0,
    );
  }

  async start(): Promise<void> {
    this.#seller = this.#shop.start(this.data);
    if (!(await this.seller.until(({ said }) => said.length > 0))) throw new Error(this.seller.stderr);
    this.seller.step(1, { do: "on", clerk: "boss" });
  }

  /** Asks for so many more sales, each paid in cash; does not wait. */
  sell(count: number): void {
    for (let sale = 0; sale < count; sale += 1) {
      const quantityMilli = teaCount(this.#saleCount) * 1000;
      const steps: readonly Step[] = [
        { do: "item", sku: "tea", quantityMilli },
        { do: "cash", handedMinor: "exact" },
      ];
      steps.forEach((step, index) => this.seller.step(this.#saleCount * 2 + index + 2, step));
      this.#saleCount += 1;
    }
  }

  /** Sales that were answered as paid. */
  paidCount(): number {
    return this.seller.said.filter((line) => line["ok"] === true && isPaid(line)).length;
  }

  /** Waits until so many sales of all were answered; fails when the process ends before. */
  async untilPaid(count: number = this.#saleCount): Promise<void> {
    if (await this.seller.until(() => this.paidCount() >= count)) return;
    throw new Error(`The seller ended after ${this.paidCount()} sales: ${this.seller.stderr.slice(-500)}`);
  }

  /** What a clerk would see: records that headquarters has not acknowledged, and the link's state. */
  async show(): Promise<{ readonly unsent: number; readonly link: string }> {
    const isShow = (line: Said): boolean => "unsent" in line;
    this.#showCount += 1;
    this.seller.line("show");
    await this.seller.until(({ said }) => said.filter(isShow).length >= this.#showCount);
    const shown = this.seller.said.filter(isShow).at(-1);
    return { unsent: Number(shown?.["unsent"]), link: String(shown?.["link"]) };
  }

  /** Waits until headquarters acknowledged everything; the test's own time limit is the bound. */
  async untilSent(): Promise<void> {
    while ((await this.show()).unsent !== 0) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }

  /** How often the terminal has logged this code. */
  loggedCount(code: string): number {
    return this.seller.stderr.split("\n").filter((line) => line.startsWith(`${code}: `)).length;
  }

  /** Waits until the terminal has logged this code so often. */
  async untilLogged(code: string, count: number): Promise<void> {
    while (this.loggedCount(code) < count) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }

  /** Ends the process in order and answers every record of its journal. */
  async close(): Promise<readonly RecordLine[]> {
    this.seller.end();
    const code = await this.seller.ended;
    if (code !== 0) throw new Error(`The seller ended with ${code}: ${this.seller.stderr.slice(-500)}`);
    return journalLines(this.data, this.terminal);
  }

  /** Ends whatever runs and removes the folder. */
  async remove(): Promise<void> {
    this.#seller?.kill();
    await this.#seller?.ended;
    this.#shop.remove();
  }
}

function teaCount(saleIndex: number): number {
  return 1 + (saleIndex % 5);
}

function isPaid(line: Said): boolean {
  const { events } = line;
  return Array.isArray(events) && events.includes("check_closed");
}

/**
 * What the real process asks of the kernel, and in which order: a sale is in the segment, then it is
 * synced, and only then is it answered on stdout, printed on the printer's socket and sent to
 * headquarters. Seen with strace; skipped with its reason where nothing may be traced.
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadSigner } from "../../../runtime/adapters/keys.ts";
import { machineRng } from "../../../runtime/adapters/machine.ts";
import { startVirtualPrinter } from "../../../tools/sim/printer/server.ts";
import { TILL } from "../../support/fake-world.ts";
import { MemoryHq } from "../../support/real-hq.ts";
import { checkOrder, parseTrace, straceCommand, whyNoStrace } from "../../support/real-strace.ts";
import type { Call, TracedSale } from "../../support/real-strace.ts";
import { SellerProcess, SellerShop } from "../../support/sell-process.ts";

const SALE_COUNT = 40;
const BURST_SALES = 4;
const RUN_MS_MAX = 30_000;
/** Every amount is handed once. */
const HANDED_MINOR = 1_000_003;

test("a sale is answered, printed and sent only after its bytes were written and synced", async ({
  skip,
  onTestFinished,
}) => {
  const why = whyNoStrace();
  if (why !== null) skip(why);
  const [hq, shop] = [new MemoryHq({ takesWrapped: false }), new SellerShop()];
  const paper = await startVirtualPrinter({ tcpPort: 0, httpPort: 0, columnCount: 48 });
  onTestFinished(async () => {
    await Promise.all([hq.remove(), paper.close()]);
    shop.remove();
  });
  const hqPort = await hq.start(null);
  await shop.prepare({
    hq: { host: "127.0.0.1", port: hqPort, publicKey: Buffer.from(hq.publicKey).toString("hex") },
    printer: { host: "127.0.0.1", port: paper.tcpPort, model: "gbk_80mm" },
  });
  const data = shop.data("traced");
  hq.register(TILL, loadSigner(join(data, "keys"), machineRng).publicKey);
  const tracePath = join(shop.directory, "calls.txt");
  const [strace = "", ...options] = straceCommand(tracePath);
  const command = [process.execPath, shop.program, "--config", shop.config, "--data", data];
  const seller = new SellerProcess(spawn(strace, [...options, ...command]));
  onTestFinished(async () => {
    // The traced process ends with its stdin; a killed tracer would leave it running.
    seller.end();
    await seller.ended;
  });

  const sales: TracedSale[] = [];
  expect(await seller.until(({ said }) => said.length > 0), seller.stderr).toBe(true);
  seller.step(1, { do: "on", clerk: "boss" });
  for (let index = 0; index < SALE_COUNT; index += 1) {
    const sale = { n: 3 + 2 * index, handedMinor: HANDED_MINOR + 7919 * index };
    seller.step(sale.n - 1, { do: "item", sku: "tea", quantityMilli: 1000 });
    seller.step(sale.n, { do: "cash", handedMinor: sale.handedMinor });
    sales.push(sale);
    // Some at once, so that syncs, prints and batches of different sales overlap.
    const isPrinted = (): boolean => paper.receipts().length > index - BURST_SALES;
    await expect.poll(isPrinted, { timeout: RUN_MS_MAX, interval: 5 }).toBe(true);
  }
  const isDone = (): boolean =>
    paper.receipts().length === SALE_COUNT && typeof seller.said.at(-1)?.["acked"] === "number";
  await expect.poll(isDone, { timeout: RUN_MS_MAX }).toBe(true);
  seller.end();
  expect(await seller.ended, seller.stderr).toBe(0);

  const calls = parseTrace(readFileSync(tracePath, "utf8"));
  const ports = { printerPort: paper.tcpPort, hqPort };
  const { promised, faults } = checkOrder(calls, sales, ports);
  expect(faults).toEqual([]);
  expect(promised).toHaveLength(3 * SALE_COUNT);

  // The same calls with the promise made too early, or with a sync left out, are found out.
  const isSync = ({ name }: Call): boolean => name === "fdatasync" || name === "fsync";
  const unsynced = checkOrder(
    calls.filter((call) => !isSync(call)),
    sales,
    ports,
  );
  expect(unsynced.faults.filter((fault) => fault.endsWith("was not synced"))).toHaveLength(SALE_COUNT);
  const late = calls.map((call) => (isSync(call) ? { ...call, toIndex: call.toIndex + 1e6 } : call));
  expect(checkOrder(late, sales, ports).faults.length).toBeGreaterThanOrEqual(3 * SALE_COUNT);
  const nameless = checkOrder(
    calls.filter(({ name }) => name !== "fsync"),
    sales,
    ports,
  );
  expect(nameless.faults.join()).toContain("was used before its name was synced");

  const syncCount = calls.filter(isSync).length;
  console.log(
    `order of calls: ${calls.length} traced, ${syncCount} syncs; ${SALE_COUNT} sales were answered, printed ` +
      `and sent, each after its own sync`,
  );
});

/**
 * The same sale under the terminal's ARM64 Node and under this machine's: one bundle, one script,
 * one clock, and then the same record bytes in the journal.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openNodeDisk } from "../../runtime/adapters/node-disk.ts";
import { inspectJournal } from "../../runtime/store/inspect.ts";
import { bundleNode } from "../../tools/build/bundle-node.ts";
import { PROJECT_ROOT } from "../../tools/build/root.ts";

const RUN_ARM64 = join(PROJECT_ROOT, "build/arm64/run");
const RUN_MS_MAX = 120_000;

const CATALOGUE = {
  categories: [{ id: "hot", nameEn: "Hot", nameZh: "热饮" }],
  items: [{ sku: "TEA", category: "hot", nameEn: "Tea", nameZh: "茶", priceMinor: 1250, taxPpm: 60_000 }],
};
const CONFIG = {
  tenant: "demo",
  store: "s1",
  terminal: "T1",
  shop: { name: "Tea", addressLines: [], footer: "" },
  currency: "CNY",
  zoneMinutes: 480,
  receiptLanguage: "zh",
  hq: null,
  printer: null,
  catalogueFile: "catalogue.json",
  openItemTaxPpm: 60_000,
  staff: [{ clerk: "mei", name: "Mei", rights: ["sell", "open_price"] }],
  screenPort: 0,
};
const STEPS = [
  { do: "on", clerk: "mei" },
  { do: "item", sku: "TEA", quantityMilli: 3000 },
  { do: "price", sku: "CAKE", name: "蛋糕 Cake", quantityMilli: 1000, priceMinor: 3300, reason: "no label" },
  { do: "cash", handedMinor: 10_000 },
].map((step, index) => JSON.stringify({ n: index + 1, at: 1_790_000_000_000 + index * 1000, step }));

test(
  "one order sold under the ARM64 Node leaves the same record bytes as under this machine's",
  async ({ skip }) => {
    if (!existsSync(RUN_ARM64)) skip("no ARM64 Node here: make setup says why");
    const folder = mkdtempSync(join(tmpdir(), "tillwright-arm64-"));
    try {
      const bundle = join(folder, "sell.cjs");
      await bundleNode({ entry: "tools/sell/main.ts", outFile: bundle, forbidden: ["tests/"] });
      writeFileSync(join(folder, "catalogue.json"), JSON.stringify(CATALOGUE));
      writeFileSync(join(folder, "config.json"), JSON.stringify(CONFIG));
      const here = await sell([process.execPath, bundle], folder, "here");
      const arm64 = await sell([RUN_ARM64, bundle], folder, "arm64");
      expect(here.answers.at(-1)).toMatchObject({
        ok: true,
        events: ["check_frozen", "tender_captured", "check_closed"],
      });
      expect(arm64.answers).toEqual(here.answers);
      expect(here.records.length).toBeGreaterThan(300);
      expect(Buffer.from(arm64.records).equals(here.records)).toBe(true);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  2 * RUN_MS_MAX,
);

async function sell(
  command: readonly string[],
  folder: string,
  name: string,
): Promise<{ readonly answers: readonly unknown[]; readonly records: Buffer }> {
  const data = join(folder, name);
  mkdirSync(data);
  const [file = "", ...args] = command;
  const child = spawn(
    file,
    [...args, "--config", join(folder, "config.json"), "--data", data, "--seed", "7"],
    {
      stdio: ["pipe", "pipe", "inherit"],
      timeout: RUN_MS_MAX,
    },
  );
  child.stdin.end(`${STEPS.join("\n")}\n`);
  let said = "";
  for await (const chunk of child.stdout) said += String(chunk);
  const answers = said
    .trim()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
  return { answers, records: await recordsOf(data) };
}

/** All record bytes in order. How they are cut into blocks depends on the disk's speed and is framing. */
async function recordsOf(data: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  await inspectJournal(await openNodeDisk(data), "T1", (block) => parts.push(Buffer.from(block.recordBytes)));
  return Buffer.concat(parts);
}

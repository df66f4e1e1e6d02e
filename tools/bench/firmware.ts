/**
 * The firmware as a process of a bench: bundled, configured for a shop without headquarters' answer and
 * without a printer, started, asked for what it has used. Figures of processes come from /proc.
 */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT_ROOT } from "../build/root.ts";
import { itemAt } from "./sale/shop.ts";

const CATEGORY = { id: "all", nameEn: "All", nameZh: "全部" };
const ITEMS_COUNT = 200;

/** A folder with the firmware's configuration and room for its data. */
export interface FirmwareShop {
  readonly folder: string;
  readonly configPath: string;
}

/** Makes the folder; `removeShop` takes it away. */
export function makeFirmwareShop(): FirmwareShop {
  const folder = mkdtempSync(join(tmpdir(), "tillwright-bench-"));
  const items = Array.from({ length: ITEMS_COUNT }, (_, index) => {
    const { sku, name, unitPriceMinor, taxPpm } = itemAt(index);
    return { sku, category: CATEGORY.id, nameEn: name, nameZh: name, priceMinor: unitPriceMinor, taxPpm };
  });
  writeFileSync(join(folder, "catalogue.json"), JSON.stringify({ categories: [CATEGORY], items }));
  const config = {
    tenant: "bench",
    store: "main",
    terminal: "till-1",
    shop: { name: "Bench", addressLines: [], footer: "" },
    currency: "SEK",
    zoneMinutes: 0,
    receiptLanguage: "en",
    // Port 9 is nobody's: the terminal sells alone.
    hq: {
      host: "127.0.0.1",
      port: 9,
      publicKey: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    },
    printer: null,
    catalogueFile: "catalogue.json",
    openItemTaxPpm: 60_000,
    staff: [{ clerk: "may", name: "May", rights: ["sell", "void"] }],
    screenPort: 0,
  };
  const configPath = join(folder, "config.json");
  writeFileSync(configPath, JSON.stringify(config));
  mkdirSync(join(folder, "data"), { mode: 0o700 });
  return { folder, configPath };
}

/** Removes what makeFirmwareShop made. */
export function removeShop(shop: FirmwareShop): void {
  rmSync(shop.folder, { recursive: true, force: true });
}

/** The command that runs the firmware of build/firmware on a shop. */
export function firmwareCommand(shop: FirmwareShop): readonly string[] {
  const main = join(PROJECT_ROOT, "build/firmware/main.cjs");
  return [main, "--config", shop.configPath, "--data", join(shop.folder, "data")];
}

/** A process that has said its first line. */
export interface Started {
  readonly process: ChildProcess;
  readonly firstLine: string;
  /** Processor milliseconds of all its threads when the line came. */
  readonly cpuMs: number;
  readonly rssMib: number;
}

/** Starts Node with these arguments and waits for a line on stdout. Throws when it ends without one. */
export async function startNode(args: readonly string[]): Promise<Started> {
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "ignore"] });
  let said = "";
  const firstLine = await new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (bytes: Buffer) => {
      said += bytes.toString();
      if (said.includes("\n")) resolve(said.slice(0, said.indexOf("\n")));
    });
    child.once("exit", (code) =>
      reject(new Error(`bench: ${args[0] ?? ""} ended with ${code ?? "a signal"}`)),
    );
  });
  const { pid = 0 } = child;
  return { process: child, firstLine, cpuMs: cpuMsOf(pid), rssMib: rssMibOf(pid) };
}

/** Kills it and waits for its end. */
export function end(started: Started): Promise<void> {
  return endBy(started, "SIGKILL");
}

/** Asks it to stop and waits for its end. */
export function stop(started: Started): Promise<void> {
  return endBy(started, "SIGTERM");
}

async function endBy({ process: child }: Started, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  await ended;
}

/** Processor milliseconds of a process' living threads so far. */
function cpuMsOf(pid: number): number {
  return readdirSync(`/proc/${pid}/task`)
    .map((task) => Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, "utf8").split(" ")[0]))
    .reduce((sum, ns) => sum + ns / 1e6, 0);
}

/** What of a process is resident, in MiB. */
export function rssMibOf(pid: number): number {
  const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kib) / 1024;
}

/**
 * The firmware is reproducible: two checkouts in different folders, time zones and umasks give the
 * same bytes, nothing of tools/ or tests/ is in them, and of packages what a terminal runs. What a start
 * has compiled serves the next one.
 */
import { execFileSync, spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { buildFirmware } from "../../tools/build/bundle.ts";
import { bundleNode } from "../../tools/build/bundle-node.ts";
import { LEAN_ROWS } from "../../tools/build/lean.ts";
import { PROJECT_ROOT } from "../../tools/build/root.ts";
import { CATALOGUE_JSON, shopConfig } from "../support/fake-world.ts";

const SOURCES = [
  "core",
  "protocol",
  "drivers",
  "runtime",
  "tools/build",
  "package.json",
  "tsconfig.json",
  "tsconfig.web.json",
];

function checkout(prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  for (const source of SOURCES) cpSync(join(PROJECT_ROOT, source), join(folder, source), { recursive: true });
  symlinkSync(join(PROJECT_ROOT, "node_modules"), join(folder, "node_modules"));
  return folder;
}

function bundleIn(folder: string, timeZone: string, umask: string): string {
  const said = execFileSync("sh", ["-c", `umask ${umask}; "$0" tools/build/bundle.ts`, process.execPath], {
    cwd: folder,
    env: { ...process.env, TZ: timeZone, LANG: "C" },
    encoding: "utf8",
  });
  return /^sha256 ([0-9a-f]{64})$/m.exec(said)?.[1] ?? said;
}

test("two checkouts in other folders, time zones and umasks give one hash", () => {
  const here = checkout("tillwright-a-");
  const there = checkout("tillwright-another-place-");
  try {
    const hash = bundleIn(here, "Asia/Shanghai", "022");
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(bundleIn(there, "America/New_York", "077")).toBe(hash);
    const text = readFileSync(join(here, "build/firmware/terminal.cjs"), "utf8");
    expect(readdirSync(join(here, "build/firmware/prebuilds"))).toEqual(["linux-arm64", "linux-x64"]);
    expect(text).not.toContain(here);
    expect(text).not.toContain(PROJECT_ROOT);
  } finally {
    rmSync(here, { recursive: true });
    rmSync(there, { recursive: true });
  }
}, 60_000);

/** The packages of which the firmware holds anything. One more is a decision, and a row of docs/DEPENDENCIES.md. */
const SHIPPED = [
  "@serialport/bindings-cpp",
  "@serialport/bindings-interface",
  "bl",
  "inherits",
  "mqtt",
  "mqtt-packet",
  "process-nextick-args",
  "rfdc",
  "ws",
];

test("of packages the firmware holds what a terminal runs: every replacement is met, and no other package is in it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tillwright-lean-"));
  const outFile = join(folder, "main.cjs");
  const { inputs, replaced } = await bundleNode({ entry: "runtime/main.ts", outFile, forbidden: [] });
  const packages = inputs.flatMap((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []);
  expect([...new Set(packages)].toSorted()).toEqual(SHIPPED);
  expect(replaced).toEqual([...new Set(LEAN_ROWS.map(({ request }) => request))].toSorted());
  // What a crash says is still in the words of the sources.
  const text = readFileSync(outFile, "utf8");
  for (const name of ["PinGate", "openJournal", "Uplink"]) expect(text).toContain(`"${name}"`);
  rmSync(folder, { recursive: true });
});

/** Starts the firmware, waits for its first line and asks it to stop; answers the line. */
async function startOnce(firmware: string, shop: string): Promise<string> {
  const child = spawn(
    process.execPath,
    ["main.cjs", "--config", join(shop, "terminal.json"), "--data", join(shop, "data")],
    { cwd: firmware, env: { PATH: process.env["PATH"] ?? "" }, stdio: ["ignore", "pipe", "ignore"] },
  );
  const ended = new Promise((resolve) => {
    child.once("exit", resolve);
  });
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once("data", (bytes: Buffer) => resolve(bytes.toString()));
    child.once("exit", () => reject(new Error("The firmware ended before it was ready")));
  });
  child.kill("SIGTERM");
  await ended;
  return line;
}

test("what a start compiled is kept below the data folder for the next one, and may be spoiled or lost", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tillwright-compiled-"));
  const [firmware, shop] = [join(folder, "firmware"), join(folder, "shop")];
  await buildFirmware(firmware);
  mkdirSync(shop);
  const { pins: _pins, ...config } = shopConfig();
  writeFileSync(join(shop, "terminal.json"), JSON.stringify({ ...config, printer: null }));
  writeFileSync(join(shop, "catalogue.json"), CATALOGUE_JSON);
  const compiled = join(shop, "data/compiled");
  const kept = (): readonly string[] =>
    readdirSync(compiled, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  expect(await startOnce(firmware, shop)).toContain('"ready":true');
  expect(existsSync(compiled)).toBe(false);
  expect(await startOnce(firmware, shop)).toContain('"ready":true');
  expect(kept()).toHaveLength(1);
  for (const path of kept()) writeFileSync(path, readFileSync(path).fill(0x5a, 100, 20_000));
  expect(await startOnce(firmware, shop)).toContain('"ready":true');
  rmSync(compiled, { recursive: true });
  writeFileSync(compiled, "no folder");
  expect(await startOnce(firmware, shop)).toContain('"ready":true');
  rmSync(folder, { recursive: true });
}, 60_000);

test("a bundle that would hold anything of tools/ is refused", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tillwright-refused-"));
  const outFile = join(folder, "sell.cjs");
  const bundled = bundleNode({ entry: "tools/sell/main.ts", outFile, forbidden: ["tools/"] });
  await expect(bundled).rejects.toThrow("must not hold tools/sell");
  rmSync(folder, { recursive: true });
});

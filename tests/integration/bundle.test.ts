/**
 * The firmware is reproducible: two checkouts in different folders, time zones and umasks give the
 * same bytes, and nothing of tools/ or tests/ is in them.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bundleNode } from "../../tools/build/bundle-node.ts";
import { LEAN_ROWS } from "../../tools/build/lean.ts";
import { PROJECT_ROOT } from "../../tools/build/root.ts";

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

test("a bundle that would hold anything of tools/ is refused", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tillwright-refused-"));
  const outFile = join(folder, "sell.cjs");
  const bundled = bundleNode({ entry: "tools/sell/main.ts", outFile, forbidden: ["tools/"] });
  await expect(bundled).rejects.toThrow("must not hold tools/sell");
  rmSync(folder, { recursive: true });
});

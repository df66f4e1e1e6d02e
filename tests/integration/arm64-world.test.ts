/**
 * The same seed is the same world under the terminal's ARM64 Node: one bundle, run by this machine's
 * Node and by the emulated one, leaves one trace.
 */
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { PROJECT_ROOT } from "../../tools/build/root.ts";

const RUN_ARM64 = join(PROJECT_ROOT, "build/arm64/run");
const RUN_MS_MAX = 240_000;
/** Small enough for an emulator; with rot, a clock that jumps and a printer that stops. */
const WORLD = { SEED: "35", ORDERS: "6", MIX: "builtin" };

const run = promisify(execFile);

test(
  "a seed leaves the same trace under the ARM64 Node as under this machine's",
  async ({ skip }) => {
    if (!existsSync(RUN_ARM64)) skip("no ARM64 Node here: make setup says why");
    const folder = mkdtempSync(join(tmpdir(), "tillwright-arm64-"));
    try {
      const bundle = join(folder, "world.mjs");
      await build({
        absWorkingDir: PROJECT_ROOT,
        entryPoints: ["tools/sim/world/main.ts"],
        outfile: bundle,
        bundle: true,
        platform: "node",
        target: "node24",
        format: "esm",
        logLevel: "error",
      });
      const here = await worldOf(process.execPath, bundle);
      const arm64 = await worldOf(RUN_ARM64, bundle);
      expect(here.orders).toBeGreaterThan(0);
      expect(here.traceHash).toMatch(/^[0-9a-f]{32}$/);
      expect(arm64).toEqual(here);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  2 * RUN_MS_MAX,
);

async function worldOf(
  node: string,
  bundle: string,
): Promise<{ readonly traceHash: string; readonly orders: number; readonly events: number }> {
  const env = { ...process.env, ...WORLD };
  const { stdout } = await run(node, [bundle], { env, timeout: RUN_MS_MAX });
  const report: { readonly traceHash: string; readonly orders: number; readonly events: number } = JSON.parse(
    stdout.trim().split("\n").at(-1) ?? "",
  );
  const { traceHash, orders, events } = report;
  return { traceHash, orders, events };
}

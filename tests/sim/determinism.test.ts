/** The same seed is the same world in another process, time zone, locale and number of processors. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);
const MAIN = "tools/sim/world/main.ts";
const SEEDS = ["3", "7", "24"];

async function traceOf(
  seed: string,
  env: Readonly<Record<string, string>>,
  pinned: boolean,
): Promise<string> {
  const command = [process.execPath, MAIN];
  const pin = pinned && (await hasTaskset()) ? ["taskset", "-c", "0"] : [];
  const [program = process.execPath, ...rest] = [...pin, ...command];
  const options = { env: { ...process.env, SEED: seed, MIX: "builtin", ...env } };
  const { stdout } = await run(program, rest, options);
  const report: { readonly traceHash: string } = JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
  return report.traceHash;
}

async function hasTaskset(): Promise<boolean> {
  return run("taskset", ["-c", "0", "true"]).then(
    () => true,
    () => false,
  );
}

test.each(SEEDS)(
  "seed %s leaves the same trace under another TZ, locale and processor count",
  { timeout: 120_000 },
  async (seed) => {
    const here = await traceOf(seed, { TZ: "UTC", LC_ALL: "C" }, false);
    const there = await traceOf(
      seed,
      { TZ: "Asia/Kathmandu", LC_ALL: "de_DE.UTF-8", UV_THREADPOOL_SIZE: "1" },
      true,
    );
    expect(here).toMatch(/^[0-9a-f]{32}$/);
    expect(there).toBe(here);
  },
);

/**
 * The seller (tools/sell) as one file, so that a terminal's process holds what a terminal holds and
 * starts as fast.
 */
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { bundleNode } from "../../build/bundle-node.ts";
import { PROJECT_ROOT } from "../../build/root.ts";

/** Bundles it anew; answers where the file is. */
export async function bundleSeller(): Promise<string> {
  const outFile = join(PROJECT_ROOT, "build/sell/main.cjs");
  mkdirSync(dirname(outFile), { recursive: true });
  await bundleNode({
    entry: "tools/sell/main.ts",
    outFile,
    forbidden: ["tools/hq/", "tools/replay-day/", "tests/"],
  });
  return outFile;
}

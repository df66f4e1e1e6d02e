/**
 * The firmware bundle: runtime/main.ts and everything it needs in one CommonJS file, the lines that load
 * it, beside them the screen's files and the native part for serial lines (ARM64 and x64), and nothing else. Reproducible: the same sources give the same bytes in any
 * folder, time zone and umask. A bundle that holds anything of tools/ fails.
 */
import { createHash } from "node:crypto";
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { bundleNode } from "./bundle-node.ts";
import { SERIAL_NATIVES } from "./lean.ts";
import { PROJECT_ROOT } from "./root.ts";
import { buildWeb } from "./web.ts";

/** Builds the firmware into `outDir` and returns its files with their sizes and one hash over all. */
export async function buildFirmware(outDir: string): Promise<{
  readonly hash: string;
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly gzipBytes: number }[];
}> {
  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(join(outDir, "screen"), { recursive: true });
  await bundleNode({
    entry: "runtime/main.ts",
    outFile: join(outDir, "terminal.cjs"),
    forbidden: ["tools/", "tests/"],
  });
  copyPlain(join(PROJECT_ROOT, "runtime/adapters/loader.cjs"), join(outDir, "main.cjs"));
  copyNatives(join(outDir, "prebuilds"));
  await buildWeb(join(outDir, "screen"));
  const hash = createHash("sha256");
  const files = filesBelow(outDir).map((path) => {
    const bytes = readFileSync(path);
    const name = relative(outDir, path);
    hash.update(`${name}\0${bytes.length}\0`).update(bytes);
    return { path: name, bytes: bytes.length, gzipBytes: gzipSync(bytes).length };
  });
  return { hash: hash.digest("hex"), files };
}

const SERIAL_PREBUILDS = "node_modules/@serialport/bindings-cpp/prebuilds";

function copyNatives(outDir: string): void {
  for (const native of Object.values(SERIAL_NATIVES)) {
    const target = join(outDir, native);
    mkdirSync(dirname(target), { recursive: true });
    copyPlain(join(PROJECT_ROOT, SERIAL_PREBUILDS, native), target);
  }
}

function copyPlain(source: string, target: string): void {
  copyFileSync(source, target);
  chmodSync(target, 0o644);
}

function filesBelow(directory: string): readonly string[] {
  return readdirSync(directory)
    .sort()
    .flatMap((name) => {
      const path = join(directory, name);
      return statSync(path).isDirectory() ? filesBelow(path) : [path];
    });
}

if (import.meta.main) {
  const outDir = join(PROJECT_ROOT, "build/firmware");
  const { hash, files } = await buildFirmware(outDir);
  for (const file of files) {
    console.log(
      `${String(file.bytes).padStart(9)} B  ${String(file.gzipBytes).padStart(8)} B gz  ${file.path}`,
    );
  }
  const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);
  const [bytes, gzipBytes] = [sum(files.map((file) => file.bytes)), sum(files.map((file) => file.gzipBytes))];
  console.log(`${String(bytes).padStart(9)} B  ${String(gzipBytes).padStart(8)} B gz  in all`);
  console.log(`sha256 ${hash}`);
}

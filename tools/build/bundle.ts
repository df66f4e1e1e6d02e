/**
 * The firmware bundle: runtime/main.ts and everything it needs in one CommonJS file, beside it the
 * screen's files, and nothing else. Reproducible: the same sources give the same bytes in any
 * folder, time zone and umask. A bundle that holds anything of tools/ fails.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { bundleNode } from "./bundle-node.ts";
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
    outFile: join(outDir, "main.cjs"),
    forbidden: ["tools/", "tests/"],
  });
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
  console.log(`sha256 ${hash}`);
}

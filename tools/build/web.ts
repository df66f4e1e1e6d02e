/**
 * Builds the screen: bundles runtime/ui/web into the files that runtime/ui/assets.ts names. The
 * same sources give the same bytes on any machine; nothing of it is loaded from elsewhere later.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

import { build } from "esbuild";

import { ASSET_FILES } from "../../runtime/ui/assets.ts";

/** What the screen may weigh on the wire, all files together, compressed. */
export const SCREEN_GZIP_BYTES_MAX = 60 * 1000;

/** The oldest WebView that the screen is built for. */
const BROWSER = "chrome90";

const WEB = fileURLToPath(new URL("../../runtime/ui/web/", import.meta.url));

/** One built file. */
export interface BuiltFile {
  readonly file: string;
  readonly bytes: number;
  readonly gzipBytes: number;
}

/** Writes the screen's files into `outDirectory`, which is made when missing. Rejects when a source does not compile. */
export async function buildWeb(outDirectory: string): Promise<readonly BuiltFile[]> {
  const outputs = await bundled();
  for (const file of ["index.html", "icon.svg"]) outputs.set(file, await readFile(join(WEB, file)));
  await mkdir(outDirectory, { recursive: true });
  const built: BuiltFile[] = [];
  for (const { file } of ASSET_FILES) {
    const content = outputs.get(file);
    if (content === undefined) throw new Error(`The build of the screen made no ${file}`);
    await writeFile(join(outDirectory, file), content);
    built.push({ file, bytes: content.length, gzipBytes: gzipSync(content, { level: 9 }).length });
  }
  return built;
}

/** One line for people: "screen: 98.1 kB, 31.2 kB compressed of at most 60". */
export function sizeLine(built: readonly BuiltFile[]): string {
  const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(1);
  const bytes = built.reduce((total, each) => total + each.bytes, 0);
  const gzipBytes = built.reduce((total, each) => total + each.gzipBytes, 0);
  const files = built.map(({ file, gzipBytes: its }) => `${file} ${kilobytes(its)}`).join(", ");
  return `screen: ${kilobytes(bytes)} kB, ${kilobytes(gzipBytes)} kB compressed of at most ${SCREEN_GZIP_BYTES_MAX / 1000} (${files})`;
}

async function bundled(): Promise<Map<string, Uint8Array>> {
  const result = await build({
    entryPoints: { app: join(WEB, "main.tsx"), style: join(WEB, "app.css") },
    bundle: true,
    write: false,
    outdir: "out",
    absWorkingDir: fileURLToPath(new URL("../../", import.meta.url)),
    format: "esm",
    minify: true,
    target: BROWSER,
    // Of Chrome before 91 only a call with arguments behind a spread one is broken; tests hold that there is none.
    supported: { "optional-chain": true },
    charset: "utf8",
    legalComments: "none",
    jsx: "automatic",
    jsxImportSource: "preact",
    logLevel: "silent",
  });
  const byName = new Map(
    result.outputFiles.map(({ path, contents }) => [path.replace(/^.*[\\/]/, ""), contents]),
  );
  const script = byName.get("app.js");
  const style = byName.get("style.css");
  if (script === undefined || style === undefined) throw new Error("The build of the screen is incomplete");
  return new Map([
    ["app.js", script],
    ["app.css", style],
  ]);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const outDirectory = process.argv[2] ?? "build/screen";
  console.log(sizeLine(await buildWeb(outDirectory)));
}

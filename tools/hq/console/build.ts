/**
 * Builds the console's pages in memory: bundles tools/hq/console/web with everything it needs, so that
 * nothing is loaded from elsewhere later.
 */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** Files by the path of their URL. */
export type ConsoleAssets = ReadonlyMap<string, { readonly contentType: string; readonly bytes: Uint8Array }>;

const WEB = fileURLToPath(new URL("web/", import.meta.url));
/** The oldest browsers that the pages are built for. */
const BROWSERS = ["chrome100", "firefox102", "safari16"];

/** The pages' files. Rejects when a source does not compile. */
export async function buildConsole(): Promise<ConsoleAssets> {
  const result = await build({
    entryPoints: { app: `${WEB}main.tsx`, style: `${WEB}app.css` },
    bundle: true,
    write: false,
    outdir: "out",
    absWorkingDir: fileURLToPath(new URL("../../../", import.meta.url)),
    format: "esm",
    minify: true,
    target: BROWSERS,
    charset: "utf8",
    legalComments: "none",
    jsx: "automatic",
    jsxImportSource: "preact",
    logLevel: "silent",
  });
  const output = (name: string): Uint8Array => {
    const file = result.outputFiles.find(({ path }) => path.endsWith(name));
    if (file === undefined) throw new Error(`The build of the console made no ${name}`);
    return file.contents;
  };
  return new Map([
    ["/", { contentType: "text/html; charset=utf-8", bytes: await readFile(`${WEB}index.html`) }],
    ["/app.js", { contentType: "text/javascript; charset=utf-8", bytes: output("app.js") }],
    ["/app.css", { contentType: "text/css; charset=utf-8", bytes: output("style.css") }],
    ["/icon.svg", { contentType: "image/svg+xml", bytes: await readFile(`${WEB}icon.svg`) }],
  ]);
}

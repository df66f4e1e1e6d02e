/**
 * One entry and everything that it needs as one CommonJS file for Node 24: what terminals run, and
 * what tools run when they must run what a terminal runs.
 */
import { chmodSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
import { leanPlugin } from "./lean.ts";
import { PROJECT_ROOT } from "./root.ts";

/** What to bundle, and what must not slip in. */
export interface BundleOptions {
  readonly entry: string;
  readonly outFile: string;
  /** Folders whose code must not be in the bundle. */
  readonly forbidden: readonly string[];
}

/** What both passes of a bundle have in common. */
const SETTINGS = {
  absWorkingDir: PROJECT_ROOT,
  bundle: true,
  platform: "node",
  target: "node24",
  // One character beyond Latin-1 and Node holds the whole text in memory twice as wide.
  charset: "ascii",
  legalComments: "none",
  metafile: true,
  write: false,
  logLevel: "error",
} as const;

/**
 * Bundles one entry into a CommonJS file for Node 24, in two passes: first what is ours, whose names are
 * kept, because messages of bugs and stacks name classes and functions; then with the packages, whose
 * names are not. Of the packages comes what a terminal runs (`lean.ts`). Optional natives of ws stay
 * outside and are not looked for; top-level await is an error of the format.
 */
export async function bundleNode(
  options: BundleOptions,
): Promise<{ readonly inputs: readonly string[]; readonly replaced: readonly string[] }> {
  const ours = await build({
    ...SETTINGS,
    entryPoints: [options.entry],
    format: "esm",
    packages: "external",
    minifySyntax: true,
    keepNames: true,
  });
  const { plugin, met } = leanPlugin();
  const whole = await build({
    ...SETTINGS,
    stdin: { contents: textOf(ours), resolveDir: PROJECT_ROOT, sourcefile: "ours.js" },
    outfile: options.outFile,
    format: "cjs",
    minify: true,
    external: ["bufferutil", "utf-8-validate"],
    plugins: [plugin],
    define: { "process.env.WS_NO_BUFFER_UTIL": '"1"', "process.env.WS_NO_UTF_8_VALIDATE": '"1"' },
  });
  const inputs = [ours, whole].flatMap(({ metafile }) => Object.keys(metafile.inputs)).sort();
  const strangers = inputs.filter((path) => options.forbidden.some((folder) => path.startsWith(folder)));
  if (strangers.length > 0) throw new Error(`The bundle must not hold ${strangers.join(", ")}`);
  writeFileSync(options.outFile, textOf(whole));
  chmodSync(options.outFile, 0o644);
  return { inputs, replaced: [...met].map(({ request }) => request).sort() };
}

function textOf({ outputFiles }: { readonly outputFiles: readonly { readonly text: string }[] }): string {
  const [file] = outputFiles;
  if (file === undefined) throw new Error("A build has one file");
  return file.text;
}

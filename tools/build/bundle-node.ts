/**
 * One entry and everything that it needs as one CommonJS file for Node 24: what terminals run, and
 * what tools run when they must run what a terminal runs.
 */
import { chmodSync, readFileSync } from "node:fs";
import { build } from "esbuild";
import type { Plugin } from "esbuild";
import { PROJECT_ROOT } from "./root.ts";

/** What to bundle, and what must not slip in. */
export interface BundleOptions {
  readonly entry: string;
  readonly outFile: string;
  /** Folders whose code must not be in the bundle. */
  readonly forbidden: readonly string[];
}

/** The line of @serialport/bindings-cpp that says where its native part is: above its own folder. */
const NATIVES_ABOVE = `(__dirname, '../')`;

/** In a bundle there is no folder above that is ours: the native part lies in `prebuilds/` beside the bundle. */
const nativesBesideBundle: Plugin = {
  name: "natives-beside-bundle",
  setup: ({ onLoad }) => {
    onLoad({ filter: /bindings-cpp[/\\]dist[/\\]serialport-bindings\.js$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      if (!text.includes(NATIVES_ABOVE))
        throw new Error(`${path} finds its native part in a way that this build does not know`);
      return { contents: text.replace(NATIVES_ABOVE, `(__dirname, '.')`), loader: "js" };
    });
  },
};

/**
 * Bundles one entry into a CommonJS file for Node 24. Optional natives of ws stay outside and are
 * not looked for; top-level await is an error of the format.
 */
export async function bundleNode(options: BundleOptions): Promise<{ readonly inputs: readonly string[] }> {
  const result = await build({
    absWorkingDir: PROJECT_ROOT,
    entryPoints: [options.entry],
    outfile: options.outFile,
    bundle: true,
    minify: true,
    // Bug messages and stacks name classes and functions.
    keepNames: true,
    platform: "node",
    target: "node24",
    format: "cjs",
    charset: "utf8",
    legalComments: "none",
    metafile: true,
    external: ["bufferutil", "utf-8-validate"],
    plugins: [nativesBesideBundle],
    define: { "process.env.WS_NO_BUFFER_UTIL": '"1"', "process.env.WS_NO_UTF_8_VALIDATE": '"1"' },
    logLevel: "error",
  });
  const inputs = Object.keys(result.metafile.inputs).sort();
  const strangers = inputs.filter((path) => options.forbidden.some((folder) => path.startsWith(folder)));
  if (strangers.length > 0) throw new Error(`The bundle must not hold ${strangers.join(", ")}`);
  chmodSync(options.outFile, 0o644);
  return { inputs };
}

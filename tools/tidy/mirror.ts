/**
 * Each test file mirrors a source file: tests/core/money.test.ts tests core/money.ts. A test of a
 * whole folder, or of a family (cbor-encode, cbor-decode), may bear its name. Suites that cross files live in their own folders and are free.
 */
import { found, type Finding, type Rule, type Tree } from "./tree.ts";

const free = /^tests\/(integration|e2e|sim|conformance|support|golden)\//;

function check(tree: Tree): readonly Finding[] {
  const paths = tree.files.map(({ path }) => path);
  const known = new Set(paths);
  return tree.files.flatMap((file) => {
    const { path } = file;
    const mirrored = /^tests\/(.+)\.test\.tsx?$/.exec(path)?.[1];
    if (mirrored === undefined || free.test(path)) return [];
    const hasSource = [".ts", ".tsx", ".cjs", ".sh"].some((extension) => known.has(mirrored + extension));
    if (
      hasSource ||
      paths.some((other) => other.startsWith(`${mirrored}/`) || other.startsWith(`${mirrored}-`))
    )
      return [];
    return [
      found(
        file,
        0,
        "mirror",
        `mirrors nothing: there is no ${mirrored}.ts(x), no ${mirrored}-….ts and no folder ${mirrored}/`,
      ),
    ];
  });
}

/** The path of a test is the path of what it tests. */
export const mirror: Rule = { name: "mirror", check };

/**
 * Reads the project's own text files from disk. What git ignores, what is generated and what is not
 * text is left out; nothing is written.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ignoredNames = new Set([".git", "node_modules", "build", ".data"]);
const ignoredPaths = new Set(["bench", "tests/golden"]);
const textNames =
  /\.(ts|tsx|cjs|mjs|json|md|sh|css|html|svg|cddl|txt|yml|sql)$|(^|\/)(Makefile|run|\.npmrc|\.gitignore)$/;

/** Path to text of every text file under `root`. */
export function readTexts(root: string): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {};
  const directories = [""];
  for (let directory = directories.pop(); directory !== undefined; directory = directories.pop()) {
    for (const entry of readdirSync(join(root, directory), { withFileTypes: true })) {
      const path = directory === "" ? entry.name : `${directory}/${entry.name}`;
      if (ignoredNames.has(entry.name) || ignoredPaths.has(path)) continue;
      if (entry.isDirectory()) directories.push(path);
      else if (entry.isFile() && textNames.test(path)) texts[path] = readFileSync(join(root, path), "utf8");
    }
  }
  return texts;
}

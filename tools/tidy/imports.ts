/**
 * Holds every import against the import table, bans re-exports (a barrel hides where a thing lives)
 * and names of Node's modules without "node:".
 */
import { builtinModules } from "node:module";

import { allowsFile, rowOf } from "./import-table.ts";
import { found, type Finding, type ImportOf, type ModuleFile, type Rule } from "./tree.ts";

// Some, as node:sqlite, have no name without it.
const builtins = new Set(builtinModules.filter((name) => !name.startsWith("node:")));

function breachOf(file: ModuleFile, { specifier, target, isReExport }: ImportOf): string | undefined {
  const row = rowOf(file.path);
  if (row === undefined) return "is outside of the top level that the import table knows";
  if (isReExport) return `re-exports ${specifier}: import a thing from the file it lives in`;
  if (target !== undefined)
    return allowsFile(row, file.path, target) ? undefined : `imports ${target}: ${row.says}`;
  if (builtins.has(specifier)) return `imports ${specifier}: write node:${specifier}`;
  const allowed = specifier.startsWith("node:") ? row.node : row.packages;
  return allowed.test(specifier) ? undefined : `imports ${specifier}: ${row.says}`;
}

function check(file: ModuleFile): readonly Finding[] {
  return file.imports.flatMap((one) => {
    const breach = breachOf(file, one);
    return breach === undefined ? [] : [found(file, one.offset, "imports", breach)];
  });
}

/** The import table of ARCHITECTURE.md. */
export const imports: Rule = { name: "imports", check: (tree) => tree.modules.flatMap(check) };

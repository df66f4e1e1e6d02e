/**
 * No import cycles, type-only imports included: a cycle of types is two files that are one idea.
 * Depth-first search; each cycle is told once, at the file where it was entered.
 */
import { found, type Finding, type ModuleFile, type Rule, type Tree } from "./tree.ts";

function check(tree: Tree): readonly Finding[] {
  const modules = new Map(tree.modules.map((file) => [file.path, file]));
  const done = new Set<string>();
  const findings: Finding[] = [];

  const enter = (file: ModuleFile, trail: readonly string[]): void => {
    for (const { target, offset } of file.imports) {
      const next = target === undefined ? undefined : modules.get(target);
      if (next === undefined || done.has(next.path)) continue;
      const start = trail.indexOf(next.path);
      if (start < 0) enter(next, [...trail, next.path]);
      else
        findings.push(
          found(file, offset, "cycles", `closes a cycle: ${[...trail.slice(start), next.path].join(" -> ")}`),
        );
    }
    done.add(file.path);
  };

  for (const file of tree.modules) if (!done.has(file.path)) enter(file, [file.path]);
  return findings;
}

/** No cycle of imports, of values or of types. */
export const cycles: Rule = { name: "cycles", check };

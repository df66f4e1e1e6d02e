/**
 * Each export has a docstring: directly above it, or inside it at the members that need one, or
 * above the first of a group of one-liners that stand together without an empty line. Test files
 * export nothing that others read and are passed over.
 */
import type { Statement } from "oxc-parser";

import { found, type Finding, type ModuleFile, type Rule } from "./tree.ts";

function isDocstring(file: ModuleFile, start: number, end: number): boolean {
  return file.text.startsWith("/**", start) && start > 0 && end > start;
}

function hasOwn(file: ModuleFile, statement: Statement): boolean {
  return file.comments.some(({ start, end }) => {
    const isAbove = end <= statement.start && file.text.slice(end, statement.start).trim() === "";
    const isInside = start > statement.start && end < statement.end;
    return (isAbove || isInside) && isDocstring(file, start, end);
  });
}

function check(file: ModuleFile): readonly Finding[] {
  const findings: Finding[] = [];
  let previous: { readonly end: number; readonly isDocumented: boolean } = { end: 0, isDocumented: false };
  for (const statement of file.program.body) {
    const isOneLine = !file.text.slice(statement.start, statement.end).includes("\n");
    const isNextInGroup = isOneLine && file.text.slice(previous.end, statement.start) === "\n";
    const isDocumented = hasOwn(file, statement) || (isNextInGroup && previous.isDocumented);
    previous = { end: statement.end, isDocumented };
    if (isDocumented || statement.type !== "ExportNamedDeclaration" || statement.declaration === null)
      continue;
    const [line = ""] = file.text.slice(statement.start).split("\n");
    findings.push(
      found(file, statement.start, "docstring", `is not documented: ${line.replace(/[={(<].*$/, "").trim()}`),
    );
  }
  return findings;
}

/** A docstring for each export. */
export const docstring: Rule = {
  name: "docstring",
  check: (tree) => tree.modules.filter(({ path }) => !/\.test\.tsx?$/.test(path)).flatMap(check),
};

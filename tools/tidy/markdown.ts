/**
 * Each Markdown file has exactly one title, `# …`. Fenced blocks are not prose
 * and are passed over.
 */
import { found, type Finding, type Rule, type TextFile } from "./tree.ts";

function check(file: TextFile): readonly Finding[] {
  const prose = file.text.replaceAll(/^(```|~~~)[^]*?^\1/gm, "");
  const titleCount = [...prose.matchAll(/^# \S/gm)].length;
  return titleCount === 1
    ? []
    : [found(file, 0, "markdown", `has ${titleCount} titles ("# …"), exactly one is wanted`)];
}

/** One title in each Markdown file. */
export const markdown: Rule = {
  name: "markdown",
  check: (tree) => tree.files.filter(({ path }) => path.endsWith(".md")).flatMap(check),
};

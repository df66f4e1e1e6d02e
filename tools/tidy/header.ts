/**
 * Each TypeScript file begins with a header: a comment that says what the file owns and what it
 * must not do. It stands apart from the first declaration by an empty line or the imports, so that
 * it is not taken for that declaration's docstring.
 */
import { found, isTest, type Finding, type ModuleFile, type Rule } from "./tree.ts";

const LINE_COUNT_MIN = 2;
const LINE_COUNT_MAX = 12;

/** Lines of a block comment that hold text. */
function textLines(value: string): readonly string[] {
  return value
    .split("\n")
    .map((line) => line.replace(/^[\s*]+/, "").trim())
    .filter((line) => line !== "");
}

function check(file: ModuleFile): readonly Finding[] {
  const start = /^(#!.*\n)?/.exec(file.text)?.[0].length ?? 0;
  const header = file.comments.find((comment) => comment.start === start && comment.type === "Block");
  if (header === undefined || !header.value.startsWith("*")) {
    return [
      found(
        file,
        0,
        "header",
        "has no header: begin with /** what this file owns and what it must not do */",
      ),
    ];
  }
  const after = file.text.slice(header.end);
  if (/^\n(export|const|function|class|interface|type)\b/.test(after)) {
    return [
      found(
        file,
        header.end,
        "header",
        "has a docstring where the header belongs: leave an empty line after the header",
      ),
    ];
  }
  const lineCount = textLines(header.value).length;
  const lineCountMin = isTest(file.path) ? 1 : LINE_COUNT_MIN;
  if (lineCount < lineCountMin || lineCount > LINE_COUNT_MAX) {
    const message = `has a header of ${lineCount} lines: ${lineCountMin} to ${LINE_COUNT_MAX} say enough`;
    return [found(file, 0, "header", message)];
  }
  return [];
}

/** A header comment of 2 to 12 lines on top of each file (1 to 12 in tests). */
export const header: Rule = { name: "header", check: (tree) => tree.modules.flatMap(check) };

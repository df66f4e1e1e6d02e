/**
 * Tokens that may not stand in the tree, each with what to write instead. Only what no other tool
 * knows: `any`, `!`, floating promises and globals are oxlint's.
 */
import { found, isTest, visit, type Finding, type ModuleFile, type Rule } from "./tree.ts";

interface BannedWord {
  readonly pattern: RegExp;
  readonly instead: string;
}

const inComments: readonly BannedWord[] = [
  { pattern: /\b(TODO|FIXME|XXX|HACK)\b/, instead: "do it, or write an ADR" },
  { pattern: /@ts-(ignore|nocheck|expect-error)/, instead: "make the types say it" },
  { pattern: /^\s*(ox|es)lint-disable(?!.* -- \S)/, instead: "name the reason after ' -- '" },
  { pattern: /\b(issue|ticket|PR) #\d+/i, instead: "say the reason, not where it was talked about" },
];

const inTitles: readonly BannedWord[] = [
  { pattern: /\bshould\b/, instead: "a fact in the present tense" },
  { pattern: /^\d+[.)]/, instead: "a title without a number" },
];

const inCalls: readonly BannedWord[] = [
  { pattern: /^(test|it|describe)\.only$/, instead: "run one file instead" },
  {
    pattern: /^(test|it|describe)\.(skip|skipIf|runIf|todo)$/,
    instead: "call skip(reason) in the test: the reason is printed",
  },
];

const testCalls = new Set(["test", "it", "describe"]);

function wordsIn(text: string, words: readonly BannedWord[]): readonly string[] {
  return words.flatMap(({ pattern, instead }) => {
    const match = pattern.exec(text);
    return match === null ? [] : [`${match[0].trim()}: ${instead}`];
  });
}

function checkComments(file: ModuleFile): readonly Finding[] {
  return file.comments.flatMap((comment) =>
    wordsIn(comment.value, inComments).map((message) => found(file, comment.start, "banned", message)),
  );
}

function checkCalls(file: ModuleFile): readonly Finding[] {
  const findings: Finding[] = [];
  let describeCount = 0;
  visit(file, {
    MemberExpression(node) {
      if (node.object.type !== "Identifier" || node.property.type !== "Identifier") return;
      const name = `${node.object.name}.${node.property.name}`;
      if (name === "Math.random")
        findings.push(found(file, node.start, "banned", `${name}: take an Rng or a seed`));
      for (const message of wordsIn(name, inCalls)) findings.push(found(file, node.start, "banned", message));
      if (node.object.name === "console" && !/^(tools|tests)\//.test(file.path)) {
        findings.push(found(file, node.start, "banned", `${name}: take a Log`));
      }
    },
    CallExpression(node) {
      if (!isTest(file.path) || node.callee.type !== "Identifier" || !testCalls.has(node.callee.name)) return;
      const [title] = node.arguments;
      if (node.callee.name === "it") findings.push(found(file, node.start, "banned", "it: write test"));
      if (node.callee.name === "describe") describeCount += 1;
      if (describeCount > 1)
        findings.push(found(file, node.start, "banned", "describe: one in a file at most"));
      if (title?.type !== "Literal" || typeof title.value !== "string") return;
      for (const message of wordsIn(title.value, inTitles))
        findings.push(found(file, title.start, "banned", message));
    },
  });
  return findings;
}

/** Banned tokens in comments, titles and calls. */
export const banned: Rule = {
  name: "banned",
  check: (tree) => tree.modules.flatMap((file) => [...checkComments(file), ...checkCalls(file)]),
};

/**
 * Each code of a refusal, a fault or a decoding error ("order/not_open") that a type declares is
 * proven by a test or told in docs. What is not yet proven may only become less: the bound below is
 * lowered with every code that gets its test.
 */
import { found, isTest, visit, type Finding, type ModuleFile, type Rule, type Tree } from "./tree.ts";

/** Codes that no test and no document names today. */
export const UNPROVEN_COUNT_MAX = 0;

const code = /^[a-z][a-z0-9_]*\/[a-z][a-z0-9_]*$/;

function declaredIn(file: ModuleFile): readonly (readonly [string, Finding])[] {
  const declared: (readonly [string, Finding])[] = [];
  visit(file, {
    TSLiteralType({ literal }) {
      if (literal.type !== "Literal" || typeof literal.value !== "string" || !code.test(literal.value))
        return;
      const message = `${literal.value} is proven by no test and told in no document`;
      declared.push([literal.value, found(file, literal.start, "codes", message)]);
    },
  });
  return declared;
}

/** Checks with a given bound; more unproven codes than it, or fewer, is a finding. */
export function codesUpTo(unprovenCountMax: number): Rule {
  const check = (tree: Tree): readonly Finding[] => {
    const proofs = tree.files
      .filter(({ path }) => isTest(path) || path.endsWith(".md"))
      .map(({ text }) => text)
      .join("\n");
    const declared = tree.modules.filter(({ path }) => !/^(tools|tests)\//.test(path)).flatMap(declaredIn);
    const unproven = new Map(declared.filter(([name]) => !proofs.includes(name)));
    if (unproven.size > unprovenCountMax) return [...unproven.values()];
    if (unproven.size === unprovenCountMax) return [];
    const message = `${unproven.size} codes are unproven: lower UNPROVEN_COUNT_MAX to that`;
    return [{ path: "tools/tidy/codes.ts", line: 1, rule: "codes", message }];
  };
  return { name: "codes", check };
}

/** Every declared code has a test or a document. */
export const codes: Rule = codesUpTo(UNPROVEN_COUNT_MAX);

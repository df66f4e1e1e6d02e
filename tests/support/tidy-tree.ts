/**
 * Samples for the house rules: a tree made of a few files, and what a rule says of it.
 */
import { treeOf, type Rule } from "../../tools/tidy/tree.ts";

/** The breaches of `rule` in `texts` (path to text) as "path:line message", in the rule's order. */
export function breaches(rule: Rule, texts: Readonly<Record<string, string>>): readonly string[] {
  return rule.check(treeOf(texts)).map(({ path, line, message }) => `${path}:${line} ${message}`);
}

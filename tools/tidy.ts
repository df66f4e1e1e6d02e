/**
 * The house rules that no other tool knows: `node tools/tidy.ts [folder]`. Prints each breach as
 * path:line, then how many files were read; exits with 1 on a breach, and when nothing was read.
 * A rule is one file in tools/tidy/ with its test in tests/tools/tidy/; to add one, add it here.
 */
import { banned } from "./tidy/banned.ts";
import { cardData } from "./tidy/card-data.ts";
import { codes } from "./tidy/codes.ts";
import { cycles } from "./tidy/cycles.ts";
import { dependencies } from "./tidy/dependencies.ts";
import { docstring } from "./tidy/docstring.ts";
import { header } from "./tidy/header.ts";
import { imports } from "./tidy/imports.ts";
import { length } from "./tidy/length.ts";
import { markdown } from "./tidy/markdown.ts";
import { mirror } from "./tidy/mirror.ts";
import { places } from "./tidy/places.ts";
import { purity } from "./tidy/purity.ts";
import { synonyms } from "./tidy/synonyms.ts";
import { treeOf, type Rule } from "./tidy/tree.ts";
import { units } from "./tidy/units.ts";
import { readTexts } from "./tidy/walk.ts";

const rules: readonly Rule[] = [
  imports,
  cycles,
  purity,
  header,
  docstring,
  banned,
  units,
  synonyms,
  cardData,
  length,
  mirror,
  codes,
  markdown,
  dependencies,
  places,
];

const tree = treeOf(readTexts(process.argv[2] ?? "."));
const findings = [...tree.unparsed, ...rules.flatMap((rule) => rule.check(tree))];
for (const { path, line, rule, message } of findings) console.log(`${path}:${line} ${rule}: ${message}`);

const isEmpty = tree.modules.length === 0;
if (isEmpty) console.log("tidy found no TypeScript file: it was started in the wrong folder");
console.log(
  `${tree.files.length} files read, ${tree.modules.length} of them TypeScript, ${rules.length} rules, ${findings.length} breaches`,
);
process.exitCode = findings.length > 0 || isEmpty ? 1 : 0;

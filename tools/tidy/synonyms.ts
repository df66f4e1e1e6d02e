/**
 * One thing, one word (the glossary of ARCHITECTURE.md): names that the code declares, and names of
 * files, use the glossary's word. Names that others chose (keys handed to a library, members of its
 * objects) are left alone, because only declarations are looked at.
 */
import { found, visit, type Finding, type ModuleFile, type Rule } from "./tree.ts";

/** The word to use, and the words that are not used for it. */
const glossary: readonly (readonly [string, readonly string[]])[] = [
  ["clerk", ["cashier", "waiter", "waitress", "employee", "salesperson"]],
  ["tender", ["payment", "payments"]],
  ["check", ["bill", "bills", "tab"]],
  ["till", ["cashbox", "cashdrawer"]],
  ["line", ["lineitem", "orderitem"]],
  ["batch", ["bundleofevents"]],
  ["headquarters or hq", ["backoffice", "headoffice"]],
  ["source", ["src"]],
  ["target", ["dst", "dest"]],
  ["index", ["idx"]],
  ["count", ["cnt"]],
  ["quantity", ["qty"]],
  ["amount", ["amt"]],
  ["config", ["cfg", "conf"]],
  ["message", ["msg"]],
];

const wordFor = new Map(glossary.flatMap(([word, synonyms]) => synonyms.map((synonym) => [synonym, word])));

/** "paidByCashier" and "paid-by-cashier" to paid, by, cashier. */
function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, "$1 $2")
    .split(/[^A-Za-z\d]+/)
    .map((word) => word.toLowerCase());
}

function messageFor(name: string): string | undefined {
  for (const word of wordsOf(name)) {
    const better = wordFor.get(word);
    if (better !== undefined) return `${name}: the glossary says ${better}, not ${word}`;
  }
  return undefined;
}

function check(file: ModuleFile): readonly Finding[] {
  const findings: Finding[] = [];
  const look = (
    node: { readonly type: string; readonly start: number; readonly name?: unknown } | null,
  ): void => {
    if (node?.type !== "Identifier" || typeof node.name !== "string") return;
    const message = messageFor(node.name);
    if (message !== undefined) findings.push(found(file, node.start, "synonyms", message));
  };
  visit(file, {
    VariableDeclarator: (node) => look(node.id),
    FunctionDeclaration(node) {
      look(node.id);
      node.params.forEach(look);
    },
    ArrowFunctionExpression: (node) => node.params.forEach(look),
    ClassDeclaration: (node) => look(node.id),
    MethodDefinition: (node) => look(node.key),
    PropertyDefinition: (node) => look(node.key),
    TSInterfaceDeclaration: (node) => look(node.id),
    TSTypeAliasDeclaration: (node) => look(node.id),
    TSPropertySignature: (node) => look(node.key),
  });
  const message = messageFor(file.path.replace(/^.*\//, "").replace(/\..*$/, ""));
  return message === undefined ? findings : [...findings, found(file, 0, "synonyms", `file ${message}`)];
}

/** The glossary's words in identifiers and file names. */
export const synonyms: Rule = { name: "synonyms", check: (tree) => tree.modules.flatMap(check) };

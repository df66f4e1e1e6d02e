/**
 * core and protocol are functions of their arguments: nothing waits and nothing asks the machine's
 * locale; core besides keeps nothing between calls and throws only through core/bug.ts. Globals of
 * time and chance are oxlint's, Node's globals are tsconfig.pure.json's.
 */
import { found, visit, type Finding, type ModuleFile, type Rule } from "./tree.ts";

const localeMembers = new Set(["localeCompare", "toLocaleString", "toLocaleLowerCase", "toLocaleUpperCase"]);

function check(file: ModuleFile): readonly Finding[] {
  const findings: Finding[] = [];
  const add = (offset: number, message: string): void => {
    findings.push(found(file, offset, "purity", message));
  };
  const refuseAsync = (node: { readonly async: boolean; readonly start: number }): void => {
    if (node.async) add(node.start, "async: what waits belongs to runtime");
  };
  visit(file, {
    FunctionDeclaration: refuseAsync,
    FunctionExpression: refuseAsync,
    ArrowFunctionExpression: refuseAsync,
    Identifier(node) {
      if (node.name === "Promise") add(node.start, "Promise: what waits belongs to runtime");
    },
    MemberExpression(node) {
      if (node.property.type === "Identifier" && localeMembers.has(node.property.name)) {
        add(
          node.start,
          `${node.property.name}: answers differ between machines; compare or format by a table`,
        );
      }
    },
    ThrowStatement(node) {
      if (file.path.startsWith("core/") && file.path !== "core/bug.ts") {
        add(node.start, "throw: answer a Refusal, or assert for a Bug");
      }
    },
  });
  for (const statement of file.path.startsWith("core/") ? file.program.body : []) {
    const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (declaration?.type === "VariableDeclaration" && declaration.kind !== "const") {
      add(declaration.start, `${declaration.kind}: a module keeps nothing between calls`);
    }
  }
  return findings;
}

/** Purity of core and protocol. */
export const purity: Rule = {
  name: "purity",
  check: (tree) => tree.modules.filter(({ path }) => /^(core|protocol)\//.test(path)).flatMap(check),
};

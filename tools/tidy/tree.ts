/**
 * What the house rules look at: the files of the project as text, and the TypeScript among them
 * parsed. Rules are pure functions from a Tree to Findings; reading the disk is walk.ts.
 * Paths are relative to the project, with "/" between parts.
 */
import { parseSync, Visitor, type Comment, type Program, type VisitorObject } from "oxc-parser";

/** A text file as it lies in the tree. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** A .ts or .tsx file. Offsets in `program` and `comments` are UTF-16 units into `text`. */
export interface ModuleFile extends TextFile {
  readonly program: Program;
  readonly comments: readonly Comment[];
  readonly imports: readonly ImportOf[];
}

/** One way in which a file reaches another: an import of any kind, a re-export, a require. */
export interface ImportOf {
  readonly specifier: string;
  /** The file it names when it is relative, with its extension; undefined for node: and packages. */
  readonly target: string | undefined;
  readonly isReExport: boolean;
  readonly offset: number;
}

/** All files, each once, in ascending order of path. */
export interface Tree {
  readonly files: readonly TextFile[];
  readonly modules: readonly ModuleFile[];
  /** Files that could not be parsed, one finding each. */
  readonly unparsed: readonly Finding[];
}

/** One breach of a rule. `line` counts from 1. */
export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
  readonly message: string;
}

/** A house rule: answers every breach, none when the tree keeps it. */
export interface Rule {
  readonly name: string;
  readonly check: (tree: Tree) => readonly Finding[];
}

/** Parses `texts` (path to text) into a Tree. */
export function treeOf(texts: Readonly<Record<string, string>>): Tree {
  const files = Object.entries(texts)
    .map(([path, text]) => ({ path, text }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const modules: ModuleFile[] = [];
  const unparsed: Finding[] = [];
  for (const file of files.filter(({ path }) => /\.tsx?$/.test(path))) {
    const { program, comments, errors } = parseSync(file.path, file.text);
    const [error] = errors;
    if (error === undefined)
      modules.push({ ...file, program, comments, imports: importsOf(file.path, program) });
    else unparsed.push(found(file, error.labels[0]?.start ?? 0, "parse", error.message));
  }
  return { files, modules, unparsed };
}

/** A finding at `offset` of `file`. */
export function found(file: TextFile, offset: number, rule: string, message: string): Finding {
  return { path: file.path, line: file.text.slice(0, offset).split("\n").length, rule, message };
}

/** Walks the syntax tree of `file`, calling the members of `visitor` at the nodes they are named after. */
export function visit(file: Pick<ModuleFile, "program">, visitor: VisitorObject): void {
  new Visitor(visitor).visit(file.program);
}

/** Is `path` a test, or something only tests use? */
export function isTest(path: string): boolean {
  return path.startsWith("tests/");
}

function importsOf(path: string, program: Program): readonly ImportOf[] {
  const imports: ImportOf[] = [];
  const add = (specifier: string, offset: number, isReExport = false): void => {
    const target = specifier.startsWith(".") ? resolved(path, specifier) : undefined;
    imports.push({ specifier, target, isReExport, offset });
  };
  visit(
    { program },
    {
      ImportDeclaration: (node) => add(node.source.value, node.start),
      ExportAllDeclaration: (node) => add(node.source.value, node.start, true),
      ExportNamedDeclaration: (node) => {
        if (node.source) add(node.source.value, node.start, true);
      },
      ImportExpression: (node) => {
        if (node.source.type === "Literal") add(String(node.source.value), node.start);
      },
      TSImportType: (node) => add(node.source.value, node.start),
      CallExpression: (node) => {
        const [first] = node.arguments;
        const isRequire = node.callee.type === "Identifier" && node.callee.name === "require";
        if (isRequire && first?.type === "Literal") add(String(first.value), node.start);
      },
    },
  );
  return imports;
}

function resolved(path: string, specifier: string): string {
  const parts = path.split("/").slice(0, -1);
  for (const part of specifier.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}

/**
 * Copies of the project in a temporary folder: a clean one, and one into which a bug is planted and
 * taken out again. The checkout itself is only read.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MutantsFault } from "./fault.ts";
import { patched } from "./mutant.ts";
import type { Mutant } from "./mutant.ts";

const FOLDERS = ["core", "protocol", "drivers", "ota", "runtime", "tools", "tests"];
const FILES = /^(package|tsconfig.*)\.json$|^vitest\.config\.ts$/;

/** The two copies. */
export interface Trees {
  readonly clean: string;
  readonly work: string;
  /** Plants a bug into `work` and answers how to take it out. Throws mutants/find. */
  plant(mutant: Mutant): () => void;
  /** Deletes both. */
  remove(): void;
}

/** Copies the project at `root` twice. */
export function copyTrees(root: string): Trees {
  const folder = mkdtempSync(join(tmpdir(), "tillwright-mutants-"));
  const [clean, work] = [join(folder, "clean"), join(folder, "work")];
  for (const target of [clean, work]) copyTree(root, target);
  return {
    clean,
    work,
    plant: (mutant) => {
      const path = join(work, mutant.file);
      const text = readFileSync(path, "utf8");
      const result = patched(text, mutant);
      if (!result.ok) throw notOnce(mutant, result.findCount);
      writeFileSync(path, result.text);
      return () => writeFileSync(path, text);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Shows that each bug has its one place in the project at `root`. Throws mutants/find with all that have not. */
export function findAll(root: string, mutants: readonly Mutant[]): void {
  const lost = mutants.flatMap((mutant) => {
    const path = join(root, mutant.file);
    const result = patched(existsSync(path) ? readFileSync(path, "utf8") : "", mutant);
    return result.ok ? [] : [notOnce(mutant, result.findCount)];
  });
  const [first, ...others] = lost;
  if (first === undefined) return;
  throw others.length === 0 ? first : new MutantsFault("mutants/find", lost.map(wordsOf).join("; "));
}

function wordsOf({ message }: MutantsFault): string {
  return message.replace("mutants/find: ", "");
}

/** What to say of a bug whose place is not found exactly once. */
function notOnce(mutant: Mutant, findCount: number): MutantsFault {
  const detail = `${mutant.name}: its text stands ${findCount} times in ${mutant.file}, and must stand there once; renew it in tools/mutants/list`;
  return new MutantsFault("mutants/find", detail);
}

function copyTree(root: string, target: string): void {
  mkdirSync(target);
  for (const name of readdirSync(root)) {
    if (FOLDERS.includes(name) || FILES.test(name))
      cpSync(join(root, name), join(target, name), { recursive: true });
  }
  const modules = join(root, "node_modules");
  if (existsSync(modules)) symlinkSync(modules, join(target, "node_modules"));
}

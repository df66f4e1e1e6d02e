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

/** What to say of a bug whose place is not found exactly once. */
export function notOnce(mutant: Mutant, findCount: number): MutantsFault {
  const detail = `${mutant.name}: its text stands ${findCount} times in ${mutant.file}, and must stand there once`;
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

/**
 * A planted bug as data: one small change of one source file of the product, and the promise that it
 * breaks. The change is made in a copy of the tree; the product has no switch for it.
 */

/** What the simulated world does: seeds, crash states of a journal, one of its enumerations, or a scenario by its name. */
export type Course =
  | "seeds"
  | "journal_states"
  | `enumerate ${"cuts" | "faults" | "rot"}`
  | `scenario ${string}`;

/** One planted bug. */
export interface Mutant {
  /** Lower case words with dashes; names it on the command line. */
  readonly name: string;
  /** Below the root of the tree, "/" between parts. */
  readonly file: string;
  /** Text that stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** What holds without the bug, in one sentence. */
  readonly promise: string;
  /** Whether it was chosen before the world's checkers and the tests were read. */
  readonly isBlind: boolean;
  /** What the world does to catch it, in this order. */
  readonly courses: readonly Course[];
  /** Test files that may hold it where the world does not; below the root of the tree. */
  readonly also: readonly string[];
}

/** The patched text, or how often `find` stands in it when that is not once. */
export type Patched =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly findCount: number };

/** Applies a mutant's change to its file's text. */
export function patched(text: string, mutant: Pick<Mutant, "find" | "replace">): Patched {
  const parts = text.split(mutant.find);
  const [before, after] = parts;
  if (before === undefined || after === undefined || parts.length !== 2)
    return { ok: false, findCount: parts.length - 1 };
  return { ok: true, text: before + mutant.replace + after };
}

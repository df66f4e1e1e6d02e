/**
 * One planted bug: first the world, then the tests that may hold it. A word against the bug counts
 * only when the clean tree has nothing to say at the same place.
 */
import { MutantsFault } from "./fault.ts";
import { CHECK_MS_MAX, FIRST_SEED } from "./limits.ts";
import type { Course, Mutant } from "./mutant.ts";
import { runTests } from "./test-run.ts";
import type { Trees } from "./tree.ts";
import { runCourse, runSeed } from "./world.ts";

/** What became of a bug. */
export interface Trial {
  readonly mutant: Mutant;
  readonly caughtBy: "world" | "test" | "none";
  /** The world's course on which it was; null where it was not the world. */
  readonly course: Course | null;
  /** The checker's name or the test's file; empty for a survivor. */
  readonly law: string;
  readonly words: string;
  /** The world's, where it said it. */
  readonly seed: number | null;
  /** From the start of what caught it. */
  readonly ms: number;
}

/** How the world and the tests are run over a copy of the tree. */
export interface TrialRuns {
  readonly course: typeof runCourse;
  readonly seed: typeof runSeed;
  readonly tests: typeof runTests;
}

const PROCESSES: TrialRuns = { course: runCourse, seed: runSeed, tests: runTests };

/** Knows what the clean tree says, and asks it once for each place. */
export class Trials {
  readonly #trees: Trees;
  readonly #worldMsMax: number;
  readonly #cleanPlaces = new Map<string, boolean>();
  readonly #say: (line: string) => void;
  readonly #runs: TrialRuns;

  constructor(trees: Trees, worldMsMax: number, say: (line: string) => void, runs: TrialRuns = PROCESSES) {
    this.#trees = trees;
    this.#worldMsMax = worldMsMax;
    this.#say = say;
    this.#runs = runs;
  }

  /** Shows that the clean tree runs at all. Throws mutants/unclean. */
  async begin(): Promise<void> {
    const verdict = await this.#runs.seed(this.#trees.clean, FIRST_SEED, CHECK_MS_MAX);
    if (verdict.kind === "broken")
      throw new MutantsFault("mutants/unclean", `${verdict.law}: ${verdict.message}`);
  }

  /** Plants the bug, tries it, and takes it out again. Throws mutants/find and mutants/process. */
  async try(mutant: Mutant): Promise<Trial> {
    const takeOut = this.#trees.plant(mutant);
    try {
      return (await this.#inWorld(mutant)) ?? (await this.#inTests(mutant));
    } finally {
      takeOut();
    }
  }

  async #inWorld(mutant: Mutant): Promise<Trial | null> {
    for (const course of mutant.courses) {
      const trial = await this.#onCourse(mutant, course);
      if (trial !== null) return trial;
    }
    return null;
  }

  async #onCourse(mutant: Mutant, course: Course): Promise<Trial | null> {
    const startMs = performance.now();
    let fromSeed = FIRST_SEED;
    for (;;) {
      const leftMs = this.#worldMsMax - (performance.now() - startMs);
      if (leftMs <= 0) return null;
      const verdict = await this.#runs.course(this.#trees.work, course, leftMs, fromSeed);
      const ms = performance.now() - startMs;
      if (verdict.kind === "quiet") return null;
      const { law, message, seed } = verdict;
      if (await this.#isClean(course, seed))
        return { mutant, caughtBy: "world", course, law, words: message, seed, ms };
      this.#say(
        `${seed === null ? course : `seed ${seed}`} breaks ${law} in the clean tree too: passed over`,
      );
      if (seed === null) return null;
      fromSeed = seed + 1;
    }
  }

  async #inTests(mutant: Mutant): Promise<Trial> {
    const startMs = performance.now();
    for (const file of mutant.also) {
      const failed = await this.#runs.tests(this.#trees.work, file);
      const ms = performance.now() - startMs;
      if (failed === null) continue;
      if (await this.#isCleanFile(file))
        return { mutant, caughtBy: "test", course: null, law: file, words: failed.title, seed: null, ms };
      this.#say(`${file} fails in the clean tree too: passed over`);
    }
    return {
      mutant,
      caughtBy: "none",
      course: null,
      law: "",
      words: "",
      seed: null,
      ms: performance.now() - startMs,
    };
  }

  /** A crash of the course of seeds is nobody's but the bug's: the clean tree ran when this began. */
  async #isClean(course: Course, seed: number | null): Promise<boolean> {
    if (seed === null && course === "seeds") return true;
    const place = seed === null ? course : `seed ${seed}`;
    const known = this.#cleanPlaces.get(place);
    if (known !== undefined) return known;
    const { clean } = this.#trees;
    const verdict =
      seed === null
        ? await this.#runs.course(clean, course, CHECK_MS_MAX)
        : await this.#runs.seed(clean, seed, CHECK_MS_MAX);
    this.#cleanPlaces.set(place, verdict.kind === "quiet");
    return verdict.kind === "quiet";
  }

  async #isCleanFile(file: string): Promise<boolean> {
    const known = this.#cleanPlaces.get(file);
    if (known !== undefined) return known;
    const isClean = (await this.#runs.tests(this.#trees.clean, file)) === null;
    this.#cleanPlaces.set(file, isClean);
    return isClean;
  }
}

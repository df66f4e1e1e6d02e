/**
 * What counts as catching a planted bug: words of the world or of a test that the clean tree does not
 * say too. The world and the tests are played; nothing is copied and nothing is run.
 */
import { expect, test } from "vitest";
import type { Mutant } from "../../../tools/mutants/mutant.ts";
import type { Trees } from "../../../tools/mutants/tree.ts";
import { Trials } from "../../../tools/mutants/trial.ts";
import type { TrialRuns } from "../../../tools/mutants/trial.ts";
import type { WorldVerdict } from "../../../tools/mutants/world.ts";

const QUIET: WorldVerdict = { kind: "quiet" };

function broken(law: string, seed: number | null): WorldVerdict {
  return { kind: "broken", law, message: "in words", seed };
}

function mutant(changes: Partial<Mutant> = {}): Mutant {
  const also = ["tests/one.test.ts", "tests/two.test.ts"];
  const text = { name: "bug", file: "core/x.ts", find: "a", replace: "b", promise: "It holds." };
  return { ...text, isBlind: false, courses: ["seeds"], also, ...changes };
}

/** A bench whose runs are played, with what was said and done. */
function bench(played: Partial<TrialRuns>) {
  const done: string[] = [];
  const trees: Trees = {
    clean: "clean",
    work: "work",
    plant: ({ name }) => {
      done.push(`plant ${name}`);
      return () => done.push(`take out ${name}`);
    },
    remove: () => {},
  };
  const runs: TrialRuns = {
    course: () => Promise.resolve(QUIET),
    seed: () => Promise.resolve(QUIET),
    tests: () => Promise.resolve(null),
    ...played,
  };
  return { trials: new Trials(trees, 60_000, (line) => done.push(line), runs), done };
}

test("a law that breaks with the bug alone catches it, and the bug is taken out", async () => {
  const { trials, done } = bench({ course: () => Promise.resolve(broken("money_once", 7)) });
  expect(await trials.try(mutant())).toMatchObject({ caughtBy: "world", law: "money_once", seed: 7 });
  expect(done).toEqual(["plant bug", "take out bug"]);
});

test("a seed that breaks in the clean tree too is passed over, asked for once, and the search goes on behind it", async () => {
  const asked: number[] = [];
  const { trials, done } = bench({
    course: (_folder, _course, _msMax, fromSeed) => Promise.resolve(broken("totals", fromSeed === 1 ? 3 : 9)),
    seed: (folder, seed) => {
      asked.push(seed);
      return Promise.resolve(folder === "clean" && seed === 3 ? broken("totals", 3) : QUIET);
    },
  });
  expect(await trials.try(mutant())).toMatchObject({ caughtBy: "world", seed: 9 });
  expect(await trials.try(mutant())).toMatchObject({ caughtBy: "world", seed: 9 });
  expect(asked).toEqual([3, 9]);
  expect(done).toContain("seed 3 breaks totals in the clean tree too: passed over");
});

test("courses follow each other until one catches the bug; one that the clean tree breaks as well says nothing", async () => {
  const { trials } = bench({
    course: (folder, course) => {
      if (course === "enumerate cuts") return Promise.resolve(broken("journal_prefix", null));
      return Promise.resolve(
        folder === "work" && course === "journal_states" ? broken("states", null) : QUIET,
      );
    },
  });
  const courses = ["enumerate cuts", "seeds", "journal_states"] as const;
  expect(await trials.try(mutant({ courses }))).toMatchObject({ law: "states", course: "journal_states" });
});

test("a world that crashes or hangs is the bug's doing", async () => {
  const { trials } = bench({ course: () => Promise.resolve(broken("crashes", null)) });
  expect(await trials.try(mutant())).toMatchObject({ caughtBy: "world", law: "crashes", seed: null });
});

test("what the world does not see is tried against the tests, in order", async () => {
  const { trials } = bench({
    tests: (folder, file) =>
      Promise.resolve(folder === "work" && file.includes("two") ? { file, title: "it holds" } : null),
  });
  const trial = await trials.try(mutant());
  expect(trial).toMatchObject({ caughtBy: "test", law: "tests/two.test.ts", words: "it holds" });
});

test("a test that fails in the clean tree too catches nothing", async () => {
  const { trials } = bench({ tests: (_folder, file) => Promise.resolve({ file, title: "it holds" }) });
  expect(await trials.try(mutant())).toMatchObject({ caughtBy: "none", law: "" });
});

test("a bug is taken out also where a run fails", async () => {
  const { trials, done } = bench({ course: () => Promise.reject(new Error("no such program")) });
  await expect(trials.try(mutant())).rejects.toThrow("no such program");
  expect(done).toEqual(["plant bug", "take out bug"]);
});

test("a tree that breaks a law without any bug is mutants/unclean", async () => {
  const { trials } = bench({ seed: () => Promise.resolve(broken("totals", 1)) });
  await expect(trials.begin()).rejects.toMatchObject({ code: "mutants/unclean" });
});

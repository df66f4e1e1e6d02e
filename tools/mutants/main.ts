/**
 * Plants one bug after another into a copy of the tree and says what catches it: the simulated world
 * within a minute, else a test, else nothing. Words for people go to stderr; the last line of stdout
 * is JSON.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "../build/root.ts";
import { MutantsFault } from "./fault.ts";
import { MUTANTS } from "./list.ts";
import { readOptions } from "./options.ts";
import type { MutantsOptions } from "./options.ts";
import { pageOf, rowOf, rowsIn } from "./page.ts";
import { stopAll } from "./process.ts";
import { copyTrees, findAll } from "./tree.ts";
import { Trials } from "./trial.ts";
import type { Trial } from "./trial.ts";

const HELP = `Planted bugs: what catches each of ${MUTANTS.length} one-line patches of a copy of the tree.

  make mutants [ONLY=name,name]
  node tools/mutants/main.ts [--only name,name] [--seconds 60] [--list] [--help]

  --only     these bugs and no others
  --seconds  how long the world may look for each, on each of its courses
  --list     the bugs, with the promise that each breaks

The world runs first; what it does not see is tried against the tests that the bug names. Renews the
rows of docs/MUTANTS.md. Exit codes: 0 all caught; 1 something survived, or the run failed; 2 wrong options.
`;
const EXIT = { CAUGHT: 0, SURVIVED: 1, USAGE: 2 } as const;
const PAGE = join(PROJECT_ROOT, "docs/MUTANTS.md");

process.on("exit", stopAll);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(EXIT.SURVIVED));

main().then(
  (exitCode) => process.exit(exitCode),
  (fault: unknown) => {
    if (!(fault instanceof MutantsFault)) throw fault;
    say(fault.message);
    process.exit(fault.code === "mutants/option" ? EXIT.USAGE : EXIT.SURVIVED);
  },
);

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), MUTANTS);
  switch (options.kind) {
    case "help":
      process.stdout.write(HELP);
      return EXIT.CAUGHT;
    case "list":
      for (const { name, promise, isBlind } of MUTANTS)
        process.stdout.write(`${name}${isBlind ? " *" : ""}: ${promise}\n`);
      return EXIT.CAUGHT;
    case "run":
      return run(options);
  }
}

async function run(options: Extract<MutantsOptions, { kind: "run" }>): Promise<number> {
  const { mutants, worldMsMax } = options;
  findAll(PROJECT_ROOT, mutants);
  const trees = copyTrees(PROJECT_ROOT);
  process.on("exit", () => trees.remove());
  const trials = new Trials(trees, worldMsMax, say);
  await trials.begin();
  const done: Trial[] = [];
  for (const mutant of mutants) {
    const trial = await trials.try(mutant);
    done.push(trial);
    say(`${done.length}/${mutants.length} ${wordsOf(trial)}`);
    writePage(trial);
  }
  const survivors = done.filter(({ caughtBy }) => caughtBy === "none").map(({ mutant }) => mutant.name);
  const countOf = (by: Trial["caughtBy"]): number => done.filter(({ caughtBy }) => caughtBy === by).length;
  const report = {
    mutants: done.length,
    caughtByWorld: countOf("world"),
    caughtByTest: countOf("test"),
    survived: survivors.length,
    survivors,
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
  return survivors.length === 0 ? EXIT.CAUGHT : EXIT.SURVIVED;
}

// After each bug: a run that is stopped has not worked for nothing.
function writePage(trial: Trial): void {
  const rows = new Map(rowsIn(existsSync(PAGE) ? readFileSync(PAGE, "utf8") : ""));
  rows.set(trial.mutant.name, rowOf(trial));
  writeFileSync(PAGE, pageOf(MUTANTS, rows));
}

function wordsOf({ mutant, caughtBy, course, law, words, seed, ms }: Trial): string {
  const seconds = `${(ms / 1000).toFixed(1)} s`;
  if (caughtBy === "none") return `${mutant.name}: SURVIVED`;
  const place = seed === null ? (course === null ? "" : ` on ${course}`) : ` at seed ${seed}`;
  return `${mutant.name}: the ${caughtBy}'s ${law}${place} in ${seconds}: ${words.split("\n")[0]?.slice(0, 200)}`;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

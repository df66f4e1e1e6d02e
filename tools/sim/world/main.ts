/**
 * The command of the simulated world: one seed, many seeds, a scenario, the enumerations or journal
 * states. Says first what it runs, tells how it goes, and ends with one line of JSON.
 */
import { randomInt } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { PROJECT_ROOT } from "../../build/root.ts";
import { DAMAGE_NAMES, enumerate, enumerateFaults, enumerateRot } from "./enumerate.ts";
import type { Enumerated } from "./enumerate.ts";
import { faultsPage } from "./faults-page.ts";
import type { Violation } from "./cast.ts";
import { journalStates } from "./journal-states.ts";
import { hasRetail } from "./mix.ts";
import { optionsLine, optionsOf } from "./options.ts";
import { runWorld } from "./run.ts";
import { SCENARIOS } from "./scenarios.ts";
import { OPEN_SCRIPTS } from "./scripts.ts";
import { askedFor, changesOf } from "./settings.ts";
import type { Asked, EnumeratedPart } from "./settings.ts";
import { shrink } from "./shrink.ts";
import { Tally } from "./tally.ts";
import type { WorldResult } from "./world.ts";

const HELP = `The simulated world: terminals, network and headquarters under faults, in virtual time.

  node tools/sim/world/main.ts                    seeds of its own for 60 s
  SEED=n       that world exactly        SEEDS=n  so many worlds [FROM=n the first seed]
  HOURS=n      worlds for n hours        SHRINK=n the smallest world that still fails as seed n does
  MIX=builtin  not the real day's goods  ORDERS=n orders of each terminal  OFF=a,b faults to leave out
  --scenario NAME      a canned nasty: ${SCENARIOS.map(({ name }) => name).join(", ")}
  --enumerate [cuts|faults|rot]  the canonical sales crashed at every call of the disk in every way,
                       each call failing once, and journals robbed and their start crashed [EVERY=n]
  --journal-states N   so many crash states of a journal [SEED=n]
  --faults-page        writes docs/FAULTS.md from the tables of faults and laws
  --help               this text

Ends with a line of JSON; exit 1 when a law was broken, 2 for a wrong setting.
`;
const PROGRESS_MS = 5000;
const SEED_MAX = 2 ** 31;
/** One world in a hundred is run twice and must give the same trace. */
const TWICE_EVERY = 100;

process.exitCode = await main(askedFor(process.argv.slice(2), process.env));

async function main(asked: Asked): Promise<number> {
  switch (asked.kind) {
    case "help":
      process.stdout.write(HELP);
      return 0;
    case "wrong":
      process.stderr.write(`${asked.message}\n`);
      return 2;
    case "seed":
    case "scenario":
      return runOne(asked);
    case "shrink":
      return runShrink(asked.seed);
    case "seeds":
      return runSeeds(asked);
    case "faults_page":
      writeFileSync(join(PROJECT_ROOT, "docs/FAULTS.md"), faultsPage());
      return 0;
    case "enumerate":
      return runEnumerate(asked.part, asked.every);
    case "journal_states":
      return runStates(asked.seed, asked.count);
  }
}

async function runOne(asked: Extract<Asked, { kind: "seed" | "scenario" }>): Promise<number> {
  const scenario = asked.kind === "scenario" ? SCENARIOS.find(({ name }) => name === asked.name) : undefined;
  if (asked.kind === "scenario" && scenario === undefined) {
    process.stderr.write(
      `There is no scenario ${asked.name}: ${SCENARIOS.map(({ name }) => name).join(", ")}\n`,
    );
    return 2;
  }
  const options = optionsOf(asked.seed, { ...changesOf(process.env, asked.seed), ...scenario?.options });
  console.log(`SEED=${asked.seed} ${mixLine()} ${optionsLine(options)}`);
  const tally = new Tally(performance.now());
  const result = await runWorld(options, (world) => world.live(scenario?.play));
  tally.add(result);
  tell(result);
  return finish(tally);
}

async function runShrink(seed: number): Promise<number> {
  const tally = new Tally(performance.now());
  console.log(`SHRINK=${seed} ${optionsLine(optionsOf(seed, changesOf(process.env, seed)))}`);
  const shrunk = await shrink(seed, changesOf(process.env, seed), (options, { violations }) => {
    console.error(`still fails: ${violations[0]?.law} ${optionsLine(options)}`);
  });
  if (shrunk === null) {
    console.log("The seed breaks no law.");
    return finish(tally);
  }
  console.log(`Smallest after ${shrunk.tryCount} tries: ${optionsLine(shrunk.options)}`);
  tally.add(shrunk.result);
  tell(shrunk.result);
  return finish(tally);
}

async function runSeeds(asked: Extract<Asked, { kind: "seeds" }>): Promise<number> {
  const from = asked.from ?? randomInt(SEED_MAX);
  const limit = asked.count === Infinity ? `${asked.seconds} s` : `${asked.count} seeds`;
  console.log(`FROM=${from} ${mixLine()} for ${limit}; each world's options follow from its seed`);
  const tally = new Tally(performance.now());
  let saidMs = performance.now();
  for (let index = 0; index < asked.count; index += 1) {
    if (performance.now() - tally.startMs > asked.seconds * 1000) break;
    const seed = from + index;
    const options = optionsOf(seed, changesOf(process.env, seed));
    const result = await runWorld(options);
    if (index % TWICE_EVERY === 0) tally.compare(result, await runWorld(options));
    tally.add(result);
    if (result.violations.length > 0) {
      console.log(`SEED=${seed} ${optionsLine(options)}`);
      tell(result);
    }
    if (performance.now() - saidMs < PROGRESS_MS) continue;
    saidMs = performance.now();
    console.error(
      `${tally.seedCount} seeds, ${tally.orderCount} orders, ${tally.violations.length} violations`,
    );
  }
  return finish(tally);
}

async function runEnumerate(part: EnumeratedPart, every: number): Promise<number> {
  console.log(`Canonical sales crashed at each call of the disk${every > 1 ? ` (each ${every}th)` : ""}`);
  const startMs = performance.now();
  const say = (line: string): void => console.error(line);
  const runs = [
    ...(part === "all" || part === "cuts" ? [() => enumerate(every, say)] : []),
    ...(part === "all" || part === "faults" ? [() => enumerateFaults(every, say)] : []),
    ...(part === "all" || part === "rot"
      ? DAMAGE_NAMES.map((name) => () => enumerateRot(every, [name], say))
      : []),
  ];
  const all: Enumerated[] = [];
  for (const run of runs) {
    const done = await run();
    all.push(...done);
    tell({ violations: done.flatMap((one) => one.violations.slice(0, 10)) });
  }
  const violations: Violation[] = all.flatMap((one) => [...one.violations]);
  const scripts = all.map(({ script, callCount, runCount }) => ({ script, callCount, runCount }));
  const seconds = Math.round((performance.now() - startMs) / 1000);
  console.log(JSON.stringify({ scripts, open: OPEN_SCRIPTS, seconds, violations: violations.slice(0, 20) }));
  return violations.length === 0 ? 0 : 1;
}

async function runStates(seed: number, count: number): Promise<number> {
  console.log(`SEED=${seed} ${count} crash states of a journal`);
  let saidMs = performance.now();
  const result = await journalStates(
    seed,
    count,
    () => performance.now(),
    (done) => {
      if (performance.now() - saidMs < PROGRESS_MS) return;
      saidMs = performance.now();
      console.error(`${done} states`);
    },
  );
  console.log(JSON.stringify(result));
  return result.violations.length === 0 ? 0 : 1;
}

function tell(result: Pick<WorldResult, "violations">): void {
  for (const { law, actor, message, atSeconds } of result.violations)
    console.log(`VIOLATION ${law} at ${actor}, ${atSeconds.toFixed(3)} s: ${message.slice(0, 2000)}`);
}

function finish(tally: Tally): number {
  console.log(JSON.stringify(tally.report(performance.now())));
  return tally.violations.length === 0 ? 0 : 1;
}

function mixLine(): string {
  return process.env["MIX"] === "builtin" || !hasRetail() ? "goods: built-in" : "goods: the real day's";
}

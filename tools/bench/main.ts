/**
 * Runs the benches, each in a process of its own, one after the other; writes what they say to bench/
 * and prints the table. A figure that is not reached is no failure; a bench that fails is one.
 *
 *     bench/latest.json  the rows      bench/README.md  the table
 *     bench/history.jsonl  every run   bench/latest.svg  the plot
 */
import { spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "../build/root.ts";
import { BENCHES } from "./catalogue.ts";
import { installPeers } from "./peers.ts";
import { isBenchRow } from "./row.ts";
import type { BenchRow } from "./row.ts";
import { markdownTable, plainTable, plotSvg } from "./table.ts";

const HELP = `Figures of speed against peers and against what is to be reached.

  make bench [ROWS=B1,B3]    all of them, or some: the others keep their last figures

Writes bench/latest.json, bench/README.md and bench/latest.svg. Exit codes: 0 all were measured,
1 one could not be, 2 there is no such row.
`;
const EXIT = { MEASURED: 0, FAILED: 1, USAGE: 2 } as const;
const OUT = join(PROJECT_ROOT, "bench");
/** The longest bench takes a minute on a quiet machine. */
const BENCH_MS_MAX = 600_000;
const HISTORY_RUNS_COUNT_MAX = 10;
const ONE = "--one";

const [first = "", second = ""] = process.argv.slice(2);
if (first === ONE) await measureOne(second);
else if (first === "--help" || first === "-h") process.stdout.write(HELP);
else process.exitCode = measureAll(process.env["ROWS"] ?? "");

/** In the process of one bench: prints its rows. */
async function measureOne(name: string): Promise<void> {
  const load = BENCHES[name];
  if (load === undefined) throw new Error(`bench: there is no ${name}`);
  const bench = await load();
  process.stdout.write(JSON.stringify(await bench()));
}

function measureAll(text: string): number {
  const names = text === "" ? Object.keys(BENCHES) : text.split(",").map((name) => name.trim());
  const unknown = names.find((name) => BENCHES[name] === undefined);
  if (unknown !== undefined) {
    process.stderr.write(
      `bench/rows: there is no ${unknown}; there are ${Object.keys(BENCHES).join(", ")}\n`,
    );
    return EXIT.USAGE;
  }
  installPeers();
  const fresh: BenchRow[] = [];
  let isWhole = true;
  for (const name of names) {
    process.stderr.write(`${name} ...\n`);
    const rows = rowsOf(name);
    if (rows === null) isWhole = false;
    else fresh.push(...rows);
  }
  write(fresh);
  return isWhole ? EXIT.MEASURED : EXIT.FAILED;
}

/** The rows of one bench, or null when it could not be measured; it has said why. */
function rowsOf(name: string): readonly BenchRow[] | null {
  const args = ["--expose-gc", import.meta.filename, ONE, name];
  const { status, stdout } = spawnSync(process.execPath, args, {
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
    timeout: BENCH_MS_MAX,
    killSignal: "SIGKILL",
  });
  if (status === 0) return rowsIn(stdout);
  process.stderr.write(`${name} could not be measured\n`);
  return null;
}

function rowsIn(text: string): readonly BenchRow[] {
  const value: unknown = JSON.parse(text);
  return Array.isArray(value) ? value.filter(isBenchRow) : [];
}

/** Puts the fresh rows in the place of those of the same id, and writes all there is to see. */
function write(fresh: readonly BenchRow[]): void {
  mkdirSync(OUT, { recursive: true });
  const [latestPath, historyPath] = [join(OUT, "latest.json"), join(OUT, "history.jsonl")];
  const before = existsSync(latestPath) ? rowsIn(readFileSync(latestPath, "utf8")) : [];
  const kept = before.filter(({ id }) => !fresh.some((row) => row.id === id));
  const rows = [...kept, ...fresh].toSorted((left, right) =>
    left.id.localeCompare(right.id, "en", { numeric: true }),
  );
  const history = existsSync(historyPath) ? readFileSync(historyPath, "utf8").trim().split("\n") : [];
  const earlier = history.slice(-HISTORY_RUNS_COUNT_MAX).map(rowsIn);
  appendFileSync(historyPath, `${JSON.stringify(fresh)}\n`);
  writeFileSync(latestPath, `[\n${rows.map((row) => `  ${JSON.stringify(row)}`).join(",\n")}\n]\n`);
  writeFileSync(join(OUT, "README.md"), readmeOf(rows));
  writeFileSync(join(OUT, "latest.svg"), plotSvg(rows, earlier));
  process.stdout.write(plainTable(rows));
}

function readmeOf(rows: readonly BenchRow[]): string {
  return `# Bench

Written by \`make bench\`. Ours and the peer in the same process or script, in turn, the middle of many
rounds; processor time but for latencies and counts. "x" marks a bound of the ratio, "+" one of the
difference. Peers: tools/bench/package.json, never shipped. What the rows compare, what was tried and
what it gave: [docs/BENCH.md](../docs/BENCH.md).

${markdownTable(rows)}
![How far each row is from what is to be reached](latest.svg)
`;
}

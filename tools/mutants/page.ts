/**
 * docs/MUTANTS.md: a row for each planted bug with what caught it when it was last tried, and the patch
 * of each. A run of some bugs renews their rows and leaves the others.
 */
import { WORDS_CHARS_MAX } from "./limits.ts";
import type { Mutant } from "./mutant.ts";
import type { Trial } from "./trial.ts";

/** A row as it stands on the page, after its first three cells. */
export interface TriedRow {
  readonly caughtBy: string;
  readonly words: string;
  readonly seconds: string;
}

const HEAD = `# Planted bugs

Each row is a bug of one line, planted into a copy of the tree (\`make mutants\`): the world gets 60 seconds
of seeds, and bugs of the journal its crash states and enumerations too; what it does not see is tried
against the tests named beside the bug (tools/mutants/list). A bug with a star was chosen before the
checkers and the tests were read. The last column says how many seconds it took from the start of what
caught it. This page is written by that command; \`make mutants ONLY=name\` renews one row.
`;
const PATCHES = `## The patches

What stands in the file, and what it becomes.
`;
const COLUMNS: readonly string[] = [
  "bug",
  "where",
  "what holds without it",
  "caught by",
  "in its words",
  "s",
];
const ROW = /^\| `([a-z0-9-]+)`/;

/** The page's rows by the name of their bug. */
export function rowsIn(text: string): ReadonlyMap<string, TriedRow> {
  const rows = new Map<string, TriedRow>();
  for (const line of text.split("\n")) {
    const name = ROW.exec(line)?.[1];
    const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    const [caughtBy, words, seconds] = cells.slice(4);
    if (name === undefined || caughtBy === undefined || words === undefined || seconds === undefined)
      continue;
    rows.set(name, { caughtBy, words, seconds });
  }
  return rows;
}

/** The row of a bug that was just tried. */
export function rowOf(trial: Trial): TriedRow {
  const by = {
    world: `\`${trial.law}\`, ${trial.seed === null ? trial.course : `seed ${trial.seed}`}`,
    test: trial.law,
    none: "**nothing**",
  };
  // A code span holds anything but its own sign and the table's.
  const words = trial.words
    .replaceAll(/[\s|`]+/g, " ")
    .slice(0, WORDS_CHARS_MAX)
    .trim();
  return {
    caughtBy: by[trial.caughtBy],
    words: words === "" ? "" : `\`${words}\``,
    seconds: String(Math.max(1, Math.round(trial.ms / 1000))),
  };
}

/** The whole page; a bug that was never tried says so. */
export function pageOf(mutants: readonly Mutant[], rows: ReadonlyMap<string, TriedRow>): string {
  const untried: TriedRow = { caughtBy: "never tried", words: "", seconds: "" };
  const cells = mutants.map((mutant) => {
    const { caughtBy, words, seconds } = rows.get(mutant.name) ?? untried;
    const name = `\`${mutant.name}\`${mutant.isBlind ? " \\*" : ""}`;
    return [name, mutant.file, mutant.promise, caughtBy, words, seconds];
  });
  const patches = mutants.map(patchOf).join("\n\n");
  return `${HEAD}\n${countsOf(mutants, rows)}\n\n${tableOf([COLUMNS, ...cells])}\n\n${PATCHES}\n${patches}\n`;
}

function countsOf(mutants: readonly Mutant[], rows: ReadonlyMap<string, TriedRow>): string {
  const caughtBy = mutants.map(({ name }) => rows.get(name)?.caughtBy ?? "");
  const worldCount = caughtBy.filter((by) => by.startsWith("`")).length;
  const testCount = caughtBy.filter((by) => by.startsWith("tests/")).length;
  return `Of ${mutants.length} bugs the world catches ${worldCount} and a test ${testCount}.`;
}

function patchOf({ name, file, find, replace }: Mutant): string {
  const lines = [...signed("-", find), ...signed("+", replace)];
  return [`### ${name}`, "", `In ${file}:`, "", "```diff", ...lines, "```"].join("\n");
}

function signed(sign: "-" | "+", text: string): readonly string[] {
  if (text === "") return [];
  const lines = text.endsWith("\n") ? text.slice(0, -1) : text;
  return lines.split("\n").map((line) => `${sign}${line}`);
}

/** A table as the formatter lays it out: columns of one width, the last one to the right. */
function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = COLUMNS.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const last = widths.length - 1;
  const line = (cells: readonly string[]): string => {
    const padded = cells.map((cell, column) => {
      const width = widths[column] ?? 0;
      return column === last ? cell.padStart(width) : cell.padEnd(width);
    });
    return `| ${padded.join(" | ")} |`;
  };
  const rule = widths.map((width, column) =>
    column === last ? "-".repeat(width - 1) + ":" : "-".repeat(width),
  );
  const [head = [], ...body] = rows;
  return [line(head), line(rule), ...body.map(line)].join("\n");
}

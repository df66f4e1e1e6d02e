/**
 * The page of faults (docs/FAULTS.md), made from tables: the fault model of the product with promise
 * and mechanism, the faults that the world injects, the scenarios, and the laws that are held to. A
 * test keeps the committed page equal to what this file gives.
 */
import { CHECKERS, OPEN_LAWS } from "./checkers.ts";
import { FAULT_KINDS, faultRow } from "./fault-kinds.ts";
import { FAULT_MODEL } from "./fault-model.ts";
import type { ModelRow } from "./fault-model.ts";
import { SCENARIOS } from "./scenarios.ts";
import { OPEN_SCRIPTS, SCRIPTS } from "./scripts.ts";

const HEAD = `# Faults

What can go wrong, what is promised all the same, what keeps the promise, and what shows it. This page
is made from the tables of the simulated world by \`node tools/sim/world/main.ts --faults-page\`;
\`make sim\` runs what it lists.

A fault that is **open** waits for the part of the product that it is about: the actor, its faults and
its laws join with that part.
`;

/** The whole page. */
export function faultsPage(): string {
  return [
    HEAD,
    "## The fault model\n",
    table(["", "fault", "promise", "mechanism", "shown by"], FAULT_MODEL.map(modelCells)),
    "## Faults that the world injects\n",
    "Each is on in half of all worlds, at a rate that the seed draws.\n",
    table(
      ["name", "what happens", "rate", "plays"],
      FAULT_KINDS.map((kind) => {
        const { says, rate, least, most, plays } = faultRow(kind);
        const unit = rate === "timed" ? "strikes in a world" : "in a million calls";
        return [code(kind), says, `${least} to ${most} ${unit}`, plays.join(" ")];
      }),
    ),
    "## Scenarios\n",
    table(
      ["name", "course", "plays"],
      SCENARIOS.map(({ name, says, plays }) => [code(name), says, plays.join(" ")]),
    ),
    "## Canonical sales, crashed at every call of the disk in every way\n",
    table(
      ["name", "course"],
      [
        ...SCRIPTS.map(({ name, says }) => [code(name), says]),
        ...OPEN_SCRIPTS.map((name) => [code(name), "**open**"]),
      ],
    ),
    "## Laws\n",
    "Held to at any time, when faults end, and at the end; a broken one names itself, its place and its moment.\n",
    table(
      ["checker", "law", "promise"],
      CHECKERS.map(({ name, laws, promise }) => [code(name), laws.join(" "), promise]),
    ),
    "Open laws:\n",
    table(
      ["law", "promise", "waits for"],
      OPEN_LAWS.map(({ name, promise, waitsFor }) => [name, promise, waitsFor]),
    ),
  ].join("\n");
}

function modelCells(row: ModelRow): readonly string[] {
  const injected = FAULT_KINDS.filter((kind) => faultRow(kind).plays.includes(row.id)).map(code);
  const courses = SCENARIOS.filter(({ plays }) => plays.includes(row.id)).map(({ name }) => code(name));
  const checkers = CHECKERS.filter(({ shows }) => shows.includes(row.id)).map(({ name }) => code(name));
  const played = [...injected, ...courses];
  const inWorld =
    played.length === 0 ? [] : [`${played.join(", ")} under ${checkers.join(", ") || "all laws"}`];
  const shown = [...inWorld, ...row.tests];
  const open = row.waitsFor === "" ? [] : [`**open**: ${row.waitsFor}`];
  return [row.id, row.fault, row.promise, row.mechanism, [...shown, ...open].join("; ")];
}

function code(name: string): string {
  return `\`${name}\``;
}

// Columns are padded as the formatter of the house does it.
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...rows].map((cells) => (cells[column] ?? "").length)),
  );
  const rule = widths.map((width) => "-".repeat(width));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |\n`;
  return [head, rule, ...rows].map(line).join("");
}

/**
 * make enumerate-card: the ZVT authorisation cut at every byte, in both directions, by every victim; each
 * case ends with a comparison of acquirer, journal and headquarters. Says how it goes, lists what is for
 * a person and what disagrees, and ends with one line of JSON. Exit 1 when a case disagrees, 2 for
 * arguments that make no sense.
 */

import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { playCase } from "./card-case.ts";
import { playAll } from "./crew.ts";
import { ALL, casesOf, caseOfWords, nameOf, setupOf, USUAL, wordsOf } from "./plan.ts";
import type { PlannedCase, PlannedDialogue } from "./plan.ts";

const HELP = `A card sale cut at every byte of its dialogue with the reader.

  node tools/sim/reader/enumerate/main.ts [--all] [--row zvt/tcp] [--every 1]
  node tools/sim/reader/enumerate/main.ts --case "zvt/tcp first byte to_till 46 reader"

  --all         every kind of terminal, a first sale and one that follows another
  --row NAME    only this row: ${[...new Set(ALL.map(({ row }) => row))].join(", ")}
  --every N     only each n-th place
  --case WORDS  one case, as it is named in the list
  --help        this text
`;

const SHOWN_COUNT_MAX = 12;
const PROGRESS_MS = 5_000;

process.exitCode = await main(process.argv.slice(2));

interface Wish {
  readonly dialogues: readonly PlannedDialogue[];
  readonly every: number;
  readonly single: PlannedCase | null;
}

async function main(argumentTexts: readonly string[]): Promise<number> {
  const wish = readArguments(argumentTexts);
  if (wish === null) {
    process.stdout.write(HELP);
    return 0;
  }
  if (typeof wish === "string") {
    process.stderr.write(`${wish}\nTry --help.\n`);
    return 2;
  }
  if (wish.single !== null) return playOne(wish.single);
  return playMany(wish);
}

async function playOne(planned: PlannedCase): Promise<number> {
  const result = await playCase(setupOf(planned, planned.cut));
  process.stdout.write(`${JSON.stringify(result)}\n`);
  return result.kind === "disagree" ? 1 : 0;
}

async function playMany({ dialogues, every }: Wish): Promise<number> {
  const startedMs = performance.now();
  const cases = (await Promise.all(dialogues.map((its) => casesOf(its, every)))).flat();
  const names = dialogues.map(nameOf).join(", ");
  process.stdout.write(`${cases.length} cases: ${names}\n`);
  const counts = { agree: 0, manual: 0, disagree: 0 };
  const told = new Map<string, string[]>();
  let playedCount = 0;
  let saidMs = startedMs;
  await playAll(cases, (planned, { kind, says }) => {
    counts[kind] += 1;
    playedCount += 1;
    if (kind !== "agree") {
      const key = `${kind}: ${says}`;
      if (kind === "disagree") process.stdout.write(`${wordsOf(planned)}: ${says}\n`);
      told.set(key, [...(told.get(key) ?? []), wordsOf(planned)]);
    }
    if (performance.now() - saidMs < PROGRESS_MS) return;
    saidMs = performance.now();
    process.stdout.write(`${playedCount} of ${cases.length}, ${counts.disagree} disagree\n`);
  });
  for (const [key, words] of told) {
    const rest = words.length > SHOWN_COUNT_MAX ? ` and ${words.length - SHOWN_COUNT_MAX} more` : "";
    process.stdout.write(`${key}\n  ${words.slice(0, SHOWN_COUNT_MAX).join("\n  ")}${rest}\n`);
  }
  const seconds = Math.round((performance.now() - startedMs) / 1000);
  process.stdout.write(`${JSON.stringify({ cases: cases.length, ...counts, seconds })}\n`);
  return counts.disagree > 0 || playedCount !== cases.length ? 1 : 0;
}

/** The wish, null for the help, or a sentence that says what is wrong. */
function readArguments(argumentTexts: readonly string[]): Wish | string | null {
  try {
    const { values } = parseArgs({
      args: [...argumentTexts],
      options: {
        all: { type: "boolean", default: false },
        row: { type: "string" },
        every: { type: "string", default: "1" },
        case: { type: "string" },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) return null;
    const every = Number(values.every);
    if (!Number.isInteger(every) || every < 1) return `--every ${values.every}: a whole number from 1.`;
    const single = values.case === undefined ? null : caseOfWords(values.case);
    if (single === undefined) return `--case ${values.case}: no such case.`;
    const base = values.all || values.row !== undefined ? ALL : USUAL;
    const dialogues = base.filter(({ row }) => values.row === undefined || row === values.row);
    if (dialogues.length === 0) return `--row ${values.row}: no such row.`;
    return { dialogues, every, single };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

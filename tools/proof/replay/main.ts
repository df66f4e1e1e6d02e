/**
 * The command line of `tools/replay`: steps through the journal in a terminal's data folder. Reads only;
 * the terminal may be running.
 */
import { existsSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { openNodeDisk } from "../../../runtime/adapters/node-disk.ts";
import { orderOf } from "../../../core/evolve.ts";
import { eventIdFrom } from "../../../core/ids.ts";
import { checkJournal } from "./check.ts";
import { explainReceipt, findReceipt } from "./explain.ts";
import { readBundle, replayOfBundle } from "../../support/bundle.ts";
import { differencesOf, summaryOf } from "../../support/summary.ts";
import { replayJournal } from "./journal.ts";
import type { Replay } from "./journal.ts";
import { stateLine, stepLine } from "./tell.ts";

const HELP = `Steps through a terminal's journal, and changes nothing.

  tools/replay show    --data DIR [--from SEQ] [--to SEQ] [--views]
  tools/replay order   --data DIR RECEIPT
  tools/replay verify  --data DIR
  tools/replay explain --data DIR RECEIPT
  tools/replay ...     --bundle FILE

  show       every record in words; with --views also where the terminal stood behind it
  order      the records of one order, and where each left it
  verify     a line of JSON: whether chain, numbers and every stated fact hold; exit 1 if not
  explain    why a receipt comes to what it comes to

  --data DIR   the terminal's data folder; the terminal may be running
  --bundle FILE  a support bundle (tools/support-bundle) instead of a folder; verify then also says
                 whether it comes to the same totals and marks as where it was made (exit 1 if not)
  RECEIPT      a receipt's number (till-1-3F0A-17), or the number on its record line
  --help       this text
`;

const EXIT_USAGE = 2;
const MODES = ["show", "order", "verify", "explain"] as const;
type Mode = (typeof MODES)[number];

interface Asked {
  readonly mode: Mode;
  /** The terminal's folder, or a bundle. */
  readonly data: string;
  readonly isBundle: boolean;
  readonly receipt: string;
  readonly from: number;
  readonly to: number;
  readonly hasViews: boolean;
}

void main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

async function main(args: readonly string[]): Promise<void> {
  if (args.length === 0 || args.includes("--help")) {
    process.stdout.write(HELP);
    return;
  }
  const asked = readArgs(args);
  if (typeof asked === "string") {
    process.stderr.write(`tools/replay: ${asked}\n`);
    process.exitCode = EXIT_USAGE;
    return;
  }
  const bundle = asked.isBundle ? readBundle(new Uint8Array(readFileSync(asked.data))) : null;
  const replay = bundle === null ? await replayOfFolder(asked.data) : replayOfBundle(bundle);
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  if (asked.mode === "verify") {
    const check = await checkJournal(replay);
    const differences = bundle === null ? null : differencesOf(bundle.expected, await summaryOf(replay));
    say(JSON.stringify(differences === null ? check : { ...check, differences }));
    if ((differences ?? check.problems).length > 0) process.exitCode = 1;
  } else if (asked.mode === "show") await show(replay, asked, say);
  else if (asked.mode === "order") await showOrder(replay, asked.receipt, say);
  else {
    const { state } = await replay();
    const { order, check, closing, versions } = findReceipt(state, asked.receipt);
    for (const line of explainReceipt(order, check, closing, versions)) say(line);
  }
}

async function replayOfFolder(folder: string): Promise<Replay> {
  const disk = await openNodeDisk(folder);
  return (onStep) => replayJournal(disk, onStep);
}

async function show(
  replay: Replay,
  { from, to, hasViews }: Asked,
  say: (line: string) => void,
): Promise<void> {
  await replay((step, state) => {
    if (step.seq < from || step.seq > to) return;
    say(stepLine(step, state));
    if (hasViews) say(`         = ${stateLine(state)}`);
  });
}

async function showOrder(replay: Replay, receipt: string, say: (line: string) => void): Promise<void> {
  const { state: end } = await replay();
  const { id } = findReceipt(end, receipt).order;
  await replay((step, state) => {
    const { recorded } = step;
    if (recorded === null || orderOf(recorded.event, recorded) !== eventIdFrom(id)) return;
    const order = state.orders.get(id)?.order;
    say(stepLine(step, state));
    if (order !== undefined)
      say(
        `         = ${order.phase}, ${order.lines.length} open lines, marks: ${order.marks.join(" ") || "none"}`,
      );
  });
}

function readArgs(args: readonly string[]): Asked | string {
  const [name = "", ...rest] = args;
  const mode = MODES.find((its) => its === name);
  if (mode === undefined) return `There is no ${JSON.stringify(name)}: ${MODES.join(", ")}`;
  try {
    const { values, positionals } = parseArgs({
      args: rest,
      allowPositionals: true,
      options: {
        data: { type: "string" },
        bundle: { type: "string" },
        from: { type: "string" },
        to: { type: "string" },
        views: { type: "boolean" },
      },
    });
    const isBundle = values.bundle !== undefined;
    const data = values.bundle ?? values.data ?? "";
    if (isBundle && values.data !== undefined) return "name --data or --bundle";
    // Opening a folder makes it; a folder that is not there holds no journal.
    const missing = isBundle ? "--bundle: there is no file" : "--data: there is no folder";
    if (data === "" || !existsSync(data)) return `${missing} ${JSON.stringify(data)}`;
    const [receipt = "", ...others] = positionals;
    const needsReceipt = mode === "order" || mode === "explain";
    if (needsReceipt !== (receipt !== "") || others.length > 0)
      return needsReceipt ? `${mode} names one receipt` : `${mode} names no receipt`;
    const [from, to] = [Number(values.from ?? 1), Number(values.to ?? Number.MAX_SAFE_INTEGER)];
    if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to))
      return "--from and --to are numbers of records";
    return { mode, data, isBundle, receipt, from, to, hasViews: values.views === true };
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}

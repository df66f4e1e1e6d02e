/**
 * A seller without a screen: the real terminal (journal, loop, effects, uplink) driven by lines on
 * stdin. For people at a shell, and for tools that drive a whole day through a real process.
 * Answers are JSON, one line each, on stdout; what the terminal logs goes to stderr.
 */
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { wallMs } from "../../core/time.ts";
import type { WallMs } from "../../core/time.ts";
import { bindTerminal, StartFault } from "../../runtime/adapters/bind.ts";
import { machineClock } from "../../runtime/adapters/machine.ts";
import { openTerminal } from "../../runtime/terminal.ts";
import { dyingDisk } from "./dying-disk.ts";
import { seededRng } from "./seeded-rng.ts";
import { Seller } from "./seller.ts";
import { SELL_HELP } from "./step.ts";

const HELP = `tillwright sell: a terminal without a screen

  sell --config FILE --data DIR [--die-at-write N [--die-from-step N]] [--seed N]

  --config FILE       the terminal's configuration (JSON)
  --data DIR          its data directory
  --die-at-write N    SIGKILL itself in the middle of the N-th journal write (for fault runs)
  --die-from-step N   count those writes from the step with this number on
  --seed N            draw epochs from N and not from the machine: the same steps give the same bytes

${SELL_HELP}
`;

function say(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

function log(code: string, detail: string): void {
  process.stderr.write(`${code}: ${detail}\n`);
}

interface Arguments {
  readonly config: string;
  readonly data: string;
  readonly dieAtWrite: number;
  readonly dieFromStep: number;
  readonly seed: string | null;
}

async function sell(args: Arguments): Promise<void> {
  // A seeded run begins at a fixed time too, or its first record would differ.
  let stepAt: WallMs | null = args.seed === null ? null : wallMs(0);
  let stepN = 0;
  const { parts, lock } = await bindTerminal(args.config, args.data, log);
  const terminal = await openTerminal({
    ...parts,
    disk:
      args.dieAtWrite > 0
        ? dyingDisk(parts.disk, args.dieAtWrite, () => stepN >= args.dieFromStep)
        : parts.disk,
    rng: args.seed === null ? parts.rng : seededRng(args.seed),
    clock: { wall: () => stepAt ?? machineClock.wall(), monotonicMs: () => machineClock.monotonicMs() },
    // The steps tell the time, in another year and with gaps.
    clockWatch: null,
  });
  const seller = new Seller(terminal, parts.config.currency, say, (n, at) => {
    stepN = n;
    stepAt = at;
  });
  terminal.onStatus(() => {
    const { durableSeq, ackedSeq, headSeq, link } = terminal.status();
    if (ackedSeq === headSeq) say({ acked: ackedSeq, durable: durableSeq, link });
  });
  for await (const line of createInterface({ input: process.stdin })) await seller.take(line);
  await terminal.close();
  await lock.release();
}

const { values } = parseArgs({
  options: {
    config: { type: "string" },
    data: { type: "string" },
    "die-at-write": { type: "string", default: "0" },
    "die-from-step": { type: "string", default: "0" },
    seed: { type: "string" },
    help: { type: "boolean", short: "h" },
  },
});
if (values.help === true || values.config === undefined || values.data === undefined) {
  process.stdout.write(HELP);
  process.exitCode = values.help === true ? 0 : 2;
} else {
  const { config, data, seed = null } = values;
  const dieAtWrite = Number(values["die-at-write"]);
  const dieFromStep = Number(values["die-from-step"]);
  sell({ config, data, dieAtWrite, dieFromStep, seed }).catch((fault: unknown) => {
    if (fault instanceof StartFault) log(fault.code, fault.message);
    else log("sell/failed", fault instanceof Error ? (fault.stack ?? fault.message) : String(fault));
    process.exit(1);
  });
}

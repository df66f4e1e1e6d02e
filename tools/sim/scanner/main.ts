/**
 * Starts the simulated scanner from the command line: each line of standard input is a code, "fault code"
 * one that goes wrong. Exit codes: 0 stopped, 1 could not start, 2 arguments that make no sense.
 */

import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import type { ScanFault } from "./scanner.ts";
import { SCANNER_SETUP, SCAN_FAULTS, lineOf } from "./scanner.ts";
import { startVirtualScanner } from "./server.ts";

const HELP = `A barcode scanner on a TCP port that scans what is typed here.

  node tools/sim/scanner/main.ts [--port 9101] [--aim ]E0] [--seed 1]

  6900350006025          scans it
  half 6900350006025     scans it badly: ${SCAN_FAULTS.slice(1).join(", ")}
  --port N               where tills listen to it; 0 takes any free port
  --aim TEXT             the identifier in front of each code; empty for none
  --seed N               the same faults again
  --help                 this text
`;

main(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    const isWish = error instanceof TypeError;
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(isWish ? `${reason}\nTry --help.\n` : `The scanner could not start: ${reason}.\n`);
    process.exitCode = isWish ? 2 : 1;
  },
);

async function main(argumentTexts: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argumentTexts],
    options: {
      port: { type: "string", default: "9101" },
      aim: { type: "string", default: SCANNER_SETUP.aim },
      seed: { type: "string", default: "1" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const [tcpPort, seed] = [Number(values.port), Number(values.seed)];
  if (!Number.isInteger(tcpPort) || tcpPort < 0 || tcpPort > 65_535 || !Number.isInteger(seed)) {
    process.stderr.write("--port and --seed are whole numbers.\nTry --help.\n");
    return 2;
  }
  const scanner = await startVirtualScanner(tcpPort);
  process.stdout.write(`Virtual scanner   tcp://127.0.0.1:${scanner.tcpPort}\n`);
  const random = seeded(seed);
  for await (const line of createInterface({ input: process.stdin })) {
    const [first = "", rest] = line.trim().split(/\s+(.*)/);
    const fault = SCAN_FAULTS.find((name): name is ScanFault => name === first);
    const text = fault === undefined ? line.trim() : (rest ?? "");
    if (text === "") continue;
    await scanner.send(
      lineOf([{ text, fault: fault ?? "none" }], { ...SCANNER_SETUP, aim: values.aim }, random),
    );
  }
  await scanner.close();
  return 0;
}

/** Mulberry32: small, and the same on every machine. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

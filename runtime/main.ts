/**
 * The firmware's entry: reads its two arguments, binds the machine, and starts in this order:
 *
 *     devices (keys, disk, printer, scanner, scale, bus) -> terminal -> PIN gate, training, scans -> screen
 *
 * and stops in the reverse one. A wiring table: no logic lives here.
 */
import { dirname, join, resolve } from "node:path";
import { readArguments } from "./adapters/arguments.ts";
import { bindTerminal } from "./adapters/bind.ts";
import { createLog } from "./adapters/log.ts";
import { loadScreenAssets, startScreen } from "./adapters/screen-server.ts";
import { createPinHasher } from "./adapters/pin-hasher.ts";
import { startWords } from "./adapters/start-words.ts";
import { tellSupervisor } from "./adapters/supervisor.ts";
import { causeFacts } from "./log.ts";
import { screenPorts } from "./screen-ports.ts";
import { openTerminal } from "./terminal.ts";

const HELP = `tillwright terminal

  main.cjs --config FILE --data DIR [--screen DIR] [--log-format text|json]

  --config FILE   the terminal's configuration (JSON); its catalogue lies beside it
  --data DIR      journal, marks and keys; made on the first start, locked while it runs
  --screen DIR    the screen's files (default: the folder "screen" beside this file)
  --log-format F  how stderr is written: text (the default), or json, one event a line

Prints one JSON line when it can sell: {"ready":true,"screen":URL}. Exit codes: 0 stopped,
1 could not start or go on, 2 wrong arguments.
`;

const EXIT = { STOPPED: 0, FAILED: 1, USAGE: 2 } as const;

async function start(configPath: string, dataDirectory: string, screenDirectory: string): Promise<void> {
  const assets = await loadScreenAssets(screenDirectory);
  const bound = await bindTerminal(configPath, dataDirectory, log);
  const { clock, rng, timers } = bound.parts;
  const terminal = await openTerminal(bound.parts);
  const { config, catalogue, pricing } = terminal;
  const ports = screenPorts(bound.parts, terminal, createPinHasher(rng));
  const screen = await startScreen({
    ...ports,
    scanner: bound.scanner,
    scale: bound.scale,
    printer: bound.pairing,
    catalogue,
    pricing,
    config,
    clock,
    rng,
    timers,
    assets,
    port: config.screenPort,
    onBug: crash,
  });
  const supervisor = tellSupervisor(log);
  stopOnSignal([
    () => supervisor.stop(),
    () => screen.close(),
    () => ports.training.leave(),
    () => bound.scanner?.close(),
    () => bound.scale?.close(),
    () => terminal.close(),
    () => bound.lock.release(),
  ]);
  // Last: whoever waits for it may ask for a stop at once.
  process.stdout.write(`${JSON.stringify({ ready: true, screen: screen.url, terminal: config.terminal })}\n`);
}

/** Stops once, in this order. */
function stopOnSignal(steps: readonly (() => Promise<void> | void)[]): void {
  let isStopping = false;
  const stopAll = async (): Promise<void> => {
    for (const step of steps) await step();
    process.exit(EXIT.STOPPED);
  };
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    stopAll().catch(crash);
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}

/** A Bug or a fault that nobody handles: said once, and the supervisor starts again. The journal makes that safe. */
function crash(cause: unknown): never {
  log("runtime/crashed", causeFacts(cause));
  process.exit(EXIT.FAILED);
}

function refuseToStart(cause: unknown): void {
  const said = startWords(cause);
  if (said === null) crash(cause);
  log(said.code, said.sentence);
  process.exit(EXIT.FAILED);
}

const asked = readArguments(process.argv.slice(2));
const log = createLog(asked.kind === "start" ? asked.logFormat : "text");
process.on("uncaughtException", crash);
process.on("unhandledRejection", crash);
if (asked.kind === "help") process.stdout.write(HELP);
else if (asked.kind === "wrong") {
  process.stderr.write(HELP);
  process.exitCode = EXIT.USAGE;
} else {
  const beside = join(dirname(resolve(process.argv[1] ?? ".")), "screen");
  start(asked.config, asked.data, asked.screen ?? beside).catch(refuseToStart);
}

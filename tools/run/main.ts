/**
 * make run: the demo shop on this machine, until Ctrl-C. DATA=fresh starts over; without it a second
 * start finds yesterday's sales.
 */
import { join, resolve } from "node:path";
import { PROJECT_ROOT } from "../build/root.ts";
import { DEMO_MANAGER, DEMO_MANAGER_PIN, startDemo } from "./demo.ts";
import type { Demo } from "./demo.ts";

const HELP = `tillwright demo shop

  make run              headquarters, a terminal, a virtual printer and card reader; keeps its data in .data/
  make run DATA=fresh   the same, with nothing sold yet

Ctrl-C stops all of it cleanly.
`;

if (process.argv.includes("--help") || process.argv.includes("-h")) {
  process.stdout.write(HELP);
} else {
  await run();
}

async function run(): Promise<void> {
  const data = process.env["DATA"] ?? "";
  if (data !== "" && data !== "fresh") {
    console.error(
      `run/data: DATA=${data} means nothing. DATA=fresh starts over; without it everything is kept.`,
    );
    process.exit(2);
  }
  const isFresh = data === "fresh";
  const startedMs = performance.now();
  const onStep = (step: string): void => console.log(`${secondsSince(startedMs)}  ${step} ...`);
  const demo = await startDemo({
    directory: resolve(process.env["TILLWRIGHT_DEMO"] ?? join(PROJECT_ROOT, ".data")),
    isFresh,
    firmware: null,
    onStep,
  }).catch((cause: unknown) => {
    console.error(cause instanceof Error ? cause.message : String(cause));
    process.exit(1);
  });
  console.log(`${secondsSince(startedMs)}  ready\n\n${addresses(demo)}`);
  await stopOrDeath(demo);
}

function addresses(demo: Demo): string {
  return [
    `  the till      ${demo.screenUrl}`,
    `  the printer   ${demo.printerPageUrl}`,
    `  the reader    ${demo.readerPageUrl} (play the card holder there)`,
    `  the console   ${demo.consoleUrl}`,
    `  headquarters  127.0.0.1:${demo.hqPort} (MQTT); its figures:
                ${process.execPath} ${join(PROJECT_ROOT, "tools/hq/report.ts")} --data ${demo.hqDirectory}`,
    "",
    "  Sell something: pick a name, tap an item, tap Cash. Ctrl-C stops everything.",
    `  The manager is ${DEMO_MANAGER}, PIN ${DEMO_MANAGER_PIN}: approves what another name may not do.`,
    "",
  ].join("\n");
}

async function stopOrDeath(demo: Demo): Promise<void> {
  const asked = new Promise<string>((resolve) => {
    process.once("SIGINT", () => resolve("stopping"));
    process.once("SIGTERM", () => resolve("stopping"));
  });
  const died = [demo.hq, demo.terminal].map(async (child) => {
    const code = await child.exited;
    return `${child.name} ended by itself (exit ${code ?? "by a signal"}); see its log in the data folder`;
  });
  const reason = await Promise.race([asked, ...died]);
  console.log(`\n${reason} ...`);
  await demo.stop();
  console.log("stopped; everything sold is kept");
  process.exit(reason === "stopping" ? 0 : 1);
}

function secondsSince(startedMs: number): string {
  return `${((performance.now() - startedMs) / 1000).toFixed(1).padStart(5)} s`;
}

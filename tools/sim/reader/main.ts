/**
 * Starts the virtual card reader from the command line, prints where it is, stops on Ctrl-C. Exit codes:
 * 0 stopped, 1 could not start, 2 arguments that make no sense.
 */

import { parseArgs } from "node:util";
import { startVirtualReader } from "./server.ts";
import type { VirtualReaderOptions } from "./server.ts";
import { NEWER, OLDER, PLAIN } from "./zvt/behaviour.ts";

const HELP = `A ZVT card terminal with an acquirer behind it, and a page to play the card holder.

  node tools/sim/reader/main.ts [--link tcp] [--port 20007] [--page 20080]
  node tools/sim/reader/main.ts --link pty --port /tmp/reader [--page 20080]

  --link KIND       tcp, or pty for a serial line (needs socat)
  --port PORT       where tills reach it: a TCP port (0 takes any free one), or the path of the line
  --page N          where the page is; 0 takes any free port
  --generation G    older: takes back what was not acknowledged (the default)
                    newer: keeps it, and takes it back when the next payment shows that the till does not know it
                    plain: keeps it
  --data FOLDER     keeps ledger and memory there; without it both are forgotten at the end
  --help            this text
`;

const GENERATIONS = new Map([
  ["older", OLDER],
  ["newer", NEWER],
  ["plain", PLAIN],
]);

main(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    process.stderr.write(`The virtual reader could not start: ${reasonOf(error)}.\n`);
    process.exitCode = 1;
  },
);

async function main(argumentTexts: readonly string[]): Promise<number> {
  const wish = readArguments(argumentTexts);
  if (typeof wish === "string") {
    process.stderr.write(`${wish}\nTry --help.\n`);
    return 2;
  }
  if (wish === null) {
    process.stdout.write(HELP);
    return 0;
  }
  const reader = await startVirtualReader(wish);
  process.stdout.write(`Virtual reader    ${reader.address}\n`);
  process.stdout.write(`Its card holder   http://127.0.0.1:${reader.httpPort}/\n`);
  const stop = (): void => void reader.close();
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  return 0;
}

/** The wish, null for the help, or a sentence that says what is wrong with the arguments. */
function readArguments(argumentTexts: readonly string[]): VirtualReaderOptions | string | null {
  try {
    const { values } = parseArgs({
      args: [...argumentTexts],
      options: {
        link: { type: "string", default: "tcp" },
        port: { type: "string", default: "20007" },
        page: { type: "string", default: "20080" },
        generation: { type: "string", default: "older" },
        data: { type: "string" },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) return null;
    const behaviour = GENERATIONS.get(values.generation);
    const httpPort = portOf(values.page);
    if (values.link !== "tcp" && values.link !== "pty") return `--link ${values.link}: tcp or pty.`;
    if (behaviour === undefined) return `--generation ${values.generation}: older, newer or plain.`;
    if (httpPort === undefined) return `--page ${values.page}: a port is a whole number from 0 to 65535.`;
    const tcpPort = portOf(values.port);
    if (values.link === "tcp" && tcpPort === undefined)
      return `--port ${values.port}: a port is a whole number from 0 to 65535.`;
    if (values.link === "pty" && !values.port.startsWith("/"))
      return `--port ${values.port}: a serial line needs an absolute path.`;
    const link =
      values.link === "tcp"
        ? ({ kind: "tcp", tcpPort: tcpPort ?? 0 } as const)
        : ({ kind: "pty", path: values.port } as const);
    return { link, httpPort, behaviour, directory: values.data ?? null, faults: [] };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function portOf(text: string): number | undefined {
  if (!/^\d{1,6}$/.test(text)) return undefined;
  const value = Number(text);
  return value <= 65_535 ? value : undefined;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isTaken = "code" in error && error.code === "EADDRINUSE" && "port" in error;
  return isTaken ? `port ${String(error.port)} is in use` : error.message;
}

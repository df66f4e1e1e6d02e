/**
 * Starts the virtual printer from the command line, prints its addresses, stops on Ctrl-C. Exit codes:
 * 0 stopped, 1 could not start, 2 arguments that make no sense.
 */

import { parseArgs } from "node:util";
import { startVirtualPrinter } from "./server.ts";

const HELP = `A receipt printer that shows what it printed as pictures on a page.

  node tools/sim/printer/main.ts [--port 9100] [--page-port 9180] [--columns 48]

  --port N        where tills print to (ESC/POS over TCP); 0 takes any free port
  --page-port N   where the page is; 0 takes any free port
  --columns N     48 for 80 mm paper, 32 for 58 mm
  --help          this text
`;

const COLUMNS_MIN = 16;
const COLUMNS_MAX = 64;

main(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 1;
  },
);

async function main(argumentTexts: readonly string[]): Promise<number> {
  const wish = readArguments(argumentTexts);
  if (typeof wish === "string") {
    process.stderr.write(`${wish}\nTry --help.\n`);
    return 2;
  }
  if (wish.help) {
    process.stdout.write(HELP);
    return 0;
  }
  try {
    const printer = await startVirtualPrinter(wish);
    process.stdout.write(`Virtual printer   tcp://127.0.0.1:${printer.tcpPort}\n`);
    process.stdout.write(`Its receipts      http://127.0.0.1:${printer.httpPort}/\n`);
    const stop = (): void => void printer.close();
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
    return 0;
  } catch (error) {
    process.stderr.write(`The virtual printer could not start: ${reasonOf(error)}.\n`);
    return 1;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isTaken = "code" in error && error.code === "EADDRINUSE" && "port" in error;
  return isTaken ? `port ${String(error.port)} is in use` : error.message;
}

interface Wish {
  readonly tcpPort: number;
  readonly httpPort: number;
  readonly columnCount: number;
  readonly help: boolean;
}

/** The wish, or a sentence that says what is wrong with the arguments. */
function readArguments(argumentTexts: readonly string[]): Wish | string {
  try {
    const { values } = parseArgs({
      args: [...argumentTexts],
      options: {
        port: { type: "string", default: "9100" },
        "page-port": { type: "string", default: "9180" },
        columns: { type: "string", default: "48" },
        help: { type: "boolean", default: false },
      },
    });
    const tcpPort = wholeNumber(values.port, 0, 65_535);
    const httpPort = wholeNumber(values["page-port"], 0, 65_535);
    const columnCount = wholeNumber(values.columns, COLUMNS_MIN, COLUMNS_MAX);
    if (tcpPort === undefined) return `--port ${values.port}: a port is a whole number from 0 to 65535.`;
    if (httpPort === undefined)
      return `--page-port ${values["page-port"]}: a port is a whole number from 0 to 65535.`;
    if (columnCount === undefined)
      return `--columns ${values.columns}: from ${COLUMNS_MIN} to ${COLUMNS_MAX}.`;
    return { tcpPort, httpPort, columnCount, help: values.help };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function wholeNumber(text: string, min: number, max: number): number | undefined {
  if (!/^\d{1,6}$/.test(text)) return undefined;
  const value = Number(text);
  return value >= min && value <= max ? value : undefined;
}

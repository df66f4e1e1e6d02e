/**
 * Starts the simulated scale from the command line, prints its addresses, stops on Ctrl-C. Exit codes:
 * 0 stopped, 1 could not start, 2 arguments that make no sense.
 */

import { parseArgs } from "node:util";
import { COUNTER_SCALE } from "./model.ts";
import { startVirtualScale } from "./server.ts";

const HELP = `A counter scale that speaks Toledo 8217, with a page to put goods on it.

  node tools/sim/scale/main.ts [--port 9102] [--page-port 9182] [--pty PATH] [--settle 400] [--quiet]

  --port N        where tills ask it over TCP; 0 takes any free port
  --page-port N   where the page is; 0 takes any free port
  --pty PATH      a pseudo-terminal of this name as well, for a till's serial line; needs socat
  --settle MS     how long the plate moves after goods were put on or taken off
  --quiet         says nothing to zero and tare orders, as some models do
  --help          this text
`;
const SETTLE_MS_MAX = 60_000;

main(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    const isWish = error instanceof TypeError;
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(isWish ? `${reason}\nTry --help.\n` : `The scale could not start: ${reason}.\n`);
    process.exitCode = isWish ? 2 : 1;
  },
);

async function main(argumentTexts: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argumentTexts],
    options: {
      port: { type: "string", default: "9102" },
      "page-port": { type: "string", default: "9182" },
      pty: { type: "string" },
      settle: { type: "string", default: String(COUNTER_SCALE.settleMs) },
      quiet: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const tcpPort = wholeNumber(values.port, 65_535);
  const pagePort = wholeNumber(values["page-port"], 65_535);
  const settleMs = wholeNumber(values.settle, SETTLE_MS_MAX);
  const build = { ...COUNTER_SCALE, settleMs, answersOrders: !values.quiet };
  const scale = await startVirtualScale(build, { tcpPort, pagePort, pty: values.pty ?? null });
  process.stdout.write(`Virtual scale   tcp://127.0.0.1:${scale.tcpPort}\n`);
  if (values.pty !== undefined) process.stdout.write(`Its line        ${values.pty} (9600 7E1)\n`);
  process.stdout.write(`Its page        ${scale.pageUrl}\n`);
  const stop = (): void => void scale.close();
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  return 0;
}

function wholeNumber(text: string, max: number): number {
  const value = /^[0-9]{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (value <= max) return value;
  throw new TypeError(`${text}: a whole number from 0 to ${max}`);
}

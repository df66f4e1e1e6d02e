/**
 * Makes the hash of a PIN for a terminal's configuration. The PIN comes from a prompt without echo or
 * from a pipe, never from the command line, where others on the machine could read it.
 */
import { createInterface } from "node:readline";
import { keepPin } from "../../runtime/adapters/pin-hasher.ts";
import { machineRng } from "../../runtime/adapters/machine.ts";
import { PIN_PATTERN } from "../../runtime/staff/pin-gate.ts";

const HELP = `Makes the hash of a clerk's PIN.

  node tools/staff/pin.ts            asks for the PIN, twice, without showing it
  echo 2468 | node tools/staff/pin.ts

A PIN is 4 to 8 digits. The line of JSON that is printed belongs under "pin" of a clerk in the
terminal's configuration: {"clerk":"ana","name":"Ana","rights":["sell"],"pin":{...}}. The terminal
reads it at its next start. The same PIN gives another line each time.
`;

const EXIT_USAGE = 2;
const KEY = { ENTER: "\r", NEWLINE: "\n", END: "\u0004", INTERRUPT: "\u0003", RUBOUT: "\u007f", BACK: "\b" };

process.exitCode = await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<number> {
  if (words.length > 0) {
    const isHelp = words.length === 1 && (words[0] === "--help" || words[0] === "-h");
    (isHelp ? process.stdout : process.stderr).write(HELP);
    return isHelp ? 0 : EXIT_USAGE;
  }
  const pin = process.stdin.isTTY ? await askTwice() : await firstLine();
  if (pin === null || !PIN_PATTERN.test(pin)) {
    const reason = pin === null ? "The two PINs differ, or there was none" : "A PIN is 4 to 8 digits";
    process.stderr.write(`pin/unusable: ${reason}. Nothing was made.\n`);
    return EXIT_USAGE;
  }
  const { salt, hash } = await keepPin(pin, machineRng);
  process.stdout.write(`${JSON.stringify({ salt: hexOf(salt), hash: hexOf(hash) })}\n`);
  return 0;
}

async function firstLine(): Promise<string | null> {
  for await (const line of createInterface({ input: process.stdin })) return line.trim();
  return null;
}

/** The echo is off before the first prompt and until the last answer: nothing that is typed ahead shows. */
async function askTwice(): Promise<string | null> {
  const { stdin } = process;
  stdin.setRawMode(true);
  stdin.setEncoding("utf8");
  try {
    const pin = await askHidden("PIN: ");
    const again = pin === null ? null : await askHidden("Again: ");
    return pin === again ? pin : null;
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
  }
}

/** What is typed until Enter; null when the asking is broken off. */
function askHidden(prompt: string): Promise<string | null> {
  const { stdin } = process;
  let typed = "";
  return new Promise((resolve) => {
    const take = (text: string): void => {
      for (const key of text) {
        if (key === KEY.RUBOUT || key === KEY.BACK) typed = typed.slice(0, -1);
        else if (key === KEY.ENTER || key === KEY.NEWLINE) return end(typed);
        else if (key === KEY.INTERRUPT || key === KEY.END) return end(null);
        else typed += key;
      }
    };
    const end = (result: string | null): void => {
      stdin.off("data", take);
      process.stderr.write("\n");
      resolve(result);
    };
    stdin.on("data", take);
    process.stderr.write(prompt);
  });
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

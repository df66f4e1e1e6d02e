/**
 * Starts the simulated nexo terminal from the command line; each line of standard input is what its card
 * holder or its power does. Exit codes: 0 stopped, 1 could not start, 2 arguments that make no sense.
 */

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { currencyExponent } from "../../../../core/money.ts";
import { Acquirer, memoryLedgerStore } from "../acquirer.ts";
import { CARDS, cardOf } from "../cards.ts";
import { FAULT_KINDS, FaultPlan, faultOfText } from "./faults.ts";
import { fileTransactionStore, memoryTransactionStore } from "./memory.ts";
import { startNexoTerminal } from "./server.ts";
import type { VirtualNexoTerminal } from "./server.ts";
import type { HolderAct } from "./terminal.ts";

const HELP = `A nexo card terminal (JSON over HTTPS) whose card holder is whoever types here.

  node tools/sim/reader/nexo/main.ts [--port 8443] [--passphrase TEXT] [--data DIR] [--fault TEXT ...]

  tap visa       presents a card: ${CARDS.map(({ key }) => key).join(", ")}
  insert visa    the same, with the chip
  leave          walks away
  off, on        power
  list           what it took
  ledger         what the acquirer holds

  --port N            where tills post to, https://127.0.0.1:N/nexo; 0 takes any free port
  --poi TEXT          what the terminal calls itself
  --passphrase TEXT   the shared key; without it messages are plain
  --key-id TEXT       its identifier
  --key-version N     its version
  --data DIR          keeps what it took over restarts
  --auto KEY          every payment is tapped at once with this card
  --fault TEXT        CATEGORY#N:KIND@NUMBER, as in Payment#1:cut_answer@40; kinds:
                      ${[...FAULT_KINDS].map(([kind, number]) => (number === "" ? kind : `${kind}@${number}`)).join(", ")}
  --help              this text
`;

main(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    const isWish = error instanceof TypeError;
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(isWish ? `${reason}\nTry --help.\n` : `The terminal could not start: ${reason}.\n`);
    process.exitCode = isWish ? 2 : 1;
  },
);

function wishOf(args: readonly string[]): ReturnType<typeof parse> {
  const values = parse(args);
  const { port } = values;
  if (!/^[0-9]{1,5}$/.test(port) || Number(port) > 65_535) throw new TypeError("--port is 0 to 65535.");
  if (!/^[0-9]{1,6}$/.test(values["key-version"])) throw new TypeError("--key-version is a whole number.");
  const wrong = (values.fault ?? []).find((text) => faultOfText(text) === undefined);
  if (wrong !== undefined) throw new TypeError(`--fault ${wrong}: not a fault.`);
  if (values.auto !== undefined && cardOf(values.auto) === undefined)
    throw new TypeError(`--auto ${values.auto}: no such card.`);
  return values;
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      port: { type: "string", default: "8443" },
      poi: { type: "string", default: "SIM100-100000001" },
      passphrase: { type: "string" },
      "key-id": { type: "string", default: "sim-key" },
      "key-version": { type: "string", default: "1" },
      data: { type: "string" },
      auto: { type: "string" },
      fault: { type: "string", multiple: true },
      help: { type: "boolean", default: false },
    },
  }).values;
}

async function main(args: readonly string[]): Promise<number> {
  const wish = wishOf(args);
  if (wish.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const { passphrase, data } = wish;
  if (data !== undefined) mkdirSync(data, { recursive: true });
  const acquirer = new Acquirer(memoryLedgerStore());
  const auto = wish.auto === undefined ? undefined : cardOf(wish.auto);
  let present: ((act: HolderAct) => void) | undefined;
  const virtual = await startNexoTerminal(
    {
      poiId: wish.poi,
      key:
        passphrase === undefined
          ? null
          : { identifier: wish["key-id"], version: Number(wish["key-version"]), passphrase },
      acquirer,
      store: data === undefined ? memoryTransactionStore() : fileTransactionStore(join(data, "taken.jsonl")),
      holder: (amountMinor, currency) =>
        auto === undefined
          ? new Promise((resolve) => {
              process.stdout.write(`asks for ${amountMinor} (minor) ${currency}: tap, insert or leave\n`);
              present = resolve;
            })
          : Promise.resolve({ kind: "card", card: auto, entry: "Tapped" }),
      exponentOf: currencyExponent,
      nowIso: () => new Date().toISOString(),
    },
    Number(wish.port),
    new FaultPlan((wish.fault ?? []).map(faultOfText).filter((planned) => planned !== undefined)),
  );
  process.stdout.write(`Virtual terminal  https://127.0.0.1:${virtual.port}/nexo  ${wish.poi}\n`);
  process.stdout.write(`Its fingerprint   ${virtual.fingerprint256}\n`);
  process.once("SIGINT", () => void virtual.close().then(() => process.exit(0)));
  process.once("SIGTERM", () => void virtual.close().then(() => process.exit(0)));
  for await (const line of createInterface({ input: process.stdin })) {
    const act = actOf(line);
    if (act !== undefined) present?.(act);
    else await command(line.trim(), virtual, acquirer);
  }
  return 0;
}

function actOf(line: string): HolderAct | undefined {
  const [verb = "", key = ""] = line.trim().split(/\s+/);
  if (verb === "leave") return { kind: "walks_away" };
  const card = cardOf(key);
  if (card === undefined || (verb !== "tap" && verb !== "insert")) return undefined;
  return { kind: "card", card, entry: verb === "tap" ? "Tapped" : "ICC" };
}

async function command(word: string, virtual: VirtualNexoTerminal, acquirer: Acquirer): Promise<void> {
  if (word === "off") await virtual.switchOff();
  else if (word === "on") await virtual.switchOn();
  else if (word === "list") process.stdout.write(`${JSON.stringify(virtual.terminal().transactions())}\n`);
  else if (word === "ledger") process.stdout.write(`${JSON.stringify(acquirer.list())}\n`);
  else if (word !== "") process.stdout.write("tap KEY, insert KEY, leave, off, on, list, ledger\n");
}

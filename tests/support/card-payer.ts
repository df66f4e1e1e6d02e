/**
 * A terminal as a process of its own, as the firmware composes it, that sells for card at one reader and says what
 * the screens would show: for looking at its memory from outside. Knows no card number. For each line "pay" on stdin a
 * line of JSON on stdout; "end" closes it.
 *
 *   node tests/support/card-payer.ts CONFIG DATA [HIDRAW]
 *
 * With HIDRAW reader 1 is a NEO 2 at that path, with a gateway that says yes to everything and opens nothing.
 */

import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { clerkId } from "../../core/ids.ts";
import { currentOrder } from "../../core/state.ts";
import type { Command } from "../../core/command.ts";
import type { CardTender } from "../../core/tender/types.ts";
import { createHidrawPort } from "../../drivers/port/hidraw.ts";
import { createNeo2Reader } from "../../drivers/reader/neo2/driver.ts";
import type { CardHost } from "../../drivers/reader/neo2/host.ts";
import type { Reader } from "../../drivers/reader/reader.ts";
import { bindTerminal } from "../../runtime/adapters/bind.ts";
import { createLog } from "../../runtime/adapters/log.ts";
import { machineTimers } from "../../runtime/adapters/machine.ts";
import { openTerminal } from "../../runtime/terminal.ts";
import { cardsView, shownCards } from "../../runtime/ui/view-cards.ts";
import { lastView, orderView } from "../../runtime/ui/view.ts";

const LOOK_MS = 20;

const [configPath = "", dataPath = "", hidraw] = process.argv.slice(2);
const { parts, lock } = await bindTerminal(configPath, dataPath, createLog("json"));
const readers = hidraw === undefined ? parts.readers : new Map([["1", neo2At(hidraw)]]);
const terminal = await openTerminal({ ...parts, ...(readers === undefined ? {} : { readers }) });
const { loop, cards, config } = terminal;
let tapNumber = 0;

for await (const line of createInterface({ input: process.stdin })) {
  if (line === "pay") say(await pay());
  if (line === "end") break;
}
await terminal.close();
await lock.release();
process.exit(0);

function say(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** What became of one tea for card, and every screen on the way. */
async function pay(): Promise<unknown> {
  while (cards.stations()[0]?.state.link !== "ready") await pause(LOOK_MS);
  if (tapNumber === 0) await tap({ type: "sign_on", clerk: clerkId("boss"), attempt: null });
  const order = (): ReturnType<typeof currentOrder> => currentOrder(loop.state);
  if (order() === null) await tap({ type: "add_item", order: null, sku: "tea", quantityMilli: 1000 });
  const id = order()?.id;
  if (id === undefined) throw new Error("There is an order");
  const amounts = { amountMinor: null, leftMinor: null };
  await tap({
    type: "request_card",
    order: id,
    ...amounts,
    reader: "1",
    serial: cards.serialOf("1") ?? "",
  });
  const screens = new Set<string>();
  const card = (): CardTender | undefined =>
    loop.state.orders
      .get(id)
      ?.order.checks.flatMap((check) => check.cards)
      .at(-1);
  for (; card()?.status === "requested" || card()?.status === "approved"; await pause(LOOK_MS))
    screens.add(screen());
  screens.add(screen());
  return {
    status: card()?.status,
    code: card()?.code,
    screens: [...screens].map((text) => JSON.parse(text)),
  };
}

function screen(): string {
  const stations = cards.stations();
  const shown = cardsView(shownCards(loop.state), stations, "en");
  return JSON.stringify([shown, orderView(loop.state, config.cashRounding), lastView(loop.state)]);
}

async function tap(command: Command): Promise<void> {
  tapNumber += 1;
  const answer = await loop.submit(command, { view: 1, n: tapNumber, clerk: clerkId("boss") });
  if (!answer.ok) throw new Error(`${command.type}: ${answer.refusal.code} ${answer.refusal.about}`);
}

function neo2At(path: string): Reader {
  const limits = { writeTimeoutMs: 2_000, queueBytesMax: 8_192 };
  const host: CardHost = {
    authorise: ({ amountMinor, currency }) =>
      Promise.resolve({ kind: "approved", reference: "gw-1", amountMinor, currency, authorisation: "1" }),
  };
  return createNeo2Reader(
    () =>
      createHidrawPort(
        { path, access: "read_write", reportBytesMax: 64, pollMs: 10, ...limits },
        machineTimers,
      ),
    machineTimers,
    { host, waitSeconds: 30, memberWaitMs: 5_000, currencyDigits: () => "826" },
  );
}

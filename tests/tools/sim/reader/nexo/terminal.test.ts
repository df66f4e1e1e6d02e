/**
 * The simulated terminal where the driver never goes.
 */

import { expect, test } from "vitest";
import { Acquirer, memoryLedgerStore } from "../../../../../tools/sim/reader/acquirer.ts";
import { memoryTransactionStore } from "../../../../../tools/sim/reader/nexo/memory.ts";
import { NexoTerminal } from "../../../../../tools/sim/reader/nexo/terminal.ts";
import { taps } from "../../../../support/nexo-world.ts";

const acquirer = new Acquirer(memoryLedgerStore());
const terminal = new NexoTerminal({
  poiId: "SIM100-1",
  key: null,
  acquirer,
  store: memoryTransactionStore(),
  holder: taps("visa"),
  exponentOf: () => 2,
  nowIso: () => "t",
});

async function say(category: string, serviceId: string, body: unknown): Promise<string> {
  const MessageHeader = {
    MessageCategory: category,
    MessageType: "Request",
    ServiceID: serviceId,
    SaleID: "till-1",
    POIID: "SIM100-1",
  };
  const answer = await terminal.take(
    JSON.stringify({ SaleToPOIRequest: { MessageHeader, [`${category}Request`]: body } }),
  );
  return answer.kind === "answer" ? answer.text : answer.kind;
}
const pay = (serviceId: string): Promise<string> =>
  say("Payment", serviceId, {
    PaymentTransaction: { AmountsReq: { Currency: "EUR", RequestedAmount: 1.5 } },
  });

test("a ServiceID is taken once, and the acquirer is asked once", async () => {
  expect(await pay("s1")).toContain('"Result":"Success"');
  expect(await pay("s1")).toContain('"ErrorCondition":"MessageFormat"');
  expect(acquirer.netMinor("EUR")).toBe(150);
});

test("what is no message, and a message that is not known, move nothing", async () => {
  expect(await terminal.take("nothing")).toEqual({ kind: "nothing" });
  expect(await say("Sound", "s9", {})).toContain('"ErrorCondition":"MessageFormat"');
  expect(
    await say("TransactionStatus", "s8", {
      MessageReference: { ServiceID: "s7", MessageCategory: "Payment" },
    }),
  ).toContain('"NotFound"');
});

/**
 * A nexo payment whose answer is cut at every byte, or bent at many: what the driver says, what a new
 * driver finds out after a restart, and what the acquirer holds agree in every case.
 */

import { expect, test } from "vitest";
import { NexoWorld, POI_ID, requestOf } from "../support/nexo-world.ts";
import type { NexoFault } from "../../tools/sim/reader/nexo/faults.ts";

const FLIP_STEP_BYTES = 16;

async function agreesAfter(fault: NexoFault, isPlain: boolean): Promise<boolean> {
  const world = new NexoWorld({ isPlain, faults: [{ category: "Payment", nth: 1, fault }] });
  const end = await world.run();
  const restarted = world.restarted();
  const said = await world.settle(restarted.inquire({ request: requestOf(), serial: POI_ID }));
  return (
    end.kind === "captured" &&
    said.kind === "found" &&
    said.result.reference === end.reference &&
    world.desk.results.length === 1 &&
    world.requestCount === 1 &&
    world.acquirer.netMinor("EUR") === 1340
  );
}

async function answerBytes(isPlain: boolean): Promise<number> {
  const world = new NexoWorld({ isPlain });
  await world.run();
  return new TextEncoder().encode(world.sent[0]).length;
}

test("cut at every byte of the answer, the payment is found once, by the driver and by the next one", async () => {
  const lengthBytes = await answerBytes(true);
  expect(lengthBytes).toBeGreaterThan(2000);
  const disagreeing: number[] = [];
  for (let atByte = 0; atByte < lengthBytes; atByte += 1)
    if (!(await agreesAfter({ kind: "truncate", atByte }, true))) disagreeing.push(atByte);
  expect(disagreeing).toEqual([]);
});

test("with a bit of the sealed answer bent, at any of many places, nothing is believed but what is asked again", async () => {
  const lengthBytes = await answerBytes(false);
  const disagreeing: number[] = [];
  for (let atByte = 0; atByte < lengthBytes; atByte += FLIP_STEP_BYTES)
    if (!(await agreesAfter({ kind: "flip_bit", atByte }, false))) disagreeing.push(atByte);
  expect(disagreeing).toEqual([]);
});

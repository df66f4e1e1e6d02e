/** Pricing rules on a terminal: its own file, what headquarters publishes over it, and orders between them. */
import { expect, test } from "vitest";
import { clerkId } from "../../core/ids.ts";
import { readRules } from "../../core/price/rules/read.ts";
import type { PricingSource } from "../../core/price/rules/source.ts";
import { hexOf } from "../../tools/hq/authoring.ts";
import { PricingInForce } from "../../runtime/pricing-in-force.ts";
import { DownlinkWorld, ELEVEN_MS, must, NOON_MS, quiet } from "../support/downlink-world.ts";
import type { Seat } from "../support/downlink-world.ts";
import type { FakeDisk } from "../../tools/sim/disk-fake.ts";

function documentOf(offMinor: number): Uint8Array {
  const promotions = [{ id: "p", kind: "spend_once", offMinor }];
  return new TextEncoder().encode(JSON.stringify({ currency: "GBP", promotions }));
}

async function signedOn(world: DownlinkWorld, disk?: FakeDisk): Promise<Seat> {
  const seat = await world.open("t1", disk);
  await seat.till.must({ type: "sign_on", clerk: clerkId("boss"), attempt: null });
  return seat;
}

function offOf(pricing: PricingSource): number | null {
  const rule = pricing.inForce()?.promotions[0]?.rule;
  return rule?.kind === "spend_once" ? rule.offMinor : null;
}

test("rules that headquarters publishes are in force from their start on, under their version and hash", async () => {
  const world = new DownlinkWorld();
  const seat = await signedOn(world);
  expect(seat.till.terminal.pricing.inForce()).toBeNull();
  const { version } = await must(world.authoring.publishPricing(documentOf(100), null));
  await must(world.authoring.publishPricing(documentOf(200), NOON_MS));
  await quiet();
  expect(offOf(seat.till.terminal.pricing)).toBe(100);
  await seat.till.sell("tea");
  const { pricing, loop } = seat.till.terminal;
  const closed = [...loop.state.orders.values()].at(-1)?.order.checks[0];
  expect(closed?.pricing?.rules).toEqual({
    version,
    sha256: pricing.of(version)?.sha256,
  });
  expect(closed?.dueMinor).toBe(150);
  await world.pass(NOON_MS - ELEVEN_MS);
  expect(offOf(pricing)).toBe(200);
  // The one before is kept for orders that began under it.
  expect(pricing.of(version)?.promotions).toHaveLength(1);
});

test("rules outlive a restart without the link, and what cannot be used changes nothing", async () => {
  const world = new DownlinkWorld();
  const seat = await signedOn(world);
  await must(world.authoring.publishPricing(documentOf(100), null));
  await quiet();
  seat.cutOff();
  const again = await world.open("t1", seat.disk.crash("keep", 1));
  again.cutOff();
  expect(offOf(again.till.terminal.pricing)).toBe(100);
});

test("a document for another currency is refused with rules/currency, and the terminal sells on", async () => {
  const world = new DownlinkWorld();
  const seat = await signedOn(world);
  const yen = new TextEncoder().encode(JSON.stringify({ currency: "JPY" }));
  await must(world.authoring.publishPricing(yen, null));
  await quiet();
  expect(seat.logged).toContain("rules/currency");
  expect(seat.till.terminal.pricing.inForce()).toBeNull();
  await seat.till.sell("tea");
});

test("a terminal's own rules are version 0, and stand until headquarters' are here", () => {
  const read = readRules(JSON.stringify({ currency: "GBP" }), "en");
  if (!read.ok) throw new Error("The document is whole");
  const own = { ...read.value, version: 0, sha256: new Uint8Array(32) };
  const source: PricingSource = {
    inForce: () => own,
    of: (version) => (version === 0 ? own : null),
    place: { store: "s", channel: "counter", zoneMinutes: 60 },
  };
  const state = { hq: { pricings: [] }, clockFlag: "none", clockHighWaterMs: 0 } as never;
  const files = { revision: 0, of: () => null, kept: null };
  const pricing = new PricingInForce(source, state, files, () => ELEVEN_MS as never);
  expect([pricing.inForce(), pricing.of(0), pricing.of(3), pricing.place.store]).toEqual([
    own,
    own,
    null,
    "s",
  ]);
  expect(hexOf(own.sha256)).toHaveLength(64);
});

/** What is in force at a time: the latest start, then the newer version. */
import { expect, test } from "vitest";
import type { CatalogueStart, PriceStart } from "../../../core/hq/events.ts";
import { catalogueInForce, nextStart, priceInForce } from "../../../core/hq/in-force.ts";
import { emptyHqView } from "../../../core/hq/view.ts";
import type { HqView } from "../../../core/hq/view.ts";
import { minor } from "../../../core/money.ts";
import { wallMs } from "../../../core/time.ts";

function catalogue(version: number, startsAt: number): CatalogueStart {
  return { version, startsAt: wallMs(startsAt), byteCount: 1, sha256: new Uint8Array(32) };
}

function price(version: number, startsAt: number): PriceStart {
  return { version, startsAt: wallMs(startsAt), unitPriceMinor: minor(version * 10) };
}

function viewOf(catalogues: readonly CatalogueStart[], prices: readonly PriceStart[] = []): HqView {
  return { ...emptyHqView(), catalogues, prices: new Map(prices.length === 0 ? [] : [["tea", prices]]) };
}

// Catalogues and prices as version@start; what stands at each time.
test.each([
  ["nothing", [], [], "0:0 9:0"],
  ["a catalogue from its start on", [catalogue(1, 5)], [], "4:0 5:1 9:1"],
  ["the one with the latest start", [catalogue(2, 3), catalogue(1, 5)], [], "3:2 4:2 5:1"],
  ["a price over the own file", [], [price(1, 5)], "4:0 5:1"],
  ["a price over a catalogue", [catalogue(1, 2)], [price(2, 5)], "2:1 4:1 5:2"],
  ["a catalogue ends the prices before it", [catalogue(2, 5)], [price(1, 2)], "2:1 4:1 5:2 9:2"],
  ["of one start the newer version", [catalogue(1, 5)], [price(2, 5)], "4:0 5:2"],
  ["of one start the newer version, a catalogue", [catalogue(2, 5)], [price(1, 5)], "5:2"],
  ["a price for later outlives a correction", [], [price(2, 3), price(1, 8)], "3:2 7:2 8:1"],
  ["a price for later outlives a catalogue", [catalogue(2, 3)], [price(1, 8)], "3:2 7:2 8:1"],
] as const)("%s stands", (_, catalogues, prices, expected) => {
  const view = viewOf(catalogues, prices);
  for (const pair of expected.split(" ")) {
    const [at = 0, version] = pair.split(":").map(Number);
    const its = catalogueInForce(view, wallMs(at));
    const standing = priceInForce(view, "tea", wallMs(at), its)?.version ?? its?.version ?? 0;
    expect(standing, `at ${at}`).toBe(version);
  }
});

test("a catalogue whose file is not here leaves the one before it in force", () => {
  const view = viewOf([catalogue(1, 2), catalogue(2, 5)]);
  expect(catalogueInForce(view, wallMs(9), ({ version }) => version === 1)?.version).toBe(1);
  expect(catalogueInForce(view, wallMs(9), () => false)).toBeNull();
});

test("the next start is the earliest that lies ahead", () => {
  const view = viewOf([catalogue(1, 2), catalogue(3, 9)], [price(2, 5)]);
  expect([1, 2, 5, 9].map((at) => nextStart(view, wallMs(at)))).toEqual([2, 5, 9, null]);
});

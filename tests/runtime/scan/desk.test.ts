/** Bytes of a scanner become lines of an order, each at its price, or one reason that is counted and logged. */
import { expect, test } from "vitest";
import { lineAmount } from "../../../core/order/lines.ts";
import { ascii, checked, openScanWorld } from "../../support/scan-world.ts";
import type { ScanWorld } from "../../support/scan-world.ts";

const TEA = "6900350006025";
const HAM_0755 = checked("210004200755");
const HAM_1850 = checked("220004201850");
const ALIPAY = "283049182736450918";

function sold(world: ScanWorld): readonly (readonly [string, number, number, string])[] {
  return world.lines().map((line) => [line.sku, line.quantityMilli, lineAmount(line), line.priceSource]);
}

test("T02: a plain EAN-13, a weight code, a price code and an unknown code are 1, 1, 1 and 0 lines", async () => {
  const world = await openScanWorld();
  await world.scan(ascii(`${TEA}\r`));
  expect(sold(world)).toEqual([["tea", 1000, 250, "list"]]);
  await world.scan(ascii(`${HAM_0755}\r`));
  // 0.755 kg x 39.90 = 30.1245
  expect(sold(world).slice(1)).toEqual([["ham", 755, 3012, "list"]]);
  await world.scan(ascii(`]E0${HAM_1850}\r\n`));
  expect(sold(world).slice(2)).toEqual([["ham", 1000, 1850, "label"]]);
  await world.scan(ascii(`${checked("690035000999")}\r`));
  expect(world.lines()).toHaveLength(3);
  expect(world.log.filter((line) => line.startsWith("scan/rejected"))).toEqual([
    "scan/rejected scan/unknown_item",
  ]);
  expect(world.desk.counters()).toEqual({
    itemCount: 3,
    receiptCount: 0,
    walletCodeCount: 0,
    rejectedCount: 1,
  });
});

test.each([
  ["two codes glued", `${TEA}${TEA}\r`, ["scan/unknown_code"], 0],
  ["two codes glued, with identifiers between", `]E0${TEA}]E0${TEA}\r`, [], 2],
  ["three codes glued", `]E0${TEA}]E0${TEA}]E0${TEA}\r`, ["scan/glued"], 0],
  ["the first half of a code", `${TEA.slice(0, 7)}\r`, ["scan/unknown_code"], 0],
  ["half a code without its end", TEA.slice(0, 7), ["scan/cut_off"], 0],
  ["a wrong digit", `${TEA.slice(0, 12)}6\r`, ["scan/check_digit"], 0],
  ["half a weight code", `${HAM_0755.slice(0, 12)}\r`, ["scan/check_digit"], 0],
  ["an empty line", "\r\n\r\n", [], 0],
])("%s: %j is refused or is as many units as were scanned", async (_what, text, codes, unitCount) => {
  const world = await openScanWorld();
  await world.scan(ascii(text));
  const refused = world.scanned.flatMap((its) => (its.kind === "rejected" ? [its.code] : []));
  expect(refused).toEqual(codes);
  const units = world.lines().reduce((sum, line) => sum + line.quantityMilli, 0);
  expect(units).toBe(unitCount * 1000);
  // The next code is taken as ever.
  await world.scan(ascii(`${HAM_1850}\r`));
  expect(world.scanned.at(-1)).toMatchObject({ kind: "item", sku: "ham" });
});

test("10 kB of noise is a few reasons and no line, and the next code is read", async () => {
  const world = await openScanWorld();
  await world.scan(Uint8Array.from({ length: 10_240 }, (_, index) => (index * 73 + (index >> 8)) % 256));
  expect(world.lines()).toEqual([]);
  expect(new Set(world.scanned.map(({ kind }) => kind))).toEqual(new Set(["rejected"]));
  expect(world.scanned.length).toBeLessThanOrEqual(4);
  await world.scan(ascii(`${TEA}\r`));
  expect(sold(world)).toEqual([["tea", 1000, 250, "list"]]);
});

test("a sold-out item is refused by the trade, and a clerk who may only sell sells by label", async () => {
  const world = await openScanWorld();
  const [cake] = [world.desk.ofText("KUCHEN-7", "goods", world.till.state)];
  expect(cake).toMatchObject({ kind: "item", sku: "cake" });
  if (cake.kind !== "item") return;
  expect(await world.till.tap(cake.command, "sam")).toMatchObject({
    ok: false,
    refusal: { code: "item/sold_out" },
  });
  expect(world.lines()).toEqual([]);
});

test("a payment code is no line, and no digit of it is in the log, the journal or the answer", async () => {
  const world = await openScanWorld();
  await world.scan(ascii(`${ALIPAY}\r`));
  world.source.expect("tender");
  await world.scan(ascii(`${ALIPAY}\r`));
  expect(world.scanned).toEqual([{ kind: "payment_code" }, { kind: "payment_code" }]);
  expect(world.lines()).toEqual([]);
  const traces = JSON.stringify([world.log, world.scanned, world.desk.counters(), world.source.counters()]);
  expect(traces).not.toContain(ALIPAY.slice(0, 8));
});

test("a scanner that was pulled out is heard again, and its silence is said once", async () => {
  const world = await openScanWorld();
  expect(world.source.word()).toBe("ok");
  await world.replug();
  expect(world.source.word()).toBe("ok");
  await world.scan(ascii(`${TEA}\r`));
  expect(world.lines()).toHaveLength(1);
  expect(world.log).toEqual(["scanner/link ok", "scanner/link port/lost", "scanner/link ok"]);
  world.source.close();
  await world.scan(ascii(`${TEA}\r`));
  expect(world.lines()).toHaveLength(1);
  await world.till.terminal.close();
});

/**
 * Items by weight on the real screen, with the real driver and the simulated scale on a TCP port: the
 * live weight, a line of what lies on the plate, what is refused and why, the tare. In both languages.
 */
import { afterEach, expect, test } from "vitest";

import { createTcpPort } from "../../drivers/port/tcp.ts";
import type { Timers } from "../../drivers/port/timers.ts";
import { createScale } from "../../drivers/scale/driver.ts";
import { openScaleStation } from "../../runtime/scale/desk.ts";
import type { ScaleStation } from "../../runtime/scale/desk.ts";
import { COUNTER_SCALE } from "../../tools/sim/scale/model.ts";
import { startVirtualScale } from "../../tools/sim/scale/server.ts";
import type { VirtualScale } from "../../tools/sim/scale/server.ts";
import { take, useHands } from "../support/screen-hand.ts";
import { expectAccessible, expectReadable, expectTouchable, expectWhole } from "../support/screen-look.ts";

useHands();

const timers: Timers = {
  after: (delayMs, run) => {
    const handle = setTimeout(run, delayMs);
    return () => clearTimeout(handle);
  },
};

const open: { readonly virtual: VirtualScale; readonly station: ScaleStation }[] = [];
afterEach(async () => {
  for (const { virtual, station } of open.splice(0)) {
    station.close();
    await virtual.close();
  }
});

async function connected(): Promise<(typeof open)[number]> {
  const virtual = await startVirtualScale(COUNTER_SCALE, { tcpPort: 0, pagePort: 0, pty: null });
  const limits = { connectTimeoutMs: 2000, writeTimeoutMs: 2000, queueBytesMax: 256 };
  const address = { host: "127.0.0.1", tcpPort: virtual.tcpPort, ...limits };
  const station = openScaleStation(
    (onAnswer) => createScale(() => createTcpPort(address, timers), timers, onAnswer),
    () => {},
  );
  const both = { virtual, station };
  open.push(both);
  return both;
}

test.for(["en", "zh"] as const)(
  "an item by weight is sold from the scale, and refused in words where there is no weight (%s)",
  async (language, { skip }) => {
    const { virtual, station } = await connected();
    const hand = await take(skip, { language, skuByWeight: "101", terminal: { scale: station } });
    await expect.poll(() => hand.text("scale")).toContain("0.000");
    expect(await hand.text("item-101")).toContain(language === "en" ? "¥18.00/kg" : "¥18.00/千克");
    await expectTouchable(hand.page);
    await expectReadable(hand.page);
    await expectWhole(hand.page);
    await expectAccessible(hand.page);

    virtual.model.put(755);
    await hand.tap("item-101");
    await expect.poll(() => hand.order()?.lines).toMatchObject([{ quantityMilli: 755, amountMinor: 1359 }]);
    await expect.poll(() => hand.text("scale")).toContain("0.755");
    expect(await hand.text("cart")).toContain("0.755 × ¥18.00");

    virtual.model.put(16_200);
    await hand.tapSlowly("item-101");
    await hand.shown("sheet-message");
    expect(await hand.text("sheet-message")).toContain(language === "en" ? "too heavy" : "超出电子秤量程");
    await hand.tapSlowly("understood");

    virtual.model.put(120);
    await expect.poll(() => hand.text("scale")).toContain("0.120");
    await hand.tapSlowly("scale-tare");
    await expect.poll(() => hand.text("scale")).toContain(language === "en" ? "net" : "净重");
    virtual.model.put(620);
    await expect.poll(() => hand.text("scale")).toContain("0.500");
    await hand.tapSlowly("item-101");
    await expect.poll(() => hand.order()?.lines.map((line) => line.quantityMilli)).toEqual([755, 500]);

    await hand.tapSlowly("cash-exact");
    await expect.poll(() => hand.last()?.totalMinor).toBe(1359 + 900);
  },
);

test("without a scale there is no strip, and an item by weight says so", async ({ skip }) => {
  const hand = await take(skip, { skuByWeight: "101" });
  await hand.tap("item-101");
  await hand.shown("sheet-message");
  expect(await hand.text("sheet-message")).toContain("This till has no scale");
  await hand.gone("scale");
});

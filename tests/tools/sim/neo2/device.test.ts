/** The simulated reader answers as the guide says, to the bytes of the guide. */

import { expect, test } from "vitest";
import { Neo2Device } from "../../../../tools/sim/neo2/device.ts";
import { memoryNeo2Store } from "../../../../tools/sim/neo2/memory.ts";
import { check, cut, uiBytes } from "../../../../tools/sim/neo2/wire.ts";
import { fromHex, toHex } from "../../../support/hex.ts";
import { ManualTimers } from "../../../support/manual-timers.ts";

const HEADER = "5669564f746563683200";

function rig() {
  const timers = new ManualTimers();
  const store = memoryNeo2Store("630Z000001");
  const device = new Neo2Device(store, timers);
  const sent: string[] = [];
  device.onSend((report) => void sent.push(toHex(report)));
  /** Sends a command without its CRC, and gives what came back, padding and header cut off. */
  const ask = (hex: string): readonly string[] => {
    const body = fromHex(HEADER + hex);
    const sum = check(body);
    const order = hex.startsWith("2c") ? [sum >>> 8, sum & 0xff] : [sum & 0xff, sum >>> 8];
    sent.length = 0;
    for (const report of cut(Uint8Array.of(...body, ...order))) device.receive(report);
    return sent.map((report) =>
      report
        .slice(2)
        .replace(HEADER, "")
        .replace(/(00)+$/, ""),
    );
  };
  return { timers, store, device, sent, ask };
}

test("ping and serial number are answered as in the guide", () => {
  const { ask } = rig();
  expect(ask("18010000")).toEqual(["18000000fa83"]);
  expect(ask("12010000")).toEqual(["1200000f3633305a303030303031000000000094bc"]);
});

test("its check of a frame and of a burst of events is the guide's", () => {
  expect(check(fromHex(`${HEADER}18010000`)).toString(16)).toBe("cdb3");
  expect(toHex(uiBytes([[3, 3]]))).toBe("450055000403030000e8dd");
});

test("a wrong CRC is status 04, a wrong header 01, an unknown command 02", () => {
  const { device, sent, ask } = rig();
  for (const report of cut(fromHex(`${HEADER}18010000b3ce`))) device.receive(report);
  for (const report of cut(fromHex(`${HEADER.replace("56", "57")}18010000b3cd`))) device.receive(report);
  expect(sent.map((report) => report.slice(22, 26))).toEqual(["1804", "1801"]);
  expect(ask("77010000")[0]?.slice(0, 4)).toBe("7702");
});

test("it takes an activation only when it polls on demand, with an amount, a currency and no date", () => {
  const { ask } = rig();
  const data = "0a9f0206000000001340 9c0100 5f2a020978".replaceAll(" ", "");
  const activate = (hex: string): string =>
    ask(`0240${(hex.length / 2).toString(16).padStart(4, "0")}${hex}`)[0] ?? "";
  expect(activate(data).slice(0, 4)).toBe("020b");
  ask("0101000101");
  expect(activate(`${data}9a03261122`).slice(0, 4)).toBe("0205");
  expect(activate("0a9c0100").slice(0, 4)).toBe("0205");
  expect(activate(data)).toBe("");
});

test("what was configured and how it polls survives a power cut, a wait for a card does not", () => {
  const { ask, device, timers } = rig();
  ask("0101000101");
  ask("04000004dfee3701");
  ask("040000059f660101ff".slice(0, 8) + "9f660101ff".slice(0, 10));
  ask("024000110a9f0206000000001340 9c0100 5f2a0209".replaceAll(" ", ""));
  device.powerCycle();
  expect(device.isWaiting).toBe(false);
  timers.advance(60_000);
  expect(device.memory().pollsOnDemand).toBe(true);
  expect(ask("03020000")[0]?.slice(0, 4)).toBe("0300");
});

test("a look for a member card wants pass-through mode and a time", () => {
  const { ask, timers, device } = rig();
  expect(ask("2c02000200 32".replaceAll(" ", ""))[0]?.slice(0, 4)).toBe("2c0b");
  ask("2c01000101");
  expect(ask("2c0200020000")[0]?.slice(0, 4)).toBe("2c05");
  device.script({ kind: "member", member: { kind: 0x04, uid: "04A1B2C3D4E5F6" } });
  expect(ask("2c0200020100")).toEqual([]);
  timers.advance(300);
  expect(device.isWaiting).toBe(false);
});

test("another command than 05-01 while it waits ends the wait and is counted", () => {
  const { ask, device } = rig();
  ask("0101000101");
  ask("024000130a9f02060000000013409c01005f2a020978".replace("0013", "0012"));
  expect(device.isWaiting).toBe(true);
  ask("18010000");
  expect([device.isWaiting, device.counters().intrusionCount]).toEqual([false, 1]);
});

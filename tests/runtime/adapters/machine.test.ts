/** Clock, timers, chance and hash of this machine. */
import { expect, test } from "vitest";
import { machineClock, machineRng, machineTimers, sha256Text } from "../../../runtime/adapters/machine.ts";
import { toHex } from "../../support/hex.ts";

test("SHA-256 is over the UTF-8 bytes of a text", () => {
  expect(toHex(sha256Text(""))).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  expect(toHex(sha256Text("abc"))).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(toHex(sha256Text("茶"))).toBe("7e005ba311f86fa76eb028796ba28ad3e81f594c7c75fd6a7fbbdc89deb511d4");
});

test("random bytes are as many as asked for, and not the same twice", () => {
  expect(machineRng.bytes(8)).toHaveLength(8);
  expect(toHex(machineRng.bytes(16))).not.toBe(toHex(machineRng.bytes(16)));
});

test("the monotonic clock never runs back, and the wall clock gives whole milliseconds", () => {
  const before = machineClock.monotonicMs();
  expect(Number.isInteger(machineClock.wall())).toBe(true);
  expect(machineClock.monotonicMs()).toBeGreaterThanOrEqual(before);
});

test("a timer that was called off does not run", async () => {
  const ran: string[] = [];
  const off = machineTimers.after(0, () => ran.push("off"));
  off();
  await new Promise<void>((resolve) => {
    machineTimers.after(1, () => {
      ran.push("on");
      resolve();
    });
  });
  expect(ran).toEqual(["on"]);
});

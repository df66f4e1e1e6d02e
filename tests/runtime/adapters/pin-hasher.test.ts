/** PINs by scrypt: against another implementation's answer, and what never matches. */
import { expect, test } from "vitest";
import { machineRng } from "../../../runtime/adapters/machine.ts";
import { createPinHasher, keepPin } from "../../../runtime/adapters/pin-hasher.ts";
import { fromHex } from "../../support/hex.ts";

/** By Python's hashlib.scrypt(b"2468", salt=bytes(range(16)), n=32768, r=8, p=1, maxmem=64 << 20, dklen=32). */
const KEPT = {
  salt: Uint8Array.from({ length: 16 }, (_, index) => index),
  hash: fromHex("a485007abe8ec65b23d72e87fe38d987ef7c4f2ddce326fa10600865b278dad5"),
};

test("a PIN matches what another implementation kept of it, and no other PIN does", async () => {
  const hasher = createPinHasher(machineRng);
  expect(await hasher.matches("2468", KEPT)).toBe(true);
  expect(await hasher.matches("2469", KEPT)).toBe(false);
  expect(await hasher.matches("02468", KEPT)).toBe(false);
});

test("a PIN that is kept matches, under a salt of its own each time", async () => {
  const kept = await keepPin("13572468", machineRng);
  const again = await keepPin("13572468", machineRng);
  expect([kept.salt.length, kept.hash.length]).toEqual([16, 32]);
  expect(again.salt).not.toEqual(kept.salt);
  expect(again.hash).not.toEqual(kept.hash);
  expect(await createPinHasher(machineRng).matches("13572468", kept)).toBe(true);
});

test("nothing matches where no PIN is kept", async () => {
  // Chance that gives the same bytes for the decoy as a PIN would have: its hash is all that it has.
  const hasher = createPinHasher({ bytes: (count) => (count === 32 ? KEPT.hash : KEPT.salt) });
  expect(await hasher.matches("2468", null)).toBe(false);
});

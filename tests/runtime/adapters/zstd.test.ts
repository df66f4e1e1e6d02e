/** zstd as wrap.ts wants it: bounded, with its dictionary, and plain bytes. */
import { expect, test } from "vitest";
import { zstd } from "../../../runtime/adapters/zstd.ts";

const dictionary = new TextEncoder().encode("what the sale of a shop looks like on every day of its year");
const plain = new TextEncoder().encode("what the sale of a shop looks like today");

test("what was squeezed is opened by the same dictionary, to plain bytes of its own", () => {
  const frame = zstd.squeeze(plain, dictionary);
  expect(frame.length).toBeLessThan(plain.length);
  const opened = zstd.open(frame, dictionary, plain.length);
  expect(opened).toEqual(plain);
  expect(opened?.constructor).toBe(Uint8Array);
  expect(frame.constructor).toBe(Uint8Array);
});

test("a byte more than the bound, another dictionary, and no frame at all are nothing", () => {
  const frame = zstd.squeeze(plain, dictionary);
  expect(zstd.open(frame, dictionary, plain.length - 1)).toBeNull();
  expect(zstd.open(frame, plain.subarray(5), 1000)).not.toEqual(plain);
  expect(zstd.open(plain, dictionary, 1000)).toBeNull();
  expect(zstd.open(new Uint8Array(0), dictionary, 1000)).toBeNull();
});

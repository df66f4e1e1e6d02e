/**
 * Names of messages: the same for the same tender, ten letters and digits, no two alike.
 */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { drawServiceId, serviceIdOf } from "../../../../drivers/reader/nexo/service-id.ts";

test("the ServiceID of a tender is the same for ever", () => {
  expect(serviceIdOf("till-1/00000000000000a1/7")).toBe("1seng3si7p");
  expect(serviceIdOf("")).toBe("iihzj4ux45");
});

test("every ServiceID has ten letters and digits", () => {
  fc.assert(
    fc.property(fc.string(), fc.uint8Array({ minLength: 8, maxLength: 8 }), (ref, random) => {
      expect(serviceIdOf(ref)).toMatch(/^[0-9a-z]{10}$/);
      expect(drawServiceId(random)).toMatch(/^[0-9a-z]{10}$/);
    }),
  );
});

test("ten thousand tenders of one till have ten thousand names", () => {
  const names = Array.from({ length: 10_000 }, (_, seq) => serviceIdOf(`till-1/00000000000000a1/${seq}`));
  expect(new Set(names).size).toBe(names.length);
});

/** Tests lie where their source lies. */
import { expect, test } from "vitest";

import { mirror } from "../../../tools/tidy/mirror.ts";
import { breaches } from "../../support/tidy-tree.ts";

const sources = {
  "core/money.ts": "",
  "runtime/ui/web/app.tsx": "",
  "protocol/cbor-encode.ts": "",
  "core/order/fold.ts": "",
};

test.each([
  "tests/core/money.test.ts",
  "tests/runtime/ui/web/app.test.tsx",
  "tests/protocol/cbor.test.ts",
  "tests/core/order.test.ts",
  "tests/integration/anything.test.ts",
  "tests/e2e/anything.test.ts",
  "tests/support/table.test.ts",
  "tests/core/helper.ts",
])("%s has its place", (path) => {
  expect(breaches(mirror, { ...sources, [path]: "" })).toEqual([]);
});

test("a test of nothing is refused", () => {
  expect(breaches(mirror, { ...sources, "tests/core/monies.test.ts": "" })).toEqual([
    "tests/core/monies.test.ts:1 mirrors nothing: there is no core/monies.ts(x), no core/monies-….ts and no folder core/monies/",
  ]);
});

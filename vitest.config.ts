/**
 * Three runs of tests: `unit` touches nothing outside the process, `integration` has disks, sockets
 * and databases, `e2e` drives the real processes and the real screen, one file after the other.
 * tests/sim runs whole worlds and belongs to integration, and so do the long properties.
 */
import { configDefaults, defineConfig } from "vitest/config";

import { CountsReporter } from "./tools/house/reporter.ts";

/** Properties over many thousands of inputs: they run with integration, so that unit stays under half a minute. */
const LONG = [
  "tests/conformance/reader-nexo.test.ts",
  "tests/core/price/cart/price.test.ts",
  "tests/core/price/order/refund.test.ts",
  "tests/core/price/rules/read.test.ts",
  "tests/core/tender.test.ts",
  "tests/drivers/reader/nexo/{driver,session}.test.ts",
  "tests/drivers/reader/zvt/{apdu,connection,link}.test.ts",
  "tests/protocol/{sign,utf8}.test.ts",
  "tests/runtime/store/inspect.test.ts",
  "tests/tools/hq/console/staff.test.ts",
  "tests/tools/proof/inspect/*.test.ts",
  "tests/tools/proof/leak/files.test.ts",
  "tests/tools/sim/reader/nexo/memory.test.ts",
  "tests/tools/sim/world/shrink.test.ts",
  "tests/tools/support/redact.test.ts",
];

/** Looks for card numbers in what these tests leave behind; `make test` reads what it found at its end. */
const LEAK_WATCH = ["tests/support/leak-watch.ts"];

export default defineConfig({
  test: {
    setupFiles: ["tests/support/seed.ts"],
    reporters: [process.env["REPORTER"] ?? "default", new CountsReporter("build/reports")],
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["tests/**/*.test.{ts,tsx}"],
          exclude: [
            ...configDefaults.exclude,
            "tests/{integration,e2e,sim}/**",
            "tests/conformance/**/*.integration.test.ts",
            ...LONG,
          ],
          // A bound against hanging, not a measure: machines are shared and slow at times.
          testTimeout: 60_000,
          pool: "threads",
          // Nothing a unit test uses keeps state between calls, so files may share a worker.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          setupFiles: LEAK_WATCH,
          include: [
            "tests/integration/**/*.test.ts",
            "tests/sim/**/*.test.ts",
            "tests/conformance/**/*.integration.test.ts",
            ...LONG,
          ],
          pool: "forks",
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          setupFiles: LEAK_WATCH,
          include: ["tests/e2e/**/*.test.ts"],
          pool: "forks",
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});

/** Platform packages that a lock made against a sparse registry lacks. */
import { expect, test } from "vitest";

import { missingEntries, platformEntry } from "../../../tools/setup/lock.ts";

test.each([
  ["@oxfmt/binding-linux-arm64-musl", ["linux"], ["arm64"], ["musl"]],
  ["@oxfmt/binding-linux-arm-gnueabihf", ["linux"], ["arm"], ["glibc"]],
  ["@oxlint/binding-darwin-x64", ["darwin"], ["x64"], undefined],
  ["@oxlint-tsgolint/win32-arm64", ["win32"], ["arm64"], undefined],
])("%s names its platform", (name, os, cpu, libc) => {
  expect(platformEntry(name, "1.0.0", true)).toEqual({
    version: "1.0.0",
    dev: true,
    optional: true,
    os,
    cpu,
    ...(libc ? { libc } : {}),
  });
});

test("a name without a platform is left alone", () => {
  expect(platformEntry("@emnapi/core", "1.0.0", true)).toBeUndefined();
});

test("only what is missing is made, dev where its owner is", () => {
  const packages = {
    "node_modules/tool": {
      dev: true,
      optionalDependencies: { "tool-linux-x64": "2.0.0", "tool-darwin-x64": "2.0.0" },
    },
    "node_modules/tool-linux-x64": { version: "2.0.0" },
  };
  expect(missingEntries(packages)).toEqual({
    "node_modules/tool-darwin-x64": {
      version: "2.0.0",
      dev: true,
      optional: true,
      os: ["darwin"],
      cpu: ["x64"],
    },
  });
});

test("a complete lock misses nothing", () => {
  expect(missingEntries({ "node_modules/a": { version: "1.0.0" } })).toEqual({});
});
